"""Where personal information is kept, and what deleting does there."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.register.constraints import NotEmpty, Pattern
from chengnuo.domain.register.handler import MAINLAND, Country
from chengnuo.domain.register.ids import ModelId, RecipientId, StoreId, TableRef
from chengnuo.domain.register.retention import RetentionStart
from chengnuo.law.ids import CategoryId


class StoreKind(StrEnum):
    """What kind of store it is; decides which connector fulfils rights in it."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"
    MYSQL = "mysql"
    REDIS = "redis"
    FILES = "files"
    WEBHOOK = "webhook"
    MANUAL = "manual"
    OTHER = "other"


class WhenDeleted(StrEnum):
    """What deleting an individual's information does to a column or row."""

    DELETE_ROW = "delete-row"
    NULL = "null"
    MASK = "mask"
    ANONYMISE = "anonymise"
    KEEP = "keep"


class About(StrEnum):
    """Whose information a column holds."""

    INDIVIDUAL = "individual"
    OTHER_PERSON = "other-person"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepDuty:
    """A duty of law that keeps information after a deletion (PIPL Art. 47 para. 2).

    Attributes:
        duty: Id of the duty or figure of the catalogue.
        keep: How long.
        from_: Event from which it runs (written `from`).

    """

    duty: str
    keep: Period
    from_: RetentionStart


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column that holds personal information.

    Attributes:
        column: Name of the column.
        category: Category of what it holds.
        when_deleted: What deleting does to it.
        keep: Duty under which it is kept, where it is.
        about: Whose information it is.
        export: Whether it belongs into a copy for the individual.
        correctable: Whether the individual may correct it.

    """

    column: str
    category: CategoryId
    when_deleted: WhenDeleted
    keep: KeepDuty | None = None
    about: About = About.INDIVIDUAL
    export: bool = True
    correctable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A reference from rows of one table to rows of another.

    Attributes:
        columns: Columns of this table.
        to: Table referred to, `store.table`.
        to_columns: Columns there, in the same order.
        when_column: Column that tells which table is meant, for a polymorphic reference.
        when_value: Value of that column for which this reference holds.

    """

    columns: Annotated[tuple[str, ...], NotEmpty()]
    to: TableRef
    to_columns: Annotated[tuple[str, ...], NotEmpty()]
    when_column: str | None = None
    when_value: str | None = None


class IdentifierKind(StrEnum):
    """What else than the account id somebody can be found by."""

    PHONE = "phone"
    EMAIL = "email"
    OPENID = "openid"
    DEVICE = "device"
    ACCOUNT_NAME = "account-name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A column by which an account can be found from something else than its id.

    Attributes:
        column: Column that holds it.
        kind: What it is.
        account: Column of the same table that holds the account id.
        when_column: Column that tells whether the row holds this kind at all.
        when_value: Value of that column for which it does.

    """

    column: str
    kind: IdentifierKind
    account: str
    when_column: str | None = None
    when_value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventColumn:
    """The column that tells when the event was from which a period of a row runs.

    Attributes:
        event: The event.
        column: Column that holds its instant.

    """

    event: RetentionStart
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelColumns:
    """The columns of a table in which each row is one label about an individual (画像标签).

    Attributes:
        label: Column that holds the label.
        model: Model that keeps or uses it.
        learned_from: Column that tells what it was learned from.
        since: Column that tells since when it is kept.

    """

    label: str
    model: ModelId
    learned_from: str | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table, collection or folder of a store.

    Attributes:
        table: Name of the table.
        holds: What it holds, in words.
        identity: Columns by which an individual's rows are found; empty if only by reference.
        columns: Columns that hold personal information.
        not_personal: Columns that hold none.
        references: References to other tables that the database itself does not declare.
        identifiers: Columns by which an account can be found from a phone number and the like.
        events: Columns that tell from when a period runs; without one it runs from the deletion.
        labels: Where each row is a label about an individual, which columns say so.
        shared: Why rows may belong to several people, where they may; such rows are never erased
            for one of them.

    """

    table: str
    holds: Text | None = None
    identity: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    not_personal: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    events: tuple[EventColumn, ...] = ()
    labels: LabelColumns | None = None
    shared: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """A place where personal information is kept.

    Attributes:
        store: Id of the store.
        name: What people call it.
        kind: What kind of store it is.
        connection: Name of the setting that holds the connection; never the connection itself.
        country: Country in which it stands.
        region: Place in words, as it is published.
        operated_by: Entrusted party that runs it.
        encrypted: Whether what it holds is encrypted at rest.
        tables: Its tables.

    """

    store: StoreId
    name: Text
    kind: StoreKind
    connection: Annotated[
        str,
        Pattern(
            r"[A-Z][A-Z0-9_]{0,60}",
            Text(
                "大写的设置项名称，如 `SHOP_DB`", "the name of a setting in capitals, as `SHOP_DB`"
            ),
        ),
    ]
    country: Country = MAINLAND
    region: Text | None = None
    operated_by: RecipientId | None = None
    encrypted: bool = False
    tables: tuple[Table, ...] = ()
