"""Pointers in words: the pattern, what to consider, what it rests on. Never a probability, never reassurance."""

from collections.abc import Sequence
from datetime import date

from clinical.asked import ASKED
from clinical.pointers import BackPainSet, LookAlike
from clinical.pointers.back_pain import HLA_B27_AT, PROMPTING
from clinical.pointers.facts import Fact as Basis
from clinical.pointers.facts import Item, State
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.pain_map_facts import Fact, Lead
from dashboard.presenters.regions import places
from dashboard.presenters.words import day, full_day, listed, sentence_case, several
from dashboard.services.pointers import PointersView

NO_REASSURANCE = "A pattern that is not seen excludes nothing (Downie 2013)."
CAUTION = f"Pattern seen in logged data: a prompt to think and examine, never a diagnosis. {NO_REASSURANCE}"
SETS_HEADING = "Inflammatory back pain: what the published sets count"
LOOK_ALIKES_HEADING = "Conditions that can look like widespread pain"
FIBROMYALGIA = "Fibromyalgia criteria that are met explain none of these away."
_STATES: dict[State, str] = {"yes": "yes", "no": "no", "unknown": "not known"}
_BASES = {"log": "log", "asked": "asked", "record": "record", "set": "counted"}
_MOST = 3
_NAMES = ("Berlin", "Calin")


def lead(view: PointersView) -> Lead:
    """What there is to consider, most pressing first as the reference lists them."""
    if seen := _considered(view):
        text = f"Pattern seen in logged data; consider {'; '.join(seen)}."
    elif all(each.outcome == "not_enough" for each in view.found.look_alikes):
        text = f"Not enough to say: too little was logged or asked. {NO_REASSURANCE}"
    else:
        text = f"No pattern seen in what was logged and asked. {NO_REASSURANCE}"
    rows = (
        ("Rule", "The seven look-alikes of the clinical reference (8.2); which items are needed is our decision [P]"),
        ("Rests on", rests_on(view)),
        ("Not asked", several(_not_asked(view), "question")),
    )
    return Lead("Pointers", text, Evidence("Pointers", rows, CAUTION))


def _considered(view: PointersView) -> list[str]:
    """What to consider, each thing once, with every pattern that names it."""
    seen = view.found.seen
    asks = dict.fromkeys(each.prompt for each in seen)
    patterns = {ask: listed([each.title.lower() for each in seen if each.prompt == ask]) for ask in asks}
    return [f"{ask} (as in {said})" for ask, said in patterns.items()]


def rests_on(view: PointersView) -> str:
    """On how many days of the last 28 it rests, whatever the chosen period."""
    broad = f"; {several(view.broad, 'map')} from broader codes left out" if view.broad else ""
    return f"{view.days_logged} of 28 days logged, {view.map_days} with a map, to {full_day(view.as_of)}{broad}"


def _not_asked(view: PointersView) -> int:
    return sum(question not in view.safety.standing for question in ASKED)


def questions_title(view: PointersView) -> str:
    """'Questions asked once: 3 of 28 answered'."""
    return f"Questions asked once: {len(ASKED) - _not_asked(view)} of {len(ASKED)} answered"


def look_alike(each: LookAlike, as_of: date) -> Fact:
    """One condition with everything that was looked for."""
    said = {"seen": "Pattern seen", "not_seen": "Not seen in what is known", "not_enough": "Not enough to say"}
    return Fact(each.title, said[each.outcome], _look_alike_detail(each, as_of), _evidence(each, as_of), _told(each))


def _told(each: LookAlike) -> bool:
    return each.outcome == "seen"


def _look_alike_detail(each: LookAlike, as_of: date) -> str:
    if each.outcome == "seen":
        where = f"{listed(places(each.regions), _MOST)}, " if each.regions else ""
        return f"{where}{_days(each.days, as_of) or 'from answers'}"
    items = (*each.needed, *each.one_of)
    if each.outcome == "not_enough":
        return f"not known: {_some([one for one in items if one.state == 'unknown'])}"
    return f"no: {_some([one for one in items if one.state == 'no'])}"


def _some(items: Sequence[Item]) -> str:
    """The first of them; their labels hold commas themselves."""
    more = f" and {len(items) - 2} more" if len(items) > 2 else ""
    return "; ".join(_small(one) for one in items[:2]) + more


def _small(one: Item) -> str:
    """The label inside a sentence; abbreviations and names stay as they are."""
    return (
        one.label
        if one.label[:2].isupper() or one.label.startswith(_NAMES)
        else f"{one.label[:1].lower()}{one.label[1:]}"
    )


def _days(days: Sequence[date], as_of: date) -> str:
    """'12 days, 3 Nov – 20 Nov'; '' for none."""
    if not days:
        return ""
    first, last = day(days[0], as_of), day(days[-1], as_of)
    return f"{several(len(days), 'day')}, {first}" + (f" – {last}" if first != last else "")


def _evidence(each: LookAlike, as_of: date) -> Evidence:
    needed = "; ".join(one.label for one in each.needed)
    one_of = " or ".join(one.label for one in each.one_of)
    rule = " and ".join(part for part in (needed, f"at least one of: {one_of}" if one_of else "") if part)
    rows = (
        ("Consider", sentence_case(each.prompt)),
        ("As described", sentence_case(each.contrast)),
        ("Rule", f"{rule} [{each.evidence}]"),
        ("Least data", sentence_case(each.minimum)),
        *_items("Needed", each.needed, as_of),
        *_items("One of", each.one_of, as_of),
        *_items("Further", each.further, as_of),
        ("Days", _every_day(each.days) or "none"),
        ("Source", f"{each.source}. {FIBROMYALGIA}"),
    )
    return Evidence(each.title, rows, CAUTION)


def _every_day(days: Sequence[date]) -> str:
    return ", ".join(full_day(one) for one in days)


def _items(name: str, items: Sequence[Item], as_of: date) -> tuple[tuple[str, str], ...]:
    """One row an item; its label stands in the row's text, which has the room."""
    return tuple((f"{name} {number}", f"{one.label}: {item_said(one, as_of)}") for number, one in enumerate(items, 1))


def item_said(one: Item, as_of: date) -> str:
    """'yes · log: 12 of 20 days with a map ... · asked: not asked'."""
    return " · ".join([_STATES[one.state], *(_basis(fact, as_of) for fact in one.facts)])


def _basis(fact: Basis, as_of: date) -> str:
    where = f"; {listed(places(fact.regions), _MOST)}" if fact.regions else ""
    days = f" ({_days(fact.days, as_of)})" if fact.days and fact.basis == "log" else ""
    asked = f", {full_day(fact.days[0])}" if fact.days and fact.basis != "log" else ""
    return f"{_BASES[fact.basis]}: {fact.said}{asked}{days}{where}"


def back_pain_set(each: BackPainSet, as_of: date) -> Fact:
    """One set: how many items hold, what it would take, and its published accuracy."""
    return Fact(each.title, _set_value(each), _set_detail(each), _set_evidence(each, as_of), each.outcome in _HOLDS)


_HOLDS = ("met", "exactly_three")


def _set_value(each: BackPainSet) -> str:
    count = f"{each.present} of {len(each.items)}"
    if each.outcome == "does_not_apply":
        absent = [_small(one) for one in each.conditions if one.state == "no"]
        return f"Does not apply: not {listed(absent)}"
    if each.outcome == "not_enough":
        return f"Not enough to say: {count} hold"
    if each.outcome == "exactly_three":
        return f"{count} hold: HLA-B27, refer if positive"
    if each.outcome == "met":
        return f"{count} hold: {_met(each)}"
    return f"{count} hold: below {each.needed}"


def _met(each: BackPainSet) -> str:
    if each.code == "ng65":
        return "consider referral to rheumatology"
    return "consider rheumatology" if each.code in PROMPTING else "no prompt by itself"


def _set_detail(each: BackPainSet) -> str:
    unknown = f"{each.unknown} not known · " if each.unknown else ""
    if each.sensitivity is None or each.specificity is None:
        return f"{unknown}{each.needed} or more: refer; exactly {HLA_B27_AT}: HLA-B27"
    return f"{unknown}{each.needed} or more · sens. {each.sensitivity:g} %, spec. {each.specificity:g} %"


def _set_evidence(each: BackPainSet, as_of: date) -> Evidence:
    accuracy = (
        (("Accuracy", f"{_accuracy(each)} {each.validation}"),) if each.sensitivity else (("Use", each.validation),)
    )
    rows = (
        ("Rule", f"{each.needed} or more of {len(each.items)}, where all of these hold: {_conditions(each)}"),
        *_items("Needed", each.conditions, as_of),
        *_items("Item", each.items, as_of),
        *accuracy,
        ("Source", f"{each.source} [{each.evidence}]"),
    )
    return Evidence(each.title, rows, f"It describes inflammatory back pain, not a disease. {CAUTION}")


def _conditions(each: BackPainSet) -> str:
    return listed([_small(one) for one in each.conditions])


def _accuracy(each: BackPainSet) -> str:
    return f"For inflammatory back pain: sensitivity {each.sensitivity:g} %, specificity {each.specificity:g} %."
