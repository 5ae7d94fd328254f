"""What invented case reviews were asked and said about somebody."""

from typing import NamedTuple

from data_access.demo.names import StaffRole

ActionWords = tuple[str, StaffRole, int]
"""What is to be done, by whom, in how many days."""


class CaseWords(NamedTuple):
    """One case as it was talked over; without a decision nothing was decided."""

    question: str
    discussion: str
    options: str
    decision: str
    reason: str
    actions: tuple[ActionWords, ...]
    disagreement: str = ""
    disagreement_by: StaffRole | None = None


SAID: tuple[CaseWords, ...] = (
    CaseWords(
        "Activity rises and falls with the flares: which one of us leads for the next three months?",
        "Diary shown. Three disciplines give three programmes. The patient says so too.",
        "- physiotherapy leads, the others stop for now\n- psychology leads\n- everything goes on as it is",
        "Physiotherapy leads. Psychology pauses after the next session and comes back when pacing holds.",
        "One programme at a time can be told apart in the diary.",
        (("Tell the patient which programme leads, and send it in writing", "physiotherapist", 10),),
        "Pausing now loses what sleep has gained since summer.", "psychologist",
    ),
    CaseWords(
        "The goals do not move: too large, or not theirs?",
        "What was agreed at the first visit was worded by us. What matters to the patient says something else.",
        "- make them smaller\n- set new ones with the patient\n- stop working with goals",
        "New goals with the patient, from their own words, one of them within four weeks.",
        "A goal of somebody else is nobody's goal.",
        (("Hour with the patient for new goals", "psychologist", 21), ("Enter baseline and rating", "nurse", 28)),
    ),
    CaseWords(
        "Asks for stronger tablets for the bad days: what do we offer instead?",
        "Nights, bad days and days of use were looked at together in the diary.",
        "- review of all medicines\n- sleep programme first\n- both",
        "Sleep programme first, review of medicines in eight weeks with the diary of both.",
        "They went together; which came first nobody can tell from the diary.",
        (("Offer the sleep programme", "psychologist", 14), ("Book the review of medicines", "physician", 50)),
        "Eight weeks are long. I would review the medicines at once.", "physician",
    ),
    CaseWords(
        "Ready for the pain management programme, or too early?",
        "Comes to every visit and keeps the diary. Fears the group.",
        "- programme in January\n- single sessions before it",
        "Two single sessions, then the programme in January.",
        "Met the group leader once before is what others found helpful to begin with.",
        (("Arrange a meeting with the group leader", "nurse", 18),),
    ),
    CaseWords(
        "Asks for more massage: how do we answer without sending somebody away?",
        "Massage and heat are liked, and their effect ends the same evening. What one does oneself has had less room.",
        "- offer it as asked\n- offer it with one small active thing beside it",
        "With a walk of five minutes by the timer beside it, chosen by the patient.",
        "Passive treatments belong with active ones.",
        (("Call, and choose the walk together", "physiotherapist", 7),),
    ),
)  # fmt: skip
UNDECIDED = CaseWords(
    "Few entries in the diary for weeks: what do we make of it?",
    "Nobody knows whether silence means better or worse.",
    "- call\n- wait for the visit",
    "",
    "",
    (("Call and ask how it is", "nurse", 5),),
)
DEFERRED = CaseWords("Is surgery for the hip worth another opinion?", "", "", "", "Letter not here yet.", ())

ASKED: dict[str, str] = {
    "in_flare": "In a flare again after poor nights: what do we change first, nights or activity?",
    "worse": "Pain up by a third over the autumn, easing now: stay with the plan or change it?",
    "many_medicines": "Patch, pregabalin and a combination product: who leads the reduction, and how slowly?",
    "red_flag_open": "Leg weakness reported: examined and imaged in time? Who tells the patient?",
    "harmed": "More pain since the walking group: lower the amount or leave the group?",
}
"""Questions about named cases, put to the meeting that comes next."""
QUESTIONS = (
    "Discharge to the GP with a plan, or another three months here?",
    "Sleep is the last thing that has not moved: whom do we ask?",
    "Is the plan finished, or does it rest?",
    "Employer asks for a letter: what do we write, and what not?",
    "Flares keep coming back: what do we look at together?",
    "Says the programme is too much: smaller, or another one?",
)
