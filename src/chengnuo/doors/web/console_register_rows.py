"""Rows of the register that have no page of their own, and the ways to change and add rows."""

from chengnuo.domain.register.kinds import HANDLER, KINDS, Kind, RowRef
from chengnuo.doors.web.page_parts import Row, Section, Table, Words
from chengnuo.doors.web.register_edit_href import CHANGES_PATH, edit_href, new_href
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link

_WITH_PAGES = frozenset({"activity", "recipient", "store", "app"})


def ways(say: Speaker) -> tuple[Link, ...]:
    """Return where rows are added and changes are reviewed, for whoever may."""
    if not say.edits:
        return ()
    adds = (
        Link(href=new_href(kind.name), name=say.t("reg-edit.add-kind", kind=say.text(kind.title)))
        for kind in KINDS
        if kind is not HANDLER
    )
    return (Link(href=CHANGES_PATH, name=say.t("reg-change.title")), *adds)


def other_rows(say: Speaker) -> Section:
    """Return the rows that have no page of their own, each with the way to change it."""
    name = say.t("console.register.others")
    tables = tuple(
        _table(say, kind) for kind in KINDS if kind.name not in _WITH_PAGES and _ids(say, kind)
    )
    return Section(anchor="others", name=name, tables=tables)


def _ids(say: Speaker, kind: Kind) -> tuple[str, ...]:
    listed = getattr(say.register, kind.plural)
    rows = listed if isinstance(listed, tuple) else (listed,)
    return tuple(str(getattr(row, kind.name)) for row in rows)


def _table(say: Speaker, kind: Kind) -> Table:
    title = say.text(kind.title)
    rows = []
    for one in _ids(say, kind):
        ref = RowRef(kind.name, one)
        name = (Words(text=say.row_name(ref), notes=(one,)),)
        change = Words(text=say.t("reg-edit.edit"), href=edit_href(kind.name, one))
        rows.append(
            Row(cells=(name, (change,)) if say.edits else (name,), anchor=f"{kind.name}-{one}")
        )
    heads = (title, say.t("reg-edit.edit")) if say.edits else (title,)
    return Table(caption=title, heads=heads, rows=tuple(rows))
