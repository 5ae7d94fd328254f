"""Sizes that the floor shares with the page it is a floor for. A test holds them against the Summary's own figure."""

SERIES = 6
POINTS_A_SERIES = 600
CHART_HEIGHT = 380
"""Pixels."""
