"""What the invented clinic writes into goals, interventions and actions, beside what was drawn before."""

from typing import NamedTuple

from data_access.demo.names import StaffRole

Owner = StaffRole | None


class GoalWords(NamedTuple):
    """Why it matters in the person's words, what stands in the way, who looks after it, the chart it rests on."""

    why: str
    barriers: str
    owner: StaffRole
    chart: str


GOALS: dict[str, GoalWords] = {
    "Walk to the shop and back on four days a week": GoalWords(
        "I want to buy my own bread again and meet people there.",
        "The hill on the way back; stops for days after one bad walk.", "physiotherapist", "pain",
    ),
    "Cook for the family twice a week": GoalWords(
        "Everybody at one table, and I made it.", "Standing for long; tired by the evening.", "nurse", "fatigue"
    ),
    "Be in bed without the phone by half past ten": GoalWords(
        "I am a better father after a night's sleep.", "The news, and lying awake with it.", "psychologist",
        "sleep_hours",
    ),
    "Back to work on two mornings a week": GoalWords(
        "Work is where I am more than my back.", "The employer needs fixed days; flares do not keep to them.",
        "physician", "flare_days",
    ),
    "Swim with a friend once a week": GoalWords(
        "In the water nothing hurts for an hour.", "The changing room; the friend moves in spring.",
        "physiotherapist", "mood",
    ),
    "Play on the floor with the grandchildren": GoalWords(
        "They are small only now.", "Getting up again, and the stiffness of the morning.", "physiotherapist",
        "stiffness_minutes",
    ),
    "Sit through a film": GoalWords(
        "Our Friday evenings at the cinema, since we were twenty.", "Hard seats; afraid of having to leave.",
        "psychologist", "region",
    ),
}  # fmt: skip


class InterventionWords(NamedTuple):
    """How much of it, whose it is (None: somebody outside, or the person), the chart it rests on."""

    amount: str
    owner: Owner
    chart: str
    outside: str = ""


INTERVENTIONS: dict[str, InterventionWords] = {
    "pacing": InterventionWords("10 min of activity, 5 min of rest, by the timer; every day", "physiotherapist",
                                "flare_days"),
    "walking": InterventionWords("15 min, five days a week, by the timer", "physiotherapist", "pain"),
    "exercise_aerobic": InterventionWords("45 min twice a week in the supervised group", "physiotherapist", "pain"),
    "stretching": InterventionWords("10 min each morning, five stretches", "physiotherapist", "stiffness_minutes"),
    "hydrotherapy": InterventionWords("30 min a week, eight sessions", "physiotherapist", "pain"),
    "tai_chi": InterventionWords("60 min a week in the group", "physiotherapist", "mood"),
    "cbt": InterventionWords("50 min a week, ten sessions", "psychologist", "stress"),
    "act": InterventionWords("50 min every other week, eight sessions", "psychologist", "interference"),
    "mindfulness": InterventionWords("eight weekly groups, 10 min a day at home", "psychologist", "stress"),
    "sleep_cbti": InterventionWords("six weekly sessions; rising time fixed at seven", "psychologist",
                                    "sleep_quality"),
    "stress_management": InterventionWords("two sessions of breathing, 5 min twice a day", "psychologist", "stress"),
    "somatic_tracking": InterventionWords("four guided sessions, 10 min a day", "psychologist", "pain"),
    "pain_education": InterventionWords("two sessions of 60 min, the second with the partner", "physiotherapist",
                                        "interference"),
    "sleep_hygiene": InterventionWords("one talk by telephone, looked at again after four weeks", "nurse",
                                       "sleep_hours"),
    "medication_review": InterventionWords("once, with every tablet on the table", "physician", "rescue_doses"),
    "pmp": InterventionWords("one day a week for eight weeks", "psychologist", "interference"),
    "acupuncture": InterventionWords("30 min a week, six sessions", "physician", "pain"),
    "heat": InterventionWords("15 to 20 min, wrapped, up to three times a day", None, "region"),
    "massage": InterventionWords("30 min every other week", None, "region", "massage therapist near home"),
    "nutrition": InterventionWords("two sessions", None, "", "dietitian of the health centre"),
    "chiropractic": InterventionWords("six visits, arranged by the patient before coming here", None, "",
                                      "chiropractor in town"),
}  # fmt: skip
OFFERED = (
    "pacing", "walking", "stretching", "cbt", "act", "mindfulness", "sleep_cbti", "stress_management",
    "somatic_tracking", "pain_education", "sleep_hygiene", "medication_review", "exercise_aerobic", "nutrition",
)  # fmt: skip
"""What is put on a plan by the dice, beside what the diary's own story holds."""
PASSIVE = ("massage", "heat")
"""All there is on the plans that hold passive measures alone."""

BETTER = (
    "Says the days have been easier since; wants to go on.",
    "Does it on most days. Walks further before sitting down.",
    "Finds it hard to begin, glad afterwards.",
)
SAME = (
    "No difference noticed so far; agreed to give it its time.",
    "Likes it. The diary looks the same as before.",
    "Came to half of the sessions; travel is the obstacle.",
)
WORSE = (
    "More pain on the days after. Amount halved, looked at again in two weeks.",
    "Says it was too much at once; wants to begin lower.",
)
STOPPED = ("too tired after each session", "no benefit after the full course", "could not get there in winter")

ACTION_CHARTS: dict[str, str] = {
    "Send the pacing plan and go through it by telephone": "flare_days",
    "Review medicines taken as needed": "rescue_doses",
    "Sleep diary for two weeks, then call": "sleep_hours",
    "First session on pain and worry": "stress",
    "Offer a place in the group exercise class": "pain",
}
"""The chart some actions rest on; the others rest on none."""
RATED = {
    -2: "Further away than at the start.",
    -1: "Not there yet; one bad month in between.",
    0: "As we had hoped.",
    1: "More than planned, and without a longer rest after it.",
    2: "Far more than either of us thought.",
}
