"""Documents made by hand for the tests of the formats: a full one, an empty one, a hostile one, one of sixty pages."""

from dataclasses import replace
from datetime import UTC, date, datetime

from clinical.diary import Period
from dashboard.reports.document import Bullets, Document, Pairs, Paragraph, Picture, Section, Table
from dashboard.reports.one_page import Line, OnePage
from dashboard.reports.record import Author, Order
from dashboard.reports.referral import referral
from tests.dashboard.reports import people

NOW = datetime(2026, 11, 22, 14, 3, tzinfo=UTC)
AUTHOR = Author("Dr A. Invented", "medicine")
FIRST: OnePage = referral(people.full(), Order("Dr R. Heum", "Please exclude inflammatory back pain.", "soon"), AUTHOR)
COURSE = Picture("course", FIRST.courses[0].svg, FIRST.courses[0].alt, FIRST.courses[0].caption)
TYPICAL = Picture("typical", FIRST.typical.svg, FIRST.typical.alt, FIRST.typical.caption, wide=False)
WORST = Picture("worst", FIRST.worst.svg, FIRST.worst.alt, FIRST.worst.caption, wide=False)
BROAD, TALL = (float(number) for number in TYPICAL.svg.partition('viewBox="')[2].partition('"')[0].split()[2:])
"""The proportions of a body map, as it is drawn."""

MEDICINES = Table(
    "Medicines tried: what they were prescribed for, and how it went",
    ("Medicine", "Dose", "From", "Until", "Days taken", "Why it ended"),
    (
        ("Duloxetine", "60 mg once daily", "23 Sep 2026", "goes on", "58", ""),
        ("Amitriptyline", "10 mg at night", "26 Jan 2026", "21 Sep 2026", "200", "Drowsy until noon, gave up driving"),
        ("Tramadol", "50 mg as needed", "6 May 2026", "goes on", "12", ""),
    ),
    numeric=(4,),
)
SECTIONS = (
    Section(
        "reason",
        "Reason for referral and question",
        (Paragraph("Please exclude inflammatory back pain.\nIs a biologic an option?"),),
        "clinician-entered",
    ),
    Section(
        "red_flags",
        "Red flags and safety",
        (
            Paragraph("Open: unexplained weight loss, answered yes on 20 Nov 2026.", strong=True),
            Bullets(("Asked and answered no: 9 of 14", "Not asked: fever, night sweats")),
        ),
        "patient-reported, asked by a clinician",
        "20 Nov 2026",
    ),
    Section(
        "pain",
        "Pain now",
        (TYPICAL, WORST, Pairs((Line("Mean", "4.3 of 10"), Line("Worst", "8, on 1 Nov 2026")))),
        "patient-reported",
        "26 Oct – 22 Nov 2026, 27 of 28 days logged",
    ),
    Section("course", "Course and flares", (COURSE, Paragraph("One flare of seven days.")), "patient-reported"),
    Section("medication", "Medicines", (MEDICINES,), "clinician-entered and patient-reported"),
)

FULL = Document(
    template="referral_pain",
    title="Referral to a pain service: SAMPLE, Rowan (FB-00017)",
    paper="a4",
    patient_name="SAMPLE, Rowan",
    patient_line="47 years · female · born 3 Feb 1979",
    record_number="FB-00017",
    synthetic=True,
    header=(Line("To", "Dr R. Heum, Rheumatology"), Line("From", "Dr A. Invented, medicine"), Line("Urgency", "soon")),
    sections=SECTIONS,
    not_recorded=("Examination and investigations", "Formulation"),
    signature=(Line("Author", "Dr A. Invented, medicine"), Line("Distribution", "Dr R. Heum")),
    period=Period(date(2026, 8, 31), date(2026, 11, 22)),
    logged="80 of 84 days logged",
    author="Dr A. Invented, medicine",
    made_on=date(2026, 11, 22),
)
SIGNED = replace(FULL, signed_at=NOW)
LETTER = replace(FULL, paper="letter", synthetic=False, template="gp_letter", title="Letter to the GP")
EMPTY = replace(FULL, sections=(), not_recorded=(), header=(), signature=())

HOSTILE_WORDS = f"{people.HOSTILE} =HYPERLINK(1) DDE {{ PAGE }} \u202eevil\u2069 \x1b[31m \ud800"
HOSTILE = replace(
    FULL,
    title=f"=1+1 {HOSTILE_WORDS}",
    patient_name="N" * 200 + HOSTILE_WORDS,
    record_number="../../etc #x\u202e",
    author="W" * 120,
    header=(Line("To " + "W" * 80, HOSTILE_WORDS),),
    sections=tuple(
        Section(
            "notes",
            f"=cmd {HOSTILE_WORDS}",
            (
                Paragraph(f"{HOSTILE_WORDS}\r\n{'W' * 600}", strong=True),
                Bullets((HOSTILE_WORDS, "", "W" * 300)),
                Pairs((Line(HOSTILE_WORDS, HOSTILE_WORDS), Line("", ""))),
                Table(
                    HOSTILE_WORDS,
                    tuple(f"{n} {'W' * 40}" for n in range(9)),
                    tuple(tuple("@SUM(1) " + "M" * 60 for _ in range(9)) for _ in range(4)),
                    numeric=(8,),
                ),
                replace(TYPICAL, alt=HOSTILE_WORDS, caption=HOSTILE_WORDS),
            ),
            HOSTILE_WORDS,
            HOSTILE_WORDS,
        )
        for _ in range(2)
    ),
    not_recorded=(HOSTILE_WORDS,),
)

_ROWS = tuple(
    (f"{day} Nov 2026", str(day % 11), "Slept badly; carried shopping. " * (day % 9 + 1)) for day in range(1, 31)
)
LONG = replace(
    FULL,
    sections=tuple(
        Section(
            "notes",
            f"Notes of month {month}",
            (
                Paragraph("A long story that goes on. " * 120),
                Table(f"Entries of month {month}", ("Day", "Pain", "Note"), _ROWS, (1,)),
                COURSE,
            ),
            "clinician-entered",
        )
        for month in range(1, 31)
    ),
)
TORN = replace(
    FULL,
    sections=(
        Section("notes", "Notes", (Table("One row", ("Day", "Note"), (("1 Nov 2026", "Long story. " * 900),)),)),
    ),
)

DOCUMENTS = {
    "full": FULL,
    "signed": SIGNED,
    "letter": LETTER,
    "empty": EMPTY,
    "hostile": HOSTILE,
    "long": LONG,
    "torn": TORN,
}
