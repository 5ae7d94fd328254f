"""Component code is declared once per runtime and served as files; a message carries data and nothing else."""

import json
import re
from importlib.resources import files

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.browser_files import FOLDERS, PROJECT

SHARED = ("shared", "body_figure")


def all_of_them() -> None:
    import streamlit as st

    from dashboard.components import body_map, day_tiles
    from tests.dashboard.body_figure.maps import nothing

    st.text(f"selected {body_map.show('map', nothing(), selected=['b_calf_l'])}")
    st.text(f"day {day_tiles.show('days', [])}")
    st.text(f"different {body_map.difference('difference', [''] * 74, [''] * 74)}")
    body_map.play("course", [])
    st.text(f"filled in {body_map.record('marks', [body_map.Mark('b_calf_l', 6)])[0].intensity}")


def each_of_them() -> None:
    from dashboard.components.browser_files import FOLDERS, mount

    for name in FOLDERS:
        if name not in ("shared", "body_figure"):
            mount(name, key=name, data={"numbers": [1, [2]], "sheets": {"light": ["#fff"]}, "none": None})


def test_every_component_mounts_in_every_new_runtime() -> None:
    for _ in range(2):
        page = AppTest.from_function(all_of_them).run(timeout=20)
        assert not page.exception
        told = [text.value for text in page.text]
        assert told == ["selected ('b_calf_l',)", "day None", "different ()", "filled in 6"]


def test_a_message_carries_the_data_and_where_the_code_is() -> None:
    page = AppTest.from_function(each_of_them).run(timeout=20)
    assert not page.exception
    told = {node.proto.component_name: node.proto for node in page.get("bidi_component")}
    assert set(told) == {f"{PROJECT}.{name}" for name in FOLDERS if name not in SHARED}
    for name, message in told.items():
        assert json.loads(message.json) == [{"numbers": [1, [2]], "sheets": {"light": ["#fff"]}, "none": None}]
        assert message.js_source_path.startswith(f"{name.removeprefix(PROJECT + '.')}.js")
        assert not (message.js_content or message.css_content or message.html_content)


def test_what_is_served_to_anybody_is_code_and_drawing_only() -> None:
    for folder in FOLDERS.values():
        names = {path.name for path in files("dashboard").joinpath(folder).iterdir()}
        assert names
        assert all(name.endswith((".js", ".css", ".json")) for name in names)


@pytest.mark.parametrize("name", FOLDERS)
def test_what_a_component_imports_or_reads_is_there(name: str) -> None:
    folder = files("dashboard").joinpath(FOLDERS[name])
    for code in (path for path in folder.iterdir() if path.name.endswith(".js")):
        text = code.read_text("utf-8")
        for other, file in re.findall(rf'from "(?:\./|\.\./{PROJECT}\.(\w+)/)([\w.]+)"', text):
            home = files("dashboard").joinpath(FOLDERS[other]) if other else folder
            assert home.joinpath(file).is_file(), f"{code.name} imports {file}"
        for file in re.findall(r'new URL\("([\w.]+)", import\.meta\.url\)', text):
            assert folder.joinpath(file).is_file(), f"{code.name} reads {file}"
