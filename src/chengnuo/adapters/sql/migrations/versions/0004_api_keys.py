"""API keys: which there are, the hashes of their secrets, and acts that wait to be recorded."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "api_key",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger),
        sa.Column("revoked_at", sa.BigInteger),
    )
    op.create_table(
        "api_key_secret",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("key", sa.String(40), sa.ForeignKey("api_key.id"), nullable=False),
        sa.Column("valid_until", sa.BigInteger),
    )
    op.create_index("api_key_secret_key", "api_key_secret", ["key"])
    op.create_table(
        "api_key_act",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("by", sa.String(24), nullable=False),
    )
