"""How well a rule's source was checked, for readers without our reference: the marks and section numbers as words."""

import re

OWN_RULE = "Flareboard's own rule, not from a guideline"
_REFERENCE = re.compile(r"\s*\(reference [\d.]+(?:[;,]\s*(?P<rest>[^)]*))?\)")
_WHOLE_REFERENCE = re.compile(r"\bReference \d+(?:\.\d+)*")
_DECIDED = re.compile(r"Product decision: (?P<what>[^\[\]]*?)\s*\[P\]")
_CHECKED = re.compile(r"\s*\[V\d?\]")
_UNCONFIRMED = re.compile(r"(?P<said>unconfirmed)?\s*\[K\]")


def in_words(rule: str) -> str:
    """The rule without '[V]', '[K]', '[P]' and '(reference 4)': what nobody confirmed and what is our own is said.

    For words of our own only: what a person wrote is printed as it was written.
    """
    said = _REFERENCE.sub(lambda found: f" ({found['rest']})" if found["rest"] else "", rule)
    said = _WHOLE_REFERENCE.sub("Flareboard's clinical reference", said)
    said = _DECIDED.sub(lambda found: f"{OWN_RULE}: {found['what']}.", said)
    said = said.replace("Product decision [P]", OWN_RULE)
    for ours in ("our choice", "our own use", "difference found"):
        said = said.replace(f"{ours} [P]", ours)
    said = said.replace(" [P]", f" ({OWN_RULE})")
    said = _UNCONFIRMED.sub(lambda found: found["said"] or " (unconfirmed)", said)
    return _CHECKED.sub("", said)
