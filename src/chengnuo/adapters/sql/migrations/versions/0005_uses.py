"""What was done with information and what was shown, so that it can be counted."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "use_state",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "use_person",
        sa.Column("ordinal", sa.BigInteger, primary_key=True),
        sa.Column("person", sa.String(64), nullable=False, unique=True),
        sa.Column("deletion", sa.BigInteger),
    )
    op.create_table(
        "use_record",
        sa.Column("position", sa.BigInteger, primary_key=True),
        sa.Column("ordinal", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("activity", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("register", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(8), nullable=False),
        sa.Column("rules", sa.Text, nullable=False),
        sa.Column("categories", sa.Text),
        sa.Column("consents", sa.Text, nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
        sa.Column("started", sa.Boolean, nullable=False),
        sa.Column("age", sa.String(8), nullable=False),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.Column("permitted", sa.BigInteger, nullable=False),
    )
    op.create_index("use_record_of", "use_record", ["ordinal", "at"])
    op.create_index("use_record_kind", "use_record", ["kind", "at"])
