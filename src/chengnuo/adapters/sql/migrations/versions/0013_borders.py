"""Whose information went abroad, as planes beside the log."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "border_state",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("at_most", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "border_plane",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("recipient", sa.Text, primary_key=True),
        sa.Column("sort", sa.String(16), primary_key=True),
        sa.Column("scene", sa.String(32), primary_key=True),
        sa.Column("chunk", sa.BigInteger, primary_key=True),
        sa.Column("people", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "border_alias",
        sa.Column("ordinal", sa.BigInteger, primary_key=True),
        sa.Column("root", sa.BigInteger, nullable=False),
    )
    op.create_index("border_alias_root", "border_alias", ["root"])
