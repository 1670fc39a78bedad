"""A table of drift as JSON, form 1, and as the predicate of the statement that is recorded.

`usecases/inspection/drift_history.py` reads the predicate back. The lines that agree are counted in
the predicate and not listed; so many that are apart are listed, the others counted too.
"""

from chengnuo.base.canonical import Tree
from chengnuo.domain.finding.drift import DriftLine, DriftTable
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.finding_json import both_tree, finding_tree
from chengnuo.domain.finding.package_report import Side

FORM = 1
MOST_STATED = 1000
MOST_FINDINGS = 150
"""An envelope may have a megabyte."""


def table_tree(table: DriftTable) -> dict[str, Tree]:
    """Return a table as a tree of JSON, with every line."""
    return _head(table) | {
        "lines": [_line(one) for one in table.lines],
        "findings": [_finding(one) for one in table.findings],
    }


def stated_tree(table: DriftTable) -> dict[str, Tree]:
    """Return a table as a predicate: the figures, and the lines that are apart."""
    apart = [one for one in table.lines if one.side is not Side.AGREED]
    return _head(table) | {
        "lines": [_line(one) for one in apart[:MOST_STATED]],
        "linesLeftOut": max(0, len(apart) - MOST_STATED),
        "findings": [_finding(one) for one in table.findings[:MOST_FINDINGS]],
    }


def _head(table: DriftTable) -> dict[str, Tree]:
    return {
        "form": FORM,
        "on": table.on.isoformat(),
        "register": table.register,
        "agreed": table.agreed(),
        "total": len(table.lines),
        "perMille": table.share(),
        "sources": [
            {
                "source": source.value,
                "agreed": table.agreed(source),
                "total": len(table.of(source)),
                "perMille": table.share(source),
                "read": [
                    {"name": one.name, "sha256": one.digest}
                    for one in table.sources
                    if one.source is source
                ],
            }
            for source in table.read
        ],
    }


def _line(one: DriftLine) -> Tree:
    return {
        "source": one.source.value,
        "thing": one.thing.value,
        "what": one.what,
        "side": one.side.value,
        "rows": [{"kind": row.kind, "id": row.id} for row in one.rows],
        "proof": list(one.proof),
        "findings": list(one.findings),
    }


def _finding(one: Finding) -> Tree:
    return finding_tree(one) | {"title": both_tree(one.title)}
