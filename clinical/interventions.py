"""The controlled vocabulary of interventions (reference 9.6): what each is called, who usually owns it, what is known.

Every remark names its guideline or study and carries its evidence mark; a mark K reads as unconfirmed.
"""

from dataclasses import dataclass
from typing import Literal, cast

from clinical import reviewed

Class = Literal["long-term", "short-term", "short-term enabler", "both"]


@dataclass(frozen=True, slots=True)
class Intervention:
    """One intervention. `in_article`: whether the source article names it; `remark` '' where guidance says nothing."""

    code: str
    label: str
    kind: Class
    owner: str
    in_article: str
    remark: str
    source: str
    evidence: reviewed.Mark

    @property
    def said(self) -> str:
        """'EULAR weak for [V]'; '' where there is nothing to say."""
        return f"{self.remark} [{self.evidence}]" if self.remark else ""

    @property
    def passive(self) -> bool:
        """Whether it gives short-term benefit alone, by its class: it then belongs with active treatment [P].

        Medicines are enablers of the short term; what is of both classes (a review of medicines) is not passive.
        """
        return self.kind in ("short-term", "short-term enabler")

    @property
    def unconfirmed(self) -> bool:
        """Whether the remark was never checked against its source."""
        return self.evidence == "K"


def _intervention(row: reviewed.Row) -> Intervention:
    return Intervention(
        code=row["code"],
        label=row["label"],
        kind=cast(Class, row["class"]),
        owner=row["owner"],
        in_article=row["in_article"],
        remark=row["remark"],
        source=row["source"],
        evidence=cast(reviewed.Mark, row["evidence"]),
    )


INTERVENTIONS: dict[str, Intervention] = {row["code"]: _intervention(row) for row in reviewed.rows("interventions")}
"""Every intervention by its code, in the order of the reference."""
