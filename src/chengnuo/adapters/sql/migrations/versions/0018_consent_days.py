"""Acts on consent items counted by day as they come in, and what stands of them."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_VIEW = """
CREATE TEMP VIEW act_by_day AS
SELECT (at + 28800000000) / 86400000000 AS day, at, person, item, act, position FROM consent_act
"""
_ACTS = """
INSERT INTO consent_day (day, item, act, records, people)
SELECT day, item, act, count(*), 0 FROM act_by_day GROUP BY day, item, act
"""
_PEOPLE = """
INSERT INTO consent_day (day, item, act, records, people)
SELECT last, item, act, 0, count(*)
FROM (SELECT max(day) AS last, item, act FROM act_by_day GROUP BY person, item, act)
WHERE true GROUP BY last, item, act
ON CONFLICT (day, item, act) DO UPDATE SET people = excluded.people
"""
_STANDING = """
INSERT INTO consent_day (day, item, act, records, people)
SELECT day, item, 'standing', sum(now - was), 0
FROM (
  SELECT day, item, act = 'give' AS now, lag(act = 'give', 1, 0) OVER (
    PARTITION BY person, item ORDER BY at,
    CASE WHEN act = 'give' THEN 0 WHEN act IN ('refuse', 'withdraw') THEN 2 ELSE 1 END, position
  ) AS was FROM act_by_day
)
WHERE now <> was GROUP BY day, item
"""
COUNTING = (_VIEW, _ACTS, _PEOPLE, _STANDING, "DROP VIEW act_by_day")
"""Statements that count the acts there are into the empty table."""


def upgrade() -> None:
    """Make the table and count what there is."""
    op.create_table(
        "consent_day",
        sa.Column("day", sa.Integer, primary_key=True),
        sa.Column("item", sa.Text, primary_key=True),
        sa.Column("act", sa.String(16), primary_key=True),
        sa.Column("records", sa.BigInteger, nullable=False),
        sa.Column("people", sa.BigInteger, nullable=False),
    )
    for statement in COUNTING:
        op.execute(statement)
