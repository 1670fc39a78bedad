"""A store of a register as a fideslang dataset.

Columns are fields; dotted names become nested fields. A column that holds nothing personal has
the category `system.operations`. What deleting does stands as a masking strategy; deleting whole
rows is the strategy of the collection, and a column that is kept is read-only.
"""

from dataclasses import dataclass, field

from chengnuo.adapters.formats.fideslang_categories import CategoryTable
from chengnuo.adapters.formats.fideslang_systems_out import shown
from chengnuo.adapters.formats.fideslang_words import IDENTITY_WORDS, MASKING_WORDS
from chengnuo.base.canonical import Tree
from chengnuo.domain.register.codec import write
from chengnuo.domain.register.handler import Handler
from chengnuo.domain.register.store import Store, Table, WhenDeleted

_NOT_PERSONAL = "system.operations"


@dataclass(slots=True)
class _Field:
    """A field on the way out; gathers what several rows of the register say of it."""

    categories: dict[str, None] = field(default_factory=dict)
    meta: dict[str, Tree] = field(default_factory=dict)
    references: list[Tree] = field(default_factory=list)
    inner: "dict[str, _Field]" = field(default_factory=dict)

    def tree(self, name: str) -> Tree:
        meta = dict(self.meta)
        if self.references:
            meta["references"] = self.references
        tree: dict[str, Tree] = {
            "name": name,
            "data_categories": list(self.categories),
            "fides_meta": meta,
            "fields": [inner.tree(part) for part, inner in self.inner.items()],
        }
        return {key: value for key, value in tree.items() if value}


def dataset(store: Store, handler: Handler, table: CategoryTable) -> Tree:
    """Return a store as a dataset, with our own row under `meta.pipl`."""
    return {
        "fides_key": store.store,
        "organization_fides_key": handler.handler,
        "name": shown(store.name),
        "description": f"{store.kind} · {store.country}",
        "collections": [_collection(each, table) for each in _one_of_a_name(store.tables)],
        "meta": {"pipl": {"stores": [write(store)]}},
    }


def _one_of_a_name(tables: tuple[Table, ...]) -> list[Table]:
    """Fides wants each name once; a second table of a name stands under `meta.pipl` only."""
    return list({each.table: each for each in reversed(tables)}.values())[::-1]


def _collection(table: Table, categories: CategoryTable) -> Tree:
    root = _Field()
    for column in table.columns:
        found = _at(root, column.column)
        found.categories[categories.key_of(column.category)] = None
        strategy = MASKING_WORDS[column.when_deleted]
        if column.when_deleted is WhenDeleted.KEEP:
            found.meta["read_only"] = True
        elif column.when_deleted is not WhenDeleted.DELETE_ROW and strategy is not None:
            found.meta["masking_strategy_override"] = {"strategy": strategy}
    for name in table.not_personal:
        _at(root, name).categories[_NOT_PERSONAL] = None
    kinds = {column.column: column.category for column in table.columns}
    for name in table.identity:
        _at(root, name).meta["identity"] = IDENTITY_WORDS.get(kinds.get(name, ""), name)
    for reference in table.references:
        target = reference.to.partition(".")
        for here, there in zip(reference.columns, reference.to_columns, strict=False):
            _at(root, here).references.append(
                {"dataset": target[0], "field": f"{target[2]}.{there}"}
            )
    tree: dict[str, Tree] = {"name": table.table}
    if table.holds is not None:
        tree["description"] = shown(table.holds)
    tree["fields"] = [inner.tree(name) for name, inner in root.inner.items()]
    if any(column.when_deleted is WhenDeleted.DELETE_ROW for column in table.columns):
        tree["fides_meta"] = {"masking_strategy_override": {"strategy": "delete"}}
    return tree


def _at(root: _Field, name: str) -> _Field:
    """Return a field by its name; one with a dot at an end, or two in a row, is no path."""
    found, parts = root, name.split(".")
    for part in parts if all(parts) else (name,):
        found = found.inner.setdefault(part, _Field())
    return found
