"""What answers each item of an audit by itself, from board, findings, dossiers and log.

Pure: everything is handed in. What is only declared speaks for nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from chengnuo.base.text import Text
from chengnuo.domain.dossier.audit_conclusions import OTHER, Conclusion, conclusions
from chengnuo.domain.dossier.audit_items.all_items import ITEMS, items_for
from chengnuo.domain.dossier.audit_items.audit_item import AuditItem
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.receipt_words import KIND_WORDS
from chengnuo.domain.finding import declared_counts as counted
from chengnuo.domain.finding.board import BoardRow
from chengnuo.domain.finding.control import Outcome
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Finding, FindingId
from chengnuo.domain.finding.live import LiveOutcome
from chengnuo.domain.governance.audit_papers import (
    Answer,
    Bearing,
    DossierCount,
    ItemPaper,
    Looked,
    RecordCount,
    Remedy,
    Source,
)
from chengnuo.domain.register.recipient import RecipientRole


def item_papers(audit: Dossier, looked: Looked) -> tuple[ItemPaper, ...]:
    """Return the papers of every item of an audit."""
    concluded = dict(conclusions(audit))
    listed = tuple(
        _paper(item, concluded.pop(item.id, None), looked)
        for item in items_for(str(audit.value("kind")))
    )
    beyond = tuple(_beyond(one, looked) for one in concluded.values())
    return listed + beyond


def _paper(item: AuditItem, conclusion: Conclusion | None, looked: Looked) -> ItemPaper:
    return ItemPaper(
        item=item,
        name=item.text,
        conclusion=conclusion,
        answers=tuple(_answers(item, looked)),
        absent=_absent(item, looked.facts),
        remedy=_remedy(conclusion, looked),
    )


def _beyond(conclusion: Conclusion, looked: Looked) -> ItemPaper:
    """Return the paper of an item that is not in the list of this kind of audit."""
    named = ITEMS.get(conclusion.item)
    if named is not None:
        return _paper(named, conclusion, looked)
    name = conclusion.said("duty") if conclusion.item == OTHER else conclusion.item
    return ItemPaper(
        item=None,
        name=Text(name, name),
        conclusion=conclusion,
        remedy=_remedy(conclusion, looked),
    )


def _remedy(conclusion: Conclusion | None, looked: Looked) -> Remedy | None:
    return None if conclusion is None else looked.remedies.get(conclusion.act.number)


def _answers(item: AuditItem, looked: Looked) -> Iterable[Answer]:
    rows = [row for row in looked.board.rows if row.duty.id in item.rows]
    yield from _controls(rows)
    yield from _findings(item, rows, looked.findings)
    for sort in item.sorts:
        count = looked.dossiers.get(sort)
        if count is not None:
            yield _dossiers(count)
    for kind in item.kinds:
        found = looked.records.get(kind)
        if found is not None:
            yield _records(found)


def _controls(rows: Iterable[BoardRow]) -> Iterable[Answer]:
    seen = set[str]()
    for row in rows:
        for run in row.runs:
            if run.control.id in seen:
                continue
            seen.add(run.control.id)
            yield Answer(
                source=Source.CONTROL,
                id=run.control.id,
                text=_joined(run.control.title, run.result.outcome.text),
                bearing=Bearing.AGAINST if run.result.outcome is Outcome.FAILED else Bearing.OPEN,
                count=run.result.looked_at,
                where=f"/console/board/{row.duty.id}",
            )
        for live in row.live:
            if live.control.id in seen:
                continue
            seen.add(live.control.id)
            yield Answer(
                source=Source.RECORDS_CONTROL,
                id=live.control.id,
                text=_joined(live.control.title, live.result.why or live.result.outcome.text),
                bearing=_LIVE.get(live.result.outcome, Bearing.OPEN),
                count=live.result.looked_at,
                where=f"/console/board/{row.duty.id}",
            )


_LIVE = {
    LiveOutcome.PASSED: Bearing.FOR,
    LiveOutcome.SAMPLED: Bearing.FOR,
    LiveOutcome.FAILED: Bearing.AGAINST,
}


def _findings(
    item: AuditItem, rows: Sequence[BoardRow], findings: Sequence[Finding]
) -> Iterable[Answer]:
    """Yield the open findings that cite an article of the item, or made a control of it fail."""
    of_rows = {one.id for row in rows for run in row.runs for one in run.result.findings}
    articles = tuple(item.rests_on)
    seen = set[FindingId]()
    for one in findings:
        cites = any(
            duty == article or str(duty).startswith(f"{article}.")
            for duty in one.duties
            for article in articles
        )
        if one.id not in seen and (cites or one.id in of_rows):
            seen.add(one.id)
            yield Answer(
                source=Source.FINDING,
                id=str(one.id),
                text=one.message,
                bearing=Bearing.AGAINST,
                where=f"/console/findings#finding-{one.id}",
            )


def _dossiers(found: DossierCount) -> Answer:
    name = found.text
    text = Text(
        f"{name.zh}：{found.opened} 件，未办结 {found.still_open}，有逾期的 {found.late}",
        f"{name.en}: {found.opened}, open {found.still_open}, with a missed deadline {found.late}",
    )
    return Answer(
        source=Source.DOSSIERS,
        id=found.sort,
        text=text,
        bearing=Bearing.AGAINST if found.late else Bearing.OPEN,
        count=found.opened,
        position=found.newest,
        where=found.where,
    )


def _records(found: RecordCount) -> Answer:
    zh, en = ("至少 ", "at least ") if found.at_least else ("", "")
    name = KIND_WORDS[Kind(found.kind)]
    return Answer(
        source=Source.RECORDS,
        id=found.kind,
        text=Text(
            f"{name.zh}：审计期间 {zh}{found.count} 条",
            f"{name.en}: {en}{found.count} in the period",
        ),
        bearing=Bearing.OPEN,
        count=found.count,
        position=found.newest,
        leaf=found.leaf,
        where="" if found.newest is None else f"/console/evidence/records/{found.newest}",
    )


def _joined(title: Text, said: Text) -> Text:
    return Text(f"{title.zh}：{said.zh}", f"{title.en}: {said.en}")


def _absent(item: AuditItem, facts: Facts) -> Text | None:
    if not item.absent_if or COUNTS[item.absent_if](facts):
        return None
    return Text(
        "登记簿中没有此类内容；确认实际也没有的，可以写不适用和理由。",
        "The register declares none; if there is none in fact, it does not apply: say why.",
    )


def _in_role(role: RecipientRole) -> Callable[[Facts], int]:
    return lambda facts: sum(1 for _ in facts.recipients_in_role(role))


def _minors(facts: Facts) -> int:
    return counted.for_minors(facts) + facts.register.handler.knows_minors


COUNTS: Mapping[str, Callable[[Facts], int]] = {
    "joint": counted.joint,
    "entrusted": _in_role(RecipientRole.ENTRUSTED),
    "provided": _in_role(RecipientRole.PROVISION),
    "automated": counted.automated,
    "published": counted.published,
    "captures": counted.captures,
    "sensitive": counted.sensitive,
    "minors": _minors,
    "overseas": counted.overseas,
    "apps": counted.apps,
    "platform": lambda facts: int(facts.register.handler.large_platform),
}
"""How many there are of what an item may name as absent."""
