"""What each column of a foreign diary seems to be, with the reason; nothing that can be read two ways is decided."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from clinical.medication import recognise
from data_access.importers import mapped_names as names
from data_access.importers import mapped_values as values
from data_access.importers.csv_table import Row
from data_access.importers.mapped_rules import (
    AMOUNTS,
    ANSWERS,
    NOTHING,
    SCALED,
    UNCHOSEN,
    ColumnMapping,
    DateOrder,
    Decimal,
    Rule,
    Scale,
)
from data_access.importers.mapped_table import Column
from data_access.importers.mapped_values import ValueRefused
from data_access.importers.mapped_words import known_meaning
from data_access.text import folded

_SEPARATORS = (";", "|", ",", "/", "+")
_MOST_PARTS = 60
MOST_WORDS = 300
"""Words of one column that can be given a meaning; a column with more is no list of words."""
_WHEN_OR_HOW_LONG = "its cells may be a time of day or how long"
_USUAL = {"sleep_hours": "hours", "stiffness_minutes": "minutes"}
_BETTER = ("sleep_quality", "mood")
"""Answers whose 10 is the best."""
_SEVERAL = ("note", "ignored", "relief", "weather", "regions", "medicines")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column seems to be and why; `orders`: the ways its dates can be read, where there are several."""

    rule: Rule
    reason: str
    orders: tuple[DateOrder, ...] = ()


@dataclass(frozen=True, slots=True)
class _Seen:
    """A column while it is guessed: its distinct cells, without those that say 'not answered'."""

    name: str
    cells: tuple[str, ...]
    decimal: Decimal

    def all(self, reads: Callable[[str], object]) -> bool:
        """Whether there is a cell and every one can be read that way."""
        return bool(self.cells) and all(_reads(reads, cell) for cell in self.cells)

    @property
    def numbers(self) -> list[float] | None:
        """The cells as numbers, None where one is none."""
        if not self.all(lambda cell: values.number(cell, self.decimal)):
            return None
        return [values.number(cell, self.decimal) for cell in self.cells]

    @property
    def ticks(self) -> bool:
        """Whether every cell says yes or no."""
        return self.all(lambda cell: values.yes(cell, {}))


def of_table(columns: Sequence[Column], rows: Sequence[tuple[int, Row]]) -> tuple[tuple[Guess, ...], ColumnMapping]:
    """A guess for each column, and all of them as a mapping to begin with."""
    missing = sorted({each for column in columns for each in column.examples if folded(each) in names.MISSING})
    decimal = _decimal(columns)
    fitting = [cells for _, cells in rows if len(cells) == len(columns)]
    found = []
    for place, column in enumerate(columns):
        distinct = tuple(dict.fromkeys(cells[place] for cells in fitting))
        cells = tuple(cell for cell in distinct if cell and folded(cell) not in names.MISSING)
        found.append(_guess(_Seen(column.name, cells, decimal)))
    guesses = _once(found)
    return guesses, ColumnMapping(tuple(guess.rule for guess in guesses), decimal, tuple(missing))


def as_role(column: Column, role: str, decimal: Decimal) -> Rule:
    """The rule to begin with when somebody says that a column has that role."""
    cells = tuple(cell for cell in column.cells if folded(cell) not in names.MISSING)
    seen = _Seen(column.name, cells, decimal)
    if not cells or role in ("ignored", "record_number", "time", "steps"):
        return Rule(column.name, role)
    if role in ("date", "moment"):
        orders = _orders([values.split_moment(cell)[0] for cell in cells])
        return Rule(column.name, role, dates=orders[0] if len(orders) == 1 else "")
    if role == "part":
        return Rule(column.name, role, words=tuple((cell, names.part_of_day(cell)) for cell in cells))
    if role in AMOUNTS:
        return Rule(column.name, role, unit=_unit_chosen(seen, role))
    if role in ("regions", "relief", "weather") and seen.ticks:
        return Rule(column.name, role, means=known_meaning(role, names.without_pain(column.name)))
    return _filled(seen, role).rule


def _decimal(columns: Sequence[Column]) -> Decimal:
    signs: Counter[str] = Counter()
    for column in columns:
        for sign in (".", ","):
            signs[sign] += sum(values.is_decimal(cell, sign) for cell in column.examples)
    return "," if signs[","] > signs["."] else "."


def _guess(seen: _Seen) -> Guess:
    if not seen.cells:
        return Guess(Rule(seen.name), "it is empty in the rows that were looked at")
    named = names.role_of_name(seen.name)
    for guess in (_date, _time, _part):
        if (found := guess(seen, named)) is not None:
            return found
    if (found := _one_thing(seen, named)) is not None:
        return found
    if not named or named in ("date", "time", "moment", "part"):
        return Guess(Rule(seen.name), "neither its name nor its cells say what it is")
    if why := _doubt(seen, named):
        return Guess(Rule(seen.name), f"{why}: choose what it is")
    return replace(_filled(seen, named), orders=())


def _doubt(seen: _Seen, named: str) -> str:
    """Why the name of a column may mean something else than the answer it speaks of, '' for no doubt."""
    if named not in ANSWERS:
        return ""
    if len(names.answers_of_name(seen.name, ANSWERS)) > 1:
        return "its name speaks of two things"
    if names.is_without(seen.name):
        return "its name speaks of being without something"
    if named in ("sleep_hours", "sleep_quality") and names.is_bad_sleep(seen.name):
        return "its name speaks of bad sleep, which is not our quality of sleep"
    if named in AMOUNTS:
        return _doubtful_amount(seen, named)
    how_long = names.unit_of_name(seen.name) and not names.states_a_scale(seen.name)
    return "its name may speak of how long, not of how much" if how_long else ""


def _doubtful_amount(seen: _Seen, named: str) -> str:
    unit = names.unit_of_name(seen.name)
    if not unit and seen.all(values.clock):
        return _WHEN_OR_HOW_LONG
    if named == "stiffness_minutes" and names.states_a_scale(seen.name):
        return "its name states a scale, and stiffness is kept in minutes only"
    return ""


def _date(seen: _Seen, named: str) -> Guess | None:
    days = [values.split_moment(cell) for cell in seen.cells]
    orders = _orders([day for day, _ in days])
    if not orders and named not in ("date", "moment"):
        return None
    if not orders:
        return None if not any(values.readings(day) for day, _ in days) else _unread(seen)
    timed = any(time not in ("", "00:00", "00:00:00") and _reads(values.clock, time) for _, time in days)
    rule = Rule(seen.name, "moment" if timed else "date", dates=orders[0] if len(orders) == 1 else "")
    what = "its cells are dates" + (" with a time" if timed else "")
    if len(orders) == 1:
        return Guess(rule, f"{what}, and they can be read in one way only", orders)
    return Guess(rule, f"{what}, but they can be read in more than one way", orders)


def _unread(seen: _Seen) -> Guess:
    every: Counter[DateOrder] = Counter()
    for cell in seen.cells:
        every.update(values.readings(values.split_moment(cell)[0]).keys())
    return Guess(Rule(seen.name, "date"), "its name says so, but no order reads all of its cells", tuple(every))


def _orders(days: Sequence[str]) -> tuple[DateOrder, ...]:
    """The orders that read every one of those dates."""
    common: list[DateOrder] | None = None
    for day in days:
        found = values.readings(day)
        common = list(found) if common is None else [order for order in common if order in found]
        if not common:
            return ()
    return tuple(common or ())


def _time(seen: _Seen, named: str) -> Guess | None:
    clear = all(":" in cell or cell.casefold().endswith(("am", "pm", "uhr")) for cell in seen.cells)
    if not seen.all(values.clock) or not (clear or named == "time"):
        return None
    if names.is_of_the_night(seen.name):
        stated = named in AMOUNTS and names.unit_of_name(seen.name)
        return None if stated else Guess(Rule(seen.name), f"{_WHEN_OR_HOW_LONG}: choose what it is")
    return Guess(Rule(seen.name, "time"), "its cells are times of day")


def _part(seen: _Seen, named: str) -> Guess | None:
    times = {cell: names.part_of_day(cell) for cell in seen.cells[:_MOST_PARTS]}
    if len(seen.cells) > _MOST_PARTS or not (all(times.values()) or (named == "part" and any(times.values()))):
        return None
    words = tuple((cell, time) for cell, time in times.items())
    return Guess(Rule(seen.name, "part", words=words), "its words are parts of the day; the times are a proposal")


def _one_thing(seen: _Seen, named: str) -> Guess | None:
    """A column about one region, one medicine or one relief."""
    if recognise(seen.name) and named in ("", "pain"):
        taken = seen.ticks or seen.numbers is not None
        if taken:
            stated = names.dose_unit_of_name(seen.name)
            unit = "" if seen.ticks and not stated else stated or UNCHOSEN
            rule = Rule(seen.name, "medicines", means=_drug(seen.name), unit=unit)
            return Guess(rule, "its name is that of a medicine" + ("; its numbers have no unit" * (unit == UNCHOSEN)))
    about = names.without_pain(seen.name)
    region = known_meaning("regions", about) if about else ""
    numbers = seen.numbers
    if region and region != NOTHING and (seen.ticks or numbers is not None):
        scale = None if seen.ticks else _scale(seen, numbers or [])
        return Guess(Rule(seen.name, "regions", means=region, scale=scale), "its name is that of a part of the body")
    if seen.ticks and (relief := known_meaning("relief", seen.name)) and relief != NOTHING:
        return Guess(Rule(seen.name, "relief", means=relief), "its name is that of something that helps")
    return None


def _drug(name: str) -> str:
    return name.split("(")[0].strip() or name


def _filled(seen: _Seen, role: str) -> Guess:
    """The rule of a column whose name says what it is, with what its cells say about how to read it."""
    rule, reason = Rule(seen.name, role), "its name says so"
    numbers = seen.numbers
    if role in SCALED and role != "regions":
        rule = replace(rule, at=names.part_of_name(seen.name))
        if numbers is not None:
            scale = _scale(seen, numbers)
            return Guess(replace(rule, scale=scale), f"{reason}; cells from {min(numbers):g} to {max(numbers):g}")
        return _in_words(seen, rule, reason)
    if role in AMOUNTS:
        return _duration(seen, rule, numbers)
    if role == "flare" and not seen.ticks:
        return Guess(replace(rule, words=tuple((cell, _yes_no(cell)) for cell in seen.cells[:MOST_WORDS])), reason)
    if role in ("relief", "weather", "regions", "medicines"):
        return _listed(seen, rule, reason)
    return Guess(replace(rule, at=names.part_of_name(seen.name) if role == "note" else ""), reason)


def _yes_no(cell: str) -> str:
    return ("yes" if values.yes(cell, {}) else "no") if _reads(lambda each: values.yes(each, {}), cell) else ""


def _scale(seen: _Seen, numbers: Sequence[float]) -> Scale | None:
    """The scale a name states or cells leave no doubt about; None where a smaller and a larger one are possible."""
    low, high = min(numbers), max(numbers)
    if names.states_a_scale(seen.name):
        return names.scale_of_name(seen.name)
    if low < 0 or high > 100:
        return None
    if high > 10:
        return Scale(0, 100) if high > 50 else None  # up to 50 it may as well end at 20 or 50
    # Up to 7 it may as well be one of five or seven steps, and without a 0 one of 1 to 10.
    return Scale(0, 10) if high > 7 and low == 0 else None


def _in_words(seen: _Seen, rule: Rule, reason: str) -> Guess:
    said = [cell for cell in seen.cells[:MOST_WORDS] if not _reads(lambda c: values.number(c, seen.decimal), cell)]
    steps = names.steps_of_words(said)
    wrong_way = "bad" if rule.role in _BETTER else "good"
    if steps is None or names.rises_to(steps) == wrong_way:
        return Guess(replace(rule, words=tuple((cell, "") for cell in said)), f"{reason}; its cells are words")
    words = tuple((word, str(number)) for word, number in steps.items())
    scaled = replace(rule, words=words, scale=Scale(0, len(steps) - 1))
    return Guess(scaled, f"{reason}; its words are in a usual order: look whether it ends there")


def _duration(seen: _Seen, rule: Rule, numbers: list[float] | None) -> Guess:
    """Hours or minutes where name or cells leave no doubt; a number alone may be either, or a score."""
    unit = names.unit_of_name(seen.name)
    if rule.role == "sleep_hours" and numbers is not None and names.states_a_scale(seen.name) and not unit:
        return Guess(
            Rule(seen.name, "sleep_quality"), "its name speaks of sleep and states a scale: say which end is best"
        )
    if numbers is None:
        return Guess(replace(rule, unit=unit or _USUAL[rule.role]), "its name says so")
    if not unit and max(numbers) > 100:
        return Guess(replace(rule, unit="minutes"), "its name says so; cells above 100 are minutes")
    if unit == "hours" and max(numbers) > 24:
        unit = ""
    return Guess(replace(rule, unit=unit), "its name says so" + ("" if unit else "; its numbers may be of any unit"))


def _unit_chosen(seen: _Seen, role: str) -> str:
    """What a number alone is once somebody said that the column is hours of sleep or stiffness; '' where it is open."""
    unit, numbers = names.unit_of_name(seen.name), seen.numbers
    if unit or numbers is None:
        return unit or _USUAL[role]
    if max(numbers) > 24:
        return "minutes"
    return "hours" if role == "sleep_hours" else ""


def _listed(seen: _Seen, rule: Rule, reason: str) -> Guess:
    separator = next((sign for sign in _SEPARATORS if any(sign in cell for cell in seen.cells)), "")
    if rule.role == "medicines":
        return Guess(replace(rule, separator=separator), reason)
    found = replace(rule, separator=separator)
    return Guess(replace(found, words=words_apart(found, seen.cells)), reason)


def words_apart(rule: Rule, cells: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Each word of those cells with what the rule, or else our own vocabulary, says it means ('' for nothing)."""
    parts = (part for cell in cells for part in rule.apart(cell))
    distinct = {folded(part): part for part in parts if folded(part) not in names.MISSING}
    known = rule.meanings
    new = ((word, known.get(plain) or known_meaning(rule.role, word)) for plain, word in distinct.items())
    kept = ((word, meaning) for word, meaning in rule.words if folded(word) not in distinct and meaning)
    return (*islice(new, MOST_WORDS), *kept)


def with_new_words(mapping: ColumnMapping, columns: Sequence[Column]) -> ColumnMapping:
    """A mapping that was made for another file, with the words of this one that it does not know yet."""
    rules = (_with_new(rule, column, mapping.decimal) for rule, column in zip(mapping.rules, columns, strict=True))
    return replace(mapping, rules=tuple(rules))


def _with_new(rule: Rule, column: Column, decimal: Decimal) -> Rule:
    fresh = as_role(column, rule.role, decimal)
    if rule.means or not (rule.words or fresh.words):
        return rule
    if rule.role in ("regions", "relief", "weather"):
        return replace(rule, words=words_apart(rule, column.cells))
    new = tuple(pair for pair in fresh.words if folded(pair[0]) not in rule.meanings)
    return replace(rule, words=(*rule.words, *new))


def _once(found: Sequence[Guess]) -> tuple[Guess, ...]:
    """The guesses, where two columns seem to be the same answer of the same time only the first."""
    taken: set[tuple[str, str]] = set()
    kept = []
    for guess in found:
        rule = guess.rule
        place = ("date", "") if rule.role == "moment" else (rule.role, rule.at)
        if rule.role not in _SEVERAL and place in taken:
            guess = Guess(Rule(rule.column), f"another column was taken as {rule.role.replace('_', ' ')}")
        taken.add(place)
        kept.append(guess)
    return tuple(kept)


def _reads(read: Callable[[str], object], cell: str) -> bool:
    try:
        read(cell)
    except ValueRefused:
        return False
    return True
