"""How the invented team understands a person's pain, and what matters to that person, in words made up for each."""

from datetime import UTC, date, datetime, time

import numpy as np

from clinical.plan import Formulation
from clinical.record import Revised
from data_access.demo.staff import staff_name
from data_access.demo.traits import PatientPlan, Pattern

_WHERE: dict[Pattern, str] = {
    "widespread": "Widespread muscle pain above and below the waist, tender to light touch, with poor sleep.",
    "back_and_legs": "Long-standing back pain that has spread into buttocks and both legs.",
    "low_back": "Low back pain, stiff after sitting and in the morning.",
    "upper_back": "Pain between and over the shoulder blades, worse after a day at a screen.",
    "neck_and_shoulders": "Neck and shoulder pain with headaches that start at the back of the neck.",
    "radiating_left": "Low back pain with pain down the left leg; no loss of power or feeling when examined.",
    "radiating_right": "Low back pain with pain down the right leg; no loss of power or feeling when examined.",
    "arm_left": "Left shoulder and arm pain; movement full but guarded.",
    "arm_right": "Right shoulder and arm pain; movement full but guarded.",
    "half_body_left": "Pain over the left half of the body; nerves normal when examined.",
    "half_body_right": "Pain over the right half of the body; nerves normal when examined.",
}
_BODY = (
    "Does much on good days and rests for days after.",
    "Little movement since the last long flare; muscles tire early.",
    "Wakes unrefreshed; tired by noon.",
    "Short of breath of effort rather than of illness: deconditioned.",
)
_MIND = (
    "Expects every twinge to become a flare, and braces for it.",
    "Was told that nothing is wrong, and heard that nobody believes it. Low on the days after a flare.",
    "Driven to finish what was started; rest feels like failing.",
    "Worries at night about work and money; notices pain most when lying awake.",
    "Feels cut off from who they were; grieves for it, hopeful about small steps.",
)
_AROUND = (
    "Two children at home, a partner who works shifts. Asks for help late.",
    "Lives alone, third floor without a lift; a sister telephones every evening.",
    "On reduced hours since spring; the employer is willing, the tasks are heavy.",
    "Looks after a parent with dementia; has no afternoon of their own.",
    "Between jobs; the assessment for benefits is a strain.",
)
_HOLDS = (
    "Humour, a loyal friend, a dog that has to go out.",
    "Knows the diary well and trusts it. Has learned to pace before, after the second child.",
    "A garden, a choir, a partner who comes to the sessions.",
    "Persistent; keeps appointments; sleeps better away from home.",
    "Faith and a community that brings meals in bad weeks.",
)
MATTERS = (
    "I want to be the one who picks my granddaughter up, not the one everybody waits for.",
    "To plan a day and have it happen. I do not need to be free of pain for that.",
    "My allotment. If I can dig for twenty minutes and still cook in the evening, I am content.",
    "Being believed, and working two mornings with people who know me.",
    "Sleeping beside my husband again instead of on the sofa.",
    "To sing with the choir at Christmas and not pay for it for a week.",
    "Fewer tablets, a clearer head, and the drive to my mother's and back.",
    "I miss swimming. In the water I am nobody's patient.",
)


def write_formulation(plan: PatientPlan, made: date, random: np.random.Generator) -> Formulation:
    """The formulation of that day, signed off by the team's psychologist; `user` inside is a name."""

    def some(lines: tuple[str, ...]) -> str:
        return str(random.choice(lines))

    return Formulation(
        biological=f"{_WHERE[plan.pattern]} {some(_BODY)}",
        psychological=some(_MIND),
        social=some(_AROUND),
        protective=some(_HOLDS),
        matters=some(MATTERS),
        revised=Revised(1, staff_name(plan.team_id, "psychologist"), datetime.combine(made, time(11, 30), UTC)),
    )
