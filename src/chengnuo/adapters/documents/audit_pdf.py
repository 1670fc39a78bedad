"""The report of an audit of prices as a PDF: the parts of the page, in the same order.

The same report gives the same bytes: the time in the file is the last day of the quotes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from chengnuo.adapters.documents import audit_words as words
from chengnuo.adapters.documents.audit_charts import Chart
from chengnuo.adapters.documents.audit_parts import (
    Folded,
    Part,
    Points,
    front,
    sections,
)
from chengnuo.adapters.documents.html import html_lang
from chengnuo.adapters.documents.inspection_tables import NONE, left_out_words
from chengnuo.adapters.documents.pdf import FORMAT, set_pages
from chengnuo.adapters.documents.tree import tree_of_block
from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import (
    Block,
    Heading,
    Table,
    bullets,
    notice_box,
    paragraph,
    strong,
)
from chengnuo.ports.audit_reports import AuditReport

MOST_ROWS = 300
_AUTHOR = "承诺 Chengnuo"


@dataclass(frozen=True, slots=True)
class AuditPdf:
    """Writes reports of audits as PDF."""

    format: str = FORMAT

    def write(self, report: AuditReport, lang: Lang) -> bytes:
        """Return the report as a PDF.

        Raises:
            DocumentNotMadeError: The pages could not be set in time, or at all.

        """
        return set_pages(_tree(report, lang), _day(report))


def _day(report: AuditReport) -> date:
    hour = 0 if report.audit is None else report.audit.last_hour
    return datetime.fromtimestamp(hour * 3600, UTC).date()


def _tree(report: AuditReport, lang: Lang) -> dict[str, Tree]:
    first = front(report, lang)
    title = words.REPORT.in_lang(lang)
    # The template shows the last one, the digest of the configuration, at the foot of each page.
    rows = [*first.facts, *first.digests[1:], first.digests[0]]
    head: list[Tree] = [[label, value] for label, value in rows]
    return {
        "lang": html_lang(lang),
        "kind": "price-audit",
        "title": title,
        "facts": {
            "handler": _AUTHOR,
            "app": first.verdict,
            "register": first.digests[0][1],
            "effective": _day(report).isoformat(),
        },
        "head": head,
        "front": list(_front(report, lang)),
        "blocks": list(_blocks(report, lang)),
    }


def _front(report: AuditReport, lang: Lang) -> Iterator[Tree]:
    first = front(report, lang)
    blocks: list[Block] = [notice_box(Text(first.verdict), *map(Text, first.said))]
    if first.legs:
        blocks.append(notice_box(words.PROOF, *map(Text, first.legs)))
    blocks += [paragraph(strong(words.DO)), bullets(map(Text, first.todo)), paragraph(words.NOTICE)]
    yield from (tree_of_block(one, lang) for one in blocks)


def _blocks(report: AuditReport, lang: Lang) -> Iterator[Tree]:
    for section in sections(report, lang):
        yield tree_of_block(Heading(1, section.anchor, section.title), lang)
        for part in section.parts:
            yield from _part(part, lang)


def _part(part: Part, lang: Lang) -> Iterator[Tree]:
    match part:
        case str():
            yield tree_of_block(paragraph(Text(part)), lang)
        case Points(lines=lines):
            yield tree_of_block(bullets(map(Text, lines)), lang)
        case Chart(words=said, alone=svg):
            yield {"type": "picture", "svg": svg, "text": said}
        case Folded(table=table):
            yield from _table(table, lang)
        case _:
            yield from _table(part, lang)


def _table(table: Table, lang: Lang) -> Iterator[Tree]:
    if not table.rows:
        yield tree_of_block(paragraph(NONE), lang)
        return
    yield tree_of_block(replace(table, rows=table.rows[:MOST_ROWS]), lang)
    left = len(table.rows) - MOST_ROWS
    if left > 0:
        yield tree_of_block(paragraph(left_out_words(left)), lang)
