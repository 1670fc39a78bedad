"""A report of stores as JSON, form 1: complete, in one sequence of bytes for one value.

Both languages are in it, counts and masked examples, and no value of anybody.
`doors/stores_report_form.py` reads it back.
"""

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.domain.finding.finding_json import both_tree, finding_tree
from chengnuo.domain.finding.package_json import drift_tree
from chengnuo.domain.finding.stores_report import StoresReport
from chengnuo.domain.observation.stores import ColumnSeen, StoreSeen, TableSeen, Trouble

FORM = 1


def stores_report_tree(report: StoresReport) -> dict[str, Tree]:
    """Return a report as a tree of JSON."""
    findings: list[Tree] = [
        finding_tree(one) | {"title": both_tree(one.title), "observations": []}
        for one in report.findings
    ]
    return {
        "form": FORM,
        "on": report.seen.on.isoformat(),
        "knowledge": str(report.seen.knowledge),
        "lawVersion": str(report.law_version),
        "registerVersion": report.register_version,
        "complete": report.seen.is_complete,
        "findings": findings,
        "drift": drift_tree(report.drift),
        "stores": [_store(one) for one in report.seen.stores],
    }


def stores_report_json(report: StoresReport) -> bytes:
    """Return a report as JSON in UTF-8."""
    return canonical_json(stores_report_tree(report))


def _store(one: StoreSeen) -> Tree:
    return {
        "store": one.store,
        "trouble": _trouble(one.trouble),
        "tables": [_table(table) for table in one.tables],
    }


def _table(one: TableSeen) -> Tree:
    return {
        "table": one.table,
        "allColumns": list(one.all_columns),
        "rows": one.rows,
        "lookedAt": one.looked_at,
        "whole": one.is_whole,
        "oldest": [{"column": each.column, "on": each.on.isoformat()} for each in one.oldest],
        "trouble": _trouble(one.trouble),
        "columns": [_column(column) for column in one.columns],
    }


def _column(one: ColumnSeen) -> Tree:
    return {
        "column": one.column,
        "inJson": one.in_json,
        "holding": one.holding.value,
        "kind": None if one.kind is None else one.kind.name.lower(),
        "category": one.category,
        "evidence": None if one.evidence is None else one.evidence.name.lower(),
        "rows": one.rows,
        "filled": one.filled,
        "held": one.held,
        "others": [{"kind": kind.name.lower(), "held": held} for kind, held in one.others],
        "examples": list(one.examples),
    }


def _trouble(one: Trouble | None) -> Tree:
    return None if one is None else {"unseen": one.unseen.value, "what": one.what}
