"""The tables of dossiers; see `schema.py` for how values are written.

What is private of an act stands in `sealed` alone.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
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

DOSSIER = Table(
    "dossier",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("sort", String(32), nullable=False),
    Column("person", String(64), nullable=False),
    Column("handed_in", String(64), nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("state", String(32), nullable=False),
    Column("final_at", BigInteger),
    Column("due_at", BigInteger),
    Index("dossier_sort", "sort", "final_at", "due_at"),
    Index("dossier_person", "person"),
    Index("dossier_handed_in", "handed_in"),
)

DOSSIER_ACT = Table(
    "dossier_act",
    METADATA,
    Column("dossier", String(16), ForeignKey("dossier.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("what", String(32), nullable=False),
    Column("by", String(64), nullable=False),
    Column("party", String(16), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("single_person", Boolean, nullable=False),
    Column("fields", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("sealed", LargeBinary),
    Column("position", BigInteger),
    Index("dossier_act_position", "position"),
)
