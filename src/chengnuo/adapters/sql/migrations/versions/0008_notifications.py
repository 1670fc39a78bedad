"""Notifications that wait, and how requests looked; nobody is told again of those there are."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "rights_notification",
        sa.Column("id", sa.String(96), primary_key=True),
        sa.Column("body", sa.LargeBinary),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("next_at", sa.BigInteger),
        sa.Column("lost", sa.Integer, nullable=False),
    )
    op.create_index("rights_notification_next", "rights_notification", ["next_at"])
    op.create_table(
        "rights_look",
        sa.Column("request", sa.String(24), primary_key=True),
        sa.Column("stage", sa.String(24)),
        sa.Column("body", sa.LargeBinary),
    )
    op.create_index("rights_look_stage", "rights_look", ["stage"])
    op.execute("INSERT INTO rights_look (request) SELECT id FROM rights_request")
