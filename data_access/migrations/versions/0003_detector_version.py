"""Which version of the detector found a patient's flares, so that those of an earlier one are found anew."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("patient_snapshots", sa.Column("detector", sa.SmallInteger(), server_default="0", nullable=False))


def downgrade() -> None:
    op.execute("ALTER TABLE patient_snapshots DROP COLUMN detector")
