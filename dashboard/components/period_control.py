"""The period control: which days, compared with which; chosen here once, followed by every patient page."""

from datetime import date, datetime
from typing import Literal

import streamlit as st

from clinical.diary import Period
from dashboard import periods as periods_of
from dashboard import selection
from dashboard.periods import CHOICES, Chosen, Periods
from dashboard.presenters.outcomes import no_diary_before
from dashboard.presenters.words import span
from dashboard.services.patients import Calendar

_CHOICE = "period_choice"
_OWN = "period_own"

DateValue = date | datetime | str | Literal["today"] | None
"""What Streamlit takes as a date; ours are dates."""


def show(logged: Calendar, periods: Periods, *, as_of: date) -> None:
    """Draw the control as chosen now; a click changes the selection and reruns the part of the page it stands in.

    That part follows by itself: a rerun asked for in the callback would begin a second run of it.
    """
    options = periods_of.offered(logged.last_visit)
    # The selection (or the URL) decides what is lit, not the widget's own memory.
    st.session_state[_CHOICE] = periods.choice if periods.choice in options else None
    st.segmented_control(
        "Period",
        options,
        format_func=CHOICES.__getitem__,
        key=_CHOICE,
        label_visibility="collapsed",
        on_change=_chosen,
        wrap=True,
    )
    with st.popover(
        span(periods.now), help="Choose the days, and the days to compare with", key=_OWN, on_change="rerun"
    ) as own:
        if own.open:  # its inputs are made for whoever opens it
            _own_days(periods, as_of)
    told = "nothing logged since · " if periods.moved else ""
    told += "the days picked to compare with are not all earlier · " if periods.against_refused else ""
    st.caption(f"{told}{_compared(periods, logged.first_day, as_of)}", help=span(periods.before))


def _compared(periods: Periods, first_day: date | None, as_of: date) -> str:
    """'vs the 4 weeks before', or that there was no diary yet to compare with."""
    if first_day is not None and first_day > periods.before.end:
        return no_diary_before(first_day, as_of)
    if periods.compared_with_chosen:
        return f"vs {span(periods.before)}"
    return f"vs the {periods_of.in_words(periods.before.days)} before"


def _chosen() -> None:
    choice = st.session_state[_CHOICE]
    if choice is not None:  # a click on the lit one changes nothing
        selection.choose_period(Chosen(choice))  # days picked to compare with belonged to the days before


def _own_days(periods: Periods, as_of: date) -> None:
    # The keys carry what is shown now, so that the inputs start from it again whenever it changes.
    days = f"period_days_{periods_of.as_text(periods.now)}"
    against = f"period_against_{periods_of.as_text(periods.before)}"
    before: list[DateValue] = [periods.before.start, periods.before.end] if periods.compared_with_chosen else []
    with st.form("period_form", border=False):
        st.date_input(
            "Days looked at", (periods.now.start, periods.now.end), key=days, max_value=as_of, format="YYYY-MM-DD"
        )
        st.date_input(
            "Compared with (empty: the period before)", before, key=against, max_value=as_of, format="YYYY-MM-DD"
        )
        st.form_submit_button("Show these days", on_click=_submitted, args=(days, against), type="primary")


def _submitted(days: str, against: str) -> None:
    wanted = _period(st.session_state[days])
    st.session_state[_OWN] = False
    if wanted is not None:
        selection.choose_period(Chosen("custom", wanted, _period(st.session_state[against])))


def _period(picked: object) -> Period | None:
    """The picked range; None while only one end of it is picked, or none."""
    if isinstance(picked, tuple) and len(picked) == 2:
        return Period(*picked)
    return None
