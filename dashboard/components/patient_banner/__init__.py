"""Banner and data-quality strip of a patient: small drawings from JSON."""

from collections.abc import Sequence

from dashboard.components.browser_files import mount
from dashboard.presenters.quality import QualityStrip


def show(  # noqa: PLR0913 - each is a separate part of who this is
    *,
    name: str,
    about: str,
    record: str,
    alerts: Sequence[str],
    safety: Sequence[str],
    no_allergies: str,
    diagnoses: str,
    next_visit: str,
    team: str,
) -> None:
    """Draw who this is; `alerts` are allergies and open prompts, each a chip.

    `safety`: every open red flag and safety item with its day; none of them is ever folded away.
    """
    data = {
        "name": name,
        "about": about,
        "record": record,
        "alerts": tuple(alerts),
        "safety": tuple(safety),
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
