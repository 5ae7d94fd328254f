"""Every query of this floor, asked of SQLite and of PostgreSQL holding the same clinic: equal answers.

A new function that takes a connection must be named here, or this file fails.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

import data_access
from clinical.diary import Period
from clinical.plan import Action, Formulation, Goal, Pinned, PlannedIntervention
from data_access import (
    access,
    access_tokens,
    asked,
    audit,
    batches,
    care_plan,
    caseload,
    column_mappings,
    cosigning,
    criteria,
    csv_export,
    demo,
    derived,
    diary,
    discussions,
    dose_table,
    drafts,
    engine,
    entries,
    entry_drafts,
    events,
    exchange_records,
    export_states,
    exports,
    facts,
    flares,
    form_drafts,
    ingest,
    marks,
    measure_drafts,
    measures,
    medication,
    meetings,
    my_work,
    note_search,
    notes,
    open_prompts,
    patients,
    plan,
    plan_records,
    prompt_answers,
    relief,
    row_numbers,
    safety,
    snapshots,
    undo,
    undo_judgements,
    undo_obstacles,
)
from data_access.batches import Reached
from data_access.caseload import CaseloadScope
from data_access.engine import connect_engine, reading, writing
from data_access.entries import Filled, Writer
from data_access.exports import Sent
from data_access.flares import Verdict
from data_access.importers.mapped_rules import ColumnMapping, Rule, Scale
from data_access.meetings import Meeting, Person
from data_access.notes import Author, Pins
from data_access.records import (
    DoseRecord,
    EntryRecord,
    MarkRecord,
    MeasureRecord,
    MedicationRecord,
    PatientBundle,
    PatientRecord,
)
from data_access.rows import put
from data_access.tables import diary_entries, metadata, pain_marks
from tests.data_access.made_up import ASSESSED, CLOSING, PROMPT_ANSWER, RED_FLAG
from tests.postgres import Postgres

END = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
PERIOD = Period(END - timedelta(days=60), END)
PLANNED_AT = datetime(2026, 1, 1, tzinfo=UTC)
WHO = Author(1, "Dr Ada Invented", "medicine")
PLANNER = plan.Writer(1, WHO.name, NOW, END)

TEAMS = (None, frozenset({1}), frozenset({1, 2}), frozenset[int]())
SEARCHED = ("SLEEP", "sle", "pain walk", '"after a poor night"', "%", "_", "50%", "schlafstörung", "second", "")

Ask = Callable[[Connection, int], object]

OF_A_PATIENT: dict[Callable[..., object], Ask] = {
    asked.answers: asked.answers,
    audit.listed: audit.listed,
    care_plan.actions: care_plan.actions,
    care_plan.allergies: care_plan.allergies,
    care_plan.conditions: care_plan.conditions,
    care_plan.has_goal: lambda conn, number: [care_plan.has_goal(conn, number, goal) for goal in (1, 99)],
    caseload.reasons: caseload.reasons,
    cosigning.cosigns: cosigning.cosigns,
    criteria.listed: criteria.listed,
    derived.without_batch: lambda conn, number: [derived.without_batch(conn, number, batch) for batch in (1, 2)],
    diary.any_broad: diary.any_broad,
    diary.chosen: lambda conn, number: diary.chosen(conn, number, [3, 1, 7]),
    diary.entries: lambda conn, number: (diary.entries(conn, number), diary.entries(conn, number, PERIOD)),
    diary.entry_maps: lambda conn, number: (
        diary.entry_maps(conn, number),
        diary.entry_maps(conn, number, period=PERIOD, only=marks.such(["aching"], [])),
    ),
    diary.further_answers: diary.further_answers,
    diary.load: lambda conn, number: (diary.load(conn, number), diary.load(conn, number, PERIOD)),
    diary.load_filtered: lambda conn, number: (
        diary.load_filtered(conn, number, qualities=["tender_to_touch", "burning"]),
        diary.load_filtered(conn, number, depths=["deep"], period=PERIOD),
        diary.load_filtered(conn, number, qualities=["stiff"], depths=["deep", "surface"]),
    ),
    diary.mark_details: lambda conn, number: (
        diary.mark_details(conn, number),
        diary.mark_details(conn, number, PERIOD),
    ),
    diary.undated: diary.undated,
    diary.undated_count: diary.undated_count,
    discussions.at_meeting: lambda conn, number: [
        sorted(discussions.at_meeting(conn, of, [number, 0]).items()) for of in (1, 2, 99)
    ],
    discussions.discussion: lambda conn, number: [discussions.discussion(conn, number, of) for of in (1, 2, 99)],
    discussions.discussions: discussions.discussions,
    entries.by_token: lambda conn, number: [entries.by_token(conn, number, token) for token in ("t1", "none", "")],
    entries.doses_on: lambda conn, number: (
        entries.doses_on(conn, number, END, but_of=0),
        entries.doses_on(conn, number, PERIOD.start, but_of=1),
    ),
    entries.last_map: lambda conn, number: entries.last_map(conn, number, END),
    entries.latest: lambda conn, number: (
        entries.latest(conn, number, 8),
        entries.latest(conn, number, 8, up_to=PERIOD.start),
    ),
    entries.one: lambda conn, number: [entries.one(conn, number, place) for place in (1, 99_999)],
    entry_drafts.corrections: lambda conn, number: entry_drafts.corrections(conn, number, 1),
    entry_drafts.draft: lambda conn, number: entry_drafts.draft(conn, number, 1),
    events.listed: events.listed,
    events.next_visit: lambda conn, number: events.next_visit(conn, number, END),
    events.records: events.records,
    exchange_records.of_patient: lambda conn, number: (
        exchange_records.of_patient(conn, number),
        exchange_records.of_patient(conn, number, PERIOD),
    ),
    export_states.listed: export_states.listed,
    exports.content: lambda conn, number: exports.content(conn, number, 1),
    exports.listed: exports.listed,
    flares.detected: flares.detected,
    flares.judged: flares.judged,
    flares.listed: flares.listed,
    flares.verdicts: flares.verdicts,
    marks.of_entries: lambda conn, number: (
        marks.of_entries(conn, number, [2, 3, 9], *pain_marks.c),
        marks.of_entries(conn, number, range(5, 900), *pain_marks.c),
    ),
    marks.packed: lambda conn, number: (
        marks.packed(conn, number, [3, 2, 9]),
        marks.packed(conn, number, range(5, 900), marks.such(["burning"], ["deep"])),
    ),
    drafts.forms: lambda conn, number: drafts.forms(conn, metadata.tables["measure_drafts"], number, 1),
    measure_drafts.draft: lambda conn, number: measure_drafts.draft(conn, number, 1, "PHQ-9"),
    measure_drafts.listed: lambda conn, number: measure_drafts.listed(conn, number, 1),
    measures.history: measures.history,
    measures.records: measures.records,
    measures.scores: measures.scores,
    medication.dose_records: medication.dose_records,
    dose_table.logged: dose_table.logged,
    medication.doses: lambda conn, number: medication.doses(conn, number, PERIOD),
    medication.listed: medication.listed,
    medication.records: medication.records,
    note_search.search: lambda conn, number: [note_search.search(conn, number, text) for text in SEARCHED],
    notes.draft: lambda conn, number: notes.draft(conn, number, 1),
    notes.listed: notes.listed,
    form_drafts.begun: lambda conn, number: form_drafts.begun(conn, [number, 0], ["goal:1", "goal:2"]),
    form_drafts.draft: lambda conn, number: form_drafts.draft(conn, number, 1, "goal:1"),
    form_drafts.listed: lambda conn, number: form_drafts.listed(conn, number, 1),
    plan.history: lambda conn, number: [
        plan.history(conn, number, kind, item) for kind in plan_records.KINDS for item in range(3)
    ],
    plan.load: plan.load,
    plan_records.items: lambda conn, number: [plan_records.items(conn, number, kind) for kind in plan_records.KINDS],
    plan_records.one: lambda conn, number: [plan_records.one(conn, number, "goal", goal) for goal in (0, 1, 99)],
    plan_records.overdue: lambda conn, number: plan_records.overdue(conn, number, END),
    plan_records.ratings: plan_records.ratings,
    prompt_answers.listed: prompt_answers.listed,
    relief.logged: relief.logged,
    row_numbers.last_given: lambda conn, number: row_numbers.last_given(conn, number, diary_entries.c.entry_id),
    safety.closures: safety.closures,
    open_prompts.listed: lambda conn, number: open_prompts.listed(conn, number, END),
    patients.care_team: patients.care_team,
    patients.head: patients.head,
    patients.heads: lambda conn, number: sorted(patients.heads(conn, [number, 0]).items()),
    patients.find_by_link: lambda conn, number: patients.find_by_link(conn, head(conn, number).link_id),
    patients.find_by_record: lambda conn, number: patients.find_by_record(conn, head(conn, number).record_number),
    snapshots.last_review: snapshots.last_review,
    undo_judgements.judgements: lambda conn, number: list(undo_judgements.judgements(conn, laid(conn, number))),
    undo_judgements.pressing_scores: lambda conn, number: undo_judgements.pressing_scores(conn, laid(conn, number)),
    undo_obstacles.laid: lambda conn, number: laid(conn, number),
    undo_obstacles.of_a_person: lambda conn, number: list(undo_obstacles.of_a_person(conn, laid(conn, number))),
    undo_obstacles.pointing: lambda conn, number: list(undo_obstacles.pointing(conn, laid(conn, number))),
}


def laid(conn: Connection, number: int) -> undo_obstacles.Laid:
    return undo_obstacles.laid(conn, 1, PLANNED_AT, Reached(number))


OF_THE_CLINIC: dict[Callable[..., object], Callable[[Connection], object]] = {
    access.team_name: lambda conn: [access.team_name(conn, number) for number in (1, 2, 99, None)],
    access.teams: access.teams,
    access.user: lambda conn: [access.user(conn, number) for number in range(1, 12)],
    access.users: access.users,
    access_tokens.find: lambda conn: [access_tokens.find(conn, secret) for secret in ("a secret", "another", "")],
    access_tokens.listed: access_tokens.listed,
    audit.verify: audit.verify,
    batches.brought: batches.brought,
    batches.listed: lambda conn: (batches.listed(conn), batches.listed(conn, only=[2, 99])),
    batches.reached_by_bytes: lambda conn: [batches.reached_by_bytes(conn, each * 64) for each in "0a"],
    batches.reached: lambda conn: [batches.reached(conn, number) for number in (1, 2, 99)],
    batches.teams: batches.teams,
    batches.undos: batches.undos,
    caseload.anybody: lambda conn: [
        caseload.anybody(conn, CaseloadScope(user, teams))
        for user in (None, 2, 99)
        for teams in (None, frozenset({1}), frozenset[int]())
    ],
    caseload.page: lambda conn: [
        caseload.page(conn, CaseloadScope(user, teams), reason, text, page, 10)
        for user in (None, 2)
        for teams in (None, frozenset({1}))
        for reason in (None, "steady")
        for text in ("", "sam")
        for page in (0, 1)
    ],
    column_mappings.remembered: lambda conn: [
        column_mappings.remembered(conn, header) for header in (("Datum", "Schmerz"), ("datum", " SCHMERZ"), ("Datum",))
    ],
    csv_export.archive: lambda conn: csv_export.archive(conn, [head(conn, n) for n in patients.numbers(conn)]),
    facts.get: lambda conn: facts.get(conn, "synthetic"),
    facts.is_synthetic: facts.is_synthetic,
    engine.current_migration: engine.current_migration,
    meetings.get: lambda conn: [meetings.get(conn, number) for number in (1, 2, 99)],
    meetings.listed: lambda conn: [meetings.listed(conn, teams) for teams in TEAMS],
    my_work.actions_of: lambda conn: [
        my_work.actions_of(conn, user, teams) for user in range(1, 12) for teams in TEAMS
    ],
    my_work.cosigns_awaited: lambda conn: [
        my_work.cosigns_awaited(conn, user, teams) for user in range(1, 12) for teams in TEAMS
    ],
    my_work.drafts_of: lambda conn: [my_work.drafts_of(conn, user, teams) for user in range(1, 12) for teams in TEAMS],
    my_work.undecided: lambda conn: [my_work.undecided(conn, teams) for teams in TEAMS],
    undo.pressing: lambda conn: [undo.pressing(conn, batch.batch_id) for batch in batches.listed(conn)],
    undo.obstacles: lambda conn: [undo.obstacles(conn, batch.batch_id) for batch in batches.listed(conn)],
    patients.any_imported: patients.any_imported,
    patients.numbers: patients.numbers,
    patients.search: lambda conn: [
        patients.search(conn, text, teams)
        for text in ("sa", "SAMPLE", "fb-0000", "invent", "é", "%", "_", "zzz")
        for teams in (None, frozenset({1}), frozenset[int]())
    ],
}


def change_everything(conn: Connection) -> None:
    """One of each write, in a fixed order."""
    team = access.add_team(conn, "Second team")
    user = access.add_user(conn, "Noor Invented", "clinician", discipline="pharmacy", teams=frozenset({team}))
    until = NOW + timedelta(days=30)
    opened = access_tokens.add(conn, "a secret", label="Schlüssel", user_id=user, now=NOW, expires_at=until)
    access_tokens.add(conn, "another", label="GP", user_id=user, now=NOW, expires_at=until)
    access_tokens.revoke(conn, opened, now=NOW)
    batch = batches.start(conn, file_name="a.csv", sha256="0" * 64, format="flareboard_csv", user_id=user, now=NOW)
    person = PatientRecord("FB-90001", "Sample", "Øyvind", date(1970, 2, 28), "other", synthetic=True)
    marks = (MarkRecord("b_lumbar_l", 6, ("aching",), "deep"), MarkRecord("f_knee_r", None))
    entries = tuple(EntryRecord(END - timedelta(days=n), "08:00", pain=4.0 + n % 3, marks=marks) for n in range(20))
    bundle = PatientBundle(person, "flareboard_csv", entries=(*entries, EntryRecord(None, pain=3.0)), team_id=team)
    added = ingest.add(conn, bundle, batch_id=batch, now=NOW, as_of=END)
    batches.finish(conn, batch, report=added.added, now=NOW)
    number = added.patient_id
    engine.lock_patient(conn, number)
    access.join_care_team(conn, number, frozenset({user}))
    patients.create(conn, PatientRecord("FB-90002", "Sample"), team, "link-of-90002", NOW)
    draft = notes.save_draft(conn, number, 1, text="First.", pin=PERIOD, expected_revision=0, now=NOW)
    note = notes.sign(conn, number, WHO, expected_revision=draft.revision, now=NOW)
    again = notes.save_draft(
        conn, number, 1, text="Second.", pin=None, amends=note.note_id, expected_revision=0, now=NOW
    )
    notes.sign(
        conn, number, WHO, amends=note.note_id, reason="a slip", expected_revision=again.revision, ask=[user], now=NOW
    )
    countersign_and_look(conn, number, note.note_id, user)
    other = notes.save_draft(conn, number, 2, text="Gone.", pin=None, expected_revision=0, now=NOW)
    notes.discard_draft(conn, number, 2, expected_revision=other.revision)
    sent = Sent("pdf", "summary.pdf", "Rheumatology", PERIOD, b"%PDF-1.7")
    exports.store(conn, number, sent, user_id=1, now=NOW)
    letter = replace(sent, template="gp_letter", asked='{"question":"Why?"}', signed_by="Dr T")
    exports.store_together(conn, number, [letter, replace(letter, format="text", content=b"")], user_id=1, now=NOW)
    gone = export_states.NewState(2, "withdrawn", reason="wrong recipient")
    export_states.add(conn, number, gone, user_id=1, user_name="Dr T", now=NOW)
    caseload.mark_reviewed(conn, number, user, now=NOW, as_of=END)
    caseload.undo_review(conn, number, user, now=NOW, as_of=END)
    fill_in_entries(conn, number)
    assess_and_treat(conn, number)
    audit.hold(conn, number)
    audit.record(conn, user_id=user, role="clinician", action="view summary", patient_id=number, now=NOW)
    facts.put(conn, "a fact", "kept")
    explained = ColumnMapping((Rule("Datum", "date", dates="dmy"), Rule("Schmerz", "pain", scale=Scale(1, 5))))
    column_mappings.remember(conn, explained, expected_revision=0, user_id=user, user_name="Noor", now=NOW)
    column_mappings.remember(conn, explained, expected_revision=1, user_id=user, user_name="Noor", now=NOW)
    agree_on_a_plan(conn, number)
    confer(conn, number, team)
    take_an_import_back(conn, bundle)
    judge_and_refresh(conn)


def take_an_import_back(conn: Connection, bundle: PatientBundle) -> None:
    """An import about two people, one of them new, that is taken back as a whole."""
    batch = batches.start(conn, file_name="b.csv", sha256="1" * 64, format="flareboard_csv", user_id=1, now=NOW)
    entries_of = tuple(EntryRecord(END - timedelta(days=n), "21:00", pain=6.5) for n in range(400, 420))
    other = replace(bundle, patient=PatientRecord("FB-90003", "Sample", "Ödön"), entries=bundle.entries[:3])
    for each in (replace(bundle, entries=entries_of), other):
        ingest.add(conn, each, batch_id=batch, now=NOW, as_of=END)
    undo.undo(conn, batch, reason="wrong file — sorry", user_id=1, user_name=WHO.name, now=NOW, as_of=END)


def countersign_and_look(conn: Connection, number: int, note_id: int, user: int) -> None:
    """A note pinned to everything, one signed as a text, a countersignature, and two looks."""
    pins = Pins(flare=END, goal=1, region="b_lumbar_l")
    about = {"template": "assessment", "pins": pins, "text": "50% better: Schlafstörung — ÉTÉ, _low_ back"}
    notes.save_draft(conn, number, 3, pin=None, expected_revision=0, now=NOW, **about)  # type: ignore[arg-type]
    notes.sign(conn, number, replace(WHO, user_id=3), expected_revision=1, now=NOW)
    notes.sign_text(conn, number, WHO, text="Discussed today.", template="case_review", meeting_id=1, now=NOW)
    cosigning.request(conn, number, note_id, 2, ask=[user, 1, 2], asked_by=1, now=NOW)
    noor = Author(user, "Noor Invented", "pharmacy")
    cosigning.cosign(conn, number, note_id, 2, author=noor, remark="agreed", now=NOW)
    notes.look(conn, number, user, NOW)
    notes.look(conn, number, user, NOW + timedelta(hours=1))


def confer(conn: Connection, number: int, team: int) -> None:
    """A case review that decides about nobody, and one to come in another order."""
    people = (Person(1, WHO.name, "medicine", "present"), Person(None, "Guest"))
    held = meetings.save(conn, Meeting(0, team, END, "Case review", people=people), PLANNER)
    coming = meetings.save(conn, Meeting(0, team, END + timedelta(days=14), "Fallbesprechung"), PLANNER)
    meetings.save(conn, replace(coming, people=people[:1]), PLANNER)
    second = patients.find_by_record(conn, "FB-90002")
    assert second is not None
    for meeting in (held, coming):
        meetings.start(conn, held.meeting_id, PLANNER)
        for each in (number, second.patient_id):
            meetings.queue(conn, meeting.meeting_id, each, "What next?", PLANNER)
    meetings.move(conn, coming.meeting_id, second.patient_id, -1, PLANNER)
    said = discussions.discussion(conn, number, held.meeting_id)
    assert said is not None
    discussions.record(
        conn, number, replace(said, status="discussed", discussion="Ä long talk", decision=" \n"), PLANNER
    )
    discussions.spend(conn, number, held.meeting_id, 240)
    meetings.unqueue(conn, coming.meeting_id, number, PLANNER)
    meetings.close(conn, held.meeting_id, PLANNER)


def agree_on_a_plan(conn: Connection, number: int) -> None:
    """A formulation, a goal that is changed and rated, an intervention, drafts of their forms."""
    plan.save(conn, number, Formulation(matters="Zur Enkelin — ohne Pause"), writer=PLANNER)
    evidence = Pinned(PERIOD, "region", "b_lumbar_l")
    goal = plan.save(conn, number, Goal("Swim", "lengths", 0.0, 12.5, review=PERIOD.start), writer=PLANNER)
    plan.save(conn, number, replace(goal, evidence=evidence, importance=3), writer=PLANNER, reason="at review")
    plan.rate(conn, number, goal.goal_id, level=1, day=END, remark="10 lengths", writer=PLANNER)
    plan.save(conn, number, PlannedIntervention("pacing", status="active", review=PERIOD.start), writer=PLANNER)
    plan.save(conn, number, Action("Book the pool", due=END, goal_id=goal.goal_id), writer=PLANNER)
    for author, form in ((1, "goal:1"), (1, "action:0"), (2, "goal:1")):
        form_drafts.save_draft(conn, number, author, form, content="{}", expected_revision=0, now=NOW)
    form_drafts.save_draft(conn, number, 1, "goal:1", content='{"title": "Swim"}', expected_revision=1, now=NOW)
    form_drafts.discard_draft(conn, number, 2, "goal:1")


def fill_in_entries(conn: Connection, number: int) -> None:
    """An entry that is corrected, one that is withdrawn, and drafts of two."""
    who = Writer(1, NOW, END)
    dose = DoseRecord(END, "paracetamol", taken=True, at_time="21:00", dose=1000.0, unit="mg", as_needed=True)
    said = EntryRecord(
        END, "21:00", pain=6.0, tenderness=2.0, weather=("cold", "damp"), marks=(MarkRecord("f_hip_l", 4),)
    )
    first = entries.add(conn, number, Filled(said, (dose,), "t1"), who)
    corrected = Filled(replace(said, pain=3.0), (replace(dose, dose=500.0),), "t2")
    entries.correct(conn, number, first.entry_id, corrected, reason="misheard", writer=who)
    other = entries.add(conn, number, Filled(replace(said, at_time="22:00"), (), "t3"), who)
    entries.withdraw(conn, number, other.entry_id, reason="somebody else", writer=who)
    entry_drafts.save_draft(conn, number, 1, content="{}", expected_revision=0, now=NOW)
    entry_drafts.save_draft(conn, number, 1, content='{"pain": 3}', expected_revision=1, now=NOW)
    entry_drafts.save_draft(conn, number, 2, content="{}", expected_revision=0, now=NOW)
    entry_drafts.discard_draft(conn, number, 2)
    measure_drafts.save_draft(conn, number, 1, "PHQ-9", content="{}", expected_revision=0, now=NOW)
    measure_drafts.save_draft(conn, number, 1, "PHQ-9", content='{"item_1": 3}', expected_revision=1, now=NOW)
    measure_drafts.save_draft(conn, number, 1, "FIQR", content="{}", expected_revision=0, now=NOW)
    measure_drafts.save_draft(conn, number, 2, "PHQ-9", content="{}", expected_revision=0, now=NOW)
    measure_drafts.discard_draft(conn, number, 2, "PHQ-9")


def assess_and_treat(conn: Connection, number: int) -> None:
    """Answers, closings, assessments, scores and medicines, with what takes them back."""
    who = Writer(1, NOW, END)
    asked.give(conn, number, [RED_FLAG, replace(RED_FLAG, question="onset_age", answer="41")], user_id=1, as_of=END)
    safety.close(conn, number, CLOSING, user_id=1, as_of=END)
    prompt_answers.give(conn, number, PROMPT_ANSWER, user_id=1, as_of=END)
    first = criteria.record(conn, number, ASSESSED, user_id=1, as_of=END)
    criteria.record(conn, number, replace(ASSESSED, replaces=first, months=None), user_id=1, as_of=END)
    phq = MeasureRecord(END, "PHQ-9", 5.0, items=(1.0, None, *([0.0] * 6), 1.0))
    wrong = measures.enter(conn, number, phq, writer=who, version="2026-11-22", token="m1")
    measures.withdraw(conn, number, wrong, reason="wrong person", writer=who)
    measures.enter(conn, number, replace(phq, score=6.0), writer=who)
    medication.add(conn, number, MedicationRecord("ibuprofen", "M01AE01", dose=400.0, unit="mg"), writer=who)
    medication.add(conn, number, MedicationRecord("tramadol", start_day=END), writer=who, token="d1")
    running = medication.listed(conn, number)[0]
    medication.stop(conn, number, running, end=END, reason="stomach", writer=who)


def judge_and_refresh(conn: Connection) -> None:
    """A verdict, an action that came in done, and every derived row of a patient made anew."""
    flaring = next(number for number in patients.numbers(conn) if flares.detected(conn, number))
    start = flares.detected(conn, flaring)[0].start
    flares.give_verdict(conn, flaring, Verdict(start, "not_a_flare", "infection", None, None, 1, NOW))
    acting = next(number for number in patients.numbers(conn) if plan.load(conn, number).actions)
    action = plan.load(conn, acting).actions[0]
    plan.save(conn, acting, replace(action, status="done", done=END), writer=PLANNER)
    derived.refresh(conn, flaring, END)
    flares.store(conn, flaring, flares.detected(conn, flaring))
    snapshots.refresh(conn, flaring, END)
    patients.changed(conn, flaring)


WRITES = {
    column_mappings.remember,
    access.add_team, access.add_user, access.join_care_team, access_tokens.add, access_tokens.revoke, asked.give,
    audit.hold, audit.record, batches.finish,
    batches.reach, batches.require_standing, batches.start, undo.undo,
    caseload.mark_reviewed, caseload.undo_review, cosigning.cosign,
    cosigning.request, criteria.record,
    derived.refresh,
    drafts.discard_form, drafts.save, drafts.save_form, engine.lock_patient,
    discussions.record, discussions.spend,
    entries.add, entries.correct, entries.withdraw, entry_drafts.discard_draft, entry_drafts.save_draft,
    export_states.add, exports.store, exports.store_together,
    facts.put, flares.give_verdict, flares.store, ingest.add, measure_drafts.discard_draft,
    measure_drafts.save_draft, measures.enter, measures.withdraw,
    medication.add, medication.stop, meetings.close, meetings.move, meetings.queue, meetings.save, meetings.start,
    meetings.unqueue, notes.discard_draft, notes.save_draft,
    note_search.index, notes.look, notes.sign, notes.sign_text, form_drafts.discard_draft, form_drafts.save_draft,
    plan.rate, plan.save,
    patients.changed, patients.create, prompt_answers.give, put, safety.close, snapshots.refresh,
}  # fmt: skip


def head(conn: Connection, number: int) -> patients.PatientHead:
    found = patients.head(conn, number)
    assert found is not None
    return found


def plain(value: object) -> object:
    """The value with arrays and dataclasses opened, so that == compares what they hold and NaN equals NaN."""
    if isinstance(value, np.ndarray):
        return (str(value.dtype), value.shape, value.tobytes() if value.dtype != object else repr(value.tolist()))
    if is_dataclass(value) and not isinstance(value, type):
        return (type(value).__name__, *(plain(getattr(value, field.name)) for field in fields(value)))
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return repr(value) if isinstance(value, float) else value


def rows(conn: Connection) -> dict[str, list[object]]:
    """Every row of every table, in key order; links are drawn at random and left out."""
    found = {}
    for table in metadata.sorted_tables:
        columns = [column for column in table.columns if column.name != "link_id"]
        query = sa.select(*columns).order_by(*table.primary_key.columns)
        found[table.name] = [plain(tuple(map(_without_link, row))) for row in conn.execute(query)]
    return found


def _without_link(value: object) -> object:
    """The value; of a removed row that is kept as text, without the link that was drawn for it."""
    return re.sub(r'"link_id": "[0-9a-f]{32}"', '"link_id": ""', value) if isinstance(value, str) else value


@pytest.fixture(scope="module")
def twins(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Engine]]:
    """The same synthetic clinic on both engines."""
    urls = (f"sqlite:///{tmp_path_factory.mktemp('twin') / 'twin.db'}", postgres.create(template="migrated"))
    made = tuple(connect_engine(url) for url in urls)
    for one in made:
        engine.migrate(one)
        demo.fill(one, patients=14, days=150, seed=3, end=END, now=NOW)
    yield made[0], made[1]
    for one in made:
        one.dispose()


def on_both(twins: tuple[Engine, Engine], ask: Callable[[Connection], object]) -> list[object]:
    answers = []
    for one in twins:
        with reading(one) as conn:
            answers.append(plain(ask(conn)))
    return answers


def test_the_same_clinic_gives_the_same_rows(twins: tuple[Engine, Engine]) -> None:
    sqlite, postgresql = on_both(twins, rows)
    assert sqlite == postgresql


@pytest.mark.parametrize("query", OF_A_PATIENT, ids=lambda query: f"{query.__module__}.{query.__name__}")
def test_a_query_about_a_patient_answers_alike(twins: tuple[Engine, Engine], query: Callable[..., Any]) -> None:
    ask = OF_A_PATIENT[query]
    sqlite, postgresql = on_both(twins, lambda conn: [ask(conn, number) for number in patients.numbers(conn)])
    assert without_links(sqlite) == without_links(postgresql)
    assert sqlite


@pytest.mark.parametrize("query", OF_THE_CLINIC, ids=lambda query: f"{query.__module__}.{query.__name__}")
def test_a_query_about_the_clinic_answers_alike(twins: tuple[Engine, Engine], query: Callable[..., Any]) -> None:
    sqlite, postgresql = on_both(twins, OF_THE_CLINIC[query])
    assert without_links(sqlite) == without_links(postgresql)


def without_links(value: object) -> object:
    """The answer without the opaque links of patients, which each database draws at random."""
    if isinstance(value, list | tuple):
        parts = list(value)
        if parts and parts[0] in ("PatientHead", "CaseloadRow"):
            parts = [part for part in parts if not (isinstance(part, str) and len(part) > 15)]
        return [without_links(part) for part in parts]
    return value


def test_every_write_leaves_the_same_rows(twins: tuple[Engine, Engine]) -> None:
    for one in twins:
        with writing(one) as conn:
            if patients.find_by_record(conn, "FB-90001") is None:
                change_everything(conn)
    sqlite, postgresql = on_both(twins, rows)
    assert sqlite == postgresql


def test_no_query_is_forgotten() -> None:
    known: set[object] = {*OF_A_PATIENT, *OF_THE_CLINIC, *WRITES}
    forgotten = []
    for module in pkgutil.iter_modules(data_access.__path__, "data_access."):
        for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            takes = list(inspect.signature(function).parameters)[:1]
            public = function.__module__ == module.name and not name.startswith("_")
            if public and takes == ["conn"] and function not in known:
                forgotten.append(f"{module.name}.{name}")
    assert forgotten == []
