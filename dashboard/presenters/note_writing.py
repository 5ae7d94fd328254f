"""What the note editor offers: kinds of note with their outlines, and the flares, goals and regions to pin it to."""

from datetime import date
from functools import cache

from clinical.body_map import REGIONS
from clinical.note_templates import LABELS, TEMPLATES, outline
from dashboard.presenters import episodes
from dashboard.presenters.regions import places
from dashboard.presenters.words import sentence_case, several
from dashboard.services.note_pins import Pinnable
from dashboard.services.notes import Pins

Choice = tuple[str, str]
"""A value as it travels, and what it is called."""


def kinds(discipline: str, chosen: str) -> list[tuple[str, str, str]]:
    """Every kind of note with its name and the headings it starts with: ('review', 'Review', '## Since last time')."""
    others = {chosen: LABELS[chosen]} if chosen in LABELS and chosen not in TEMPLATES else {}
    listed = {"": "Free text", **TEMPLATES, **others}
    return [(code, label, outline(code, discipline)) for code, label in listed.items()]


def flares(of: Pinnable, pinned: Pins, as_of: date) -> list[Choice]:
    """The episodes by their first day: ('2026-11-17', 'Flare from 17 Nov, 6 days'); a pinned one that is gone too."""
    listed = [
        (f.start.isoformat(), f"{episodes.called(f, as_of)}, {several(((f.end or as_of) - f.start).days + 1, 'day')}")
        for f in of.episodes
    ]
    gone = pinned.flare is not None and pinned.flare not in {f.start for f in of.episodes}
    return [
        *listed,
        *([(pinned.flare.isoformat(), "A flare not in the diary any more")] if gone and pinned.flare else []),
    ]


def goals(of: Pinnable) -> list[Choice]:
    """The goals by number: ('3', 'Walk to school')."""
    return [(str(goal.goal_id), goal.title) for goal in of.goals]


@cache
def regions() -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """The regions of the figure by view: (('Front', (('f_knee_l', 'Front of the left knee'), ...)), ...)."""
    return tuple(
        (
            view.capitalize(),
            tuple((r.region_id, sentence_case(places([r.region_id])[0])) for r in REGIONS if r.view == view),
        )
        for view in ("front", "back")
    )
