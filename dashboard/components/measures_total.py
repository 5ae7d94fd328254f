"""Entering a total that was worked out elsewhere: questionnaire, version, day, total; refused with the range."""

import streamlit as st

from clinical.measures import instrument
from dashboard import access, clock
from dashboard.components import frame, measures_draft, measures_filling
from dashboard.components.measures_draft import Standing, Window
from dashboard.components.patient_page import Asked
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import measures_filling as words
from dashboard.presenters.words import escaped
from dashboard.services import measure_drafts, measure_entry, measure_totals
from dashboard.services.measure_drafts import TOTALS, Answers
from dashboard.services.measure_totals import DAY, INSTRUMENT, ITEM_9, OFFERED, TOTAL, VERSION

MOST_TYPED = 1000
"""Letters that a field of the draft holds, taken or not."""
FIELDS = (
    measures_draft.day(),
    measures_draft.choice(INSTRUMENT),
    measures_draft.text(VERSION),
    measures_draft.text(TOTAL),
    measures_draft.choice(ITEM_9),
)


@access.part
def show(asked: Asked) -> None:
    """Draw the form in place of the scores."""
    here = measures_draft.window(asked, TOTALS)
    try:
        stands = measures_draft.standing(asked, here, FIELDS)
        with st.container(key="measures_total", gap="small"):
            _draw(asked, here, stands)
    except ExplainedError as error:
        frame.explain(error)
        measures_filling.back("Back to the scores")


def _draw(asked: Asked, here: Window, stands: Standing) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="measures_form_top"):
        st.subheader("Enter a total", anchor=False)
        measures_filling.back("Back to the scores (the draft is kept)")
    fields = st.container(gap="small")
    with st.container(key="measures_form_end", border=True, gap="small"):
        _preview(stands.held.answers)
        if code := str(stands.held.answers.get(INSTRUMENT, "")):
            day = measure_totals.day_of(stands.held.answers, clock.today())
            measures_filling.warn_of_same_day(asked, (code,), day)
        with st.container(horizontal=True, gap="small", key="measures_form_buttons"):
            pressed = st.button("Save", type="primary", key="measures_save")
            measures_filling.discard(asked, TOTALS)
    problems = measure_totals.problems(stands.held.answers, clock.today(), asked.head.birth_date)
    with fields:
        told = {name: each for name, each in problems.items() if pressed or _typed(name)}
        _fields(here, stands.held.answers, told)
    if pressed and stands.moved:
        measures_filling.refused(measure_drafts.moved())
    elif pressed and not problems:
        _save(asked, stands)


def _typed(field: str) -> bool:
    """What is wrong with a day or a version is said at once; what is empty only once somebody saves."""
    return field in (DAY, VERSION)


def _fields(here: Window, answers: Answers, problems: dict[str, str]) -> None:
    st.selectbox(
        "Questionnaire",
        OFFERED,
        index=None,
        format_func=_named,
        placeholder="Choose or type its name",
        key=here.key(INSTRUMENT),
    )
    _problem(problems.get(INSTRUMENT))
    code = str(answers.get(INSTRUMENT, ""))
    with st.container(horizontal=True, gap="small", key="measures_total_when"):
        measures_draft.day_input(here)
        # Streamlit drops a text above max_chars: far more may be typed than is taken, and the limit stands below.
        st.text_input(
            f"Version or form (language, edition), if known; at most {measure_totals.LONGEST_VERSION} characters",
            key=here.key(VERSION),
            max_chars=MOST_TYPED,
            autocomplete="off",
        )
    _problem(problems.get(DAY) or problems.get(VERSION))
    st.text_input(_total_label(code), key=here.key(TOTAL), max_chars=MOST_TYPED, autocomplete="off")
    typed = measure_totals.total_problem(code, str(answers.get(TOTAL, ""))) if code in OFFERED else ""
    _problem(typed or problems.get(TOTAL))
    if measure_totals.asks_item_9(code):
        _item_9(here)


def _named(code: str) -> str:
    known = instrument(code)
    return code if known is None or known.name == code else f"{code}: {known.name}"


def _total_label(code: str) -> str:
    known = instrument(code) if code in OFFERED else None
    return f"Total: {measure_totals.allowed_words(known)}" if known else "Total"


def _item_9(here: Window) -> None:
    st.segmented_control(
        "Item 9 of it (thoughts of being better off dead or of self-harm), if known: a total below 25 does not tell",
        [0, 1, 2, 3],
        key=here.key(ITEM_9),
    )


def _problem(words: str | None) -> None:
    if words:
        st.error(escaped(words))


def _preview(answers: Answers) -> None:
    line = words.total_preview(answers)
    st.markdown(escaped(line or "The score is shown here before it is saved."))
    if measure_totals.opens_safety(answers):
        st.error(escaped(words.ITEM_9_OPENS))


def _save(asked: Asked, stands: Standing) -> None:
    viewer = access.require(Permission.ENTER_SCORES)
    try:
        saved = measure_entry.save_total(
            viewer, asked.head.patient_id, revision=stands.held.revision, now=clock.now(), as_of=clock.today()
        )
    except ExplainedError as error:
        measures_filling.refused(error)
        return
    said = words.done(saved.scores, asks=measure_totals.lacks_item_9(stands.held.answers))
    measures_filling.leave(said, asked)
    st.rerun()
