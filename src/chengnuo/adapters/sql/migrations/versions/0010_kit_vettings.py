"""Vettings of kits: submitted packages of SDKs, and the withdrawals of what was approved."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "kit_vetting",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("asks", sa.String(16), nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("submitted_by", sa.Text, nullable=False),
        sa.Column("submitted_at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("result", sa.Text),
        sa.Column("ruling", sa.Text),
        sa.Column("withdraws", sa.String(16)),
        sa.Column("why", sa.Text, nullable=False),
    )
    op.create_index("kit_vetting_state", "kit_vetting", ["state", "submitted_at"])
