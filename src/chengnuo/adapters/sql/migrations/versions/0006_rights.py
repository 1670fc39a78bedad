"""Requests about rights, what others are told of them, and who must not come back.

A session of an individual also holds the account id, sealed, so that a request can be made from it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "rights_request",
        sa.Column("id", sa.String(24), primary_key=True),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("stage", sa.String(24), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("received", sa.BigInteger, nullable=False),
        sa.Column("due_on", sa.String(10), nullable=False),
        sa.Column("next_at", sa.BigInteger),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("lease_owner", sa.Text, nullable=False),
        sa.Column("lease_until", sa.BigInteger, nullable=False),
    )
    op.create_index("rights_request_person", "rights_request", ["person"])
    op.create_index("rights_request_stage", "rights_request", ["stage", "due_on"])
    op.create_index("rights_request_next", "rights_request", ["next_at"])
    op.create_table(
        "rights_line",
        _request(primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("event", sa.String(24)),
        sa.Column("stage", sa.String(24), nullable=False),
        sa.Column("by", sa.String(24), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("position", sa.BigInteger),
    )
    op.create_index("rights_line_position", "rights_line", ["position"])
    _outside()
    op.create_table(
        "rights_suppression",
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("request", sa.String(24), nullable=False),
    )
    op.create_table(
        "rights_hold",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("of_table", sa.Text, nullable=False),
        sa.Column("reason_zh", sa.Text, nullable=False),
        sa.Column("reason_en", sa.Text),
        sa.Column("until", sa.BigInteger),
        sa.Column("secret", sa.Integer, nullable=False),
    )
    op.create_index("rights_hold_person", "rights_hold", ["person"])
    for table in ("entry_code", "individual_session"):
        op.add_column(table, sa.Column("account", sa.LargeBinary))


def _outside() -> None:
    op.create_table(
        "rights_notice",
        sa.Column("id", sa.String(64), primary_key=True),
        _request(),
        sa.Column("outside", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_at", sa.BigInteger),
    )
    op.create_index("rights_notice_request", "rights_notice", ["request"])
    op.create_index("rights_notice_next", "rights_notice", ["next_at"])
    op.create_table(
        "rights_task",
        sa.Column("id", sa.String(64), primary_key=True),
        _request(),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("store", sa.Text, nullable=False),
        sa.Column("what_zh", sa.Text, nullable=False),
        sa.Column("what_en", sa.Text),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("done_by", sa.String(24), nullable=False),
        sa.Column("done_at", sa.BigInteger),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_index("rights_task_request", "rights_task", ["request"])
    op.create_index("rights_task_open", "rights_task", ["done_at", "since"])


def _request(*, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column(
        "request",
        sa.String(24),
        sa.ForeignKey("rights_request.id"),
        primary_key=primary_key,
        nullable=False,
    )
