"""The maps of the pain map page and its measures over time: one fragment, so that a click reruns these alone.

The large map answers where it hurts, the two beside it what changed. Playing happens in the browser.
"""

from typing import cast

import streamlit as st

from clinical.maps import Mode
from dashboard import access
from dashboard.charts import spread_course
from dashboard.charts.spread_course import RegionLine
from dashboard.components import body_map, look, pain_map_reading, plotly_chart
from dashboard.components.body_map import Frame
from dashboard.presenters import figures, pain_map_facts
from dashboard.presenters import map_difference as difference_words
from dashboard.presenters import pain_map as words
from dashboard.presenters import pain_map_course as chart_words
from dashboard.presenters.regions import places
from dashboard.presenters.words import listed
from dashboard.services import pain_map
from dashboard.services.kept import Kept
from dashboard.services.pain_map import PainMapView
from dashboard.services.pain_map_faint import otherwise, why

LARGE, SMALL = 520, 300
"""Heights in pixels: the first screen of 1440 x 900 holds the maps, the facts and the beginning of the chart."""
_MODE = "pain_map_mode"
_ROUND = "pain_map_round"
_CLICKED = "pain_map_clicked"
_SELECTABLE = ("now", "before", "difference", "nothing")
_CHOICES: dict[str, str] = {**dict(figures.MODES.items()), words.PLAY: "Play"}

_figures: Kept[dict[str, object]] = Kept(32)


@access.part
def show(view: PainMapView, patient: str) -> None:
    """Draw maps and measures; a selected region adds its own panel. `patient` keeps selections apart."""
    _one_selection(patient)
    where, what = st.columns([0.46, 0.54], gap="medium")
    with where, st.container(key="pain_map_large", gap=None):
        selected = _large(view, patient)
    with what, st.container(key="pain_map_beside", gap=None):
        selected = _beside(view, patient) or selected
        pain_map_reading.facts("pain_map_facts", "What the map says", pain_map_facts.facts(view))
    with st.container(key="pain_map_course", gap=None):
        _course(view, selected)


def _large(view: PainMapView, patient: str) -> tuple[str, ...]:
    title = st.empty()
    first = "latest" if view.map_days == 1 else "typical"
    chosen = st.segmented_control(
        "Map shows",
        list(_CHOICES),
        format_func=_CHOICES.__getitem__,
        default=first,
        required=True,
        key=_MODE,
        label_visibility="collapsed",
    )
    if chosen == words.PLAY:
        title.markdown(
            "**Where it hurt, step by step**",
            help="Each step shows the median of the days a region hurt in it (our own rule). "
            "Striped: on under half of its map days. Faint: hurt in an earlier step. Gaps are shown as such.",
        )
        _play(view, patient)
        return ()
    mode = cast(Mode, chosen)
    shown = pain_map.region_map(view, mode)
    title.markdown(f"**{figures.map_title(shown)}**", help=words.map_rule(view, shown, mode))
    hint = words.now_caption(view, shown)
    return body_map.show(_key("now", patient), shown, height=LARGE, hint=hint, ghosts=pain_map.ghosts(view, mode))


def _key(which: str, patient: str) -> str:
    """A new key is a new map without a selection: for another patient, after 'Whole body', after a click elsewhere."""
    rounds = st.session_state.get(_ROUND, 0), st.session_state.get(f"{_ROUND}_{which}", 0)
    return f"pain_map_{which}_{patient}_{rounds[0]}_{rounds[1]}"


def _one_selection(patient: str) -> None:
    """The chart follows one selection, so a click on one map takes away what was selected on the others."""
    clicked = {which: _clicked(_key(which, patient)) for which in _SELECTABLE}
    former = st.session_state.get(_CLICKED, {})
    latest = [which for which, ids in clicked.items() if ids and ids != former.get(which)]
    for which, ids in clicked.items():
        if latest and ids and which != latest[0]:
            st.session_state[f"{_ROUND}_{which}"] = st.session_state.get(f"{_ROUND}_{which}", 0) + 1
            clicked[which] = ()
    st.session_state[_CLICKED] = clicked


def _clicked(key: str) -> tuple[str, ...]:
    """The ids of the regions selected on that map, as its browser reported them last."""
    state = st.session_state.get(key)
    told = state.get("selected") if state is not None else None
    ids = told.get("ids") if isinstance(told, dict) else None
    return tuple(ids) if isinstance(ids, list) else ()


def _play(view: PainMapView, patient: str) -> None:
    offered = pain_map.steps_offered(view.periods.now)
    step = st.segmented_control(
        "Steps",
        offered,
        format_func=words.STEPS.__getitem__,
        default=offered[0],
        required=True,
        key=f"pain_map_step_{'_'.join(map(str, offered))}",
        label_visibility="collapsed",
    )
    steps = pain_map.played(view, step)
    frames = [Frame(words.frame_label(one), one.packed, one.days, words.seldom(view, one)) for one in steps]
    body_map.play(f"pain_map_play_{patient}", frames, height=LARGE - 60, title="Where it hurt, step by step")


def _beside(view: PainMapView, patient: str) -> tuple[str, ...]:
    """The period before and what differs: the regions selected in the difference, else in the map before."""
    before, changed = st.columns(2, gap="small")
    with before:
        st.markdown(f"**{words.before_title(view)}**", help=words.before_rule(view))
        chosen = body_map.show(
            _key("before", patient),
            view.difference.before,
            height=SMALL,
            hint=words.before_caption(view),
            title=words.before_title(view),
        )
    with changed:
        st.markdown(f"**{words.difference_title(view)}**", help=words.difference_rule(view))
        return _difference(view, patient) or chosen


def _difference(view: PainMapView, patient: str) -> tuple[str, ...]:
    """A figure without a sign would look like 'nothing changed': where nothing can be compared it is hatched."""
    if not view.difference.comparable:
        nothing = pain_map.region_map(view, "change")
        return body_map.show(_key("nothing", patient), nothing, height=SMALL, hint="A period without a map")
    title, said = words.difference_title(view), difference_words.words(view.difference)
    found = view.difference
    # What lies within the error of drawing has a sign of its own: it is shown, and counted apart in the title.
    apart = dict.fromkeys(found.noise, "noise") | dict.fromkeys(otherwise(found), "otherwise")
    kinds = [apart.get(place, kind) for place, kind in enumerate(found.kinds)]
    often = dict.fromkeys(found.oftener, "oftener") | dict.fromkeys(found.seldomer, "seldomer")
    key, left_out = _key("difference", patient), why(found.now)
    return body_map.difference(key, kinds, said, height=SMALL, title=title, often=often, otherwise=left_out)


def _course(view: PainMapView, selected: tuple[str, ...]) -> None:
    named = listed(places(selected), 4) if selected else ""
    with st.container(horizontal=True, vertical_alignment="center", key="pain_map_course_title"):
        st.markdown(f"**{chart_words.chart_title(view, named)}**", width="content")
        if selected:
            st.button("Show whole body", on_click=_whole_body, key="pain_map_whole_body")
        st.caption(chart_words.chart_caption(view), help=chart_words.chart_help(view), width="content")
    figure = _figures.get(
        (view.key, selected, look.is_dark()), lambda: _figure(view, selected, named, dark=look.is_dark())
    )
    plotly_chart.show("pain_map_chart", figure, spoken=chart_words.chart_spoken(view, named))


def _figure(view: PainMapView, selected: tuple[str, ...], named: str, *, dark: bool) -> dict[str, object]:
    line = RegionLine(named, *pain_map.region_pain(view, selected)) if selected else None
    return spread_course.figure(view.course, view.periods.now, dark, line)


def _whole_body() -> None:
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
