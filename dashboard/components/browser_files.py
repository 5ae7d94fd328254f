"""Component code as files that a browser loads once, so that a message carries data and nothing else.

Streamlit sends inline component code with every message whose data changed. Files are declared by a manifest, and the
manifests it finds by itself belong to distributions named like an importable package; ours is called `flareboard` and
holds `dashboard`, so the same declaration is made here, once per runtime.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock

from streamlit.components.v2 import component
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer

PROJECT = "flareboard"
FOLDERS = {
    "body_figure": "body_figure/browser",
    "body_map": "components/body_map/browser",
    "body_map_play": "components/body_map/browser",
    "body_map_record": "components/body_map/browser",
    "day_tiles": "components/day_tiles/browser",
    "entry_form": "components/entry_form/browser",
}
_MANIFEST = ComponentManifest(PROJECT, "1", [ComponentConfig(name, folder) for name, folder in FOLDERS.items()])
_lock = Lock()


def renderer(name: str) -> ComponentRenderer:
    """The mounting command of a component whose code is `<its folder>/<name>.js`."""
    _declare()
    return _mounted(name)


def _declare() -> None:
    manager = get_bidi_component_manager()
    with _lock:
        if manager.get_component_asset_root(f"{PROJECT}.body_map") is None:
            manager.register_from_manifest(_MANIFEST, Path(str(files("dashboard"))))


@cache
def _mounted(name: str) -> ComponentRenderer:
    return component(f"{PROJECT}.{name}", js=f"{name}.js")
