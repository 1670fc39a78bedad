"""Dossiers of the remaining duties, and the acts in them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "dossier",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("sort", sa.String(32), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("handed_in", sa.String(64), nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("final_at", sa.BigInteger),
        sa.Column("due_at", sa.BigInteger),
    )
    op.create_index("dossier_sort", "dossier", ["sort", "final_at", "due_at"])
    op.create_index("dossier_person", "dossier", ["person"])
    op.create_index("dossier_handed_in", "dossier", ["handed_in"])
    op.create_table(
        "dossier_act",
        sa.Column("dossier", sa.String(16), sa.ForeignKey("dossier.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("party", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("single_person", sa.Boolean, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("position", sa.BigInteger),
    )
    op.create_index("dossier_act_position", "dossier_act", ["position"])
