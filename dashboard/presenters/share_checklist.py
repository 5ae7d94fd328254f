"""The checklist of a document in words: what it lacks and where that is filled in, what is there."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.presenters.words import counted, sentence_case
from dashboard.services import referral_needs
from dashboard.services.referral_needs import Need

_COMPLETE = "Nothing is missing"
_HERE = "in this order"
_ELSEWHERE = "by those who may"
_ASKED_BY = {
    referral_needs.SHALL: "Asked for by the HL7 standard for referral notes (C-CDA).",
    referral_needs.SHOULD: "Advised by the HL7 standard for referral notes (C-CDA).",
    referral_needs.IPS: "Asked for by the International Patient Summary.",
    referral_needs.SHORT_SET: "Our own minimum for what leaves the clinic.",
    referral_needs.OWN: "Our own addition for this kind of document.",
}
"""Who asks for a point, as a clinician reads it."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point that is missing: where it is filled in, and who asks for it."""

    code: str
    title: str
    where: str
    source: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is drawn; `there` are the points that are met, under `met`."""

    heading: str
    lacking: tuple[Point, ...]
    met: str
    there: tuple[Point, ...]
    remark: str


def checklist(needs: tuple[Need, ...], pages: Mapping[str, str]) -> Checklist:
    """The points in words; `pages` are the titles of the pages that the viewer may open, by their addresses."""
    missing = [_point(need, pages) for need in needs if not need.met]
    there = [_point(need, pages) for need in needs if need.met]
    heading = f"{sentence_case(counted(len(missing), 'point'))} still missing" if missing else _COMPLETE
    return Checklist(
        heading,
        tuple(missing),
        f"{len(there)} of {len(needs)} there" if there else "",
        tuple(there),
        "A checklist, not a bar: what is missing is printed as not recorded." if missing else "",
    )


def _point(need: Need, pages: Mapping[str, str]) -> Point:
    where = pages.get(need.page, _ELSEWHERE) if need.page else _HERE
    return Point(need.code, need.title, where, _ASKED_BY[need.source])
