"""Minors are found by their date of birth, not by looking at everybody."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("individual_birth_date", "individual", ["birth_date"])
