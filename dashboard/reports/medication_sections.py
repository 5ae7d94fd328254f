"""Medicine checks on the page: every prompt of level high with its day and answer, and what could not be checked."""

from clinical.medication import NotChecked, Prompt, PromptAnswer, open_prompts
from dashboard.presenters.medication_prompts import ANSWER_WORDS
from dashboard.presenters.medication_tables import check_title
from dashboard.presenters.words import full_day, listed, mid_sentence
from dashboard.reports import medicine_names
from dashboard.reports.record import Record

LONGEST_NAME = 40
MOST_NAMED = 3
"""Medicines of one check that are named; further ones are counted."""


def dangers(record: Record) -> tuple[str, ...]:
    """Every prompt of level high, the open ones first, and MME that cannot be computed.

    'Paracetamol above 4 g in 24 hours, 22 Nov 2026: open'.
    """
    found = () if record.review is None else record.review.mme.prescribed.cannot_compute
    if not found:
        return _high_prompts(record)
    names, why = _short(tuple(each.medicine for each in found)), dict.fromkeys(each.why for each in found)
    unknown = f"MME of the list cannot be computed: {listed(names, MOST_NAMED)} ({'; '.join(why)})"
    return (*_high_prompts(record), unknown)


def _high_prompts(record: Record) -> tuple[str, ...]:
    if record.review is None:
        return ()
    high = [prompt for prompt in record.review.prompts if prompt.level == "high"]
    still = open_prompts(high, record.prompt_answers)
    done = [prompt for prompt in high if prompt not in still]
    return (*(f"{_named(prompt)}: open" for prompt in still), *(_answered(prompt, record) for prompt in done))


def other_prompts(record: Record) -> str:
    """'Other prompts: NSAID with an SSRI or SNRI (medium, open); ...'; that none stands is not said to be safe."""
    if record.review is None:
        return ""
    rest = [prompt for prompt in record.review.prompts if prompt.level != "high"]
    still = open_prompts(rest, record.prompt_answers)
    said = [f"{each.title} ({each.level}, {'open' if each in still else 'answered'})" for each in rest]
    return f"Other prompts of the checks: {'; '.join(said)}." if said else ""


def _named(prompt: Prompt) -> str:
    return f"{prompt.title}, {full_day(prompt.latest_day)}" if prompt.latest_day else f"{prompt.title}, no date"


def _answered(prompt: Prompt, record: Record) -> str:
    given = [each for each in record.prompt_answers if each.prompt == prompt.key]
    return f"{_named(prompt)}: {_answer(max(given, key=lambda each: each.answered_at))}"


def _answer(given: PromptAnswer) -> str:
    reason = f" ({given.reason})" if given.reason else ""
    when = full_day(given.answered_at.date())
    return f"answered '{ANSWER_WORDS[given.answer].lower()}'{reason} by {given.user_name}, {when}"


def unanswered(record: Record) -> tuple[str, ...]:
    """What a reader will want to know of the medicines, and the page cannot say."""
    if record.review is None:
        return ()
    said = ["what was done about the open medication prompts"] if _still_open(record) else []
    names = _short(record.review.mme.prescribed.names)
    said += [f"morphine equivalents (MME), which cannot be computed for {listed(names, MOST_NAMED)}"] if names else []
    return tuple(said)


def _still_open(record: Record) -> bool:
    return any(line.endswith(": open") for line in _high_prompts(record))


def not_checked(record: Record, *, most: int = MOST_NAMED) -> str:
    """Which checks could not be made of which medicines and why, and which medicines are in no check; '' for none.

    `most` of a check are named and the further ones counted.
    """
    if record.review is None:
        return ""
    said = _by_check([each for each in record.review.not_checked if each.medicine], most)
    general = dict.fromkeys(check_title(each.check) for each in record.review.not_checked if not each.medicine)
    said += (
        [f"for want of data on record: {listed([mid_sentence(title) for title in general], len(general))}"]
        if general
        else []
    )
    unknown = _short(record.review.unrecognised)
    said += [f"not recognised and in no check: {listed(unknown, most)}"] if unknown else []
    return (
        f"Medicines not checked, or not wholly, which is never to be read as safe: {'; '.join(said)}." if said else ""
    )


def _by_check(found: list[NotChecked], most: int) -> list[str]:
    """'MME cannot be computed: Oxycodone 60 MG (the dose is not given)', one for each check and reason."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for each in found:
        grouped.setdefault((each.check, each.why.removeprefix("on the list: ")), []).append(each.medicine)
    return [
        f"{'MME cannot be computed' if check == 'mme' else check_title(check)}: "
        f"{listed(_short(tuple(names)), most)} ({why})"
        for (check, why), names in grouped.items()
    ]


def _short(names: tuple[str, ...]) -> list[str]:
    return [medicine_names.fitting(name, LONGEST_NAME) for name in dict.fromkeys(names)]
