"""Flares and patterns without days to show: never logged, nothing in these days, only days without a date."""

from dashboard.components import no_days
from dashboard.presenters import flares_episodes as words
from dashboard.services.flare_review import FlaresView


def show(view: FlaresView) -> None:
    """Say why there is nothing to show and what to do."""
    no_days.show("flares", *words.not_shown(view), offer_all=view.state == "nothing_in_period")
