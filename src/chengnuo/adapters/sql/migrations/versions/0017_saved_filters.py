"""How lists of the console were narrowed, kept under names."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.String(24), primary_key=True),
        sa.Column("owner", sa.String(24), nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
    )
    op.create_index("saved_filter_owner", "saved_filter", ["owner"])
