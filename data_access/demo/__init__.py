"""The synthetic clinic: invented people whose diaries look like people's, the same for the same seed.

    demo.plan(patients, days, seed, end=...)      who they are, before a day is drawn
    demo.people(...) / demo.bundles(...)          each person in full / their records, one at a time
    demo.truth(...)                               what was planted: flares, shifts, effects of treatments
    demo.fill(engine, ..., end=..., now=...)      writes the clinic into an empty database
    demo.is_empty(engine), demo.go_on(engine)     may it be filled; completes an interrupted filling
    demo.staff_imported(engine, now=...)          the invented staff for a database of imported patients

Each person of a few weeks' diary has a care plan and notes; each team has held two case reviews and prepares one.

Person k is the same whatever the number of patients. With `days` nobody's diary is longer than that, so a case that
needs a longer past loses it. Scales: pain, fatigue, interference, stress, sensitivity: 10 is worst; mood,
sleep_quality: 10 is best; activity: 10 is most active.

Named cases (`demo.CASES`):

| record | case | shows |
|---|---|---|
| FB-00001 | ten_years | ten years of daily logs: 3,650 days, about 30,000 marks |
| FB-00002 | in_flare | in a flare today, after poor nights; duloxetine and tramadol together |
| FB-00003 | high | usual pain 8 to 9, and still has flares |
| FB-00004 | low | usual pain 1 to 2, and still has flares |
| FB-00005 | improved | pain down by 30 % or more over the last four weeks |
| FB-00006 | worse | pain up by 30 % or more over the four weeks before, easing in the last days |
| FB-00007 | stopped | stopped logging 26 days ago |
| FB-00008 | short | steady, with 30 days of data |
| FB-00009 | one_entry | one entry, 12 days ago |
| FB-00010 | none | no entry at all |
| FB-00011 | item_nine | the last PHQ-9 has item 9 above 0 |
| FB-00012 | overdue | an open action is overdue |
| FB-00013 | left_sided | low back pain radiating down the left leg |
| FB-00014 | right_sided | the mirror image of FB-00013: radiating down the right leg |
| FB-00015 | helped | amitriptyline, started 130 days ago, went with 2 points less |
| FB-00016 | unchanged | gabapentin, started 130 days ago, changed nothing |
| FB-00017 | harmed | a walking group, started 130 days ago, went with 1.5 points more |
| FB-00018 | twice_a_day | two entries on most days |
| FB-00019 | paracetamol | paracetamol above 4 g a day across two products |
| FB-00020 | whole_back | the article's picture: all of the back, into buttocks and legs, three of five regions |
| FB-00021 | one_arm | right shoulder and arm only; passive measures alone on the plan |
| FB-00022 | half_body | the left half of the body: WPI high, pain not generalised |
| FB-00023 | many_medicines | an opioid patch with pregabalin, a combination product, an unknown herbal remedy |
| FB-00024 | red_flag_open | a red flag ticked four days ago and still open; criteria assessed twice |
| FB-00025 | red_flag_closed | a red flag ticked and closed; criteria assessed three times |
"""

from data_access.demo.cases import CASES, Case
from data_access.demo.filling import Progress, fill, go_on, is_empty
from data_access.demo.hiring import staff_imported
from data_access.demo.invented import InventedPerson, Truth, bundles, people, truth
from data_access.demo.planning import plan
from data_access.demo.planting import PlantedFlare, PlantedShift
from data_access.demo.staff import StaffMember, staff
from data_access.demo.traits import PatientPlan, record_number
from data_access.demo.treatments import Treatment

__all__ = [
    "CASES",
    "Case",
    "InventedPerson",
    "PatientPlan",
    "PlantedFlare",
    "PlantedShift",
    "Progress",
    "StaffMember",
    "Treatment",
    "Truth",
    "bundles",
    "fill",
    "go_on",
    "is_empty",
    "people",
    "plan",
    "record_number",
    "staff",
    "staff_imported",
    "truth",
]
