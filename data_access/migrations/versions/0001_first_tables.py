"""Everything the first version stores, and the guard of the append-only tables."""

from alembic import op

from data_access import triggers
from data_access.migrations.schema_0001 import clinic, derived, logged, people, record

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (  # a table comes after those its foreign keys point to
    people.patients,
    people.care_team_members,
    clinic.care_teams,
    clinic.users,
    clinic.team_members,
    clinic.import_batches,
    clinic.exports,
    clinic.audit_events,
    clinic.audit_heads,
    clinic.facts,
    logged.diary_entries,
    logged.pain_marks,
    logged.medications,
    logged.doses,
    logged.measures,
    logged.events,
    record.conditions,
    record.allergies,
    record.goals,
    record.actions,
    record.notes,
    record.note_drafts,
    record.reviews,
    record.flare_verdicts,
    derived.flares,
    derived.patient_days,
    derived.patient_snapshots,
)


def upgrade() -> None:
    for create_table in TABLES:
        create_table()
    for statement in triggers.create(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for statement in triggers.drop(op.get_bind().dialect.name):
        op.execute(statement)
    for create_table in reversed(TABLES):
        op.drop_table(create_table.__name__)
