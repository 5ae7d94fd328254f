"""Banner and data-quality strip of a patient: small drawings from JSON."""

from collections.abc import Sequence

from dashboard.components.browser_files import mount
from dashboard.presenters.quality import QualityStrip


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
    mount("patient_banner", key="patient_banner", data=data)


def show_quality(strip: QualityStrip) -> None:
    """Draw how much was logged."""
    data = {"cells": strip.cells, "said": strip.said, "explained": strip.explained}
    mount("quality_strip", key="quality_strip", data=data)
