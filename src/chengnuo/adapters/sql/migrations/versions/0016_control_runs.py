"""Runs of the controls and the statuses of the pledge board, as an index of the log."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "control_run",
        sa.Column("position", sa.BigInteger, primary_key=True),
        sa.Column("control", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("looked_at", sa.BigInteger, nullable=False),
        sa.Column("wrong", sa.BigInteger, nullable=False),
        sa.Column("why", sa.Text),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("register", sa.Text, nullable=False),
        sa.Column("faults", sa.Text, nullable=False),
        sa.Column("newest", sa.Text, nullable=False),
    )
    op.create_index("control_run_at", "control_run", ["at"])
    op.create_table(
        "control_newest",
        sa.Column("control", sa.Text, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "board_status",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("duty", sa.Text, primary_key=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
    )
    op.create_index("board_status_position", "board_status", ["position"])
