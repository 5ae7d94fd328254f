"""My work in words: four lists, each line with the patient, what waits, since or until when, and the page it opens."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from clinical.plan import Action
from dashboard.permissions import Permission, Viewer
from dashboard.presenters import notes, people, pointers_form
from dashboard.presenters.words import day, escaped, several
from dashboard.services.my_work import Awaited, MyWork, OwnAction, Undecided, Unfinished
from data_access.patients import PatientHead

SHOWN = 30
"""Lines of a list before more are asked for."""
MORE = 100
"""Lines that are added each time they are."""
ACTIONS, COSIGNS, DRAFTS, UNDECIDED = "actions", "cosigns", "drafts", "undecided"
NOTHING = "Nothing waits for you"
WHAT_COMES_HERE = (
    "Actions of care plans that are yours, notes you are asked to countersign, what you began to write and did not "
    "finish, and patients whom a case review of your team left without a decision appear here."
)
_FORMS = {
    "formulation": "Formulation",
    "goal": "Goal",
    "rating": "Rating of a goal",
    "intervention": "Intervention",
    "action": "Action",
}
"""Forms of the care plan, by the first word of their name; a number follows it."""
_REVIEWS = {"case review": "Case review", "case action": "Action of a case review"}
"""Forms of a case review; the number of the meeting follows."""
_SHARED = {"sent": "How a document was sent", "withdrawn": "Withdrawal of a document"}
"""Forms of what was made for a patient; the number of the document follows."""
_ASSESSMENTS = {"criteria": "Fibromyalgia criteria", **pointers_form.TITLES}
_FURTHER = ("note", "meeting", "form")
_LEFT = {"deferred": "deferred", "discussed": "no decision", "queued": "not discussed"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `page` is the page it opens, with the note, the meeting or the form to show there ('' for none).

    `late` marks what is overdue. `action` and `revision` are those of an action the viewer may mark as done, else 0;
    `queue`: the patient may be queued for a case review from here.
    """

    key: str
    link: str
    href: str
    page: str
    note: str
    meeting: str
    form: str
    name: str
    second: str
    what: str
    detail: str
    when: str
    whence: str = ""  # the day behind `when`
    late: bool = False
    action: int = 0
    revision: int = 0
    queue: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One list: its lines as far as they are shown, how many there are, and what is said where there are none."""

    key: str
    title: str
    count: int
    remark: str
    nothing: str
    lines: tuple[Line, ...]


def summed_up(mine: MyWork, as_of: date) -> str:
    """'4 actions, 2 overdue · 1 note to countersign · 3 drafts · 2 patients without a decision'."""
    late = _overdue(mine, as_of)
    actions = several(len(mine.actions), "open action")
    parts = (
        (f"{actions}, {late} overdue" if late else actions) if mine.actions else "",
        f"{several(len(mine.cosigns), 'note')} to countersign" if mine.cosigns else "",
        several(len(mine.drafts), "draft") if mine.drafts else "",
        f"{several(len(mine.undecided), 'patient')} without a decision" if mine.undecided else "",
    )
    return " · ".join(part for part in parts if part)


def _overdue(mine: MyWork, as_of: date) -> int:
    return sum(1 for each in mine.actions if each.due is not None and each.due < as_of)


def parts(mine: MyWork, viewer: Viewer, shown: Mapping[str, int], as_of: date) -> tuple[Part, ...]:
    """The lists in the order they are read; those that the viewer's role has no part in are left out."""
    late = _overdue(mine, as_of)
    may_act = viewer.may(Permission.EDIT_PLAN)
    found = [
        _part(
            ACTIONS,
            "My actions",
            f"{late} overdue" if late else "",
            "No open action is yours.",
            tuple(_action(each, as_of, may_act=may_act) for each in mine.actions),
        )
    ]
    if viewer.may(Permission.COSIGN):
        awaited = tuple(_awaited(each, as_of) for each in mine.cosigns)
        found.append(_part(COSIGNS, "To countersign", "", "No note waits for your signature.", awaited))
    may_queue = viewer.may(Permission.PREPARE_MEETINGS)
    left = tuple(_undecided(each, as_of, may_queue=may_queue) for each in mine.undecided)
    found.append(_part(UNDECIDED, "Case review: no decision yet", "", "Your team left nobody open.", left))
    drafts = tuple(_draft(each, as_of) for each in mine.drafts)
    found.append(_part(DRAFTS, "My drafts", "only you see them", "Nothing is half written.", drafts))
    return tuple(_cut(part, shown.get(part.key, SHOWN)) for part in found)


def _part(key: str, title: str, remark: str, nothing: str, lines: tuple[Line, ...]) -> Part:
    return Part(key, title, len(lines), remark, nothing, lines)


def _cut(part: Part, most: int) -> Part:
    return Part(part.key, part.title, part.count, part.remark, part.nothing, part.lines[:most])


def _line(head: PatientHead, as_of: date, *, key: str, page: str, what: str, when: str, **told: str) -> Line:
    return Line(
        key=f"{key}-{head.link_id}",
        link=head.link_id,
        href=f"{page}?p={head.link_id}" + "".join(f"&{name}={told[name]}" for name in _FURTHER if told.get(name)),
        page=page,
        note=told.get("note", ""),
        meeting=told.get("meeting", ""),
        form=told.get("form", ""),
        name=people.name(head),
        second=people.briefly(head.sex, head.birth_date, head.record_number, as_of),
        what=what,
        when=when,
        detail=told.get("detail", ""),
        whence=told.get("whence", ""),
    )


def _action(each: OwnAction, as_of: date, *, may_act: bool) -> Line:
    agreed = "agreed at a case review" if each.meeting_id else ""
    detail = " · ".join(part for part in (each.detail, agreed) if part)
    late = each.due is not None and each.due < as_of
    said = _line(
        each.head,
        as_of,
        key=f"action-{each.action_id}",
        page="care_plan",
        what=each.title,
        detail=detail,
        when=due(each.due, as_of),
        whence=day(each.due, as_of) if late else "",
    )
    return replace(said, late=late, action=each.action_id if may_act else 0, revision=each.revision)


def due(on: date | None, as_of: date) -> str:
    """'9 days overdue', 'due today', 'due 3 Dec', 'no day agreed'."""
    if on is None:
        return "no day agreed"
    if on < as_of:
        return f"{several((as_of - on).days, 'day')} overdue"
    return "due today" if on == as_of else f"due {day(on, as_of)}"


def _awaited(each: Awaited, as_of: date) -> Line:
    return _line(
        each.head,
        as_of,
        key=f"cosign-{each.note_id}",
        page="care_plan",
        note=str(each.note_id),
        what=f"{notes.discipline(each.discipline)} · {each.author_name}",
        detail=f"signed {_moment(each.signed_at, as_of)}" + (f", version {each.version}" if each.version > 1 else ""),
        when=f"asked {_moment(each.asked_at, as_of)}",
    )


def _draft(each: Unfinished, as_of: date) -> Line:
    what, page, number = _drafted(each)
    when = f"saved {_moment(each.saved_at, as_of)}"
    return _line(each.head, as_of, key=f"{each.kind}-{each.what}", page=page, what=what, when=when, **number)


def _drafted(each: Unfinished) -> tuple[str, str, dict[str, str]]:
    """What is half written, the page where it waits, and the note, the meeting or the form to show there."""
    if each.kind == "note":
        return ("New note", "care_plan", {}) if each.what == "0" else ("Amended note", "care_plan", {"note": each.what})
    if each.kind == "entry":
        return ("New diary entry" if each.what == "0" else "Corrected diary entry"), "add_entry", {}
    if each.kind == "questionnaire":
        return *_form(each.what), {}
    return _kept_form(each.what)


def _kept_form(name: str) -> tuple[str, str, dict[str, str]]:
    """What that form is, its page, and where on it: 'goal 3' stands in the address as 'goal-3'."""
    kind, _, number = name.rpartition(" ")
    if kind in _REVIEWS:
        return _REVIEWS[kind], "case_review", {"meeting": number}
    if kind in _FORMS:
        return _FORMS[kind], "care_plan", {"form": f"{kind}-{number}"}
    if name == "share" or kind in _SHARED:
        return _SHARED.get(kind, "Order of a document"), "share", {}
    return "Form", "care_plan", {}


def _form(form: str) -> tuple[str, str]:
    if form in _ASSESSMENTS:
        return _ASSESSMENTS[form], "pain_map"
    return ("Questionnaire totals" if form == "totals" else form.replace("_", " ")), "measures"


def _undecided(each: Undecided, as_of: date, *, may_queue: bool) -> Line:
    said = _line(
        each.head,
        as_of,
        key=f"review-{each.meeting_id}",
        page="care_plan",
        what=each.question or "No question was written down",
        detail=f"{each.title}, {day(each.day, as_of)}",
        when=_LEFT[each.status],
        whence=f"again on {day(each.again, as_of)}" if each.again else "",
    )
    return replace(said, queue=may_queue and each.again is None)


def _moment(instant: datetime, as_of: date) -> str:
    local = instant.astimezone()
    return f"{local:%H:%M}" if local.date() == as_of else day(local.date(), as_of)


def done(title: str) -> str:
    """What stands on the page after an action was marked as done, as Markdown."""
    return f"Done: **{escaped(title)}**."


def overtaken(theirs: Action) -> str:
    """What stands on the page when somebody else changed the action first, as Markdown."""
    who = f" by {escaped(theirs.revised.user_name)}" if theirs.revised.user_name else ""
    changed = f"**{escaped(theirs.title)}** was changed{who} meanwhile; nothing was overwritten."
    return f"{changed} It is {theirs.status} now."
