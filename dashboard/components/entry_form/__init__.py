"""The entry being filled in: its questions and its map, saving themselves as one draft; saved as an entry once.

The form keeps what is tapped and typed until the server holds it; the map keeps its own marks and hands them over with
every message of the page. Both are written in the callback, which runs before any page does: what arrives together
with a click on another page is saved all the same.
"""

import secrets
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from dashboard import access, clock
from dashboard.components import body_map, entry_list
from dashboard.components.body_map import Mark, record_message
from dashboard.components.browser_files import mount
from dashboard.errors import ExplainedError
from dashboard.permissions import Viewer
from dashboard.presenters import entry_form as words
from dashboard.presenters import people
from dashboard.services import entries, entry_fields
from dashboard.services.entries import EntryPage, Outcome, Sent
from dashboard.services.entry_fields import Fields
from data_access.patients import PatientHead

MAP_HEIGHT = 520
_DONE = "entry_form.done"
_ELSEWHERE = "This entry was saved already, from another window."


@dataclass(frozen=True, slots=True)
class Place:
    """Which form it is: whose entry (`who` in words), which one it corrects, and the keys of its two parts."""

    patient_id: int
    link_id: str
    corrects: int
    who: str = ""

    @property
    def form(self) -> str:
        return f"entry_form_{self.link_id}_{self.corrects}"

    @property
    def map(self) -> str:
        return f"entry_map_{self.link_id}_{self.corrects}"


@dataclass(slots=True)
class _Window:
    """What this window knows: the token of its filling-in, its map as the database last held it, and the last answer.

    `revision` begins anywhere, so that the marks of an earlier sign-in are never taken for those of this one.
    `theirs` is the map of another window where both changed it. `just_saved` until the page was drawn anew.
    `filling` is the token of what it showed last; `parted` says that this was saved elsewhere while it was changed
    here, until the person chose what becomes of the change. `long_ago` is the day more than a year back of
    which one was told: saving it once more says that it is meant.
    """

    token: str
    marks: list[list[Any]]
    revision: int = field(default_factory=lambda: secrets.randbelow(2**30))
    theirs: list[list[Any]] | None = None
    sent: str = ""
    kind: str = ""
    words: str = ""
    conflicts: tuple[str, ...] = ()
    kept: bool = False
    just_saved: bool = False
    filling: str = ""
    parted: str = ""
    long_ago: date | None = None


def _window(place: Place) -> _Window:
    fresh = _Window(_new_token(), [])
    found: _Window = st.session_state.setdefault(f"{place.form}.window", fresh)
    return found


def _new_token() -> str:
    return secrets.token_hex(12)


def show_done(head: PatientHead) -> None:
    """Say that a correction of this patient's was saved, until something else is filled in or somebody else opened."""
    link, done = st.session_state.get(_DONE, ("", ""))
    if link == head.link_id:
        st.success(done)
    else:
        st.session_state.pop(_DONE, None)


def place(head: PatientHead, corrects: int) -> Place:
    """The form of that patient's new entry, or of the correction of one."""
    return Place(head.patient_id, head.link_id, corrects, f"{people.name(head)} · {head.record_number}")


def keep_map(here: Place, page: EntryPage) -> bool:
    """Whether the map was changed here and saved now, which the page then has to read anew.

    What another window made of it is taken over, unless this one changed it too.
    """
    window, held, viewer = _window(here), _fields(here, page), access.current()
    standing, theirs = _standing(here, window), held.get("marks", [])
    if window.theirs is not None or window.parted or viewer is None:
        return False
    if not page.held.revision and window.filling:  # it may be gone meanwhile: then the change is to be asked about
        held = {**held, "token": window.filling}
    if standing == window.marks:
        if theirs != window.marks:
            window.marks, window.revision = theirs, window.revision + 1
        return False
    base = {**held, "marks": window.marks}
    sent = Sent({**held, "marks": standing}, base, here.corrects)
    _map_kept(window, entries.save(viewer, here.patient_id, sent, now=clock.now()), standing)
    return True


def show_map(here: Place, page: EntryPage) -> None:
    """Draw the map to fill in, and what can be copied into it."""
    window, held = _window(here), _fields(here, page)
    if page.last_map is not None:
        as_of = clock.today()
        marks = entry_fields.told(page.last_map.marks or ())
        st.button(
            words.copy_words(page.last_map, as_of),
            icon=":material/content_copy:",
            on_click=_replace_map,
            args=(here, held, marks),
            disabled=not marks or window.marks == marks,
            key="entry_copy_map",
        )
    if window.theirs is not None:
        _two_maps(here, window)
    body_map.record(here.map, _as_marks(window.marks), height=MAP_HEIGHT, revision=window.revision)


def show_questions(here: Place, page: EntryPage) -> bool:
    """Draw the questions; whether an entry was saved just now."""
    viewer, window = access.current(), _window(here)
    fields = _fields(here, page)
    window.filling = window.filling if window.parted else fields.get("token", "")
    data = {
        "who": here.who,
        "parted": window.parted,
        "user": viewer.user_id if viewer else 0,
        "form": here.form,
        "session": _once("entry_form.session"),
        "questions": words.questions(page.medicines, page.logged, page.day, clock.today()),
        "fields": {name: value for name, value in fields.items() if name != "marks"},
        "revision": page.held.revision,
        "regions": len(standing := _standing(here, window)),
        "map": entry_fields.placed(standing),
        "corrects": bool(here.corrects),
        "today": clock.today().isoformat(),
        "saved": words.saved(page.held),
        "notice": "" if here.corrects else words.of_another_day(page.held, clock.today()),
        "sent": window.sent,
        "kind": window.kind,
        "words": window.words,
        "conflicts": list(window.conflicts),
        "kept": window.kept,
    }
    mount("entry_form", key=here.form, data=data, on_entry_change=partial(_handle, here))
    saved, window.just_saved = window.just_saved, False
    return saved


def change(here: Place, page: EntryPage, **answers: str) -> None:
    """Put those answers into the draft, as if they had been given in the form."""
    viewer, held = access.current(), _fields(here, page)
    if viewer is not None:
        entries.save(viewer, here.patient_id, Sent({**held, **answers}, held, here.corrects), now=clock.now())


def changes(here: Place, page: EntryPage) -> tuple[str, ...]:
    """The answers in which an unfinished correction differs from the entry, by their names."""
    if page.corrected is None or not page.held.revision:
        return ()
    token = page.held.fields.get("token", "")
    return entry_fields.differing(page.held.fields, entry_fields.fields_of(page.corrected, page.medicines, token))


def forget(here: Place) -> None:
    """The window knows nothing of that form any more: its draft was dropped or moved."""
    st.session_state.pop(f"{here.form}.window", None)


def _once(key: str) -> str:
    return str(st.session_state.setdefault(key, _new_token()))


def _fields(here: Place, page: EntryPage) -> Fields:
    """What the form shows: the draft, else the entry to correct, else nothing but day and time."""
    if page.held.revision:
        return page.held.fields
    token = _window(here).token
    if page.corrected is not None:
        return entry_fields.fields_of(page.corrected, page.medicines, token)
    return {"token": token, **words.default_moment(clock.now(), clock.today())}


# The map ------------------------------------------------------------------------------------------------------------


def _as_marks(marks: list[list[Any]]) -> tuple[Mark, ...]:
    return tuple(Mark(region, intensity, tuple(qualities), depth) for region, intensity, qualities, depth in marks)


def _standing(here: Place, window: _Window) -> list[list[Any]]:
    """The map as it stands in the browser, as far as it is known here."""
    kept = st.session_state.get(here.map)
    state = kept.get("marks") if kept is not None else None
    return entry_fields.told(record_message.answer(state, _as_marks(window.marks), window.revision))


def _map_kept(window: _Window, outcome: Outcome, standing: list[list[Any]]) -> None:
    if outcome.kind == "conflict":
        window.theirs = outcome.held.fields.get("marks", [])
    elif outcome.kind == "gone":
        _part(window)
    else:
        window.marks = standing


def _replace_map(here: Place, held: Fields, marks: list[list[Any]]) -> None:
    viewer, window = access.current(), _window(here)
    if viewer is None:
        return
    standing = _standing(here, window)
    base = {**held, "marks": window.marks}
    outcome = entries.save(
        viewer, here.patient_id, Sent({**held, "marks": marks}, base, here.corrects), now=clock.now()
    )
    if outcome.kind == "draft":
        window.marks, window.revision = marks, window.revision + 1
    else:
        _map_kept(window, outcome, standing)


def _two_maps(here: Place, window: _Window) -> None:
    st.warning("The body map was changed in another window too. Nothing was overwritten; choose which to keep.")
    with st.container(horizontal=True):
        st.button("Keep this map", on_click=_settle, args=(window, False), key="entry_map_mine")
        st.button("Take the other window's map", on_click=_settle, args=(window, True), key="entry_map_theirs")


def _settle(window: _Window, take_theirs: bool) -> None:
    window.marks, window.theirs = window.theirs or [], None
    window.revision += int(take_theirs)


# What the form sends ------------------------------------------------------------------------------------------------


def _handle(here: Place) -> None:
    """What the browser sent last, done once, before any page runs."""
    kept, window = st.session_state.get(here.form), _window(here)
    sent = kept.get("entry") if kept is not None else None
    if not isinstance(sent, dict) or not sent.get("sent") or sent["sent"] == window.sent:
        return
    st.session_state.pop(_DONE, None)
    window.sent, window.kind, window.words, window.conflicts, window.kept = str(sent["sent"]), "refused", "", (), False
    viewer = access.current()
    if viewer is None:
        window.words = "You are signed out. Your answers stay in this window; sign in again to save them."
        return
    try:
        _act(here, window, viewer, sent)
    except ExplainedError as error:
        window.long_ago = error.day if isinstance(error, entries.DayToConfirm) else None
        window.words = f"{error.what_happened} {error.what_is_safe} {error.what_to_do}"


def _act(here: Place, window: _Window, viewer: Viewer, sent: dict[str, Any]) -> None:
    if sent.get("act") == "drop":
        _begin_anew(window)
        window.kind = "draft"
        return
    if window.parted and sent.get("act") != "keep":
        window.kind = "gone"
        return
    if sent.get("act") == "discard":
        entries.discard(viewer, here.patient_id, corrects=here.corrects)
        _begin_anew(window)
        window.kind, window.words = "discarded", "Discarded; nothing was saved."
        return
    if window.theirs is not None and sent.get("act") == "save":
        window.words = "Two maps wait for a choice: keep one of them, then save the entry."
        return
    message = _message(here, window, sent)
    window.parted = ""
    if sent.get("act") == "save":
        # Kept as a draft even where it cannot become an entry; sent again, it may be the entry that was saved.
        _draft(here, window, viewer, message, known=bool(sent.get("repeated")))
        if window.kind == "draft":
            _save(here, window, viewer, message)
    else:
        _draft(here, window, viewer, message)


def _message(here: Place, window: _Window, sent: dict[str, Any]) -> Sent:
    """The form's answers with the map, and what both began from."""
    rescued = sent.get("rescued")
    if isinstance(rescued, dict):  # marks that the window kept while no server heard them
        window.marks, window.revision = entry_fields.marks_at(rescued.get("base")), window.revision + 1
        standing = entry_fields.marks_at(rescued.get("marks"))
    else:
        standing = _standing(here, window) if window.theirs is None else window.marks
    fields = entry_fields.cleaned({**sent.get("fields", {}), "marks": standing})
    began = [] if window.parted else window.marks
    base = entry_fields.cleaned({**sent.get("base", {}), "marks": began})
    pressed_again = sent.get("act") == "save" and not sent.get("repeated")
    meant = window.long_ago if pressed_again else None
    return Sent(fields, base, here.corrects, meant)


def _draft(here: Place, window: _Window, viewer: Viewer, message: Sent, *, known: bool = False) -> None:
    outcome = entries.save(viewer, here.patient_id, message, now=clock.now())
    window.kind, window.conflicts = outcome.kind, outcome.conflicts
    window.kept = outcome.kind == "draft"
    if outcome.kind == "conflict":
        window.words = words.conflict(outcome)
    elif outcome.kind == "gone":
        window.words = _ELSEWHERE
        if known or {**message.fields, "token": ""} == {**message.base, "token": ""}:
            _begin_anew(window)
        else:
            _part(window)
    else:
        window.marks = message.fields.get("marks", [])


def _save(here: Place, window: _Window, viewer: Viewer, message: Sent) -> None:
    window.kind = "refused"
    now, as_of = clock.now(), clock.today()
    again = replace(message, base=message.fields)
    outcome = entries.add(viewer, here.patient_id, again, now=now, as_of=as_of)
    window.kind, window.conflicts = outcome.kind, outcome.conflicts
    if outcome.kind in ("saved", "gone"):
        _begin_anew(window)
        window.just_saved = True
        window.words = words.done(message.fields, corrected=bool(here.corrects), as_of=as_of)
        if here.corrects:  # its form is gone with it: the page says so
            st.session_state[_DONE] = (here.link_id, window.words)
            entry_list.stop_correcting()
            _window(replace(here, corrects=entries.NEW_ENTRY)).just_saved = True


def _part(window: _Window) -> None:
    """What was changed here begins no other entry before the person said so; the map stays as it stands."""
    window.token, window.parted = _new_token(), _ELSEWHERE


def _begin_anew(window: _Window) -> None:
    window.token, window.marks, window.theirs = _new_token(), [], None
    window.filling = window.parted = ""
    window.long_ago = None
    window.revision += 1


__all__ = ["Place", "change", "changes", "forget", "keep_map", "place", "show_done", "show_map", "show_questions"]
