"""A form that keeps itself: everything typed is a draft within 1.5 s, and comes back after whatever happens.

It asks what its caller describes (`FieldSpec`) and knows nothing else. One draft a person, patient and form name: it
outlives a reload, a restart of the server, a lost line and an expired sign-in, and is there on another device too.
Nothing is kept in the browser's storage. What the browser sends is checked before the caller sees it: unknown fields
and answers of a wrong kind are refused, what cannot be read is said at its field.

Draw it in a part of its own (`access.part`), since every save reruns the part it stands in. The caller saves what was
submitted, says what became of it, and draws anew:

    submitted = kept_form.show(place, fields, start, permission=Permission.EDIT_PLAN)
    if submitted is not None:
        try:
            plan_changes.save(viewer, ..., submitted.values, on=submitted.revision)
        except Overtaken as late:
            kept_form.clash(place, values_of(late.theirs), revision=..., by=..., at=...)
        except Wrong as wrong:
            kept_form.refused(place, wrong.problems)  # by field
        except ExplainedError as error:
            kept_form.refused(place, error=error)
        else:
            kept_form.done(place, "Goal saved.")
        st.rerun()

Until `done` is called the draft stays, and what came to it since the submission stays then too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

from dashboard import access, clock
from dashboard.components.browser_files import mount
from dashboard.components.component_data import opened
from dashboard.components.kept_form import handling
from dashboard.components.kept_form.handling import FormPlace, Submitted, Theirs, Window
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import form_words as words
from dashboard.presenters.words import span
from dashboard.services import form_drafts, form_fields, typed_days
from dashboard.services.form_drafts import Held
from dashboard.services.form_fields import LONGEST_FORM, Colleague, FieldSpec, Option, Raws, Somebody, Value

_CHIPS = 6
"""Options that stand side by side; more are a list."""
_WIDE = ("text", "long", "level", "evidence")


def show(
    place: FormPlace,
    fields: Sequence[FieldSpec],
    start: Mapping[str, Value],
    *,
    permission: Permission,
    errors: Mapping[str, str] | None = None,
    submit: str = "Save",
    undone: str = "Not saved",
    remark: str = "",
) -> Submitted | None:
    """Draw the form; returns what was submitted just now and could be read, once, else None.

    `start` is what stands in the fields while there is no draft, by field name; what is not given is empty. `errors`
    are shown at their fields, '' at none. `submit` is the name of the button, `undone` what is said where it came to
    nothing. `remark` stands above the button on a phone, where what else the page says is out of sight. Raises
    NotPermitted.
    """
    window, viewer = handling.window(place), access.current()
    window.permission = permission
    held = form_drafts.held(viewer, permission, place.patient_id, place.form) if viewer else Held()
    asked = form_fields.raws(fields, start)
    data = {
        "form": handling.key(place),
        "user": viewer.user_id if viewer else 0,
        "finished": handling.FINISHED.of(viewer.user_id, handling.key(place)) if viewer else "",
        "session": handling.session(),
        "title": place.title,
        "submit": submit,
        "remark": remark,
        "fields": [_asked(field) for field in fields],
        **_standing(place, fields, held, asked),
        "restored": words.restored(held, submit),
        **_answer(window, fields, errors or {}),
        "look": words.look_at(sum(name != "" for name in window.errors), undone),
        **_both(window, fields, held),
        "clash": _clash(window, fields, held, asked),
        "longest": LONGEST_FORM,
    }
    mount(
        "kept_form",
        key=handling.key(place),
        data=data,
        on_form_change=partial(handling.handle, place, tuple(fields), dict(start), permission),
    )
    submitted, window.submitted = window.submitted, None
    return submitted


def done(place: FormPlace, said: str = "") -> None:
    """What was submitted is saved: its draft is thrown away; `said` is read in the form if it is drawn again.

    What another window of the same person added after it was submitted is not in it, and stays a draft.
    """
    window, viewer = handling.window(place), access.current()
    if viewer is not None and window.permission is not None:
        form_drafts.discard(viewer, window.permission, place.patient_id, place.form, revision=window.handed)
        handling.FINISHED.remember(viewer.user_id, handling.key(place), window.first)
    window.settle("done", said or "Saved.")


def refused(place: FormPlace, errors: Mapping[str, str] | None = None, *, error: ExplainedError | None = None) -> None:
    """What was submitted is not saved, for these reasons by field ('': of none) or for that error; the draft stays."""
    window = handling.window(place)
    window.settle("errors")
    window.errors = dict(errors or {})
    if error is not None:
        window.errors[""] = f"{error.what_happened} {error.what_is_safe} {error.what_to_do}"


def clash(place: FormPlace, theirs: Mapping[str, Value], *, revision: int, by: str, at: datetime | None) -> None:
    """Somebody saved `theirs` first: both versions are shown, and what is chosen of them is submitted anew.

    `revision` is that of `theirs`, on which the choice is saved; `by` and `at` say whose it is and of when. The draft
    stays until `done`.
    """
    window = handling.window(place)
    window.settle("clash")
    window.theirs = Theirs(dict(theirs), revision, by, at)


def forget(place: FormPlace) -> None:
    """The window knows nothing of that form any more: no answer, no clash. Its draft stays."""
    handling.forget(place)


def _standing(place: FormPlace, fields: Sequence[FieldSpec], held: Held, asked: Raws) -> dict[str, Any]:
    """What stands in the fields: the draft, else what the caller gave."""
    return {
        "answers": form_fields.standing(fields, held.answers) if held.revision else asked,
        "revision": held.revision,
        "on": held.on if held.revision else place.revision,
        "began": _began(fields, held) if held.revision else asked,
        "saved": words.saved(held, clock.today()),
        "notice": words.overtaken(held, place.revision),
    }


def _began(fields: Sequence[FieldSpec], held: Held) -> Raws:
    """What stood in the fields when the draft was begun; empty where that is not known any more."""
    return form_fields.standing(fields, held.began) if held.began else {}


def _answer(window: Window, fields: Sequence[FieldSpec], errors: Mapping[str, str]) -> dict[str, Any]:
    return {
        "sent": window.sent,
        "kind": window.kind,
        "words": window.words,
        "again": window.again,
        "errors": _at_fields(window.errors, fields),
        "given": _at_fields(errors, fields),
    }


def _at_fields(errors: Mapping[str, str], fields: Sequence[FieldSpec]) -> dict[str, str]:
    """The errors by field; what is of none is put together under ''."""
    asked = {field.name for field in fields}
    at = {name: said for name, said in errors.items() if name in asked}
    others = " ".join(said for name, said in errors.items() if name not in asked)
    return {**at, "": others} if others else at


def _both(window: Window, fields: Sequence[FieldSpec], held: Held) -> dict[str, Any]:
    """What was changed in two windows of one person, and what the other one made of it."""
    changed = [field for field in fields if field.name in window.both]
    return {
        "both": [field.name for field in changed],
        "there": [f"{field.label}: {words.said(field, held.answers.get(field.name))}" for field in changed],
        "texts": all(field.kind in ("text", "long") for field in changed),
    }


def _clash(window: Window, fields: Sequence[FieldSpec], held: Held, asked: Raws) -> dict[str, Any] | None:
    if window.theirs is None:
        return None
    mine = form_fields.standing(fields, held.answers) if held.revision else asked
    theirs = form_fields.raws(fields, window.theirs.values)
    return {
        "revision": window.theirs.revision,
        "by": words.theirs(window.theirs.by, window.theirs.at),
        "rows": [each._asdict() for each in words.differences(fields, mine, theirs, held.began)],
    }


def _asked(field: FieldSpec) -> dict[str, Any]:
    """The field as the browser asks it."""
    told = {name: opened(value) for name, value in asdict(field).items() if name not in ("people", "period")}
    return {
        **told,
        "options": [option._asdict() for option in field.options],
        "charts": [option._asdict() for option in field.charts],
        "regions": [option._asdict() for option in field.regions],
        "people": [[each.user_id, words.person(each.name, each.discipline)] for each in field.people],
        "longest": field.limit,
        "chips": field.kind == "choice" and len(field.options) <= _CHIPS,
        "wide": field.kind in _WIDE if field.wide is None else field.wide,
        "period": _period(field),
    }


def _period(field: FieldSpec) -> dict[str, str] | None:
    if field.period is None:
        return None
    start, end = typed_days.written(field.period.start), typed_days.written(field.period.end)
    return {"start": start, "end": end, "words": span(field.period)}


__all__ = [
    "Colleague",
    "FieldSpec",
    "FormPlace",
    "Option",
    "Somebody",
    "Submitted",
    "Value",
    "clash",
    "done",
    "forget",
    "refused",
    "show",
]
