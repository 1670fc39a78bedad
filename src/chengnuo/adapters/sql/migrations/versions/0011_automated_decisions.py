"""Automated decisions about individuals that were recorded."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "automated_decision",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("position", sa.BigInteger),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("personal", sa.Boolean, nullable=False),
        sa.Column("off", sa.Boolean, nullable=False),
        sa.Column("alarms", sa.Text, nullable=False),
    )
    op.create_index("automated_decision_person", "automated_decision", ["person", "at"])
    op.create_index("automated_decision_at", "automated_decision", ["at"])
    op.create_index("automated_decision_position", "automated_decision", ["position"])
