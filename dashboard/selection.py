"""Which patient and which period: chosen once, followed by every patient page.

The only owner of shared session state, mirrored in the URL as validated scalars (`p`, `period`, `days`, `against`)
so that a link opens the same view for whoever may see it. A value that does not hold is ignored. The links between
our own pages carry the patient alone: the period follows by itself, also over a reload and into a second tab.
"""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from dashboard import clock, navigation
from dashboard import periods as periods_of
from dashboard.components import states
from dashboard.demo_sessions import KEY, SESSIONS, LastChoice
from dashboard.periods import CHOICES, Chosen, Periods
from dashboard.permissions import Viewer
from dashboard.services import patients
from dashboard.services.patients import Calendar
from data_access.patients import PatientHead

_LINK = "selection.link"
_CHOSEN = "selection.chosen"
_NEXT = "selection.next"
_NAMES = ("period", "days", "against")
"""The period in the URL."""
SUMMARY = "summary"


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
    _remember(head.link_id)
    if st.query_params.get("p") != head.link_id:
        st.query_params["p"] = head.link_id
    return head


def _remember(link: str) -> None:
    kept = _kept()
    if st.session_state.get(_LINK) not in (None, link) and (kept.custom or kept.against):
        # '4 weeks' follows to the next patient; days picked for one person's history mean nothing for another's.
        st.session_state[_CHOSEN] = Chosen()
    st.session_state[_LINK] = link


def _kept() -> Chosen:
    kept = st.session_state.get(_CHOSEN)
    return kept if isinstance(kept, Chosen) else _chosen_before()


def _chosen_before() -> Chosen:
    """What the person chose before this page was loaded; days picked for one patient are only that patient's."""
    last = SESSIONS.chosen(st.session_state.get(KEY, ""))
    if last is None:
        return Chosen()
    picked = last.chosen.custom or last.chosen.against
    return Chosen() if picked and last.link != link_id() else last.chosen


def turn_to(link: str) -> bool:
    """Make that patient the chosen one; whether another one was, so that links drawn before lead to the wrong one."""
    other = st.session_state.get(_LINK) != link
    _remember(link)
    return other


def open_patient(link: str, page: str = SUMMARY, further: Mapping[str, str] | None = None) -> None:
    """Go to that page of that patient; `further` scalars go with the address. Ends this run."""
    _remember(link)
    entry = next(entry for entry in navigation.PAGES if entry.url_path == page)
    st.switch_page(navigation.as_page(entry), query_params={"p": link, **_scalars(_kept()), **(further or {})})


def open_next(link: str, page: str = SUMMARY, further: Mapping[str, str] | None = None) -> None:
    """Go there as soon as the next run starts: for callbacks, which cannot leave the page."""
    st.session_state[_NEXT] = (link, page, further)


def follow() -> None:
    """Go where `open_next` said, if it said anything."""
    wanted = st.session_state.pop(_NEXT, None)
    if wanted is not None:
        open_patient(*wanted)


def chosen() -> Chosen:
    """The period asked for, from the URL, else from earlier in this session, else since the last visit."""
    choice = st.query_params.get("period", "")
    if choice not in CHOICES:
        return _kept()
    custom = periods_of.from_text(st.query_params.get("days", ""), as_of=today())
    against = periods_of.from_text(st.query_params.get("against", ""), as_of=today())
    if choice == "custom" and custom is None:
        return _kept()
    return Chosen(choice, custom if choice == "custom" else None, against)


def choose_period(wanted: Chosen) -> None:
    """Remember the period for every page and show it in the URL."""
    remember_period(wanted)
    scalars = _scalars(wanted)
    for name in _NAMES:
        if name in scalars and st.query_params.get(name) != scalars[name]:
            st.query_params[name] = scalars[name]
        elif name not in scalars and name in st.query_params:
            del st.query_params[name]


def remember_period(wanted: Chosen) -> None:
    """Remember the period for every page; the URL stays as it is, so that 'back' leads to the page before."""
    if st.session_state.get(_CHOSEN) != wanted:
        st.session_state[_CHOSEN] = wanted
        SESSIONS.choose(st.session_state.get(KEY, ""), LastChoice(link_id(), wanted))


def periods(logged: Calendar) -> Periods:
    """The days looked at and those compared with, for the patient whose calendar this is."""
    wanted = chosen()
    if any(name in st.query_params for name in _NAMES):
        choose_period(wanted)  # what did not hold leaves the address
    else:
        remember_period(wanted)
    return periods_of.resolve(
        wanted, last_visit=logged.last_visit, first_day=logged.first_day, as_of=today(), last_day=logged.last_day
    )


def link_parameters() -> dict[str, str]:
    """What a link to another patient page carries: the patient, nothing else."""
    link = link_id()
    return {"p": link} if link else {}


def _scalars(wanted: Chosen) -> dict[str, str]:
    """The period as the URL carries it; nothing for what every page starts with."""
    if wanted == Chosen():
        return {}
    named = {"days": wanted.custom, "against": wanted.against}
    return {"period": wanted.choice, **{name: periods_of.as_text(days) for name, days in named.items() if days}}


def forget() -> None:
    """Forget patient and period, as on signing out."""
    st.session_state.pop(_LINK, None)
    st.session_state.pop(_CHOSEN, None)
    st.query_params.clear()
