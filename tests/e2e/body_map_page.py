"""A page with nothing but one mode of the body map, for the tests that look at each in a real browser."""

import streamlit as st

from clinical.body_map import REGIONS, pack
from dashboard.components import body_map
from dashboard.components.body_map import Frame, Mark
from tests.dashboard.body_figure.maps import region_map

COURSE: tuple[dict[str, int | None], ...] = (
    {"b_lumbar_l": 5, "b_lumbar_r": 4},
    {"b_lumbar_l": 6, "b_thigh_l": 3},
    {},
    {"b_lumbar_l": 7, "b_thigh_l": 6, "b_calf_l": 5, "f_chest_l": None},
    {"b_calf_l": 10, "b_thigh_l": 8},
)
KINDS = {
    "b_calf_l": ("new", "new: typically 5 of 10 now, no pain before"),
    "b_thigh_l": ("stronger", "stronger: typically 7 of 10 now, 4 before"),
    "b_lumbar_l": ("unchanged", "unchanged: typically 5 of 10 in both"),
    "f_chest_r": ("weaker", "weaker: typically 2 of 10 now, 6 before"),
    "f_knee_r": ("gone", "gone: no pain now, typically 4 of 10 before"),
    "f_knee_l": ("unrated", "hurts in both, intensity not recorded"),
}
YESTERDAY = (Mark("b_lumbar_l", 6, ("burning", "stiff"), "deep"), Mark("f_chest_l", None))


@st.fragment
def show() -> None:
    """A map whose earlier locations stay as ghosts."""
    values = region_map("typical", {"b_calf_l": 10, "b_thigh_l": 3, "f_neck_l": 4}, present=["f_chest_l"])
    ghosts = ("f_knee_r", "b_calf_l") if st.toggle("Ghosts", value=True) else ()
    st.text(f"chosen: {' '.join(body_map.show('map', values, height=420, ghosts=ghosts)) or 'none'}")


@st.fragment
def difference() -> None:
    """Each kind of change once."""
    kinds = [KINDS.get(region.region_id, ("", ""))[0] for region in REGIONS]
    words = [KINDS.get(region.region_id, ("", ""))[1] for region in REGIONS]
    chosen = body_map.difference("difference", kinds, words, height=420, title="March against February")
    st.text(f"chosen: {' '.join(chosen) or 'none'}")


@st.fragment
def play() -> None:
    """Five weeks, one of them without a map."""
    weeks = [Frame(f"Week {i + 1}", pack(marks), 3 if marks else 0) for i, marks in enumerate(COURSE)]
    body_map.play("course", weeks, height=420, title="Course of five weeks")
    st.session_state["runs"] = st.session_state.get("runs", 0) + bool(st.button("Again"))
    st.text(f"runs: {st.session_state['runs']}")


def hostile() -> None:
    """A step whose name is markup."""
    body_map.play("hostile", [Frame("<img src=x onerror=alert(1)>", pack({"b_calf_l": 5}), 1)], height=300, title="<b>")


@st.fragment
def record() -> None:
    """Marks as the server holds them, and a button that replaces them."""
    if st.button("Copy yesterday"):
        st.session_state["copied"] = st.session_state.get("copied", 0) + 1
    copied = st.session_state.get("copied", 0)
    marks = body_map.record("marks", YESTERDAY if copied else (), revision=copied)
    told = "; ".join(f"{m.region_id} {m.intensity} {' '.join((*m.qualities, m.depth))}".strip() for m in marks)
    st.text(f"marks: {told or 'none'}")
    if st.button("Save"):
        st.text(f"saved: {told or 'none'}")
    st.toggle("Something else")


st.set_page_config(layout="wide")
modes = {"show": show, "difference": difference, "play": play, "hostile": hostile, "record": record}
modes[st.query_params.get("mode", "show")]()
