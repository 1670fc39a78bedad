"""The tables of requests about rights; see `schema.py` for how values are written.

What is personal of a request, as account id and values, stands in `sealed` alone.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from chengnuo.adapters.sql.schema import METADATA

RIGHTS_REQUEST = Table(
    "rights_request",
    METADATA,
    Column("id", String(24), primary_key=True),
    Column("person", String(64), nullable=False),
    Column("stage", String(24), nullable=False),
    Column("number", Integer, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("due_on", String(10), nullable=False),
    Column("next_at", BigInteger),
    Column("body", LargeBinary, nullable=False),
    Column("sealed", LargeBinary),
    Column("fence", Integer, nullable=False),
    Column("lease_owner", Text, nullable=False),
    Column("lease_until", BigInteger, nullable=False),
    Index("rights_request_person", "person"),
    Index("rights_request_stage", "stage", "due_on"),
    Index("rights_request_next", "next_at"),
)

RIGHTS_LINE = Table(
    "rights_line",
    METADATA,
    Column("request", String(24), ForeignKey("rights_request.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("event", String(24)),
    Column("stage", String(24), nullable=False),
    Column("by", String(24), nullable=False),
    Column("note", Text, nullable=False),
    Column("position", BigInteger),
    Index("rights_line_position", "position"),
)

CALLBACK_ID = "callback-"
"""How ids of the notices begin that tell agents of a status; they hold up nothing."""

RIGHTS_NOTICE = Table(
    "rights_notice",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("request", String(24), ForeignKey("rights_request.id"), nullable=False),
    Column("outside", LargeBinary, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", BigInteger),
    Index("rights_notice_request", "request"),
    Index("rights_notice_next", "next_at"),
)

RIGHTS_TASK = Table(
    "rights_task",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("request", String(24), ForeignKey("rights_request.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("store", Text, nullable=False),
    Column("what_zh", Text, nullable=False),
    Column("what_en", Text),
    Column("since", BigInteger, nullable=False),
    Column("done_by", String(24), nullable=False),
    Column("done_at", BigInteger),
    Column("note", Text, nullable=False),
    Index("rights_task_request", "request"),
    Index("rights_task_open", "done_at", "since"),
)

RIGHTS_SUPPRESSION = Table(
    "rights_suppression",
    METADATA,
    Column("person", String(64), primary_key=True),
    Column("since", BigInteger, nullable=False),
    Column("request", String(24), nullable=False),
)

RIGHTS_HOLD = Table(
    "rights_hold",
    METADATA,
    Column("id", String(24), primary_key=True),
    Column("person", String(64), nullable=False),
    Column("of_table", Text, nullable=False),
    Column("reason_zh", Text, nullable=False),
    Column("reason_en", Text),
    Column("until", BigInteger),
    Column("secret", Integer, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("set_by", String(24), nullable=False),
    Column("lifted_at", BigInteger),
    Column("lifted_by", String(24), nullable=False),
    Column("settled", Integer, nullable=False),
    Index("rights_hold_person", "person"),
)

RIGHTS_NOTIFICATION = Table(
    "rights_notification",
    METADATA,
    Column("id", String(96), primary_key=True),
    Column("body", LargeBinary),
    Column("attempts", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("next_at", BigInteger),
    Column("lost", Integer, nullable=False),
    Index("rights_notification_next", "next_at"),
)

RIGHTS_LOOK = Table(
    "rights_look",
    METADATA,
    Column("request", String(24), primary_key=True),
    Column("stage", String(24)),
    Column("body", LargeBinary),
    Index("rights_look_stage", "stage"),
)
