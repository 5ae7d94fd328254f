"""What is asked of one column, by what it is: the order of its dates, its scale, its words, its sign between words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from dashboard.presenters import mapping as words
from dashboard.presenters.imports import shown, visible
from data_access.importers.checks import SCORES
from data_access.importers.mapped_guess import MOST_WORDS, words_apart
from data_access.importers.mapped_rules import LEFT_OUT, NOTHING, UNCHOSEN, Decimal, Rule, Scale
from data_access.importers.mapped_table import Column
from data_access.importers.mapped_words import meanings

_OTHER = "another scale"
_LISTED, _ONE = "several things, named in its cells", "one thing; its cells say yes or no"


@dataclass(frozen=True, slots=True)
class Around:
    """What holds for the whole table: the decimal sign, the scale of columns that state none, whether a row says its
    time of day (then no column needs one)."""

    decimal: Decimal
    common: Scale | None
    timed: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column stands: the start of the keys of its fields, and what holds around it."""

    key: str
    around: Around

    def of(self, field: str) -> str:
        """The key of one field."""
        return f"{self.key}_{field}"


def show(column: Column, rule: Rule, place: Place) -> Rule:
    """Draw the fields of that rule; the rule as they say it."""
    if rule.role in ("date", "moment"):
        return _dates(column, rule, place)
    if rule.role in SCORES:
        return _at(_scale(_numbers_of_words(rule, place), place), place)
    if rule.role in ("sleep_hours", "stiffness_minutes"):
        return _unit(rule, place)
    if rule.role == "part":
        return _words_of(rule, place, tuple(words.PARTS)[1:], words.PARTS, free=True)
    if rule.role == "flare":
        st.caption(shown(words.yes_and_no(column.examples)))
        return _words_of(rule, place, ("yes", "no"), {})
    if rule.role in ("regions", "relief", "weather"):
        return _list(column, rule, place)
    if rule.role == "medicines":
        return _medicines(rule, place)
    return _at(rule, place) if rule.role == "note" else rule


def _dates(column: Column, rule: Rule, place: Place) -> Rule:
    example, orders = words.telling_example(column.examples)
    if not orders:
        st.caption("None of its cells is a date.")
        return rule
    chosen = st.selectbox(
        f"“{shown(example)}” is the day",
        orders,
        index=orders.index(rule.dates) if rule.dates in orders else None,
        format_func=lambda order: words.reading_of(order, example),
        placeholder="Choose the right reading",
        key=place.of("dates"),
    )
    return replace(rule, dates=chosen or "")


def _scale(rule: Rule, place: Place) -> Rule:
    stated, common = rule.scale, place.around.common
    offered = list(words.SCALES)
    if stated and (plain := Scale(stated.low, stated.high)) not in offered:
        offered.insert(0, plain)
    chosen = st.selectbox(
        "The file's scale",
        [*offered, _OTHER],
        index=offered.index(Scale(stated.low, stated.high)) if stated else None,
        format_func=lambda each: words.ends(each) if isinstance(each, Scale) else each,
        placeholder=f"{words.ends(place.around.common)}, as chosen for all"
        if place.around.common
        else "From where to where?",
        key=place.of("scale"),
    )
    scale = chosen if isinstance(chosen, Scale) else _typed(place) if chosen else common
    return _direction(replace(rule, scale=scale), stated, place) if scale else replace(rule, scale=None)


def _typed(place: Place) -> Scale:
    with st.container(horizontal=True, gap="small"):
        low = st.number_input("From", value=0.0, step=1.0, format="%g", key=place.of("low"))
        high = st.number_input("To", value=10.0, step=1.0, format="%g", key=place.of("high"))
    return Scale(low, high)


def _direction(rule: Rule, stated: Scale | None, place: Place) -> Rule:
    scale = rule.scale or Scale(0, 10)
    ways = (replace(scale, low_is=0), replace(scale, low_is=10))
    turned = stated is not None and stated.low_is == 10
    chosen = st.selectbox(
        "Which end is which",
        (0, 1),
        index=int(turned),
        format_func=lambda way: words.direction(rule.role, ways[way]),
        key=place.of("direction"),
    )
    st.caption(f"To 0-10: {words.formula(ways[chosen])}")
    return replace(rule, scale=ways[chosen])


def _numbers_of_words(rule: Rule, place: Place) -> Rule:
    """Cells that are words get a number of the file's scale each."""
    if not rule.words:
        return rule
    numbers = tuple(str(number) for number in range(max(11, len(rule.words))))
    return _words_of(rule, place, numbers, {}, free=True)


def _at(rule: Rule, place: Place) -> Rule:
    if place.around.timed and not rule.at:
        return rule
    times = tuple(dict.fromkeys([*words.PARTS, rule.at]))
    chosen = st.selectbox(
        "Of which time of day",
        times,
        index=times.index(rule.at),
        format_func=lambda time: words.PARTS.get(time, time),
        accept_new_options=True,
        key=place.of("at"),
    )
    return replace(rule, at=chosen or "")


def _unit(rule: Rule, place: Place) -> Rule:
    units = ("hours", "minutes")
    chosen = st.selectbox(
        "A number alone is", units, index=units.index(rule.unit) if rule.unit in units else None, key=place.of("unit")
    )
    st.caption("7:30, 7h30 and 450 min are understood too.")
    return replace(rule, unit=chosen or "")


def _words_of(rule: Rule, place: Place, options: Sequence[str], labels: dict[str, str], *, free: bool = False) -> Rule:
    """One field a word; what stands without a meaning rejects its rows, and the count says so."""
    if not rule.words:
        return rule
    said = []
    with st.container(key=place.of("words"), gap="small"):
        for number, (word, meaning) in enumerate(rule.words[:MOST_WORDS]):
            offered = list(dict.fromkeys([*options, *([meaning] if meaning else [])]))
            chosen = st.selectbox(
                f"“{shown(word)}” means",
                offered,
                index=offered.index(meaning) if meaning else None,
                format_func=lambda each: labels.get(each) or _said(rule.role, each),
                placeholder="Choose",
                accept_new_options=free,
                key=place.of(f"word{number}_{rule.separator}"),
            )
            said.append((word, chosen or ""))
    return replace(rule, words=(*said, *rule.words[MOST_WORDS:]))


def _said(role: str, meaning: str) -> str:
    return words.meaning(role, meaning) if role in ("regions", "relief", "weather") else meaning


def _list(column: Column, rule: Rule, place: Place) -> Rule:
    layout = st.selectbox("It is about", (_LISTED, _ONE), index=int(bool(rule.means)), key=place.of("layout"))
    options = meanings(rule.role)
    if layout == _ONE:
        one = [each for each in options if each not in (NOTHING, LEFT_OUT)]
        chosen = st.selectbox(
            "Which one",
            one,
            index=one.index(rule.means) if rule.means in one else None,
            format_func=lambda each: words.meaning(rule.role, each),
            placeholder="Choose",
            key=place.of("means"),
        )
        found = replace(rule, means=chosen or UNCHOSEN, separator="", words=())
        return _intensity(found, place) if rule.role == "regions" else found
    found = _separator(replace(rule, means="", scale=None), place)
    found = replace(found, words=words_apart(found, column.cells))
    lacking = sum(not meaning for _, meaning in found.words)
    told = f"{len(found.words)} words" + (f", {lacking} without a meaning" if lacking else "")
    if len(found.words) >= MOST_WORDS:
        st.caption(f"Its first {MOST_WORDS} words are asked for; a row with another is rejected. Free text is a note.")
    with st.expander(told, expanded=lacking > 0):
        return _words_of(found, place, options, {})


def _intensity(rule: Rule, place: Place) -> Rule:
    how = ("yes or no", "how much it hurts, on a scale")
    chosen = st.selectbox("Its cells say", how, index=int(rule.scale is not None), key=place.of("ticks"))
    if chosen == how[0]:
        return replace(rule, scale=None)
    return _scale(rule, place)


def _separator(rule: Rule, place: Place) -> Rule:
    signs = tuple(words.SEPARATORS)
    chosen = st.selectbox(
        "Between two of them stands",
        signs,
        index=signs.index(rule.separator) if rule.separator in signs else 0,
        format_func=lambda sign: words.SEPARATORS[sign],
        key=place.of("separator"),
    )
    return replace(rule, separator=chosen or "")


def _medicines(rule: Rule, place: Place) -> Rule:
    layouts = ("medicines named in its cells", "one medicine, yes or no", "one medicine, the dose")
    before = 0 if not rule.means else 2 if rule.unit else 1
    layout = st.selectbox("Its cells hold", layouts, index=before, key=place.of("layout"))
    if layout == layouts[0]:
        found = _separator(replace(rule, means="", unit=""), place)
    else:
        name = st.text_input("Medicine", rule.means or rule.column, max_chars=200, key=place.of("medicine"))
        dosed = layout == layouts[2]
        unit = _dose_unit(rule, place) if dosed else ""
        found = replace(rule, means=name.strip() or rule.column, unit=unit, separator="")
    as_needed = st.checkbox("Taken as needed", rule.as_needed, key=place.of("as_needed"))
    return replace(found, as_needed=as_needed)


def _dose_unit(rule: Rule, place: Place) -> str:
    before = "" if rule.unit == UNCHOSEN else rule.unit
    said = st.text_input("Unit", before, max_chars=24, placeholder="mg, µg, ml ...", key=place.of("dose"))
    return said.strip() or UNCHOSEN


def head(column: Column) -> None:
    """The name of the column with examples of its cells."""
    st.markdown(f"**{shown(column.name)}**")
    examples = [visible(each) if len(each) < 28 else f"{visible(each[:26])}…" for each in column.examples[:5]]
    more = " …" if len(column.examples) > 5 else ""
    st.caption(shown(" · ".join(examples)) + more if examples else "empty")
