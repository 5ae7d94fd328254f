"""The kinds of document a clinician can send, the sections each may hold, and those it holds unless told otherwise.

Sections and their short set follow clinical reference 9.4 [P]; their LOINC codes 9.2 and 9.3, '' where it names none.
The short set of every referral holds what its first page has to answer alone, what was tried and the scores included.
Minimum necessary: the short set of a template is the default, and the clinician chooses what goes beyond it.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SectionKind:
    """A section that documents may have. `always`: it cannot be left out."""

    code: str
    title: str
    loinc: str = ""
    always: bool = False


SECTIONS: Mapping[str, SectionKind] = {
    kind.code: kind
    for kind in (
        SectionKind("reason", "Reason for referral and question", "42349-1", always=True),
        SectionKind("red_flags", "Red flags and safety", "104605-1", always=True),
        SectionKind("allergies", "Allergies and adverse reactions", "48765-2", always=True),
        SectionKind("diagnoses", "Diagnoses", "11450-4"),
        SectionKind("matters", "What matters to the patient", "81338-6"),
        SectionKind("pain", "Pain now"),
        SectionKind("criteria", "Widespread pain and symptom severity"),
        SectionKind("course", "Course and flares"),
        SectionKind("daily_life", "Sleep, stress, mood, fatigue and stiffness"),
        SectionKind("associations", "What went with more or less pain"),
        SectionKind("measures", "Questionnaires", "30954-2"),
        SectionKind("medication", "Medicines", "10160-0"),
        SectionKind("treatments", "Treatment tried without medicines", "47519-4"),
        SectionKind("pointers", "Pointers to other conditions"),
        SectionKind("examination", "Examination and investigations"),
        SectionKind("plan", "Goals, plan and who does what", "18776-5"),
        SectionKind("assessment", "Formulation", "51848-0"),
        SectionKind("notes", "Clinicians' notes"),
        SectionKind("data_notes", "About these data", always=True),
    )
}
"""In the order they are printed."""


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of document. `summary`: its first page is the one-page summary; `plain`: written to the patient."""

    code: str
    title: str
    short: tuple[str, ...]
    summary: bool = True
    plain: bool = False


_CORE = (
    "reason",
    "red_flags",
    "allergies",
    "diagnoses",
    "matters",
    "pain",
    "course",
    "measures",
    "medication",
    "treatments",
    "plan",
    "data_notes",
)

TEMPLATES: Mapping[str, Template] = {
    each.code: each
    for each in (
        Template("referral_pain", "Referral to a pain service", _CORE),
        Template("rheumatology", "Referral to rheumatology", (*_CORE, "criteria", "pointers")),
        Template("physiotherapy", "Referral to physiotherapy", (*_CORE, "daily_life")),
        Template("psychology", "Referral to psychology", (*_CORE, "assessment", "daily_life")),
        Template(
            "gp_letter",
            "Letter to the general practitioner",
            ("reason", "red_flags", "allergies", "diagnoses", "course", "medication", "plan", "data_notes"),
            summary=False,
        ),
        Template(
            "patient_copy",
            "Copy for the patient",
            ("reason", "red_flags", "allergies", "matters", "course", "medication", "treatments", "plan", "data_notes"),
            summary=False,
            plain=True,
        ),
    )
}
