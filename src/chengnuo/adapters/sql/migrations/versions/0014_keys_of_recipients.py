"""API keys that belong to a recipient of the register."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; keys that there are belong to the operator."""
    op.add_column("api_key", sa.Column("recipient", sa.Text, nullable=False, server_default=""))
