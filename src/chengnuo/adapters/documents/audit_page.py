"""The report of an audit of prices as a page that stands alone: no script, nothing from outside.

The first screen answers; a list of contents leads to the rest. Sections that are looked up are
folded, and open in print.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from chengnuo.adapters.documents import audit_words as words
from chengnuo.adapters.documents.audit_charts import Chart
from chengnuo.adapters.documents.audit_parts import (
    Folded,
    Front,
    Part,
    Points,
    Section,
    front,
    sections,
)
from chengnuo.adapters.documents.inspection_tables import table_lines
from chengnuo.adapters.documents.standalone import standalone
from chengnuo.base.text import Lang, Text
from chengnuo.ports.audit_reports import AuditReport


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Writes reports of audits as pages."""

    format: str = "html"

    def write(self, report: AuditReport, lang: Lang) -> bytes:
        """Return the report as a page."""
        return audit_page(report, lang)


def audit_page(report: AuditReport, lang: Lang) -> bytes:
    """Return the report of an audit as a page in a language."""
    shown = tuple(sections(report, lang))
    body = (
        *_front(front(report, lang), lang),
        *_contents(shown, lang),
        *(line for one in shown for line in _section(one, lang)),
    )
    styles = ("inspection.css", "audit.css")
    return standalone(words.REPORT.in_lang(lang), body, lang, styles=styles)


def _front(first: Front, lang: Lang) -> Iterator[str]:
    yield f"<h1>{words.REPORT.in_lang(lang)}</h1>"
    yield '<div class="verdict">'
    yield f"<p>{first.verdict}</p>"
    yield from (f"<p>{one}</p>" for one in first.said)
    yield "</div>"
    if first.legs:
        yield f'<ul class="legs" aria-label="{words.PROOF.in_lang(lang)}">'
        yield from (f"<li>{one}</li>" for one in first.legs)
        yield "</ul>"
    yield f"<p><strong>{words.DO.in_lang(lang)}</strong></p>"
    yield '<ul class="todo">'
    yield from (f"<li>{one}</li>" for one in first.todo)
    yield "</ul>"
    yield f'<p class="note">{words.NOTICE.in_lang(lang)}</p>'
    yield '<dl class="doc-facts">'
    for label, value in first.facts:
        yield f"<div><dt>{label}</dt><dd>{value}</dd></div>"
    for label, digest in first.digests:
        yield f'<div class="digest"><dt>{label}</dt><dd><code>{digest}</code></dd></div>'
    yield "</dl>"


def _contents(shown: tuple[Section, ...], lang: Lang) -> Iterator[str]:
    yield f'<nav class="doc-contents" aria-label="{words.CONTENTS.in_lang(lang)}">'
    yield "<ol>"
    for one in shown:
        yield f'<li><a href="#{one.anchor}">{one.title.in_lang(lang)}</a></li>'
    yield "</ol>"
    yield "</nav>"


def _section(one: Section, lang: Lang) -> Iterator[str]:
    title = f"<h2>{one.title.in_lang(lang)}</h2>"
    if one.is_read:
        yield f'<section id="{one.anchor}">'
        yield title
    else:
        yield f'<details class="part" id="{one.anchor}">'
        yield f"<summary>{title}</summary>"
    for part in one.parts:
        yield from _part(part, lang)
    yield "</section>" if one.is_read else "</details>"


def _part(part: Part, lang: Lang) -> Iterator[str]:
    match part:
        case str():
            yield f"<p>{escape(part)}</p>"
        case Points(lines=lines):
            yield "<ul>"
            yield from (f"<li>{escape(one)}</li>" for one in lines)
            yield "</ul>"
        case Folded(table=table):
            yield f"<details><summary>{_AS_TABLE.in_lang(lang)}</summary>"
            yield from table_lines(table, lang)
            yield "</details>"
        case Chart(html=lines):
            yield from lines
        case _:
            yield from table_lines(part, lang)


_AS_TABLE = Text("以表格查看", "As a table")
