"""When a score came on record here: a safety item closed before is none of that score's."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("measures", sa.Column("recorded_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.execute("ALTER TABLE measures DROP COLUMN recorded_at")
