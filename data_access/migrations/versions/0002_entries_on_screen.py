"""Entries filled in on screen: tenderness and weather, who typed it, drafts, corrections; closed entries stay as is."""

from alembic import op

from data_access.migrations.schema_0002 import guards, logged

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    logged.add_columns()
    logged.entry_changes()
    logged.entry_drafts()
    for statement in guards.create(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for statement in guards.drop(op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_table("entry_drafts")
    op.drop_table("entry_changes")
    logged.drop_columns()
