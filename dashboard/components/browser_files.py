"""Component code as files that a browser loads once, so that a message carries data and nothing else.

Streamlit sends inline component code with every message whose data changed. Files are declared by a manifest, and the
manifests it finds by itself belong to distributions named like an importable package; ours is called `flareboard` and
holds `dashboard`, so the same declaration is made here, once per runtime.
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any

from streamlit.components.v2 import component
from streamlit.components.v2.bidi_component import ComponentResult
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

PROJECT = "flareboard"
_OF_ITS_OWN = (
    "body_map",
    "case_strip",
    "caseload_table",
    "day_tiles",
    "entry_form",
    "file_delivery",
    "flares_table",
    "import_history",
    "kept_form",
    "kept_sign_in",
    "measures_table",
    "medication_list",
    "medication_prompts",
    "my_work",
    "note_editor",
    "notes_list",
    "page_preview",
    "pain_map_reading",
    "pain_map_table",
    "patient_banner",
    "patient_search",
    "plan_section",
    "share_checklist",
    "summary_top",
)
FOLDERS = {
    **{name: f"components/{name}/browser" for name in _OF_ITS_OWN},
    "body_map_play": "components/body_map/browser",
    "body_map_record": "components/body_map/browser",
    "quality_strip": "components/patient_banner/browser",
    "shared": "components/browser",
    "body_figure": "body_figure/browser",
}
"""Where the code of each component lies; two hold no component, only what the others import."""
_MANIFEST = ComponentManifest(PROJECT, "1", [ComponentConfig(name, folder) for name, folder in FOLDERS.items()])
_lock = Lock()


def mount(name: str, *, key: str, data: Mapping[str, Any], **on_changes: Callable[[], None]) -> ComponentResult:
    """Draws the component `<its folder>/<name>.js`; returns what its browser side reports.

    The data arrive there as the only part of a list: Streamlit looks through a bare object for tables, value by value.
    """
    _declare()
    return _mounted(name)(key=key, data=(data,), **on_changes)


def _declare() -> None:
    manager = get_bidi_component_manager()
    with _lock:
        if manager.get_component_asset_root(f"{PROJECT}.body_map") is None:
            manager.register_from_manifest(_MANIFEST, Path(str(files("dashboard"))))


@cache
def _mounted(name: str) -> Callable[..., ComponentResult]:
    return component(f"{PROJECT}.{name}", js=f"{name}.js")
