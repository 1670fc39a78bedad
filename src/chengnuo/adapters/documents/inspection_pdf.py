"""A package inspection as a PDF: set like every other document, the picture and tables in it.

The same parts in the same order as the page (`inspection_page`), without what only a screen can
do. The same report gives the same bytes: the time in the file is the day of the report.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from chengnuo.adapters.documents.inspection_picture import TITLE, start_picture
from chengnuo.adapters.documents.inspection_tables import (
    NONE,
    delta_table,
    drift_table,
    host_table,
    left_out_words,
    permission_table,
    sdk_table,
    seen_table,
    start_table,
    unseen_table,
)
from chengnuo.adapters.documents.inspection_titles import (
    COLON,
    DELTA,
    DETAILS,
    DRIFT,
    FINDINGS,
    FIX,
    HOSTS,
    NO_FINDINGS,
    NOTHING_RUNS,
    PERMISSIONS,
    REPORT,
    SDKS,
    START,
    UNSEEN,
    WAIVED,
    facts_of,
)
from chengnuo.adapters.documents.pdf import FORMAT, set_pages
from chengnuo.adapters.documents.tree import tree_of_block
from chengnuo.base.canonical import Tree
from chengnuo.base.columns import plain
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import (
    Block,
    Cell,
    Heading,
    Span,
    Table,
    notice_box,
    paragraph,
    strong,
)
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.finding.package_start import start_entries
from chengnuo.domain.finding.package_verdict import (
    CAPABILITY,
    delta_words,
    drift_words,
    verdict,
)
from chengnuo.domain.finding.package_words import ReportWords, app_title
from chengnuo.engines.drawing.svg import svg_alone
from chengnuo.law.standing import Standing

MOST_ROWS = 300
_AUTHOR = "承诺 Chengnuo"
_LONG = re.compile(r"[^\s\u3000-\uffff]{20,}")
_BREAKS = re.compile(r"(?<=[./:;$_→])(?=[^\s./:;])")
_BREAK = "\u200b"


@dataclass(frozen=True, slots=True)
class InspectionPdf:
    """Writes reports of packages as PDF."""

    format: str = FORMAT
    media_type: str = "application/pdf"

    def write(self, report: PackageReport, words: ReportWords, lang: Lang) -> bytes:
        """Return the report as a PDF.

        Raises:
            DocumentNotMadeError: The pages could not be set in time, or at all.

        """
        return set_pages(_tree(report, words, lang), report.on)


def _tree(report: PackageReport, words: ReportWords, lang: Lang) -> dict[str, Tree]:
    facts = report.inspection.package
    app = plain(app_title(facts))
    # The template shows the name of the last one, the digest, at the foot of each page.
    head: list[Tree] = [[label, value] for label, value in facts_of(report, lang)]
    return {
        "lang": "zh-CN" if lang is Lang.ZH else "en",
        "kind": "package-inspection",
        "title": REPORT.in_lang(lang),
        "facts": {
            "handler": _AUTHOR,
            "app": app,
            "register": facts.sha256,
            "effective": report.on.isoformat(),
        },
        "head": head,
        "blocks": list(_blocks(report, words, lang)),
    }


def _blocks(report: PackageReport, words: ReportWords, lang: Lang) -> Iterator[Tree]:
    said = verdict(report.inspection, report.findings)
    yield tree_of_block(notice_box(said, CAPABILITY), lang)
    yield from _start(report, words, lang)
    for block in _parts(report, words, lang):
        yield tree_of_block(block, lang)


def _start(report: PackageReport, words: ReportWords, lang: Lang) -> Iterator[Tree]:
    yield tree_of_block(_heading("start", START), lang)
    entries = start_entries(report.inspection, words)
    if not entries:
        yield tree_of_block(paragraph(NOTHING_RUNS), lang)
        return
    drawing = start_picture(entries, words, lang)
    if drawing is not None:
        yield {"type": "picture", "svg": svg_alone(drawing), "text": TITLE.in_lang(lang)}
    for block in _shown(start_table(entries, words, lang)):
        yield tree_of_block(block, lang)


def _parts(report: PackageReport, words: ReportWords, lang: Lang) -> Iterator[Block]:
    inspection = report.inspection
    yield _heading("sdks", SDKS)
    yield from _shown(sdk_table(inspection, words, lang))
    yield _heading("findings", FINDINGS)
    if not report.findings:
        yield paragraph(NO_FINDINGS)
    for one in report.findings:
        yield from _finding(one, words, lang)
    if report.drift is not None:
        yield _heading("drift", DRIFT)
        yield paragraph(drift_words(report.drift))
        yield from _shown(drift_table(report.drift, words, lang))
    if report.delta is not None:
        yield _heading("delta", DELTA)
        yield paragraph(delta_words(report.delta))
        yield from _shown(delta_table(report.delta, words, lang))
    yield _heading("permissions", PERMISSIONS)
    yield from _shown(permission_table(inspection, words, lang))
    yield _heading("hosts", HOSTS)
    yield from _shown(host_table(inspection, words, lang))
    yield _heading("unseen", UNSEEN)
    yield from _shown(unseen_table(inspection, words, lang))
    yield _heading("details", DETAILS)
    yield from _shown(seen_table(inspection, words, lang))


def _finding(one: Finding, words: ReportWords, lang: Lang) -> Iterator[Block]:
    severity, title = one.severity.text, _safe(one.title)
    name = Text(f"{severity.zh} · {title.zh}", f"{severity.en} · {title.in_lang(Lang.EN)}")
    yield Heading(3, f"finding-{one.id}", name)
    yield paragraph(_safe(one.message))
    if one.waived is None:
        yield paragraph(strong(FIX), COLON, _safe(one.fix))
    else:
        day = one.waived.expires.isoformat()
        until = Text(f" {day}{COLON.zh}", f" {day}{COLON.in_lang(Lang.EN)}")
        yield paragraph(strong(WAIVED), until, _safe(one.waived.reason))
    label = f" · {one.standing.label.in_lang(lang)}" * (one.standing is not Standing.LAW)
    yield paragraph(Text(f"{words.articles(one.duties, lang)}{label} · {one.id}"))


def _shown(table: Table) -> Iterator[Block]:
    """Yield a table as pages hold it: its first rows, and lines that can be broken."""
    if not table.rows:
        yield paragraph(NONE)
        return
    rows = tuple(tuple(map(_breakable, row)) for row in table.rows[:MOST_ROWS])
    yield replace(table, rows=rows)
    left = len(table.rows) - MOST_ROWS
    if left > 0:
        yield paragraph(left_out_words(left))


def _breakable(cell: Cell) -> Cell:
    return tuple(tuple(_span(span) for span in line) for line in cell)


def _span(span: Span) -> Span:
    zh = _LONG.sub(_broken, span.text.zh)
    return replace(span, text=Text(zh, _LONG.sub(_broken, span.text.in_lang(Lang.EN))))


def _broken(found: re.Match[str]) -> str:
    return _BREAKS.sub(_BREAK, found[0])


def _safe(text: Text) -> Text:
    return Text(plain(text.zh), plain(text.in_lang(Lang.EN)))


def _heading(anchor: str, text: Text) -> Heading:
    return Heading(1, anchor, text)
