"""The check of stores: every rule run over what was seen in them, beside the register.

Pure: the day stands in what was seen, nothing is read and nothing is kept.
"""

from collections.abc import Iterator

from chengnuo.domain.finding.all_store_rules import STORE_RULES
from chengnuo.domain.finding.making import findings_of
from chengnuo.domain.finding.package_drift import drift_of_rows
from chengnuo.domain.finding.package_report import Drift, DriftRow, Side
from chengnuo.domain.finding.stores_look import StoresLook, fits, store_row
from chengnuo.domain.finding.stores_report import StoresReport
from chengnuo.domain.finding.waivers import NO_WAIVERS
from chengnuo.domain.observation.observation import Subject
from chengnuo.domain.register.canonical import version_of
from chengnuo.domain.register.kinds import RowRef
from chengnuo.engines.text.columns import Holding
from chengnuo.law.ids import CategoryId


def check_stores(look: StoresLook) -> StoresReport:
    """Hold what was seen in stores to every rule."""
    findings = (
        finding
        for rule in STORE_RULES
        for finding in findings_of(
            rule, rule.check(look), catalogue=look.catalogue, waivers=NO_WAIVERS
        )
    )
    return StoresReport(
        seen=look.seen,
        findings=tuple(sorted(findings, key=lambda finding: finding.order)),
        drift=store_drift(look),
        register_version=version_of(look.register),
        law_version=look.catalogue.version,
    )


def store_drift(look: StoresLook) -> Drift:
    """Return how far stores and register are apart, category by category.

    What is declared and not seen counts only where the kind can be seen at all: a category that
    nothing is looked for by, and a store that was not looked into, say nothing.
    """
    seen: dict[CategoryId, set[RowRef]] = {}
    declared: dict[CategoryId, set[RowRef]] = {}
    for category, row in _declared(look):
        declared.setdefault(category, set()).add(row)
    for category, row in _seen(look):
        seen.setdefault(category, set()).add(row)
    rows = []
    for category in sorted({*seen, *declared}):
        if category in seen and category in declared:
            side = Side.AGREED
        elif category in seen:
            side = Side.USED_NOT_DECLARED
        else:
            side = Side.DECLARED_NOT_USED
        at = declared.get(category) or seen[category]
        rows.append(
            DriftRow(subject=Subject.INFORMATION, what=category, side=side, rows=tuple(sorted(at)))
        )
    return drift_of_rows(rows)


def _seen(look: StoresLook) -> Iterator[tuple[CategoryId, RowRef]]:
    """Yield what was seen, as the category that is declared where it can be that."""
    for pair in look.pairs:
        for one in pair.seen.columns:
            if one.kind is None or one.category is None:
                continue
            declared = pair.column(one.place)
            if declared is not None and fits(one.kind, one.category, declared[1].category):
                yield declared[1].category, pair.row
            elif one.holding in {Holding.VALUES, Holding.INSIDE}:
                yield one.category, pair.row


def _declared(look: StoresLook) -> Iterator[tuple[CategoryId, RowRef]]:
    """Yield what is declared of stores that were looked into, if it can be seen at all."""
    for one in look.seen.stores:
        if one.trouble is not None:
            continue
        store = look.stores[one.store]
        looked = {table.table for table in one.tables if table.trouble is not None}
        for table in store.tables:
            for column in table.columns:
                if column.category in look.findable and table.table not in looked:
                    yield column.category, store_row(store)
