"""The state of consent: what follows from the log, and what is known of individuals."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "consent_state",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "consent_person",
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("ordinal", sa.BigInteger, nullable=False, unique=True),
        sa.Column("deletion", sa.Boolean, nullable=False),
    )
    op.create_index(
        "consent_person_deletion", "consent_person", ["ordinal"], sqlite_where=sa.text("deletion")
    )
    op.create_table(
        "consent_act",
        sa.Column("position", sa.BigInteger, primary_key=True),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("form", sa.String(16), nullable=False),
        sa.Column("by_guardian", sa.Boolean, nullable=False),
        sa.Column("until", sa.BigInteger),
        sa.Column("notice", sa.String(64), nullable=False),
        sa.Column("lang", sa.String(8), nullable=False),
        sa.Column("surface", sa.Text, nullable=False),
        sa.Column("steps", sa.Integer, nullable=False),
        sa.Column("relation", sa.Text),
        sa.Column("method", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("prompt", sa.Text, nullable=False),
        sa.Column("register", sa.String(64), nullable=False),
        sa.Column("law", sa.Text, nullable=False),
    )
    op.create_index("consent_act_person", "consent_act", ["person", "item"])
    op.create_index(
        "consent_act_until", "consent_act", ["until"], sqlite_where=sa.text("until IS NOT NULL")
    )
    _settings_and_what_follows()


def _settings_and_what_follows() -> None:
    op.create_table(
        "consent_merge",
        sa.Column("position", sa.BigInteger, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("one", sa.String(64), nullable=False),
        sa.Column("other", sa.String(64), nullable=False),
    )
    op.create_index("consent_merge_one", "consent_merge", ["one"])
    op.create_index("consent_merge_other", "consent_merge", ["other"])
    op.create_table(
        "consent_setting",
        sa.Column("position", sa.BigInteger, primary_key=True),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("allows", sa.Boolean, nullable=False),
    )
    op.create_index("consent_setting_person", "consent_setting", ["person"])
    op.create_table(
        "consent_follow_up",
        sa.Column("withdrawal", sa.BigInteger, primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("recipient", sa.Text, primary_key=True),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("due", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("done_at", sa.BigInteger),
        sa.Column("done", sa.BigInteger),
    )
    op.create_index("consent_follow_up_person", "consent_follow_up", ["person"])
    op.create_index("consent_follow_up_due", "consent_follow_up", ["state", "due"])
    op.create_table(
        "individual",
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("birth_date", sa.String(10)),
        sa.Column("account", sa.String(16)),
    )
