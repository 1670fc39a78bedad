"""The tables that only PostgreSQL has: who may write, the records of the log, what else changed."""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, Table, Text

POSTGRESQL_ONLY = MetaData()

LEASE = Table(
    "lease",
    POSTGRESQL_ONLY,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("fence", BigInteger, nullable=False),
    Column("holder", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("until", BigInteger, nullable=False),
)
"""One row: the number of the lease, who holds it, where to find them, until when (us)."""

LOG_END = Table(
    "log_end",
    POSTGRESQL_ONLY,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("origin", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
)
"""One row: which log this is, and how many records it holds."""

LOG_BATCH = Table(
    "log_batch",
    POSTGRESQL_ONLY,
    Column("first", BigInteger, primary_key=True, autoincrement=False),
    Column("records", Integer, nullable=False),
    Column("fence", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""What one transaction made durable: position of its first record, how many, under which lease."""

INDIVIDUAL_CHANGE = Table(
    "individual_change",
    POSTGRESQL_ONLY,
    Column("person", Text, primary_key=True),
    Column("number", BigInteger, nullable=False, unique=True),
)
"""Of whom the operator said something that is in no log, numbered in the order of commits."""
