"""What clinicians ask, assess, answer and close; scores that are withdrawn and medicines that are stopped on screen."""

from alembic import op

from data_access.migrations.schema_0004 import assessed, guards

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = (
    assessed.asked_answers,
    assessed.safety_closures,
    assessed.prompt_answers,
    assessed.criteria_assessments,
    assessed.measure_changes,
    assessed.medication_stops,
)


def upgrade() -> None:
    assessed.add_columns()
    for create_table in TABLES:
        create_table()
    for statement in guards.create(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for statement in guards.drop(op.get_bind().dialect.name):
        op.execute(statement)
    for create_table in reversed(TABLES):
        op.drop_table(create_table.__name__)
    assessed.drop_columns()
