"""The report of an audit of prices as a page that stands alone: no script, nothing from outside.

What a lawyer reads comes first: the verdict, the parts of the proof, the conditions about the
person, and what cannot be said. Pictures follow, each beside its figures as a table.
"""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from importlib.resources import files

from chengnuo.adapters.documents import audit_tables as tables
from chengnuo.adapters.documents import audit_words as words
from chengnuo.adapters.documents.audit_charts import (
    MOST_LADDERS,
    MOST_ROWS,
    forest,
    ladder,
    persons_strip,
    worst_first,
)
from chengnuo.adapters.documents.html import html_lang, style_sheet
from chengnuo.adapters.documents.inspection_tables import left_out, table_lines
from chengnuo.base.columns import plain
from chengnuo.base.text import Lang, Text
from chengnuo.domain.pricing.audit import Audit
from chengnuo.domain.pricing.effects import PRICE
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.spec import Spec
from chengnuo.ports.audit_reports import AuditReport

_HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Writes reports of audits as pages."""

    format: str = "html"

    def write(self, report: AuditReport, lang: Lang) -> bytes:
        """Return the report as a page."""
        return audit_page(report, lang)


def audit_page(report: AuditReport, lang: Lang) -> bytes:
    """Return the report of an audit as a page in a language."""
    own = files("chengnuo.adapters.documents")
    style = b"\n" + style_sheet() + own.joinpath("inspection.css").read_bytes()
    style += own.joinpath("audit.css").read_bytes()
    digest = base64.b64encode(hashlib.sha256(style).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    audit = report.audit
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{html_lang(lang)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        f"<title>{words.REPORT.in_lang(lang)}</title>",
        f"<style>{style.decode()}</style>",
        "</head>",
        "<body>",
        "<main>",
        f'<article class="doc" lang="{html_lang(lang)}">',
        *_verdict(audit, lang),
        *_facts(report, lang),
        *([] if audit is None else _proof(audit, lang)),
        *_problems(report, lang),
        *([] if audit is None else _not_said(report.coded.spec, audit, lang)),
        *([] if audit is None else _pictures(report.coded.spec, audit, lang)),
        *([] if audit is None else _rest(report.coded.spec, audit, lang)),
        *_method(report, lang),
        "</article>",
        "</main>",
        "</body>",
        "</html>",
    ]
    return ("\n".join(parts) + "\n").encode()


def _verdict(audit: Audit | None, lang: Lang) -> Iterator[str]:
    verdict = Verdict.NOT_AUDITABLE if audit is None else audit.verdict
    said = words.NO_VERDICT if audit is None else words.SAID[verdict.value]
    yield f"<h1>{words.REPORT.in_lang(lang)}</h1>"
    yield '<div class="verdict">'
    yield f"<p>{verdict.text.in_lang(lang)}</p>"
    yield f"<p>{said.in_lang(lang)}</p>"
    if audit is not None and audit.overcharged:
        yield f"<p>{words.MONEY.in_lang(lang).format(audit.overcharged)}</p>"
    yield f"<p>{words.NOTICE.in_lang(lang)}</p>"
    yield "</div>"


def _facts(report: AuditReport, lang: Lang) -> Iterator[str]:
    audit, spec = report.audit, report.coded.spec
    rows = [(_MARGIN, f"{spec.margin:.2%}")]
    if audit is not None:
        period = f"{_hour(audit.first_hour)} – {_hour(audit.last_hour + 1)} UTC"
        rows += [
            (_SMALLEST, f"{audit.proof.smallest_margin:.2%}"),
            (_PERIOD, period),
            (_QUOTES, f"{audit.used:,} / {audit.read:,}"),
            (_PERSONS, f"{audit.persons:,}"),
            (_COVERAGE, f"{audit.coverage:.1%}"),
        ]
    yield '<dl class="doc-facts">'
    for label, value in rows:
        yield f"<div><dt>{label.in_lang(lang)}</dt><dd>{value}</dd></div>"
    hashes = [(_CONFIG, report.coded.config)]
    if audit is not None:
        hashes += [
            (_DATA, audit.proof.data),
            (_AUDIT, hashlib.sha256(audit.canonical).hexdigest()),
        ]
    for label, digest in hashes:
        yield (
            f'<div class="digest"><dt>{label.in_lang(lang)}</dt>'
            f"<dd><code>{digest}</code></dd></div>"
        )
    yield "</dl>"


def _hour(hour: int) -> str:
    return f"{datetime.fromtimestamp(hour * _HOUR_S, UTC):%Y-%m-%d %H:%M}"


def _proof(audit: Audit, lang: Lang) -> Iterator[str]:
    yield from _heading(words.PROOF, lang)
    yield from table_lines(tables.leg_table(audit, words.HOLDS, words.LACKS, lang), lang)
    yield from _heading(words.PERSONAL, lang)
    if any(one.personal for one in audit.factors):
        yield from table_lines(tables.factor_table(audit, personal=True, lang=lang), lang)
    else:
        yield f"<p>{words.NO_PERSONAL.in_lang(lang)}</p>"


def _problems(report: AuditReport, lang: Lang) -> Iterator[str]:
    if report.problems:
        yield from _heading(words.PROBLEMS, lang)
        yield from table_lines(tables.problem_table(report.problems, lang), lang)


def _not_said(spec: Spec, audit: Audit, lang: Lang) -> Iterator[str]:
    yield from _heading(words.NOT_SAID, lang)
    yield '<ul class="limits">'
    yield f"<li>{words.SHARED.in_lang(lang).format(1 - audit.coverage)}</li>"
    for one in worst_first(audit.effects):
        if one.verdict in _OPEN:
            said = f"{one.verdict.text.in_lang(lang)} · {one.lack.text.in_lang(lang)}"
            yield f"<li><code>{escape(plain(one.regressor))}</code> {said}</li>"
    yield from (f"<li>{one.in_lang(lang)}</li>" for one in words.LIMITS)
    if audit.verdict is Verdict.ABSENT:
        yield f"<li>{_WITHIN.in_lang(lang).format(spec.margin)}</li>"
    yield "</ul>"


def _pictures(spec: Spec, audit: Audit, lang: Lang) -> Iterator[str]:
    prices = worst_first(audit.effects)
    yield from _heading(words.FOREST, lang)
    yield f"<p>{words.FOREST_HINT.in_lang(lang)}</p>"
    yield from forest(spec, audit.effects, lang)
    yield from left_out(len(prices) - MOST_ROWS, lang)
    yield from table_lines(tables.effect_table(spec, prices, lang), lang)
    yield from _heading(words.LADDER, lang)
    yield f"<p>{words.LADDER_HINT.in_lang(lang)}</p>"
    shown = prices[:MOST_LADDERS]
    yield '<ul class="strips ladders">'
    for one in shown:
        yield from ladder(one, lang)
    yield "</ul>"
    yield from left_out(len(prices) - MOST_LADDERS, lang)
    yield f"<details><summary>{_AS_TABLE.in_lang(lang)}</summary>"
    yield from table_lines(tables.rung_table(shown), lang)
    yield "</details>"
    yield from _heading(words.PERSONS, lang)
    yield persons_strip(spec, audit.lasting, lang)
    lasting = audit.lasting
    bound = "—" if lasting.bound is None else f"{lasting.bound:.2%}"
    said = words.PERSONS_LINE.in_lang(lang).format(
        lasting.persons,
        lasting.sigma,
        bound,
        lasting.share_bound,
        spec.person_margin,
        lasting.permutation_p,
        lasting.verdict.text.in_lang(lang),
    )
    yield f"<p>{said}</p>"
    tail = audit.tail
    large = words.TAILS_LINE.in_lang(lang).format(tail.large, tail.above, tail.below, tail.bound)
    yield f"<p>{large}</p>"


def _rest(spec: Spec, audit: Audit, lang: Lang) -> Iterator[str]:
    yield from _heading(words.SEGMENTS, lang)
    yield f"<p>{words.SEGMENTS_HINT.in_lang(lang)}</p>"
    if audit.segments_reach is not None:
        reach = words.SEGMENTS_REACH.in_lang(lang)
        yield f"<p>{reach.format(audit.segments_claimed, audit.segments_reach)}</p>"
    yield from table_lines(tables.segment_table(audit, lang), lang)
    yield from _heading(words.TERMS, lang)
    others = [one for one in audit.effects if one.outcome != PRICE]
    yield from table_lines(tables.effect_table(spec, others, lang), lang)
    yield from _heading(words.FACTORS, lang)
    yield from table_lines(tables.factor_table(audit, personal=None, lang=lang), lang)
    yield from _heading(words.OVERLAP, lang)
    yield from table_lines(tables.overlap_table(worst_first(audit.effects), lang), lang)
    if audit.not_coded:
        yield from table_lines(tables.outside_table(audit, lang), lang)
    if any(audit.dropped.values()):
        yield from table_lines(tables.dropped_table(audit, lang), lang)
    yield from _heading(words.CONTROLS, lang)
    seen = audit.controls
    for text in words.CONTROLS_SAID:
        said = text.in_lang(lang).format(seen.runs, seen.false, seen.planted, seen.found)
        yield f"<p>{said}</p>"


def _method(report: AuditReport, lang: Lang) -> Iterator[str]:
    yield from _heading(words.METHOD, lang)
    yield "<ul>"
    yield from (f"<li>{escape(one)}</li>" for one in words.method_lines(report.coded, lang))
    yield "</ul>"


def _heading(text: Text, lang: Lang) -> Iterator[str]:
    yield f"<h2>{text.in_lang(lang)}</h2>"


_OPEN = frozenset({Verdict.NOT_AUDITABLE, Verdict.INCONCLUSIVE})
_AS_TABLE = Text("以表格查看", "As a table")
_WITHIN = Text("小于 {0:.2%} 的差别不排除。", "Differences below {0:.2%} are not ruled out.")
_MARGIN = Text("容许范围", "Margin")
_SMALLEST = Text("可通过的最小范围", "Smallest margin that passes")
_PERIOD = Text("时期", "Period")
_QUOTES = Text("使用的报价 / 读取的行", "Quotes used / rows read")
_PERSONS = Text("人数", "Persons")
_COVERAGE = Text("有可比报价的份额", "Share that can be compared")
_CONFIG = Text(
    "检验方案 SHA-256（查看价格之前确定）", "SHA-256 of the configuration, fixed beforehand"
)
_DATA = Text("数据 SHA-256", "SHA-256 of the data")
_AUDIT = Text("检验结果 SHA-256（JSON）", "SHA-256 of the audit as JSON")
