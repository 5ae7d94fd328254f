"""The form of a criteria assessment in words: what each question asks, its recall window, what its answers mean."""

from datetime import date

from clinical.fibromyalgia import AREA_LABELS, LEVELS, NOT_COUNTED, RULES, Symptom
from dashboard.presenters.criteria import area_names, readings
from dashboard.presenters.words import day, plainly, sentence_case, span
from dashboard.services.criteria import LONGEST_REMARK, CriteriaView, Standing
from dashboard.services.criteria_filling import Filling

FIGURE_TITLE = "Worst pain of the past week, chosen areas outlined"
NOT_COUNTED_SIGN = "∅"
NOT_COUNTED_WORDS = f"{NOT_COUNTED_SIGN} counts in the WPI, but satisfies none of the five regions."
AREAS_HELP = (
    "The 19 areas of the widespread pain index, in the five regions of the 2016 criteria. They are filled in from the "
    "map of the last 7 days (strict reading) and count only once a clinician says that they are confirmed. "
    f"{NOT_COUNTED_WORDS}"
)
LEVELS_WORDS = " · ".join(f"{n} {label}: {meaning}" for n, (label, meaning) in enumerate(LEVELS))
MONTHS_LABEL = f"Months at this level (at least {plainly(RULES['2016'][0].months_from)})"
OTHER_LABEL = "Another disorder sufficiently explains the pain (2011 only)"


def provenance(view: CriteriaView, filling: Filling) -> str:
    """Where the chosen areas come from, what the map says by both readings, and how the choice differs from it."""
    chosen, strict = filling.shown_areas(view.strict.areas), frozenset(view.strict.areas)
    if filling.confirmed(view.as_of):
        said = f"Confirmed: {len(chosen)} of {len(AREA_LABELS)}"
    elif filling.areas is not None:
        said = f"Changed by hand, to confirm: {len(chosen)} of {len(AREA_LABELS)}"
    else:
        said = "From the map, to confirm" if view.strict.days_logged else "To be asked"
    differs = [
        f"not on the map: {area_names(chosen - strict)}" if chosen - strict else "",
        f"on the map, not chosen: {area_names(strict - chosen)}" if strict - chosen else "",
    ]
    beside = "; ".join(part for part in differs if part)
    return f"{said}{f' ({beside})' if beside and view.strict.days_logged else ''}. {sentence_case(readings(view))}."


def figure_words(chosen: int) -> str:
    """'Worst pain of the week; 9 areas chosen, outlined. Click to choose'."""
    return f"Worst pain of the week; outlined: the chosen areas ({chosen}). A click chooses one or takes it back"


def confirm_label(view: CriteriaView, chosen: int) -> str:
    """'Confirmed with the patient for 16 – 22 Nov 2026: these 9 areas and no others'."""
    areas = "no area hurt" if not chosen else f"{'this area' if chosen == 1 else f'these {chosen} areas'} and no other"
    return f"Confirmed with the patient for the past week, {span(view.week)}: {areas}"


def area_option(area: str) -> str:
    """'Shoulder girdle', 'Jaw ∅': the area inside its region; the sign marks what satisfies no region."""
    label = AREA_LABELS[area].removesuffix(" left").removesuffix(" right")
    return f"{label} {NOT_COUNTED_SIGN}" if area in NOT_COUNTED else label


def symptom_label(symptom: Symptom) -> str:
    """'Fatigue: how strong is the tiredness?', 'Headaches'."""
    return f"{symptom.label}: {symptom.asks}" if symptom.highest > 1 else symptom.label


def level(answer: int, highest: int) -> str:
    """'2 moderate'; 'No' and 'Yes' where there are only these."""
    return f"{answer} {LEVELS[answer][0]}" if highest > 1 else ("No", "Yes")[answer]


def symptoms_title(recall: str, *, graded: bool) -> str:
    """'Symptoms during the past week', 'Bothered during the previous 6 months by'."""
    return f"Symptoms during the {recall}" if graded else f"Bothered during the {recall} by"


def begun_before(day_begun: date, view: CriteriaView) -> str:
    """What is said above answers that were begun on an earlier day and not saved."""
    return (
        f"Begun on {day(day_begun, view.as_of)} and not saved: its past week was another one. Go through every answer "
        "again, or start over."
    )


def correcting(of: Standing, view: CriteriaView) -> str:
    """What is said above the form while it corrects an assessment."""
    made = of.assessed
    return (
        f"This corrects the assessment of {day(made.day, view.as_of)} by {made.user_name}. It is about the same week; "
        "both stay on record, and only the correction counts. The areas are to be confirmed again."
    )


def remark_label(*, correction: bool) -> str:
    """What stands above the remark, with how long it may be."""
    said = "Reason of the correction (required)" if correction else "Remark"
    return f"{said}, at most {LONGEST_REMARK} characters"
