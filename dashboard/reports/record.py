"""What a referral is made from: the parts of one patient's record, loaded, and what the sender asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from clinical.diary import Diary
from clinical.findings import Medicine, Score
from clinical.flares import Flare
from clinical.medication import PromptAnswer, Review
from clinical.outcomes import Outcomes
from clinical.plan import Plan
from clinical.safety import Answer, Closure
from dashboard.periods import Periods
from dashboard.services.criteria import CriteriaView
from dashboard.services.flare_patterns import PatternsView
from dashboard.services.flare_review import FlaresView
from dashboard.services.measures import MeasuresView
from dashboard.services.medication_review import MedicationView
from dashboard.services.pain_map import PainMapView
from dashboard.services.pointers import PointersView
from dashboard.services.timeline import Timeline
from data_access.notes import Note
from data_access.patients import Member, PatientHead
from data_access.records import AllergyRecord, ConditionRecord, EntryRecord

LONGEST_QUESTION = 600
LONGEST_RECIPIENT = 200
URGENCIES = ("routine", "soon", "urgent")
CONSENTS = ("yes, asked today", "yes, on record", "no, best-interests decision")


@dataclass(frozen=True, slots=True)
class Order:
    """What the sender chose and typed; an empty text prints as 'not recorded'."""

    recipient: str = ""
    question: str = ""
    urgency: str = ""
    consent: str = ""
    template: str = "referral_pain"
    reason: str = ""
    sections: tuple[
        str, ...
    ] = ()  # codes of templates.SECTIONS beyond those that cannot be left out; (): the short set
    paper: Literal["a4", "letter"] = "a4"


@dataclass(frozen=True, slots=True)
class Author:
    """Who sends it; `user_id` the number of their account, None where it is not known."""

    name: str
    discipline: str
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class DoseCount:
    """Days of the period on which a medicine was logged as taken, and as not taken."""

    taken: int
    not_taken: int


@dataclass(frozen=True, slots=True, eq=False)
class Pages:
    """What the patient's pages show, each by the service of its page, so that no number is worked out twice."""

    map: PainMapView
    criteria: CriteriaView
    flares: FlaresView
    patterns: PatternsView
    medication: MedicationView
    measures: MeasuresView
    pointers: PointersView


@dataclass(frozen=True, slots=True)
class Record:
    """One patient as the page needs them. `doses` by medicine name; `recent` the entries of the last four weeks.

    `pages` None where only the first page is wanted; `left_out` the codes of the sections that the sender took out.
    """

    head: PatientHead
    diary: Diary
    periods: Periods
    flares: Sequence[Flare]
    timeline: Timeline
    outcomes: Outcomes
    scores: Sequence[Score]
    medicines: Sequence[Medicine]
    doses: Mapping[str, DoseCount]
    conditions: Sequence[ConditionRecord]
    allergies: Sequence[AllergyRecord]
    plan: Plan
    owners: Mapping[int, str]
    recent: Sequence[EntryRecord]
    undated: Sequence[EntryRecord]
    as_of: date
    answers: Sequence[Answer] = ()
    closures: Sequence[Closure] = ()
    review: Review | None = None
    prompt_answers: Sequence[PromptAnswer] = ()
    notes: Sequence[Note] = ()
    team: Sequence[Member] = ()
    team_name: str = ""
    pages: Pages | None = None
    left_out: frozenset[str] = frozenset()
