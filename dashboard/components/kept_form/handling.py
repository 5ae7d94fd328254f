"""What the browser side of a form sends: kept in the callback, which runs before any page does.

What arrives together with a click on another page is kept although the form is not drawn again.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any, Literal

import streamlit as st

from dashboard import access, clock
from dashboard.errors import Conflict, DatabaseRefused, ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.presenters import form_words as words
from dashboard.services import form_drafts, form_fields
from dashboard.services.form_drafts import LONGEST_NAME, Held, Outcome, Sent
from dashboard.services.form_fields import FieldSpec, Raws, Value

_SIGNED_OUT = "You are signed out. What you typed stays in this window; sign in again to save it."
_UNKNOWN = ExplainedError(
    "The browser sent something that this form does not understand.",
    "Nothing of it was saved; the draft saved before is untouched.",
    "Load the page anew.",
)


@dataclass(frozen=True, slots=True)
class FormPlace:
    """Which form it is: of which patient, its name (at most 60 characters, like 'goal 3'; a new goal is 'goal 0').

    `title` is read out as the name of the form. `revision` is that of the thing the form changes, 0 for a new one: what
    is submitted says on which revision it was begun, also when that was days ago.
    """

    patient_id: int
    form: str
    title: str
    revision: int = 0

    def __post_init__(self) -> None:
        if not 0 < len(self.form) <= LONGEST_NAME:
            raise ValueError(f"the name of a form has 1 to {LONGEST_NAME} characters")


@dataclass(frozen=True, slots=True)
class Submitted:
    """Sound answers by field name, and the revision of the thing on which they were begun (0: a new thing).

    `reasons` is what was chosen where two versions differed: 'mine' or 'theirs' by field name; empty without a clash.
    """

    values: dict[str, Value]
    revision: int = 0
    reasons: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody else saved first."""

    values: dict[str, Value]
    revision: int
    by: str
    at: datetime | None


Kind = Literal["", "draft", "refused", "conflict", "gone", "errors", "pending", "clash", "done", "discarded"]


@dataclass(slots=True)
class Window:
    """What this sign-in knows of a form: what was sent last and what became of it.

    `first` is the number under which a submission was sent first: sent again since its answer got lost, it is told that
    it was saved, and not saved twice (`FINISHED`). `heard` are the answers heard last from a browser window, by
    its name and the revision they stood on: what follows before it had an answer was changed against them. `handed` is
    the revision of the draft that was handed over. `done` is what was said of it once it was saved.
    """

    sent: str = ""
    kind: Kind = ""
    words: str = ""
    again: bool = False
    errors: dict[str, str] = field(default_factory=dict)
    both: tuple[str, ...] = ()
    first: str = ""
    heard: tuple[str, int, Raws] = ("", 0, {})
    handed: int = 0
    submitted: Submitted | None = None
    theirs: Theirs | None = None
    permission: Permission | None = None
    done: str = ""

    def settle(self, kind: Kind, said: str = "") -> None:
        """What was submitted came to that."""
        self.kind, self.words, self.errors, self.submitted = kind, said, {}, None
        if kind == "done":
            self.theirs, self.heard, self.done = None, ("", 0, {}), said


class Finished:
    """The submissions saved last, by person and form: a browser window that never had its answer asks for it later.

    It may do so after another sign-in, so this is not kept with the session; after a restart of the server nobody
    knows, and the window brings its words back as a draft.
    """

    def __init__(self) -> None:
        self._lock, self._by_form = Lock(), dict[tuple[int, str], str]()

    def remember(self, user_id: int, form: str, first: str) -> None:
        """That submission is saved."""
        with self._lock:
            self._by_form.pop((user_id, form), None)
            self._by_form[user_id, form] = first
            while len(self._by_form) > _MOST_REMEMBERED:
                self._by_form.pop(next(iter(self._by_form)))

    def of(self, user_id: int, form: str) -> str:
        """The submission of that form that this person saved last, '' for none."""
        with self._lock:
            return self._by_form.get((user_id, form), "")


_MOST_REMEMBERED = 10_000
FINISHED = Finished()


def key(place: FormPlace) -> str:
    """The name of the form in the browser, which says nothing of the patient."""
    told = hashlib.blake2s(f"{place.patient_id}/{place.form}".encode(), digest_size=8)
    return f"kept_form_{told.hexdigest()}"


def window(place: FormPlace) -> Window:
    """What this sign-in knows of that form."""
    found: Window = st.session_state.setdefault(f"{key(place)}.window", Window())
    return found


def forget(place: FormPlace) -> None:
    """It knows nothing of it any more."""
    st.session_state.pop(f"{key(place)}.window", None)


def session() -> str:
    """Names this sign-in: another one knows nothing of what was sent to the one before."""
    return str(st.session_state.setdefault("kept_form.session", str(clock.now().timestamp())))


def handle(place: FormPlace, fields: tuple[FieldSpec, ...], start: Mapping[str, Value], permission: Permission) -> None:
    """What the browser sent last, done once, before any page runs."""
    kept, now_known = st.session_state.get(key(place)), window(place)
    sent = kept.get("form") if kept is not None else None
    if not isinstance(sent, Mapping) or not sent.get("sent") or sent["sent"] == now_known.sent:
        return
    now_known.sent = str(sent["sent"])
    now_known.kind, now_known.words, now_known.again, now_known.errors, now_known.both = "refused", "", False, {}, ()
    viewer = access.current()
    if viewer is None:
        now_known.words, now_known.again = _SIGNED_OUT, True
        return
    try:
        _Act(place, fields, start, permission, now_known, viewer).do(sent)
    except ExplainedError as error:
        now_known.again = isinstance(error, DatabaseRefused | Conflict)
        now_known.words = f"{error.what_happened} {error.what_is_safe} {error.what_to_do}"


@dataclass(frozen=True, slots=True)
class _Act:
    """One thing a person did in a form."""

    place: FormPlace
    fields: tuple[FieldSpec, ...]
    start: Mapping[str, Value]
    permission: Permission
    window: Window
    viewer: Viewer

    def do(self, sent: Mapping[str, Any]) -> None:
        """Keep, submit, settle or discard. Raises ExplainedError for what no form sends."""
        match sent.get("act"):
            case "draft":
                self._keep(sent)
            case "submit":
                self._submit(sent)
            case "settle":
                self._settle(sent)
            case "back":
                self.window.theirs = None
                self.window.kind = "draft"
            case "discard":
                self._discard()
            case _:
                raise _UNKNOWN

    def _keep(self, sent: Mapping[str, Any]) -> Outcome:
        answers = form_fields.cleaned(self.fields, sent.get("answers"))
        base, revision = form_fields.cleaned(self.fields, sent.get("base")), _number(sent.get("revision"))
        browser = str(sent["sent"]).rpartition("-")[0]
        if self.window.heard[:2] == (browser, revision):
            base = self.window.heard[2]
        message = Sent(answers, base, _number(sent.get("on")), began=revision > 0)
        outcome = self._kept(message)
        self.window.kind, self.window.both = outcome.kind, outcome.both
        self.window.heard = (browser, revision, answers) if outcome.kind == "draft" else ("", 0, {})
        return outcome

    def _kept(self, message: Sent) -> Outcome:
        place = self.place
        return form_drafts.keep(self.viewer, self.permission, place.patient_id, place.form, message, now=clock.now())

    def _submit(self, sent: Mapping[str, Any]) -> None:
        if self._finished(sent):
            return
        outcome = self._keep(sent)
        if outcome.kind == "draft":
            self._hand_over(outcome.held)

    def _finished(self, sent: Mapping[str, Any]) -> bool:
        """Whether it is sent again since its answer got lost: it was saved, and is not saved twice."""
        first = str(sent.get("first", ""))
        if first and first == FINISHED.of(self.viewer.user_id, key(self.place)):
            self.window.settle("done", self.window.done or "Saved.")
            return True
        self.window.first = first
        return False

    def _hand_over(self, kept: Held, chosen: Mapping[str, str] | None = None) -> None:
        """Kept as a draft even where it cannot be read."""
        self.window.handed = kept.revision
        found = form_fields.read(self.fields, kept.answers, start=self.start)
        self.window.kind, self.window.errors = ("errors", found.errors) if found.errors else ("pending", {})
        if found.errors:
            self.window.theirs = None
        else:
            self.window.submitted = Submitted(found.values, kept.on, dict(chosen or {}))

    def _settle(self, sent: Mapping[str, Any]) -> None:
        """What was chosen of two versions, kept on top of theirs and handed over."""
        if self._finished(sent):
            return
        theirs, chosen = self.window.theirs, sent.get("chosen")
        if theirs is None or not isinstance(chosen, Mapping):
            raise _UNKNOWN
        place = self.place
        held = form_drafts.held(self.viewer, self.permission, place.patient_id, place.form)
        if not held.revision:  # saved or discarded in another window
            self.window.theirs, self.window.kind = None, "gone"
            return
        mine = form_fields.standing(self.fields, held.answers)
        other = form_fields.raws(self.fields, theirs.values)
        differing = [each.name for each in words.differences(self.fields, mine, other, held.began)]
        left = [name for name in differing if chosen.get(name) not in ("mine", "theirs")]
        if left:
            self.window.kind, self.window.errors = "clash", dict.fromkeys(left, "Choose one of the two.")
            return
        answers = {**other, **{name: mine[name] for name in differing if chosen[name] == "mine"}}
        kept = form_drafts.begin_on(
            self.viewer,
            self.permission,
            place.patient_id,
            place.form,
            answers,
            on=theirs.revision,
            began=other,
            now=clock.now(),
        )
        self._hand_over(kept, {name: str(chosen[name]) for name in differing})

    def _discard(self) -> None:
        form_drafts.discard(self.viewer, self.permission, self.place.patient_id, self.place.form)
        self.window.settle("discarded", "Discarded; nothing was saved.")
        self.window.theirs, self.window.heard = None, ("", 0, {})


def _number(value: object) -> int:
    """A revision; raises ExplainedError where it is none."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise _UNKNOWN
