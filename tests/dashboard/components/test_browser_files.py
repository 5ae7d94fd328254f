"""Component code is declared once per runtime and served as files."""

from importlib.resources import files

from streamlit.testing.v1 import AppTest

from dashboard.components.browser_files import FOLDERS


def all_of_them() -> None:
    import streamlit as st

    from dashboard.components import body_map, day_tiles
    from tests.dashboard.body_figure.maps import nothing

    st.text(f"selected {body_map.show('map', nothing(), selected=['b_calf_l'])}")
    st.text(f"day {day_tiles.show('days', [])}")
    st.text(f"different {body_map.difference('difference', [''] * 74, [''] * 74)}")
    body_map.play("course", [])
    st.text(f"filled in {body_map.record('marks', [body_map.Mark('b_calf_l', 6)])[0].intensity}")


def test_every_component_mounts_in_every_new_runtime() -> None:
    for _ in range(2):
        page = AppTest.from_function(all_of_them).run(timeout=20)
        assert not page.exception
        told = [text.value for text in page.text]
        assert told == ["selected ('b_calf_l',)", "day None", "different ()", "filled in 6"]


def test_what_is_served_to_anybody_is_code_and_drawing_only() -> None:
    for folder in FOLDERS.values():
        names = {path.name for path in files("dashboard").joinpath(folder).iterdir()}
        assert names
        assert all(name.endswith((".js", ".css", ".json")) for name in names)
