"""What the seven look-alikes look for in the maps (reference 8.2): each a fact with its days and regions.

Left and right are treated alike: a mirrored diary gives the mirrored facts.
"""

import numpy as np

from clinical.body_map import REGION_INDEX, REGIONS, neighbours, region
from clinical.parts import BACK, BELOW_KNEE, BUTTOCK_AND_LEG, LEFT, LOWER_BACK, MIDLINE_SPINE, RIGHT
from clinical.pointers.facts import Fact, State, combined, limit, whole
from clinical.pointers.logged import Flags, Logged, Maps, flags_of, median_of, on_days, too_few

SIDES = ("left", "right")
_OF: dict[str, Flags] = {"left": LEFT, "right": RIGHT}
LEG = flags_of("thigh", "knee", "shin", "calf", "ankle_foot")
_OTHER = {"left": "right", "right": "left"}
_RUNS: tuple[tuple[str, ...], ...] = (("b_calf", "f_ankle_foot"), ("b_calf", "b_ankle_foot"))
"""L5 and S1 in our regions (reference 8.2): all of one of them on the same map.

L4 is the inner shin: the map knows one shin, so that a marked shin leaves it open [P].
"""
_SPINE_SIDES = flags_of("interscapular", "scapula", "mid_back", "lumbar") & BACK & (LEFT | RIGHT)
"""Thoracic and lumbar regions that lie on a side: neither the midline nor trapezius and sacroiliac areas."""


def one_sided_spot(logged: Logged) -> Fact:
    """1 to 3 adjacent regions, all of one side, on most of the days with a map in the last 28 that hurt at all."""
    days = whole("month_days")
    maps = logged.maps(days)
    rows = np.array([_is_spot(row) for row in maps.hurts], np.bool_)
    hurting = int(maps.rows(rows_everywhere()).sum())
    fact = on_days(maps, rows, rows_everywhere(), whole("pattern_days"), days)
    if fact.state == "yes" and 2 * int(rows.sum()) <= hurting:
        return fact.but("no")
    return fact


def rows_everywhere() -> Flags:
    """Every region."""
    return np.ones(len(REGIONS), np.bool_)


def _is_spot(row: Flags) -> bool:
    found = {REGIONS[i].region_id for i in np.flatnonzero(row)}
    sides = {REGIONS[REGION_INDEX[one]].side for one in found} - {"midline"}
    if not 1 <= len(found) <= limit("strain_regions") or len(sides) > 1:
        return False
    reached, waiting = set[str](), [min(found)]
    while waiting:
        reached.add(one := waiting.pop())
        waiting += [near for near in neighbours(one) & found if near not in reached]
    return reached == found


def under_6_weeks(logged: Logged) -> Fact:
    """Yes where what hurts now did not hurt on 7 days with a map or more before those 6 weeks; no where it did."""
    days, before = whole("strain_days"), whole("fracture_baseline")
    now, then = logged.maps(whole("month_days")), logged.maps(before, ago=days)
    places: Flags = now.hurts.sum(axis=0) >= whole("pattern_days")
    earlier = then.rows(places)
    if not places.any():
        return too_few(now, whole("least_map_days"), whole("month_days")) or Fact("no", "log", "no lasting mark now")
    if earlier.any():
        said = f"marked on {int(earlier.sum())} days before the last {days}"
        return Fact("no", "log", said, then.chosen(earlier), then.regions(earlier, places))
    if len(then) < whole("least_map_days"):
        return Fact("unknown", "log", f"{len(then)} days with a map in the {before} days before the last {days}")
    rows: Flags = now.rows(places)
    said = f"not marked on any of {len(then)} days with a map before the last {days}"
    return Fact("yes", "log", said, now.chosen(rows), now.regions(rows, places))


def falling(logged: Logged) -> Fact:
    """Whether the strongest mark of the later half of the painful map days of 28 is below that of the earlier half."""
    maps = logged.maps(whole("month_days"))
    rows: Flags = maps.rows(rows_everywhere())
    with np.errstate(invalid="ignore"):
        strongest = [median_of([s]) for s in np.fmax.reduce(maps.strength[rows], axis=1, initial=0)]
    known = [s for s in strongest if s]
    if len(known) < 2 * whole("pattern_days"):
        return Fact("unknown", "log", f"{len(known)} of the {2 * whole('pattern_days')} rated days needed")
    half = len(known) // 2
    early, late = median_of(known[:half]) or 0.0, median_of(known[-half:]) or 0.0
    state: State = "yes" if late < early else "no"
    return Fact(state, "log", f"strongest mark {early:g}, then {late:g} (medians of each half)", maps.chosen(rows))


def one_sided_back(logged: Logged) -> Fact:
    """80 % or more of the thoracic and lumbar marks of 28 days on one side; the midline counts for neither."""
    days = whole("month_days")
    maps = logged.maps(days)
    back = _SPINE_SIDES
    rows = maps.rows(back)
    if int(rows.sum()) < whole("least_map_days"):
        few = too_few(maps, whole("least_map_days"), days)
        said = f"back marked beside the spine on {int(rows.sum())} of {len(maps)} days with a map"
        return few or Fact("no", "log", said)
    marks = {side: int(maps.hurts[:, back & _OF[side]].sum()) for side in SIDES}
    side = max(SIDES, key=marks.__getitem__)
    share = 100 * marks[side] / int(maps.hurts[:, back].sum())
    state: State = "yes" if share >= limit("one_side_percent") else "no"
    there = back & _OF[side]
    on_side = maps.rows(there)
    even = marks["left"] == marks["right"]
    where = "as many left as right" if even else f"{share:.0f} % of the marks beside the spine on the {side}"
    said = f"{where}, {len(maps)} days with a map, last {days} days"
    return Fact(state, "log", said, maps.chosen(on_side), maps.regions(on_side, there))


def one_sided_leg(logged: Logged) -> Fact:
    """Leg pain on one side and below the knee on 3 days of 28, and not more often on both sides or the other."""
    days = whole("month_days")
    maps = logged.maps(days)
    return _better([_one_sided_leg(maps, side, days) for side in SIDES])


def _one_sided_leg(maps: Maps, side: str, days: int) -> Fact:
    this, other = LEG & _OF[side], LEG & _OF[_OTHER[side]]
    rows: Flags = maps.rows(BELOW_KNEE & this) & ~maps.rows(other)
    any_leg, sided = int(maps.rows(LEG).sum()), int((maps.rows(this) & ~maps.rows(other)).sum())
    fact = on_days(maps, rows, this, whole("pattern_days"), days)
    return fact.but("no") if fact.state == "yes" and 2 * sided <= any_leg else fact


def _better(facts: list[Fact]) -> Fact:
    """The fact that says yes, else the one with more days: both sides where they are even."""
    best = max((fact.state == "yes", len(fact.days)) for fact in facts)
    told = [
        fact for fact in facts if (fact.state == "yes", len(fact.days)) == best or (best[0] and fact.state == "yes")
    ]
    days = tuple(sorted({day for fact in told for day in fact.days}))
    regions = sorted({one for fact in told for one in fact.regions}, key=REGION_INDEX.__getitem__)
    return Fact(told[0].state, "log", "; ".join(dict.fromkeys(fact.said for fact in told)), days, tuple(regions))


def leg_worse(logged: Logged) -> Fact:
    """Whether the strongest mark of a leg is above that of the back on most of the days on which both are marked.

    A back that is not marked is none to compare with: what hurts in the leg alone does not say that [P].
    """
    days = whole("month_days")
    maps = logged.maps(days)
    leg, back = _strongest(maps, LEG), _strongest(maps, BACK)
    known = (leg > 0) & (back > 0)
    rated, needed = int(known.sum()), whole("pattern_days")
    if rated < needed:
        return Fact("unknown", "log", f"{rated} of the {needed} days needed with leg and back both marked and rated")
    rows: Flags = known & (leg > back)
    state: State = "yes" if 2 * int(rows.sum()) > rated else "no"
    said = f"leg above back on {int(rows.sum())} of {rated} days with both, last {days} days"
    return Fact(state, "log", said, maps.chosen(rows), maps.regions(rows, LEG | BACK))


def _strongest(maps: Maps, where: Flags) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """The strongest mark per day (m,); NaN where a mark there has no intensity, 0 where none hurts."""
    strongest: np.ndarray[tuple[int], np.dtype[np.float32]] = maps.strength[:, where].max(axis=1, initial=0)
    return strongest


def leg_quality(logged: Logged, name: str, leg_pain: Fact) -> Fact:
    """Whether marks of the leg told in `leg_pain` carry that quality on 3 days of 28; no needs known qualities."""
    days = whole("month_days")
    maps = logged.maps(days)
    such = maps.such(logged.quality(name, days))
    told = maps.such(logged.quality("any", days))
    legs = {side: (LEG | flags_of("buttock")) & _OF[side] for side in _sides(leg_pain)}
    least = whole("pattern_days")
    best = _better([on_days(maps, such.rows(leg), leg, least, days) for leg in legs.values()])
    known = max(int(told.rows(leg).sum()) for leg in legs.values())
    if best.state == "no" and known < least:
        return Fact("unknown", "log", f"what the leg pain is like was marked on {known} days")
    return best


def _sides(leg_pain: Fact) -> tuple[str, ...]:
    """The side on which the leg hurts; both where that is not told."""
    sides = {region(one).side for one in leg_pain.regions} - {"midline"}
    return tuple(sides) if leg_pain.state == "yes" and len(sides) == 1 else SIDES


def sharp(logged: Logged) -> Fact:
    """Whether the pain was marked as sharp on 3 days of 28; no only where a quality was marked as often."""
    days = whole("month_days")
    maps = logged.maps(days)
    told = int(maps.such(logged.quality("any", days)).rows(rows_everywhere()).sum())
    rows = maps.such(logged.quality("sharp", days)).rows(rows_everywhere())
    fact = on_days(maps, rows, rows_everywhere(), whole("pattern_days"), days)
    if fact.state == "no" and told < whole("pattern_days"):
        return Fact("unknown", "log", f"the kind of pain was marked on {told} days")
    return fact


def dermatomal_run(logged: Logged, leg_pain: Fact) -> Fact:
    """Whether the leg told in `leg_pain`, that day alone, hurts along the regions of one nerve on 3 days of 28.

    Not known where the shin alone is marked as often: whether it is the inner shin (L4) the map does not tell.
    """
    days = whole("month_days")
    maps = logged.maps(days)
    facts = []
    for side in _sides(leg_pain):
        other = maps.rows(BELOW_KNEE & _OF[_OTHER[side]])
        runs = [maps.hurts[:, [REGION_INDEX[f"{one}_{side[0]}"] for one in run]].all(axis=1) for run in _RUNS]
        rows: Flags = np.logical_or.reduce(runs) & ~other
        shin: Flags = maps.rows(flags_of("shin", side=side)) & ~other
        facts.append(_or_shin(on_days(maps, rows, BELOW_KNEE & _OF[side], whole("pattern_days"), days), maps, shin))
    return _better(facts)


def _or_shin(run: Fact, maps: Maps, shin: Flags) -> Fact:
    if run.state != "no" or int(shin.sum()) < whole("pattern_days"):
        return run
    said = f"shin marked on {int(shin.sum())} of {len(maps)} days with a map; the map does not tell its inner side (L4)"
    return Fact("unknown", "log", said, maps.chosen(shin), maps.regions(shin, flags_of("shin")))


def back_to_foot(logged: Logged) -> Fact:
    """Low back with buttock, back of the thigh and calf or foot of one side on the same day, on 3 days of 28."""
    days = whole("month_days")
    maps = logged.maps(days)
    low_back = maps.rows(LOWER_BACK)
    facts = []
    for side in SIDES:
        chain = (flags_of("buttock", side=side), _back_thigh(side), flags_of("calf", "ankle_foot", side=side))
        rows: Flags = low_back & np.logical_and.reduce([maps.rows(part) for part in chain])
        where = LOWER_BACK | (BUTTOCK_AND_LEG & _OF[side])
        facts.append(on_days(maps, rows, where, whole("pattern_days"), days))
    return _better(facts)


def _back_thigh(side: str) -> Flags:
    return np.array([one.region_id == f"b_thigh_{side[0]}" for one in REGIONS], np.bool_)


def symmetrical_joints(logged: Logged) -> Fact:
    """Both hands, or both feet, on half of the days with a map or more, over more than 6 weeks."""
    days = whole("joint_days")
    maps = logged.maps(days)
    pairs = [_both_sides(maps, part) for part in ("wrist_hand", "ankle_foot")]
    rows: Flags = np.logical_or(*pairs)
    said = f"{int(rows.sum())} of {len(maps)} days with a map, last {days} days"
    where = flags_of("wrist_hand", "ankle_foot")
    if few := too_few(maps, whole("joint_map_days"), days):
        return few
    often = 100 * int(rows.sum()) >= limit("joint_percent") * len(maps)
    fact = Fact("yes" if often else "no", "log", said, maps.chosen(rows), maps.regions(rows, where))
    reach = (fact.days[-1] - fact.days[0]).days if fact.days else 0
    if fact.state == "yes" and reach <= whole("joint_over_days"):
        return Fact("unknown", "log", f"{said}, over {reach + 1} days so far", fact.days, fact.regions)
    return fact


def _both_sides(maps: Maps, part: str) -> Flags:
    left, right = (maps.rows(flags_of(part, side=side)) for side in SIDES)
    both: Flags = left & right
    return both


def hands_and_feet(logged: Logged) -> Fact:
    """Whether both kinds of joint areas, hands and feet, were marked on 3 days of 28 each."""
    days = whole("month_days")
    maps = logged.maps(days)
    parts = [maps.rows(flags_of(part)) for part in ("wrist_hand", "ankle_foot")]
    where = flags_of("wrist_hand", "ankle_foot")
    each = [on_days(maps, rows, where, whole("pattern_days"), days) for rows in parts]
    rows: Flags = np.logical_and.reduce(parts)
    states = [fact.state for fact in each]
    state: State = "yes" if set(states) == {"yes"} else "no" if "no" in states else "unknown"
    said = f"hands on {int(parts[0].sum())}, feet on {int(parts[1].sum())} of {len(maps)} days with a map"
    return Fact(state, "log", said, maps.chosen(rows), maps.regions(rows, where))


def new_midline_pain(logged: Logged) -> Fact:
    """New pain in the midline of the spine in the last 28 days, by each of its regions alone.

    How strong the rest of the back was is said beside it and does not decide [P]: a fracture may hurt beside the spine.
    """
    window, before = whole("fracture_window"), whole("fracture_baseline")
    now, then = logged.maps(window), logged.maps(before, ago=window)
    needed = whole("least_map_days")
    if few := too_few(now, needed, window):
        return few
    if len(then) < needed:
        return Fact("unknown", "log", f"{len(then)} of the {needed} days with a map needed in the {before} days before")
    facts = [_new_pain(now, then, int(place)) for place in np.flatnonzero(MIDLINE_SPINE)]
    state = combined(fact.state for fact in facts)
    if state == "no" and any(fact.state == "unknown" for fact in facts):
        state = "unknown"  # one place without pain says nothing of the other
    told = [fact for fact in facts if fact.state == state]
    days_of = tuple(sorted({day for fact in told for day in fact.days}))
    regions = tuple(one for fact in told for one in fact.regions)
    return Fact(state, "log", "; ".join(fact.said for fact in told), days_of, regions)


def _new_pain(now: Maps, then: Maps, place: int) -> Fact:
    """Whether one region is new: 7 or more where it did not usually hurt, or 4 above what was usual there."""
    hurts, hurt = now.hurts[:, place], then.hurts[:, place]
    usual_here = 100 * int(hurt.sum()) >= limit("usual_percent") * len(then)
    baseline = median_of(then.strength[hurt, place]) if usual_here else 0.0
    label = REGIONS[place].label
    if baseline is None or (hurts.any() and np.isnan(now.strength[hurts, place]).all()):
        return Fact("unknown", "log", f"{label}: marked without an intensity")
    strength = np.nan_to_num(now.strength[:, place])
    risen = strength >= baseline + limit("fracture_rise")
    strong = (strength >= limit("fracture_intensity")) & (not usual_here)
    rows: Flags = risen | strong
    name = REGIONS[place].region_id
    before = f"usually {baseline:g}, on {int(hurt.sum())}" if usual_here else f"hurt on {int(hurt.sum())}"
    said = f"{label} up to {strength.max(initial=0):g}; before, {before} of {len(then)} days with a map"
    if rows.any():
        said += f"; rest of the back on those days up to {_rest_of_back(now, rows, place):g}"
    return Fact("yes" if rows.any() else "no", "log", said, now.chosen(rows), (name,) if rows.any() else ())


def _rest_of_back(maps: Maps, rows: Flags, place: int) -> float:
    """The strongest mark of the back on those days but for that region; 0 for none."""
    others = BACK.copy()
    others[place] = False
    return float(np.nan_to_num(maps.strength[np.ix_(rows, others)]).max(initial=0))
