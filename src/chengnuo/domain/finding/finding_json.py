"""A finding as JSON, the same in every report; both languages are in it."""

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.finding import Finding


def finding_tree(finding: Finding) -> dict[str, Tree]:
    """Return a finding as a tree of JSON, without the place where its row is written."""
    waived = finding.waived
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "standing": finding.standing.value,
        "duties": list(finding.duties),
        "figures": list(finding.figures),
        "kind": finding.row.kind,
        "row": finding.row.id,
        "field": finding.field,
        "message": both_tree(finding.message),
        "fix": both_tree(finding.fix),
        "evidence": finding.evidence,
        "waived": None
        if waived is None
        else {
            "waiver": waived.waiver,
            "reason": both_tree(waived.reason),
            "grantedBy": both_tree(waived.granted_by),
            "expires": waived.expires.isoformat(),
        },
    }


def both_tree(text: Text) -> Tree:
    """Return a text as a tree of JSON."""
    return {"zh": text.zh, "en": text.in_lang(Lang.EN)}
