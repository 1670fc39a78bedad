"""The summary of a no-fault file, as pages and PDF in both languages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chengnuo.base.instant import from_us
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import (
    Block,
    Column,
    Document,
    DocumentKind,
    Facts,
    Heading,
    Table,
    bullets,
    cell,
    code,
    notice_box,
    paragraph,
)
from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.dossier import Act, Dossier
from chengnuo.domain.evidence.receipt_words import KIND_WORDS, instant_text
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.live import LiveRun
from chengnuo.domain.incident.no_fault_words import (
    CANNOT_HEAD,
    CONTROLS_HEAD,
    MEASURES_HEAD,
    NOBODY,
    NONE,
    OPEN_HEAD,
    SHOWS_HEAD,
    TITLE,
    WHAT,
)
from chengnuo.domain.incident.tracing import Certainty, Side, Trace
from chengnuo.law.civil import civil_date
from chengnuo.law.ids import CategoryId
from chengnuo.ports.documents import DocumentWriter
from chengnuo.usecases.evidence.evidence_window import Window

MOST_ROWS = 200
"""Rows of a table of the summary; the files beside it have all."""
_SIDES = {
    Side.INSIDE: Text("内部", "inside"),
    Side.OUTSIDE: Text("外部", "outside"),
    Side.SELF: Text("本人", "the individual"),
}
_CERTAIN = {Certainty.DID: Text("已", "did"), Certainty.MAY_HAVE: Text("可能", "may have")}


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlsSeen:
    """What the controls said when a file was made.

    Attributes:
        runs: The controls over dossiers.
        findings: What is open on the register.
        register: Version of the register in force; empty for none.

    """

    runs: tuple[LiveRun, ...] = ()
    findings: tuple[Finding, ...] = ()
    register: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoFaultFacts:
    """What a summary is made from.

    Attributes:
        trace: Who saw or received something.
        category: What it is about; None for everything.
        window: The period.
        acts: Measures with their dossiers, the newest first.
        controls: What the controls said.

    """

    trace: Trace
    category: CategoryId | None
    window: Window
    acts: Sequence[tuple[Dossier, Act]]
    controls: ControlsSeen


@dataclass(frozen=True, slots=True, kw_only=True)
class Summaries:
    """Writes summaries.

    Attributes:
        handler: Name of the handler.
        law: Version of the law catalogue.
        writers: Write the summary, each in both languages.

    """

    handler: Text
    law: str
    writers: Sequence[DocumentWriter]

    def of(self, facts: NoFaultFacts) -> dict[str, bytes]:
        """Return the summary as files by name.

        Raises:
            DocumentNotMadeError: A file could not be made just now.

        """
        document = self._document(facts)
        return {
            f"summary.{lang.value}{writer.suffix}": writer.write(document, lang)
            for writer in self.writers
            for lang in Lang
        }

    def _document(self, facts: NoFaultFacts) -> Document:
        start, end = facts.window.start, facts.window.end
        day = civil_date(from_us(end))
        return Document(
            id="summary",
            kind=DocumentKind.LETTER,
            title=TITLE,
            facts=Facts(
                handler=self.handler,
                app=self.handler,
                register="",
                law=self.law,
                updated=day,
                effective=day,
                letter=" – ".join(instant_text(at)[:10] for at in (start, end)),
            ),
            blocks=tuple(_blocks(facts)),
        )


def _blocks(facts: NoFaultFacts) -> Iterator[Block]:
    yield notice_box(TITLE, WHAT)
    wanted = facts.category or "—"
    yield paragraph(Text(f"信息种类：{wanted}", f"Category: {wanted}"))
    yield Heading(2, "shows", SHOWS_HEAD)
    if facts.trace.touches:
        yield _touches(facts.trace)
    else:
        yield paragraph(NOBODY)
    yield Heading(2, "open", OPEN_HEAD)
    yield bullets(_open(facts.trace))
    yield Heading(2, "measures", MEASURES_HEAD)
    if facts.acts:
        yield _measures(facts.acts)
    else:
        yield paragraph(NONE)
    yield Heading(2, "controls", CONTROLS_HEAD)
    yield bullets(_controls(facts.controls))
    yield Heading(2, "cannot", CANNOT_HEAD)
    yield bullets(facts.trace.cannot)


def _touches(trace: Trace) -> Table:
    columns = (
        Text("时间", "When"),
        Text("谁", "Who"),
        Text("怎样", "How"),
        Text("信息种类", "Categories"),
        Text("记录", "Record"),
    )
    return Table(
        caption=SHOWS_HEAD,
        columns=tuple(Column(one) for one in columns),
        rows=tuple(
            (
                cell(code(instant_text(one.at)[:19] + "Z")),
                cell(_SIDES[one.side], Text(" ", " "), code(one.who)),
                cell(_CERTAIN[one.certainty], Text("：", ": "), KIND_WORDS[one.kind]),
                cell(code(" ".join(one.categories))) if one.categories else (),
                cell(code(f"#{one.position}")),
            )
            for one in trace.touches[:MOST_ROWS]
        ),
    )


def _open(trace: Trace) -> Iterator[Text]:
    for who, position in trace.batches[:MOST_ROWS]:
        yield Text(f"不逐人的批次：{who} #{position}", f"a batch not by name: {who} #{position}")
    for one in trace.unrecorded:
        yield Text(f"登记可以得到、没有记录：{one}", f"declared to get it, no record: {one}")
    for store in trace.stores:
        yield Text(f"存有此类信息的存储：{store}", f"a store that holds it: {store}")
    if trace.erased:
        yield Text(
            f"{trace.erased} 条记录的内容已依法删除", f"content of {trace.erased} records is erased"
        )


def _measures(acts: Sequence[tuple[Dossier, Act]]) -> Table:
    columns = (
        Text("时间", "When"),
        Text("种类", "Sort"),
        Text("做了什么", "What was done"),
        Text("记录", "Record"),
    )
    rows = []
    for dossier, act in acts[:MOST_ROWS]:
        sort = SORTS[dossier.sort]
        known = sort.act(act.what)
        what = Text(act.what, act.what) if known is None else known.text
        rows.append(
            (
                cell(code(f"{act.at:%Y-%m-%d}")),
                cell(sort.text, Text(" ", " "), code(dossier.id)),
                cell(what),
                cell(code(f"#{act.position}")),
            )
        )
    return Table(
        caption=MEASURES_HEAD, columns=tuple(Column(one) for one in columns), rows=tuple(rows)
    )


def _controls(seen: ControlsSeen) -> Iterator[Text]:
    for one in seen.runs:
        title, outcome = one.control.title, one.result.outcome.text
        yield Text(f"{title.zh}：{outcome.zh}", f"{title.en}: {outcome.en}")
    count = len(seen.findings)
    yield Text(f"登记簿检查未解决的发现：{count}", f"open findings on the register: {count}")
