"""Banner and data-quality strip of a patient: small drawings from JSON."""

from collections.abc import Callable, Sequence

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
    queue: Callable[[], None] | None,
) -> None:
    """Draw who this is; `alerts` are allergies and open prompts, each a chip.

    `safety`: every open red flag and safety item with its day; none of them is ever folded away. `queue` is called
    when the person asks to queue the patient for a case review; None where they may not.
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
        "may_queue": queue is not None,
    }
    mount("patient_banner", key="patient_banner", data=data, on_queue_change=queue or _nothing)


def _nothing() -> None:
    """Streamlit wants a callback to know the trigger by; where there is no button, nothing calls it."""


def show_quality(strip: QualityStrip) -> None:
    """Draw how much was logged."""
    data = {"cells": strip.cells, "said": strip.said, "explained": strip.explained}
    mount("quality_strip", key="quality_strip", data=data)
