"""Imports that can be taken back, remembered mappings, documents with what became of them, tokens of programs."""

from alembic import op

from data_access.migrations.schema_0008 import exchange, guards

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = (
    exchange.batch_patients,
    exchange.import_undos,
    exchange.column_mappings,
    exchange.export_states,
    exchange.access_tokens,
)


def upgrade() -> None:
    for table, columns in exchange.ADDED.items():
        for column in columns():
            op.add_column(table, column)
    for create_table in TABLES:
        create_table()
    exchange.moments_of_entries(apart=True)
    for statement in guards.create(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for statement in guards.drop(op.get_bind().dialect.name):
        op.execute(statement)
    exchange.moments_of_entries(apart=False)
    for create_table in reversed(TABLES):
        op.drop_table(create_table.__name__)
    for table, columns in exchange.ADDED.items():
        for column in reversed(columns()):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.name}")
