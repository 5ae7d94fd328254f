"""Checks of medicines: prompts for a clinician from what is prescribed and what was logged as taken, never mixed.

Nothing here says that a medicine is safe, and nothing suggests a dose, a conversion or a taper. What lacks its dose,
unit, route or strength is named as not checked.
"""

from clinical.medication.answers import PromptAnswer, open_prompts
from clinical.medication.doses import NO_DOSES, DailySeries, DoseTable
from clinical.medication.drugs import Drug, Part
from clinical.medication.enabling import ReliefLog, TakenWith
from clinical.medication.mme import CannotCompute, DailyDose, MmePart, MmeResult, daily_mme
from clinical.medication.overuse import AnalgesicDays
from clinical.medication.person import Allergy, Condition, Person
from clinical.medication.plausible import DoseProblem, dose_problem
from clinical.medication.prompts import Input, NotChecked, Prompt
from clinical.medication.recognising import recognise
from clinical.medication.reviewing import Mme, Review, review

__all__ = [
    "NO_DOSES",
    "Allergy",
    "AnalgesicDays",
    "CannotCompute",
    "Condition",
    "DailyDose",
    "DailySeries",
    "DoseProblem",
    "DoseTable",
    "Drug",
    "Input",
    "Mme",
    "MmePart",
    "MmeResult",
    "NotChecked",
    "Part",
    "Person",
    "Prompt",
    "PromptAnswer",
    "ReliefLog",
    "Review",
    "TakenWith",
    "daily_mme",
    "dose_problem",
    "open_prompts",
    "recognise",
    "review",
]
