"""The page of one store: its tables, what each column holds, and what deleting does to it."""

from collections.abc import Iterator

from chengnuo.domain.register.ids import StoreId
from chengnuo.domain.register.store import Store
from chengnuo.domain.register.store import Table as StoredTable
from chengnuo.doors.web.console_register import EntryPage
from chengnuo.doors.web.page_parts import Empty, Row, Section, Table, Words, said
from chengnuo.doors.web.register_words import Speaker
from chengnuo.law.ids import CategoryId


def store_page(say: Speaker, wanted: StoreId, findings: Section) -> EntryPage:
    """Return the page of a store that the register holds."""
    store = say.register.store_by_id[wanted]
    return EntryPage(
        kind=say.t("console.entry.store"),
        id=wanted,
        title=say.text(store.name),
        lead="",
        map=None,
        sections=(findings, _place(say, store), _columns(say, store), _used(say, store)),
    )


def _place(say: Speaker, store: Store) -> Section:
    operator = ""
    if store.operated_by is not None:
        operator = say.text(say.register.recipient_by_id[store.operated_by].name)
    return Section(
        anchor="place",
        name=say.t("console.entry.store"),
        facts=(
            say.fact("console.entry.kind", say.t(f"store-kind.{store.kind}")),
            say.fact("console.entry.region", say.text(store.region) or say.place(store.country)),
            say.fact("console.entry.operated-by", operator or say.t("console.entry.ourselves")),
            say.fact("console.entry.encrypted", say.yes_no(given=store.encrypted)),
        ),
    )


def _columns(say: Speaker, store: Store) -> Section:
    heads = ("column", "item", "when-deleted", "keep-duty")
    tables = tuple(
        Table(
            caption=_caption(say, table),
            heads=tuple(say.t(f"console.entry.{head}") for head in heads),
            rows=tuple(_rows(say, table)),
            empty=Empty(
                name=say.t("console.entry.none-items"),
                text=say.t("empty.to-list"),
                href="/console/register",
                act=say.t("nav.register"),
            ),
        )
        for table in store.tables
    )
    return Section(anchor="tables", name=say.t("console.entry.tables"), tables=tables)


def _caption(say: Speaker, table: StoredTable) -> str:
    return " · ".join(filter(None, (table.table, say.text(table.holds))))


def _rows(say: Speaker, table: StoredTable) -> Iterator[Row]:
    """Yield the columns of a table, those of which the same is said in one row."""
    alike: dict[tuple[str, str, str], list[str]] = {}
    for column in table.columns:
        keep = "—"
        if column.keep is not None:
            period = column.keep.keep.in_words(chinese=say.lang == "zh")
            keep = f"{period} · {column.keep.duty}"
        sort = (column.category, say.t(f"when-deleted.{column.when_deleted}"), keep)
        alike.setdefault(sort, []).append(column.column)
    for (category, deleted, keep), columns in alike.items():
        yield Row(
            cells=(
                tuple(Words(text=column, code=True) for column in columns),
                said(say.category(CategoryId(category)), category),
                said(deleted),
                said(keep),
            )
        )


def _used(say: Speaker, store: Store) -> Section:
    rows = tuple(
        Row(
            cells=(
                (say.activity_words(activity.activity),),
                tuple(
                    Words(text=table.partition(".")[2], code=True)
                    for table in activity.stores
                    if table.partition(".")[0] == store.store
                ),
                said(say.keep(activity.retention)),
            )
        )
        for activity in say.register.activities
        if any(table.partition(".")[0] == store.store for table in activity.stores)
    )
    heads = ("activity", "tables", "keep")
    return Section(
        anchor="used-in",
        name=say.t("console.entry.used-in"),
        tables=(
            Table(
                caption=say.t("console.entry.used-in"),
                heads=tuple(say.t(f"console.entry.{head}") for head in heads),
                rows=rows,
                empty=Empty(
                    name=say.t("console.entry.none-rows"),
                    text=say.t("console.entry.not-used-text"),
                    href="/console/register",
                    act=say.t("nav.register"),
                ),
            ),
        ),
    )
