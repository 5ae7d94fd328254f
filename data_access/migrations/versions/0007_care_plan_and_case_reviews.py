"""The care plan with its history, notes that are searched and countersigned, case reviews."""

from alembic import op

from data_access.migrations.schema_0007 import conferring, guards, planning, searched

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = (
    planning.formulations,
    planning.plan_interventions,
    planning.goal_ratings,
    planning.plan_changes,
    planning.form_drafts,
    conferring.note_words,
    conferring.cosign_requests,
    conferring.cosignatures,
    conferring.note_looks,
    conferring.meetings,
    conferring.meeting_people,
    conferring.meeting_queue,
    conferring.case_discussions,
)
ADDED = planning.ADDED | conferring.ADDED


def upgrade() -> None:
    for table, columns in ADDED.items():
        for column in columns():
            op.add_column(table, column)
    op.create_index("ix_actions_owner", "actions", ["owner_user_id", "patient_id"])
    for create_table in TABLES:
        create_table()
    searched.fill(op.get_bind())
    for statement in guards.create(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for statement in guards.drop(op.get_bind().dialect.name):
        op.execute(statement)
    for create_table in reversed(TABLES):
        op.drop_table(create_table.__name__)
    op.drop_index("ix_actions_owner", "actions")
    for table, columns in ADDED.items():
        for column in reversed(columns()):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.name}")
