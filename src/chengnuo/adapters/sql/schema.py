"""The tables of the data folder, as the newest migration leaves them.

Instants are microseconds since 1970 in UTC (integers compare and sort as they should); civil
dates are ISO text; digests and tokens are hex text. No table holds a name of an individual.
"""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from chengnuo.base.instant import from_us

METADATA = MetaData()

ACCOUNT = Table(
    "account",
    METADATA,
    Column("id", String(24), primary_key=True),
    Column("position", Integer, nullable=False, unique=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("last_sign_in_at", BigInteger),
    Column("password_hash", Text),
    Column("totp_sealed", LargeBinary),
    Column("totp_last_step", BigInteger, nullable=False, default=0),
    Column("issuer", Text),
    Column("subject", Text),
    UniqueConstraint("issuer", "subject", name="account_identity"),
)

RECOVERY_CODE = Table(
    "recovery_code",
    METADATA,
    Column("account", String(24), ForeignKey("account.id"), primary_key=True),
    Column("code", String(64), primary_key=True),
)

ACCOUNT_EVENT = Table(
    "account_event",
    METADATA,
    Column("position", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("act", String(40), nullable=False),
    Column("actor", String(24)),
    Column("account", String(24)),
    Column("detail", String(40), nullable=False),
    Column("single_person", Boolean, nullable=False),
)

LINK = Table(
    "link",
    METADATA,
    Column("token", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("role", String(16), nullable=False),
    Column("account", String(24), ForeignKey("account.id")),
    Column("created_by", String(24), ForeignKey("account.id")),
    Column("expires_at", BigInteger, nullable=False),
)

SIGN_IN_FAILURE = Table(
    "sign_in_failure",
    METADATA,
    Column("name_key", String(64), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Column("locked_until", BigInteger),
)

STAFF_SESSION = Table(
    "staff_session",
    METADATA,
    Column("token", String(64), primary_key=True),
    Column("account", String(24), ForeignKey("account.id"), nullable=False),
    Column("stage", String(8), nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("pending_totp", LargeBinary),
    Column("tries", Integer, nullable=False, default=0),
    Index("staff_session_account", "account"),
)

SIGN_IN_FLOW = Table(
    "sign_in_flow",
    METADATA,
    Column("state", String(64), primary_key=True),
    Column("browser", String(64), nullable=False),
    Column("nonce", Text, nullable=False),
    Column("verifier", Text, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)

REGISTER_VERSION = Table(
    "register_version",
    METADATA,
    Column("position", Integer, primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("data", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("by", String(24), nullable=False),
    Column("note", Text, nullable=False),
)

USED_TOKEN = Table(
    "used_token",
    METADATA,
    Column("token_id", String(64), primary_key=True),
    Column("expires_at", BigInteger, nullable=False),
)


def _visitor_columns() -> list[Column[object]]:
    """What an entry code and a session of an individual both hold."""
    return [
        Column("person", String(64), nullable=False),
        Column("app", Text, nullable=False),
        Column("guardian", String(64)),
        Column("birth_date", String(10)),
        Column("authenticated_at", BigInteger),
        Column("since", BigInteger, nullable=False),
        Column("session_expires_at", BigInteger, nullable=False),
        Column("account", LargeBinary),
    ]


ENTRY_CODE = Table(
    "entry_code",
    METADATA,
    Column("code", String(64), primary_key=True),
    Column("expires_at", BigInteger, nullable=False),
    *_visitor_columns(),
)

INDIVIDUAL_SESSION = Table(
    "individual_session",
    METADATA,
    Column("token", String(64), primary_key=True),
    *_visitor_columns(),
)

CONSENT_STATE = Table(
    "consent_state",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("position", BigInteger, nullable=False),
)

CONSENT_PERSON = Table(
    "consent_person",
    METADATA,
    Column("person", String(64), primary_key=True),
    Column("ordinal", BigInteger, nullable=False, unique=True),
    Column("deletion", Boolean, nullable=False),
    Index(
        "consent_person_deletion",
        "ordinal",
        sqlite_where=text("deletion"),
        postgresql_where=text("deletion"),
    ),
)

CONSENT_ACT = Table(
    "consent_act",
    METADATA,
    Column("position", BigInteger, primary_key=True),
    Column("person", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("item", Text, nullable=False),
    Column("act", String(16), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("form", String(16), nullable=False),
    Column("by_guardian", Boolean, nullable=False),
    Column("until", BigInteger),
    Column("notice", String(64), nullable=False),
    Column("lang", String(8), nullable=False),
    Column("surface", Text, nullable=False),
    Column("steps", Integer, nullable=False),
    Column("relation", Text),
    Column("method", Text),
    Column("guardian", Text),
    Column("reason", Text, nullable=False),
    Column("prompt", Text, nullable=False),
    Column("register", String(64), nullable=False),
    Column("law", Text, nullable=False),
    Index("consent_act_person", "person", "item"),
    Index(
        "consent_act_until",
        "until",
        sqlite_where=text("until IS NOT NULL"),
        postgresql_where=text("until IS NOT NULL"),
    ),
)

CONSENT_DAY = Table(
    "consent_day",
    METADATA,
    Column("day", Integer, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("act", String(16), primary_key=True),
    Column("records", BigInteger, nullable=False),
    Column("people", BigInteger, nullable=False),
)

CONSENT_MERGE = Table(
    "consent_merge",
    METADATA,
    Column("position", BigInteger, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("one", String(64), nullable=False),
    Column("other", String(64), nullable=False),
    Index("consent_merge_one", "one"),
    Index("consent_merge_other", "other"),
)

CONSENT_SETTING = Table(
    "consent_setting",
    METADATA,
    Column("position", BigInteger, primary_key=True),
    Column("person", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("what", Text, nullable=False),
    Column("allows", Boolean, nullable=False),
    Index("consent_setting_person", "person"),
)

CONSENT_FOLLOW_UP = Table(
    "consent_follow_up",
    METADATA,
    Column("withdrawal", BigInteger, primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("recipient", Text, primary_key=True),
    Column("person", String(64), nullable=False),
    Column("item", Text, nullable=False),
    Column("due", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("done_at", BigInteger),
    Column("done", BigInteger),
    Index("consent_follow_up_person", "person"),
    Index("consent_follow_up_due", "state", "due"),
)

INDIVIDUAL = Table(
    "individual",
    METADATA,
    Column("person", String(64), primary_key=True),
    Column("birth_date", String(10)),
    Column("account", String(16)),
    Index("individual_birth_date", "birth_date"),
)


def from_us_or_none(us: int | None) -> datetime | None:
    """Return the UTC instant, or None for None."""
    return None if us is None else from_us(us)
