"""A flare explained: against which usual level, over which threshold, by which signals, on how many logged days."""

from datetime import date

from clinical.flares import Flare, day_of
from clinical.thresholds import FLARE_DETECTOR
from dashboard.presenters.words import day, listed, plainly, sentence_case, several

SIGNALS = {
    "pain": "pain",
    "spread": "regions in pain",
    "fatigue": "fatigue",
    "interference": "interference with daily life",
    "sleep_hours": "hours of sleep",
    "sleep_quality": "quality of sleep",
    "stress": "stress",
    "rescue_doses": "as-needed doses",
    "flare": "the patient said: flare",
}
"""What the detector's columns are called."""

_KINDS = {"flare": "Flare", "spike": "Spike", "shift": "New level"}


def _setting(name: str) -> str:
    return f"{FLARE_DETECTOR[name].value:g}"


THRESHOLD = (
    f"Each day adds how much better it fits a flare ({_setting('height_moderate')} to {_setting('height_high')} sd "
    "above the person's own usual level) than an ordinary day, after what carries over from the day before is taken "
    f"off. A day belongs to an episode when it and the days around it reach {_setting('chance_inside')} on the "
    "detector's scale of 0 to 1 (tuned on invented diaries, no calibrated probability); the episode is over after "
    f"{_setting('usual_days_to_close')} usual logged days. The patient's own answer 'flare' adds "
    f"{_setting('answer_yes')} and is enough. From {_setting('flare_min_days')} days on it is a flare, before that a "
    f"spike; {_setting('spike_rise')} sd on a day is a spike at once. [P]"
)
"""How an episode is recognised, with the detector's own numbers."""


def called(flare: Flare, as_of: date) -> str:
    """'Flare from 17 Nov', 'Patient said flare, 18 Oct'."""
    if flare.said_only:
        return f"Patient said flare, {day(flare.start, as_of)}"
    return f"{_KINDS[flare.kind]} from {day(flare.start, as_of)}"


def rows(flare: Flare, as_of: date) -> tuple[tuple[str, str], ...]:
    """The evidence of one episode, labelled."""
    return (
        ("Dates", _dates(flare, as_of)),
        ("Usual level", usual(flare)),
        ("Worst day", _peak(flare, as_of)),
        ("Signals", sentence_case(signals(flare))),
        ("Threshold", THRESHOLD),
        ("Rule", sentence_case(flare.rule)),
        ("Rests on", _logged(flare)),
    )


def explained(flare: Flare, as_of: date) -> str:
    """The same in one text, without the threshold, which is that of every episode."""
    parts = (_dates(flare, as_of), usual(flare), _peak(flare, as_of), f"signals: {signals(flare)}", flare.rule)
    return "; ".join((*parts, _logged(flare)))


def signals(flare: Flare) -> str:
    """'pain, regions in pain and the patient said: flare'."""
    return listed([SIGNALS.get(signal, signal.replace("_", " ")) for signal in flare.signals], len(SIGNALS))


def usual(flare: Flare) -> str:
    """'usual pain 5 (median of logged days outside flares)', or that it is not known yet."""
    if flare.usual_pain is None:
        return "usual pain not known: too few logged days"
    return f"usual pain {plainly(flare.usual_pain)} (median of logged days outside flares)"


def _dates(flare: Flare, as_of: date) -> str:
    if flare.end is None:
        return f"since {day(flare.start, as_of)}, day {day_of(flare, as_of)}, still open"
    if flare.end == flare.start:
        return f"{day(flare.start, as_of)} alone"
    length = several((flare.end - flare.start).days + 1, "day")
    return f"{day(flare.start, as_of)} to {day(flare.end, as_of)}, {length}"


def _peak(flare: Flare, as_of: date) -> str:
    if flare.peak_pain is None:
        return "no pain answer"
    return f"pain {plainly(flare.peak_pain)} on {day(flare.peak, as_of)}"


def _logged(flare: Flare) -> str:
    return f"{several(flare.days_logged, 'logged day')}, {several(flare.days_missing, 'day')} missing"
