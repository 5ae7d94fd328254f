"""What the invented team writes under each heading of its notes; answers to safety questions stand in the checklist."""

from data_access.demo.names import StaffRole

FREE: dict[StaffRole, tuple[str, ...]] = {
    "physician": (
        "No new neurological signs. Medicines discussed, wishes to keep them as they are.",
        "Asked about red flags; answers in the checklist. Agreed to change one thing at a time.",
        "Wants fewer tablets in the long run. Explained what each one is meant to do.",
    ),
    "physiotherapist": (
        "Pacing reviewed with the diary in front of us. **Ten minutes of walking**, then rest, then ten more.",
        "Works in bursts on good days and pays for it. Agreed to stop at the timer, not at the pain.",
        "Lumbar movement better than last time, sitting still limited. Stretches repeated and adjusted.",
    ),
    "psychologist": (
        "Worry about flares is as heavy as the flares. Practised noticing without bracing.",
        "Sleep is the topic: lies awake planning. Started stimulus control, two weeks.",
        "Values: being there for the family. Goal reworded to fit.",
    ),
    "nurse": (
        "Telephone call. Coping, tired. Reminded of the number to ring.",
        "Telephone call. Questionnaires completed. No questions about medicines.",
    ),
}
PLANS: dict[StaffRole, str] = {
    "physician": "Plan: no change today; look at the diary together in two months.",
    "physiotherapist": "Plan: same programme, raise walking by a tenth each week while sleep holds.",
    "psychologist": "Plan: next session in three weeks.",
    "nurse": "Plan: call again in four weeks.",
}

_ASKED = ("Asked; the answers are in the checklist of the record.",)
UNDER: dict[str, tuple[str, ...]] = {
    "Reason and question": (
        "Referred by the GP: what can be done beside tablets?",
        "Referred by rheumatology after their last visit: help with pain and activity.",
    ),
    "Pain history": ("Began years ago without one cause; spread slowly. Better on holidays, worse after long days.",),
    "What matters to the patient": ("In their own words on the plan. Read back, and agreed as it stands.",),
    "Examination": (
        "Movement of the spine free, painful at the end of range. Power, feeling and reflexes normal.",
        "Tender over several places, no swollen joint. Power, feeling and reflexes normal.",
    ),
    "Investigations": ("Blood results of the GP seen. Nothing further asked for today.",),
    "Medicines: taken, effect, side effects": (
        "Taken as on the list. Some drowsiness in the morning.",
        "Takes less than prescribed on good days. No side effects named.",
        "As-needed tablets on bad days alone; says they take the edge off.",
    ),
    "Red flags asked": _ASKED,
    "Risk asked": _ASKED,
    "Safety asked": _ASKED,
    "Impression": (
        "Long-standing pain with poor sleep and a pattern of too much, then too little.",
        "Much as at the last visit. Function moves before pain does.",
        "Deconditioned and careful; ready to begin with small steps.",
    ),
    "Agreed": (
        "One change at a time. Diary goes on.\n- goals as on the plan\n- no new medicine today",
        "Goals kept as they are. The partner comes along next time.",
    ),
    "Next review": ("In eight weeks, with the diary.", "In three months; earlier if a flare lasts over a week."),
    "Function and daily activity": ("Walks 10 minutes, sits 30, carries one bag. Housework in one go on good days.",),
    "Examination: movement, strength, tenderness": ("Forward bend to mid shin, extension guarded. Power full.",),
    "Activity pattern and pacing": ("Good days are overdrawn by noon. Timer shown and tried in the room.",),
    "Thoughts and fears about movement": ("Afraid that bending wears the spine out. Explained; tried it together.",),
    "Programme agreed: what, how much, how often": (
        "Walking 10 min twice a day, by the timer.\n- day 8 on: 12 min\n- a flare: half, never nothing",
        "Five stretches each morning, 10 min. Pool once a week if the bus runs.",
    ),
    "Programme done: what and how much": (
        "Four days of seven, 12 min each. Left out in the bad week.",
        "Nearly every day; sheet brought along.",
    ),
    "Findings": ("Moves more freely from chair to stand. Less guarding.", "Unchanged on examination. Mood brighter."),
    "Pacing and flares": ("Stopped at the timer on most days. After the visit of the family, one day in bed.",),
    "Goals": ("First goal: on the way. Looked at the rating together.", "Too early to rate. Measure kept."),
    "Mood, worry and sleep": (
        "Low in the evenings, worries about work. Asleep after an hour, awake at four.",
        "Steadier than last time. Sleeps through on some nights.",
    ),
    "Thoughts about pain": ("'If it hurts, something tears.' Looked for other explanations together.",),
    "What keeps it going, what protects": ("Overdoing and resting; short nights. Protects: friends, humour, the dog.",),
    "Formulation: biological, psychological, social, protective": ("As on the plan, written with the patient.",),
    "Next session": ("In three weeks.", "In two weeks, same time."),
    "How the patient is": ("Tired, coping. Pain as in the diary.",),
    "Sleep and daily rhythm": ("In bed at ten, up at seven; naps on the sofa after lunch.",),
    "Questionnaires": ("Completed today; scores under Measures.",),
    "Information given": ("Leaflet on pacing and on heat; the number to ring.",),
    "Next contact": ("By telephone in four weeks.",),
    "What helped and what did not": ("Warmth and short walks help. Long car rides do not.",),
    "Practised between sessions": ("Breathing twice a day, noticing on the bus. Missed in the flare week.",),
    "Worked on today": (
        "Two columns: what the pain says, what the day showed.",
        "Planning a day with gaps in it.",
        "Letting the shoulders be while the pain comes and goes.",
    ),
    "Practice agreed": ("Noticing without bracing, five minutes, written down on three days.",),
    "Who called and why": ("Called by us, as agreed.", "The patient called about a bad week."),
    "What was said": (
        "More pain since the weekend, after moving furniture. Sleeps badly. Eats and drinks as usual.",
        "Going well. Wants to know whether to go on with the sheet.",
    ),
    "Advice given": ("Half of the programme, heat, and call again on Friday if it is no better.",),
    "Agreed, and who does it": ("Patient keeps the diary; we call again.",),
    "Group and session": ("Living with pain, session 3 of 8.", "Movement group, week 5."),
    "Topic": ("Planning a week with gaps.", "What a flare asks for, and what it does not."),
    "How the patient took part": ("Quiet at first, then told of the allotment. Others asked for the timer trick.",),
    "Practised": ("Ten minutes of lying and listening to the body, from the feet up.",),
    "Practice until next time": ("Every other day, ten minutes, with the recording.",),
}
REMARKS = ("Read and agreed.", "Agreed. I will raise it at the case review.", "")
