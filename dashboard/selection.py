"""Which patient and which period: chosen once, followed by every patient page.

The only owner of shared session state, mirrored in the URL as validated scalars (`p`, `period`, `days`, `against`)
so that a link opens the same view for whoever may see it. A value that does not hold is ignored.
"""

from datetime import date

import streamlit as st

from dashboard import clock, navigation
from dashboard import periods as periods_of
from dashboard.components import states
from dashboard.periods import CHOICES, Chosen, Periods
from dashboard.permissions import Viewer
from dashboard.services import patients
from dashboard.services.patients import Frame
from data_access.patients import PatientHead

_LINK = "selection.link"
_CHOSEN = "selection.chosen"
_NEXT = "selection.next"


def today() -> date:
    """The clinic's calendar day; pages take it from here and hand it on as `as_of`."""
    return clock.today()


def link_id() -> str | None:
    """The opaque link of the chosen patient: the URL's, else the one chosen earlier; not yet checked."""
    return st.query_params.get("p") or st.session_state.get(_LINK)


def patient(viewer: Viewer) -> PatientHead:
    """The chosen patient, checked against the viewer's scope on every run; ends the page in a state otherwise."""
    link = link_id()
    if link is None:
        states.no_patient_chosen()
        st.stop()
    head = patients.by_link(viewer, link)
    if head is None:
        st.session_state.pop(_LINK, None)
        states.no_such_patient()
        st.stop()
    choose_patient(head.link_id)
    return head


def choose_patient(link: str) -> None:
    """Remember the patient for every page and show the link in the URL."""
    if st.session_state.get(_LINK) not in (None, link):
        st.session_state.pop(_CHOSEN, None)  # another patient: their own last visit, not the period of the one before
    st.session_state[_LINK] = link
    if st.query_params.get("p") != link:
        st.query_params["p"] = link


def open_patient(link: str) -> None:
    """Go to that patient's Summary; ends this run."""
    choose_patient(link)
    summary = next(page for page in navigation.PAGES if page.file == "summary.py")
    st.switch_page(navigation.as_page(summary), query_params=link_parameters())


def open_next(link: str) -> None:
    """Go to that patient's Summary as soon as the next run starts: for callbacks, which cannot leave the page."""
    st.session_state[_NEXT] = link


def follow() -> None:
    """Go where `open_next` said, if it said anything."""
    link = st.session_state.pop(_NEXT, None)
    if isinstance(link, str):
        open_patient(link)


def chosen() -> Chosen:
    """The period asked for, from the URL, else from earlier in this session, else since the last visit."""
    kept = st.session_state.get(_CHOSEN)
    fallback = kept if isinstance(kept, Chosen) else Chosen()
    choice = st.query_params.get("period", "")
    if choice not in CHOICES:
        return fallback
    custom = periods_of.from_text(st.query_params.get("days", ""), as_of=today())
    against = periods_of.from_text(st.query_params.get("against", ""), as_of=today())
    if choice == "custom" and custom is None:
        return fallback
    return Chosen(choice, custom if choice == "custom" else None, against)


def choose_period(wanted: Chosen) -> None:
    """Remember the period for every page and show it in the URL."""
    st.session_state[_CHOSEN] = wanted
    scalars = {
        "period": wanted.choice,
        "days": periods_of.as_text(wanted.custom) if wanted.custom else "",
        "against": periods_of.as_text(wanted.against) if wanted.against else "",
    }
    for name, value in scalars.items():
        if value and st.query_params.get(name) != value:
            st.query_params[name] = value
        elif not value and name in st.query_params:
            del st.query_params[name]


def periods(frame: Frame) -> Periods:
    """The days looked at and those compared with, for the patient whose frame this is."""
    return periods_of.resolve(chosen(), last_visit=frame.last_visit, first_day=frame.first_day, as_of=today())


def link_parameters() -> dict[str, str]:
    """What a link to another patient page carries: the patient and the period, nothing else."""
    link, wanted = link_id(), chosen()
    parameters = {"p": link} if link else {}
    if wanted != Chosen():
        parameters["period"] = wanted.choice
        if wanted.custom:
            parameters["days"] = periods_of.as_text(wanted.custom)
        if wanted.against:
            parameters["against"] = periods_of.as_text(wanted.against)
    return parameters


def forget() -> None:
    """Forget patient and period, as on signing out."""
    st.session_state.pop(_LINK, None)
    st.session_state.pop(_CHOSEN, None)
    st.query_params.clear()
