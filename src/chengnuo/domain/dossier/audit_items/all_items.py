"""Every item of a compliance audit, in the order of the working papers."""

from collections.abc import Mapping

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.digest import sha256_hex
from chengnuo.domain.dossier.audit_items import basis, organisation
from chengnuo.domain.dossier.audit_items.audit_item import AuditItem

ITEMS: Mapping[str, AuditItem] = {one.id: one for one in (*basis.ITEMS, *organisation.ITEMS)}
"""By their ids."""


def items_for(kind: str) -> tuple[AuditItem, ...]:
    """Return the items that an audit of a kind looks at."""
    return tuple(one for one in ITEMS.values() if one.of_minors or kind != "minors")


def version() -> str:
    """Return the SHA-256 over the canonical JSON of the whole list."""
    tree: list[Tree] = [
        {
            "id": one.id,
            "text": [one.text.zh, one.text.en or ""],
            "looks_at": [one.looks_at.zh, one.looks_at.en or ""],
            "judged": [one.judged.zh, one.judged.en or ""],
            "rests_on": list(one.rests_on),
            "rows": list(one.rows),
            "sorts": list(one.sorts),
            "kinds": list(one.kinds),
            "absent_if": one.absent_if,
            "of_minors": one.of_minors,
        }
        for one in ITEMS.values()
    ]
    return sha256_hex(canonical_json(tree))
