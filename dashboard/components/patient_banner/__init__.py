"""Banner and data-quality strip of a patient: small drawings from JSON."""

from collections.abc import Sequence
from importlib.resources import files

import streamlit as st

from dashboard.components.component_data import packed
from dashboard.presenters.quality import QualityStrip


def _asset(name: str) -> str:
    return files(__name__).joinpath(name).read_text("utf-8")


_banner = st.components.v2.component(
    "flareboard_patient_banner", html='<div class="banner"></div>', css=_asset("banner.css"), js=_asset("banner.js")
)
_quality = st.components.v2.component(
    "flareboard_quality_strip", html='<div class="quality"></div>', css=_asset("quality.css"), js=_asset("quality.js")
)


def show(
    *,
    name: str,
    about: str,
    record: str,
    alerts: Sequence[str],
    no_allergies: str,
    diagnoses: str,
    next_visit: str,
    team: str,
) -> None:
    """Draw who this is; `alerts` are allergies and open prompts, each a chip."""
    data = {
        "name": name,
        "about": about,
        "record": record,
        "alerts": tuple(alerts),
        "no_allergies": no_allergies,
        "diagnoses": diagnoses,
        "next_visit": next_visit,
        "team": team,
    }
    _banner(key="patient_banner", data=packed(data))


def show_quality(strip: QualityStrip) -> None:
    """Draw how much was logged."""
    _quality(key="quality_strip", data=packed({"cells": strip.cells, "said": strip.said, "explained": strip.explained}))
