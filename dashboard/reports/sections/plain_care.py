"""The patient copy: why it is written, goals and plan, treatments, medicines and allergies, in plain words."""

from datetime import date

from clinical.interventions import INTERVENTIONS
from clinical.plan import Action, Goal, PlannedIntervention
from dashboard.presenters import medication_list, plan, plan_items
from dashboard.presenters.notes import discipline
from dashboard.presenters.words import full_day, plainly, sentence_case, without_tag
from dashboard.reports import medicine_names
from dashboard.reports.document import Block, Paragraph
from dashboard.reports.one_page import Line
from dashboard.reports.record import Order, Record
from dashboard.reports.sections.content import NOTHING, Content, bullets, headed, pages_of, pairs, paragraphs
from dashboard.reports.sections.plain_words import ASK, FROM_RECORD, between, name, on, stop
from dashboard.services.medication_review import ListedMedicine, MedicationView
from dashboard.services.medication_use import ON_LIST_NOW
from data_access.records import NOT_ACTIVE

REACHED = {
    -2: "much less than hoped",
    -1: "less than hoped",
    0: "as hoped",
    1: "better than hoped",
    2: "much better than hoped",
}
"""The five levels of goal attainment, as one says them to the person whose goal it is."""
UNITS = {"/wk": "a week", "/d": "a day", "min": "minutes", "h": "hours"}
"""Units of goals, written out."""
BOXES = {
    "biological": "Your body",
    "psychological": "Thoughts and feelings",
    "social": "People and daily life",
    "protective": "What helps you",
}


def reason(record: Record, order: Order) -> Content:
    """Who it is for, what it shows, and what the sender wrote."""
    opening = (
        f"Dear {name(record)},",
        f"This letter is for you. It shows what you wrote in your diary {between(record.periods.now)}. It also shows "
        "what you and your team have agreed.",
    )
    lines = (Line("Why we write", order.reason.strip()), Line("What we ask", order.question.strip()))
    return Content((*paragraphs(*opening), *pairs(lines)))


def matters(record: Record, _: Order) -> Content:
    """What they said matters to them."""
    said = " ".join(record.plan.formulation.matters.split())
    return Content(paragraphs(f"You said: “{said}”"), "in your words") if said else NOTHING


def agreed(record: Record, _: Order) -> Content:
    """Goals with how far they were reached, what is going on, and who does what."""
    goals = [_goal(goal, record) for goal in plan.goals_in_order(record.plan.goals)]
    going_on = [_going_on(each, record) for each in record.plan.interventions if each.status in ("active", "planned")]
    standing = [_action(each, record) for each in plan.open_actions(record.plan.actions)]
    done = [_done(each) for each in plan.done_actions(record.plan.actions, record.periods.now.start)]
    blocks: tuple[Block, ...] = (
        *headed("Your goals", bullets(goals)),
        *headed("What you do, or plan to do", bullets(going_on)),
        *headed("Who does what next", bullets(standing)),
        *headed("Done", bullets(each for each in done if each)),
    )
    return Content(blocks, FROM_RECORD) if blocks else NOTHING


def _goal(goal: Goal, record: Record) -> str:
    """'Walk to school. You began with 5 and want to reach 20 min. ... So far: less than hoped.'"""
    said = [stop(goal.title)]
    if goal.target is not None:
        start = f"You began with {plainly(goal.baseline)} and want" if goal.baseline is not None else "You want"
        unit = UNITS.get(goal.unit, goal.unit)
        what = f" ({goal.measure})" if goal.measure and goal.measure.casefold() != unit.casefold() else ""
        said.append(f"{start} to reach {plainly(goal.target, unit)}{what}.")
    said += [f"By when: {full_day(goal.due)}."] if goal.due else []
    said += [f"Why it matters to you: {stop(goal.why)}"] if goal.why else []
    until = "So far" if goal.status == "active" else "At the end"
    said += [f"{until}: {REACHED[goal.attainment]}."] if goal.attainment is not None else []
    said += [f"This goal is now {goal.status.replace('-', ' ')}."] if goal.status != "active" else []
    return " ".join(said)


def _going_on(each: PlannedIntervention, record: Record) -> str:
    """'Walking: 15 min, five days a week. With physiotherapy, Milo Invented.'"""
    who = plan_items.owner(each.owner_user_id, each.owner_name, record.owners)
    field = discipline(each.discipline).lower() if each.discipline else ""
    whom = ", ".join(part for part in (field, who) if part)
    said = [stop(f"{called(each)}: {each.amount}" if each.amount else called(each))]
    said += [f"With {whom}."] if whom else []
    said += ["This is planned."] if each.status == "planned" else []
    return " ".join(said)


def called(each: PlannedIntervention) -> str:
    """The treatment by its name, with what it is about."""
    known = INTERVENTIONS.get(each.code)
    title = sentence_case(known.label if known else each.code.replace("_", " "))
    return f"{title} ({each.detail})" if each.detail else title


def _action(each: Action, record: Record) -> str:
    """'Dr Ada Invented: Ask the GP for blood results. By 14 Jan 2027.'; what is late is not called so."""
    who = plan_items.owner(each.owner_user_id, each.owner_name, record.owners) or "Not yet agreed who"
    when = f" Planned for {full_day(each.due)}." if each.due else ""
    return f"{who}: {stop(each.title)}{when}"


def _done(each: Action) -> str:
    return (
        f"{stop(each.title)}{f' Done on {full_day(each.done)}.' if each.done else ''}" if each.status == "done" else ""
    )


def treatments(record: Record, _: Order) -> Content:
    """What they have tried beside medicines, since when, and how it went as the team wrote it."""
    tried = [_tried(each) for each in plan.tried_in_order(record.plan.interventions)]
    return Content(bullets(tried), FROM_RECORD) if tried else NOTHING


def _tried(each: PlannedIntervention) -> str:
    said = [stop(f"{called(each)}: {each.amount}" if each.amount else called(each))]
    said += [f"Begun on {full_day(each.start)}."] if each.start else []
    if each.status in ("stopped", "finished"):
        why = f" Why: {stop(each.why_stopped)}" if each.why_stopped else ""
        said.append(f"{sentence_case(each.status)}{on(each.end)}.{why}")
    said += [f"How it went, in your team's words: {stop(each.response)}"] if each.response else []
    return " ".join(said)


def medication(record: Record, _: Order) -> Content:
    """What is on the list, what was taken of it, what is to begin and what was stopped; no check is repeated here."""
    view = pages_of(record).medication
    if view.empty:
        return NOTHING
    now = [_medicine(each, view) for each in view.listed if each.standing in ON_LIST_NOW]
    logged = [_medicine(each, view) for each in view.listed if each.standing == "logged"]
    ahead = [_not_begun(each) for each in view.listed if each.standing == "planned"]
    stopped = [_stopped(each) for each in view.listed if each.standing == "stopped"]
    blocks: tuple[Block, ...] = (
        *headed("On your list now", bullets(now)),
        *headed("You took these too. They are not on your list", bullets(logged)),
        *headed("Not begun yet", bullets(ahead)),
        *headed("Stopped", bullets(stopped)),
        *paragraphs(
            "A day without a note about a medicine does not mean that you did not take it. If something is missing "
            "or wrong here, tell your team. Before you change a medicine, ask your team."
        ),
    )
    return Content(blocks, "from your record and your diary")


def _medicine(each: ListedMedicine, view: MedicationView) -> str:
    """'Duloxetine: 60 mg, once in the morning. In your diary on 27 of the last 28 days.'"""
    days = view.last_28.days
    taken = f"In your diary on {each.use.days} of the last {days} days." if each.use.days else ""
    return " ".join(part for part in (_directions(each), _last_day(each), taken) if part)


def _directions(each: ListedMedicine) -> str:
    """'Duloxetine: 60 mg, once in the morning.'"""
    medicine = each.medicine
    dose = medication_list.amount(medicine.dose, medicine.unit)
    needed = "when needed" if medicine.as_needed and "needed" not in medicine.frequency else ""
    how = ", ".join(part for part in (dose, medicine.frequency, needed) if part)
    return stop(f"{_named(each)}: {how}" if how else _named(each))


def _last_day(each: ListedMedicine) -> str:
    """When it is planned to end, with the reason; '' where no end is planned."""
    medicine = each.medicine
    if medicine.end is None:
        return ""
    return f"The last day is planned for {full_day(medicine.end)}.{_why(medicine.reason_stopped)}"


def _not_begun(each: ListedMedicine) -> str:
    """'Pregabalin: 75 mg, twice a day. It is to begin on 1 Dec 2026.'"""
    begins = f"It is to begin{on(each.medicine.start)}."
    return " ".join(part for part in (_directions(each), begins, _last_day(each)) if part)


def _stopped(each: ListedMedicine) -> str:
    """'Tramadol: stopped on 5 Jan 2026. Why: dizzy.', or that the day is not written down."""
    medicine = each.medicine
    when = on(medicine.end) or ", but the day is not written down"
    return f"{_named(each)}: stopped{when}.{_why(medicine.reason_stopped)}"


def _why(reason: str) -> str:
    """' Why: dizzy.'; '' for none, and for what only says that the day is not known."""
    return "" if not reason or reason.endswith(medicine_names.DAY_UNKNOWN) else f" Why: {stop(reason)}"


def _named(each: ListedMedicine) -> str:
    return sentence_case(each.medicine.name)


def allergies(record: Record, _: Order) -> Content:
    """The allergies on record; that none is there asks them to tell."""
    found = [each for each in record.allergies if each.status not in NOT_ACTIVE]
    said = [stop(f"{each.label}: {each.reaction}" if each.reaction else each.label) for each in found]
    if not said:
        return Content(
            paragraphs("No allergy is written in your record here. If you have one, tell your team."), FROM_RECORD
        )
    return Content((*bullets(said), Paragraph("If one is missing or wrong, tell your team.")), FROM_RECORD)


def diagnoses(record: Record, _: Order) -> Content:
    """What the record says they have, each with its date."""
    found = [each for each in record.conditions if each.status not in NOT_ACTIVE]
    said = [_since(without_tag(each.label), each.onset_day) for each in found]
    return Content((*bullets(dict.fromkeys(said)), Paragraph(ASK)), FROM_RECORD) if said else NOTHING


def _since(name: str, day: date | None) -> str:
    return stop(f"{name}, since {full_day(day)}" if day else name)


def formulation(record: Record, _: Order) -> Content:
    """How the team understands the pain, in the team's words."""
    of = record.plan.formulation
    lines = pairs(Line(title, getattr(of, part)) for part, title in BOXES.items())
    return Content((*lines, Paragraph(ASK)), "in your team's words") if lines else NOTHING
