"""What the reader has to know of the data: days logged, gaps, maps, undated entries; what the page is not."""

from clinical.diary import completeness
from dashboard.presenters.words import full_day, of_days, several
from dashboard.reports import medication_sections
from dashboard.reports.record import Record

_PROMPTS = (
    "Flares are found by Flareboard's rule against the person's own usual level: a prompt, never a verdict; what went "
    "together need not be cause and effect."
)
_USE = "Research and demonstration; not for clinical use until classified."
CAUTION = (
    f"{_PROMPTS} Not on this page: examination, investigations, daily paracetamol and morphine equivalents. {_USE}"
)
"""What the one page says last."""
CAUTIONS = (_PROMPTS, _USE)
"""What a longer document says last."""


def told(record: Record) -> tuple[str, ...]:
    """How much was logged, in both periods and as maps; what came without a date."""
    now, before = record.periods.now, record.periods.before
    quality = completeness(record.diary, now)
    last = f"last entry {full_day(quality.last_entry)}" if quality.last_entry else "no dated entry at all"
    former = completeness(record.diary, before)
    notes = [
        f"Patient diary: {of_days(quality.days_logged, quality.days)}, longest gap "
        f"{several(quality.longest_gap, 'day')}, {last}; period before: {of_days(former.days_logged, former.days)}.",
        f"Body maps on {several(int(record.diary.during(now).has_map.sum()), 'day')}.",
    ]
    if record.undated:
        notes.append(
            f"{several(len(record.undated), 'further entry', 'further entries')} came without a date and "
            f"{'is' if len(record.undated) == 1 else 'are'} not in the charts or figures."
        )
    return tuple(notes)


def of_one_page(record: Record) -> tuple[str, ...]:
    """The same with what could not be checked of the medicines that are told, and what the page is not."""
    unchecked = "" if "medication" in record.left_out else medication_sections.not_checked(record)
    return (*told(record), *([unchecked] if unchecked else []), CAUTION)
