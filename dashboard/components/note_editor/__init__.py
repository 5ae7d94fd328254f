"""The note being written: a text area, its kind and what it is pinned to, saving themselves as a draft.

Streamlit's own text area sends its text only when it is left; this one sends it after a pause, at the latest
every 1.5 s, keeps it while the server cannot be reached, and keeps nothing in the browser's storage. What the server
answers never overwrites what is being typed: on a conflict both texts are shown and the author decides. Headings of a
kind of note are put into an empty text only.

The text is saved in the callback, which runs before any page does: what arrives together with a click on another page
is saved although this editor is not drawn again. The browser holds such a click back until the text is answered for.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from dashboard import access, clock
from dashboard.components.browser_files import mount
from dashboard.components.component_data import opened
from dashboard.errors import Conflict, DatabaseRefused, ExplainedError
from dashboard.permissions import Viewer
from dashboard.presenters import note_writing as choices
from dashboard.presenters import notes as words
from dashboard.presenters.note_markdown import blocks
from dashboard.services import note_pins, notes
from dashboard.services.notes import LONGEST_NOTE, NEW_NOTE, NO_PINS, Draft, Note, Pins, Written


@dataclass(frozen=True, slots=True)
class _Answer:
    """What became of the text sent last: `sent` is its number, `refused` and `conflict` say why it was not saved.

    `base` is the revision that text stood on and `revision` the one it became: a second text from the same window that
    left before the answer came stands on the first, not beside it. `again`: what was refused just now may be saved a
    moment later, as it stands.
    """

    sent: str = ""
    refused: str = ""
    conflict: bool = False
    base: int = 0
    revision: int = 0
    again: bool = False


def show(patient_id: int, link_id: str, *, label: str, amends: Note | None = None) -> Draft | None:
    """Draw the editor; returns the draft as saved, None when there is none yet."""
    number = amends.note_id if amends else NEW_NOTE
    key = f"note_editor_{link_id}_{number}"
    answer = _handle(key, patient_id, number)
    viewer = access.current()
    draft = notes.draft(viewer, patient_id, number) if viewer else None
    if draft is None and answer.revision:
        answer = _gone(key, answer)
    start = draft or amends
    mount(
        "note_editor",
        key=key,
        data={
            "user": viewer.user_id if viewer else 0,
            "note": key,
            **_data(label, draft, answer, start),
            **_choices(viewer, patient_id, start),
            **_preview(key, draft),
        },
        on_draft_change=partial(_save_sent, key, patient_id, number),
        on_preview_change=_nothing_more,
    )
    return draft


def _data(label: str, draft: Draft | None, answer: _Answer, start: Draft | Note | None) -> dict[str, Any]:
    return {
        "label": label,
        **_content(start),
        "revision": draft.revision if draft else 0,
        "saved": words.saved(draft),
        "sent": answer.sent,
        "refused": answer.refused,
        "again": answer.again,
        "conflict": answer.conflict,
        "longest": LONGEST_NOTE,
        "session": _once("note_editor.session", lambda: str(clock.now().timestamp())),
    }


def _content(start: Draft | Note | None) -> dict[str, str]:
    """What stands in the fields, each as text."""
    pin, pins = (start.pin, start.pins) if start else (None, NO_PINS)
    return {
        "text": start.text if start else "",
        "start": pin.start.isoformat() if pin else "",
        "end": pin.end.isoformat() if pin and pin.end != pin.start else "",
        "kind": start.template if start else "",
        "flare": pins.flare.isoformat() if pins.flare else "",
        "goal": str(pins.goal or ""),
        "region": pins.region,
    }


def _choices(viewer: Viewer | None, patient_id: int, start: Draft | Note | None) -> dict[str, Any]:
    pins = start.pins if start else NO_PINS
    found = note_pins.pinnable(viewer, patient_id, pins) if viewer else note_pins.NOTHING
    return {
        "kinds": choices.kinds(viewer.discipline if viewer else "", start.template if start else ""),
        "flares": choices.flares(found, pins, clock.today()),
        "goals": choices.goals(found),
        "regions": choices.regions(),
    }


def _preview(key: str, draft: Draft | None) -> dict[str, Any]:
    """The draft as it will be read once it is signed, where that was asked for."""
    kept = st.session_state.get(key)
    wanted = kept is not None and kept.get("preview") is True
    return {"preview": wanted, "blocks": opened(blocks(draft.text)) if wanted and draft else []}


def _nothing_more() -> None:
    """The run that follows draws the preview; there is nothing to do before it."""


def _once(key: str, make: Callable[[], str]) -> str:
    return str(st.session_state.setdefault(key, make()))


def _save_sent(key: str, patient_id: int, amends: int) -> None:
    """Save before any page runs; what became of it is read when the editor is drawn."""
    _handle(key, patient_id, amends)


def _handle(key: str, patient_id: int, amends: int) -> _Answer:
    """What became of the text that the browser sent last; it is saved here, once."""
    kept = st.session_state.get(key)
    sent = kept.get("draft") if kept is not None else None
    handled = f"{key}.answer"
    last: _Answer = st.session_state.get(handled, _Answer())
    if not isinstance(sent, dict) or sent.get("sent") == last.sent:
        return last
    answer = _save(patient_id, amends, sent, last)
    st.session_state[handled] = answer
    return answer


def _save(patient_id: int, amends: int, sent: dict[str, Any], last: _Answer) -> _Answer:
    number = str(sent.get("sent", ""))
    viewer = access.current()
    if viewer is None:
        return _Answer(number, "You are signed out. Copy your text, sign in again and paste it.")
    try:
        written = _written(sent, _standing_on(int(sent.get("revision", 0)), number, last), amends)
        saved = notes.save(viewer, patient_id, written, now=clock.now())
    except Conflict:
        return _Answer(number, conflict=True)
    except ExplainedError as error:
        said = f"{error.what_happened} {error.what_is_safe} {error.what_to_do}"
        return _Answer(number, said, again=isinstance(error, DatabaseRefused))
    return _Answer(number, base=int(sent.get("revision", 0)), revision=saved.revision)


def _written(sent: dict[str, Any], revision: int, amends: int) -> Written:
    """What the browser sent. Raises ExplainedError for days, a flare or a goal that cannot be."""
    said = {name: str(sent.get(name) or "") for name in ("text", "start", "end", "kind", "flare", "goal", "region")}
    pin = notes.pin_of(said["start"], said["end"])
    pins = _pins(said["flare"], said["goal"], said["region"])
    return Written(said["text"], pin, revision, amends, said["kind"], pins)


def _pins(flare: str, goal: str, region: str) -> Pins:
    try:
        return Pins(date.fromisoformat(flare) if flare else None, int(goal) if goal else None, region)
    except ValueError as error:
        raise ExplainedError(
            "This note cannot be pinned to that: it is no flare or goal of this patient.",
            "The draft saved before is untouched, and your text is still in the editor.",
            "Choose another, or none.",
        ) from error


def _gone(key: str, answer: _Answer) -> _Answer:
    """The answer once its draft was signed or discarded: what is typed next stands on no revision of that one."""
    settled = replace(answer, base=0, revision=0)
    st.session_state[f"{key}.answer"] = settled
    return settled


def _standing_on(revision: int, number: str, last: _Answer) -> int:
    """The revision a text stands on: the one its own window saved meanwhile, if it left before that answer came."""
    window = number.rpartition("-")[0]
    overtaken = bool(window) and last.sent.rpartition("-")[0] == window and last.base == revision
    return last.revision if overtaken and last.revision else revision
