"""Publications are recorded in the evidence log; nothing ever wrote these tables."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the tables away."""
    op.drop_table("published_file")
    op.drop_table("publication")
