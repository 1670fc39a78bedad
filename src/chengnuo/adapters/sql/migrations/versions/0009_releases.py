"""Releases of apps that were submitted to the gate."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "app_release",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("app", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("submitted_by", sa.Text, nullable=False),
        sa.Column("submitted_at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("result", sa.Text),
        sa.Column("decision", sa.Text),
    )
    op.create_index("app_release_state", "app_release", ["state", "submitted_at"])
    op.create_index("app_release_app", "app_release", ["app", "state", "changed_at"])
