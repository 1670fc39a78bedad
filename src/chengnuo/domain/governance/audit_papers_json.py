"""The working papers of an audit as JSON, for programs."""

from chengnuo.base.canonical import Tree
from chengnuo.domain.governance.audit_papers import AuditPapers, ItemPaper


def papers_tree(drawn: AuditPapers) -> Tree:
    """Return the working papers of an audit as JSON."""
    return {
        "audit": drawn.audit.id,
        "title": str(drawn.audit.value("title")),
        "on": drawn.on.isoformat(),
        "registerVersion": drawn.register_version,
        "listVersion": drawn.list_version,
        "logSize": drawn.log_size,
        "logRoot": drawn.log_root,
        "counts": dict(drawn.counts()),
        "items": [_item(one) for one in drawn.items],
    }


def _item(one: ItemPaper) -> Tree:
    said = one.conclusion
    return {
        "item": "other" if one.item is None else one.item.id,
        "name": {"zh": one.name.zh, "en": one.name.en or one.name.zh},
        "result": "open" if said is None else said.result,
        "position": None if said is None else said.act.position,
        "due": None if said is None else said.said("due") or None,
        "remedy": None if one.remedy is None else one.remedy.dossier,
        "answers": [
            {
                "source": answer.source.value,
                "id": answer.id,
                "text": {"zh": answer.text.zh, "en": answer.text.en or answer.text.zh},
                "bearing": answer.bearing.value,
                "count": answer.count,
                "position": answer.position,
                "leaf": answer.leaf or None,
            }
            for answer in one.answers
        ],
    }
