"""Holds with who set and lifted them; nothing could set one before, so none is carried over."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table anew."""
    op.drop_table("rights_hold")
    op.create_table(
        "rights_hold",
        sa.Column("id", sa.String(24), primary_key=True),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("of_table", sa.Text, nullable=False),
        sa.Column("reason_zh", sa.Text, nullable=False),
        sa.Column("reason_en", sa.Text),
        sa.Column("until", sa.BigInteger),
        sa.Column("secret", sa.Integer, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("set_by", sa.String(24), nullable=False),
        sa.Column("lifted_at", sa.BigInteger),
        sa.Column("lifted_by", sa.String(24), nullable=False),
        sa.Column("settled", sa.Integer, nullable=False),
    )
    op.create_index("rights_hold_person", "rights_hold", ["person"])
