"""Tables of what was done with information, made by migration 0005."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text

from chengnuo.adapters.sql.schema import METADATA

USE_STATE = Table(
    "use_state",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("position", BigInteger, nullable=False),
)

USE_PERSON = Table(
    "use_person",
    METADATA,
    Column("ordinal", BigInteger, primary_key=True),
    Column("person", String(64), nullable=False, unique=True),
    Column("deletion", BigInteger),
)

USE_RECORD = Table(
    "use_record",
    METADATA,
    Column("position", BigInteger, primary_key=True),
    Column("ordinal", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("kind", String(24), nullable=False),
    Column("activity", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("register", String(64), nullable=False),
    Column("outcome", String(8), nullable=False),
    Column("rules", Text, nullable=False),
    Column("categories", Text),
    Column("consents", Text, nullable=False),
    Column("request", Text, nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("started", Boolean, nullable=False),
    Column("age", String(8), nullable=False),
    Column("count", BigInteger, nullable=False),
    Column("permitted", BigInteger, nullable=False),
    Index("use_record_of", "ordinal", "at"),
    Index("use_record_kind", "kind", "at"),
)
