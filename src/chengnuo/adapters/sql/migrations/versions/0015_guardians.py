"""Which guardian of a child acted, told apart from others by a keyed tag."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of acts that there are it is not known which guardian it was."""
    op.add_column("consent_act", sa.Column("guardian", sa.Text))
