"""The working papers of an audit as one document: the same papers give the same bytes."""

from collections.abc import Iterator

from chengnuo.base.digest import short
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import (
    Block,
    Cell,
    Column,
    Document,
    DocumentKind,
    Facts,
    Heading,
    Table,
    bullets,
    cell,
    lines,
    notice_box,
    paragraph,
    strong,
)
from chengnuo.domain.dossier.audit_conclusions import OPEN_TEXT, RESULTS
from chengnuo.domain.dossier.sorts.audit import BY_WHOM, KINDS, REPORT
from chengnuo.domain.governance.audit_papers import AuditPapers, ItemPaper
from chengnuo.law.catalogue import Catalogue


def audit_document(papers: AuditPapers, catalogue: Catalogue) -> Document:
    """Return the papers as a document."""
    name = str(papers.audit.value("title"))
    return Document(
        id=papers.audit.id,
        kind=DocumentKind.WORKING_PAPERS,
        title=Text(f"合规审计底稿：{name}", f"Working papers of a compliance audit: {name}"),
        facts=Facts(
            handler=papers.handler,
            app=papers.handler,
            register=papers.register_version,
            law=papers.law_version,
            updated=papers.on,
            effective=papers.on,
            letter=papers.audit.id,
        ),
        blocks=tuple(_blocks(papers, catalogue)),
    )


def _blocks(papers: AuditPapers, catalogue: Catalogue) -> Iterator[Block]:
    yield Heading(1, "audit", Text("审计", "The audit"))
    yield bullets(_head(papers))
    yield notice_box(
        Text("说明", "Note"),
        Text(
            "自动证据只说明登记、检查、卷宗和日志中看得到的；结论由审计人员作出。"
            "这是证据，不是法律意见。",
            "What stands here by itself says what register, controls, dossiers and log show; people"
            " conclude. This is evidence, not legal advice.",
        ),
        *(() if papers.small is None else (papers.small,)),
    )
    yield Heading(1, "results", Text("结论一览", "Results"))
    yield bullets(_results(papers))
    said = papers.audit.last(REPORT)
    if said is not None:
        yield Heading(1, "report", Text("审计报告", "Report"))
        summary = str(said.fields.get("summary", ""))
        yield paragraph(Text(summary, summary))
    yield Heading(1, "items", Text("底稿", "Working papers"))
    yield Table(
        Text("底稿", "Items"), _COLUMNS, tuple(_row(one, catalogue) for one in papers.items)
    )
    yield Heading(1, "evidence", Text("自动证据", "What answers by itself"))
    yield Table(Text("自动证据", "Evidence"), _ANSWERS, tuple(_answers(papers)))


def _head(papers: AuditPapers) -> Iterator[Text]:
    audit = papers.audit
    kinds = {one.value: one.text for one in (*KINDS, *BY_WHOM)}
    kind, by = kinds[str(audit.value("kind"))], kinds[str(audit.value("by-whom"))]
    yield Text(f"种类：{kind.zh}", f"Kind: {kind.en}")
    body = str(audit.value("auditor"))
    yield Text(f"审计者：{body}（{by.zh}）", f"Audited by: {body} ({by.en})")
    first, last = audit.value("period-from"), audit.value("period-to")
    yield Text(f"期间：{first} 至 {last}", f"Period: {first} to {last}")
    yield Text(f"状态：{papers.state.zh}", f"State: {papers.state.en}")
    yield Text(
        f"条目清单版本：{short(papers.list_version)}",
        f"Version of the list of items: {short(papers.list_version)}",
    )
    if papers.log_size:
        yield Text(
            f"存证日志：{papers.log_size} 条，树根 {papers.log_root}",
            f"Evidence log: {papers.log_size} records, root {papers.log_root}",
        )


def _results(papers: AuditPapers) -> Iterator[Text]:
    counts = papers.counts()
    for one in RESULTS:
        yield Text(f"{one.text.zh}：{counts[one.value]}", f"{one.text.en}: {counts[one.value]}")
    yield Text(f"{OPEN_TEXT.zh}：{counts['open']}", f"{OPEN_TEXT.en}: {counts['open']}")
    doubted = [one for one in papers.items if one.is_contradicted]
    if doubted:
        yield Text(
            f"结论为符合、但有自动证据相反的条目：{len(doubted)}",
            f"Said to conform although something speaks against it: {len(doubted)}",
        )


_COLUMNS = (
    Column(Text("条目", "Item"), 2),
    Column(Text("依据", "Held to"), 2),
    Column(Text("看什么", "What is looked at"), 3),
    Column(Text("由人判断", "People judge"), 3),
    Column(Text("结论", "Result"), 1),
    Column(Text("审计情况", "What was found"), 3),
    Column(Text("抽样", "Samples"), 2),
    Column(Text("证据", "Evidence"), 2),
    Column(Text("整改", "Remedy"), 2),
)
_ANSWERS = (
    Column(Text("条目", "Item"), 2),
    Column(Text("来源", "Source"), 1),
    Column(Text("编号", "Id"), 2),
    Column(Text("内容", "What it says"), 4),
    Column(Text("方向", "Bearing"), 1),
    Column(Text("看了几项", "Looked at"), 1),
    Column(Text("日志位置", "Position"), 1),
    Column(Text("记录的哈希", "Leaf"), 3),
)


def _row(one: ItemPaper, catalogue: Catalogue) -> tuple[Cell, ...]:
    item, said = one.item, one.conclusion
    cited = () if item is None else item.rests_on
    return (
        cell(strong(one.name)),
        lines(
            Text(catalogue.citation(duty, Lang.ZH), catalogue.citation(duty, Lang.EN))
            for duty in cited
        ),
        () if item is None else cell(item.looks_at),
        () if item is None else cell(item.judged),
        cell(one.result),
        () if said is None else _plain(said.said("finding")),
        () if said is None else _plain(said.said("samples")),
        () if said is None else lines(_shown_by(one)),
        lines(_remedy(one)),
    )


def _shown_by(one: ItemPaper) -> Iterator[Text]:
    said = one.conclusion
    if said is None:
        return
    for words in (said.said("evidence"), said.said("file")):
        if words:
            yield Text(words, words)
    if said.act.position is not None:
        yield Text(f"日志 #{said.act.position}", f"Log #{said.act.position}")


def _remedy(one: ItemPaper) -> Iterator[Text]:
    if one.remedy is not None:
        due, state = one.remedy.due, one.remedy.state
        yield Text(one.remedy.dossier, one.remedy.dossier)
        yield Text(f"{state.zh}，{due} 前", f"{state.en}, by {due}")
    elif one.conclusion is not None and one.conclusion.said("due"):
        due = one.conclusion.said("due")
        yield Text(f"{due} 前", f"by {due}")


def _answers(papers: AuditPapers) -> Iterator[tuple[Cell, ...]]:
    for one in papers.items:
        for answer in one.answers:
            at = "" if answer.position is None else f"#{answer.position}"
            count = "" if answer.count is None else str(answer.count)
            yield (
                cell(strong(one.name)),
                cell(answer.source.text),
                _plain(answer.id),
                cell(answer.text),
                cell(answer.bearing.text),
                _plain(count),
                _plain(at),
                _plain(answer.leaf),
            )


def _plain(words: str) -> Cell:
    return cell(Text(words, words)) if words else ()
