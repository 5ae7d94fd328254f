"""The figure beside the 19 areas: the worst pain of the past week, the chosen areas outlined; a click chooses one."""

import streamlit as st

from clinical.body_map import REGION_INDEX, REGIONS, wpi_areas
from dashboard import access, clock
from dashboard.components import body_map
from dashboard.components.patient_page import Asked
from dashboard.presenters import criteria_form as words
from dashboard.services import criteria_filling
from dashboard.services.criteria import CriteriaView
from dashboard.services.criteria_filling import Filling

HEIGHT = 268


def clicked(asked: Asked, view: CriteriaView, filling: Filling) -> Filling:
    """What stands once a click on the figure, if there was one, has chosen its area or taken it back.

    Asked before anything is drawn, so that figure, checklist and result show the same in this very run.
    """
    chosen = filling.shown_areas(view.strict.areas)
    given = _regions(chosen)
    told = _told(_key(asked), given)
    changed = wpi_areas(set(told) ^ set(given))
    viewer = access.current() if changed else None
    if viewer is None:
        return filling
    areas: list[str] = sorted(chosen ^ changed)
    return criteria_filling.keep(viewer, asked.head.patient_id, {"areas": areas}, now=clock.now(), as_of=clock.today())


def show(asked: Asked, view: CriteriaView, filling: Filling) -> None:
    """Draw it as it stands."""
    chosen = filling.shown_areas(view.strict.areas)
    said = words.figure_words(len(chosen))
    body_map.show(
        _key(asked), view.worst, height=HEIGHT, selected=_regions(chosen), title=words.FIGURE_TITLE, chosen=said
    )


def _regions(areas: frozenset[str]) -> tuple[str, ...]:
    """The regions that score those areas by the strict reading."""
    return tuple(one.region_id for one in REGIONS if one.wpi_area in areas)


def _told(key: str, given: tuple[str, ...]) -> tuple[str, ...]:
    """The regions selected in the browser on top of those given, the given ones where nobody clicked."""
    state = st.session_state.get(key)
    told = state.get("selected") if state is not None else None
    if (
        not isinstance(told, dict)
        or told.get("given") != body_map.stamp(given)
        or not isinstance(told.get("ids"), list)
    ):
        return given
    return tuple(i for i in told["ids"] if isinstance(i, str) and i in REGION_INDEX)


def _key(asked: Asked) -> str:
    return f"criteria_figure_{asked.head.link_id}"
