"""A table of drift as a page that stands alone, and its picture as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from chengnuo.adapters.documents.drift_picture import TITLE, drift_bars
from chengnuo.adapters.documents.inspection_tables import table_lines, text_table
from chengnuo.adapters.documents.standalone import standalone
from chengnuo.base.columns import plain
from chengnuo.base.digest import short
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import Table
from chengnuo.domain.finding.drift import DriftTable, percent
from chengnuo.domain.finding.drift_words import DriftWords, summary
from chengnuo.domain.finding.package_words import comma
from chengnuo.engines.drawing.svg import figure_lines, svg_alone


@dataclass(frozen=True, slots=True)
class DriftPage:
    """Writes tables of drift as pages."""

    format: str = "html"

    def write(self, table: DriftTable, words: DriftWords, lang: Lang) -> bytes:
        """See `DriftWriter.write`."""
        return standalone(
            TITLE.in_lang(lang), _body(table, words, lang), lang, styles=("inspection.css",)
        )


@dataclass(frozen=True, slots=True)
class DriftSvg:
    """Writes the picture of drift."""

    format: str = "svg"

    def write(
        self,
        table: DriftTable,
        words: DriftWords,  # noqa: ARG002  the port's
        lang: Lang,
    ) -> bytes:
        """See `DriftWriter.write`."""
        return f"{svg_alone(drift_bars(table, lang))}\n".encode()


def _body(table: DriftTable, words: DriftWords, lang: Lang) -> Iterator[str]:
    yield f"<h1>{TITLE.in_lang(lang)}</h1>"
    yield '<div class="verdict">'
    yield f"<p>{escape(summary(table).in_lang(lang))}</p>"
    yield f"<p>{_REST.in_lang(lang)}</p>"
    yield "</div>"
    yield '<dl class="doc-facts">'
    for label, value in ((_REGISTER, short(table.register)), (_ON, table.on.isoformat())):
        yield f"<div><dt>{label.in_lang(lang)}</dt><dd>{value}</dd></div>"
    yield "</dl>"
    if table.lines:
        yield from figure_lines(drift_bars(table, lang))
    yield f"<h2>{_SOURCES.in_lang(lang)}</h2>"
    yield from table_lines(_sources(table, lang), lang)
    for source in table.read:
        yield f"<h2>{source.text.in_lang(lang)}</h2>"
        yield f"<p>{escape(summary(table, source).in_lang(lang))}</p>"
        rows = (
            (
                plain(words.name(one).in_lang(lang)),
                one.thing.text.in_lang(lang),
                one.side.text.in_lang(lang),
                comma(lang).join(map(str, one.rows)),
                " ".join((*one.findings, *one.proof)),
            )
            for one in table.of(source)
        )
        yield from table_lines(text_table(source.text, _HEADS, rows), lang)


def _sources(table: DriftTable, lang: Lang) -> Table:
    rows = (
        (
            one.source.text.in_lang(lang),
            one.name,
            one.digest[:12],
            f"{table.agreed(one.source)} / {len(table.of(one.source))}",
            percent(table.share(one.source)),
        )
        for one in table.sources
    )
    return text_table(_SOURCES, _SOURCE_HEADS, rows)


_REST = Text(
    "一致只说明登记簿与这一来源都有这一项，不说明没有遗漏。",
    "That the two agree says that both have a thing, not that nothing is missing.",
)
_REGISTER = Text("登记簿", "register")
_ON = Text("日期", "day")
_SOURCES = Text("来源", "Sources")
_SOURCE_HEADS = (
    (Text("来源", "source"), 2),
    (Text("文件", "file"), 3),
    (Text("SHA-256", "SHA-256"), 2),
    (Text("一致", "agree"), 1),
    (Text("比例", "share"), 1),
)
_HEADS = (
    (Text("内容", "what"), 3),
    (Text("类别", "sort"), 1),
    (Text("状态", "state"), 2),
    (Text("登记项", "rows"), 2),
    (Text("问题与依据", "findings and proof"), 2),
)
