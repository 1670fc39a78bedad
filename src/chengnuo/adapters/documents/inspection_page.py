"""A package inspection as one page for people who decide: no script, nothing from elsewhere.

Names from the package are shown as text whatever they hold.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import escape

from chengnuo.adapters.documents.inspection_picture import start_picture
from chengnuo.adapters.documents.inspection_tables import (
    delta_table,
    drift_table,
    host_table,
    left_out,
    permission_table,
    place_words,
    sdk_table,
    start_table,
    table_lines,
    unseen_table,
)
from chengnuo.adapters.documents.inspection_titles import (
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
    WAIVED_ONES,
    facts_of,
)
from chengnuo.adapters.documents.standalone import standalone
from chengnuo.base.columns import plain
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.finding import Finding, Severity
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.finding.package_start import StartEntry, start_entries
from chengnuo.domain.finding.package_verdict import CAPABILITY, delta_words, drift_words, verdict
from chengnuo.domain.finding.package_words import ReportWords, app_title, method_name
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import Observation, ObservationId, Step
from chengnuo.engines.drawing.svg import figure_lines
from chengnuo.law.standing import Standing

MOST_SEEN = 400
MOST_LINKS = 12


@dataclass(frozen=True, slots=True)
class InspectionPage:
    """Writes reports of packages as pages that stand alone."""

    format: str = "html"
    media_type: str = "text/html; charset=utf-8"

    def write(self, report: PackageReport, words: ReportWords, lang: Lang) -> bytes:
        """Return the report as a page."""
        return inspection_page(report, words, lang)

    def start_picture(self, report: PackageReport, words: ReportWords, lang: Lang) -> str:
        """See `PackagePageWriter.start_picture`."""
        return "\n".join(_pictures(start_entries(report.inspection, words), words, lang))


def inspection_page(report: PackageReport, words: ReportWords, lang: Lang) -> bytes:
    """Return the report as a page that stands alone.

    Args:
        report: What was found.
        words: Names of SDKs, categories and articles.
        lang: Its language.

    """
    title = plain(f"{REPORT.in_lang(lang)} · {app_title(report.inspection.package)}")
    body = (
        *_head(report, lang),
        *_start(report, words, lang),
        f"<h2>{SDKS.in_lang(lang)}</h2>",
        *table_lines(sdk_table(report.inspection, words, lang), lang),
        *_findings(report, words, lang),
        *_sections(report, words, lang),
        *_details(report, words, lang),
    )
    return standalone(title, body, lang, styles=("inspection.css",))


def _head(report: PackageReport, lang: Lang) -> Iterator[str]:
    inspection = report.inspection
    yield f"<h1>{REPORT.in_lang(lang)}</h1>"
    yield '<div class="verdict">'
    yield f"<p>{escape(verdict(inspection, report.findings).in_lang(lang))}</p>"
    yield f"<p>{escape(CAPABILITY.in_lang(lang))}</p>"
    yield "</div>"
    yield '<dl class="doc-facts">'
    *facts, (digest_label, digest) = facts_of(report, lang)
    for label, value in facts:
        yield f"<div><dt>{label}</dt><dd>{escape(value)}</dd></div>"
    yield f'<div class="digest"><dt>{digest_label}</dt><dd><code>{digest}</code></dd></div>'
    yield "</dl>"


def _start(report: PackageReport, words: ReportWords, lang: Lang) -> Iterator[str]:
    yield f"<h2>{START.in_lang(lang)}</h2>"
    entries = start_entries(report.inspection, words)
    if not entries:
        yield f"<p>{NOTHING_RUNS.in_lang(lang)}</p>"
        return
    yield from _pictures(entries, words, lang)
    yield f"<details><summary>{_AS_TABLE.in_lang(lang)}</summary>"
    yield from table_lines(start_table(entries, words, lang), lang)
    yield "</details>"


def _pictures(entries: tuple[StartEntry, ...], words: ReportWords, lang: Lang) -> Iterator[str]:
    """Yield the picture; nothing where nothing runs."""
    drawing = start_picture(entries, words, lang)
    if drawing is not None:
        yield from figure_lines(drawing)


def _findings(report: PackageReport, words: ReportWords, lang: Lang) -> Iterator[str]:
    yield f'<h2 id="findings">{FINDINGS.in_lang(lang)}</h2>'
    if not report.findings:
        yield f"<p>{NO_FINDINGS.in_lang(lang)}</p>"
        return
    waived = [one for one in report.findings if one.waived is not None]
    groups = [
        (severity.text, [one for one in report.findings if _counts(one, severity)])
        for severity in Severity
    ]
    shown = [(text, found) for text, found in (*groups, (WAIVED_ONES, waived)) if found]
    yield '<ul class="counts">'
    yield from (
        f"<li><strong>{len(found)}</strong> {text.in_lang(lang)}</li>" for text, found in shown
    )
    yield "</ul>"
    seen = frozenset(one.id for one in report.inspection.observations[:MOST_SEEN])
    for text, found in shown:
        yield f"<h3>{text.in_lang(lang)}</h3>"
        for one in found:
            yield from _finding(one, seen, words, lang)


def _counts(one: Finding, severity: Severity) -> bool:
    return one.severity is severity and one.waived is None


def _finding(
    one: Finding, seen: Collection[ObservationId], words: ReportWords, lang: Lang
) -> Iterator[str]:
    articles = escape(words.articles(one.duties, lang))
    label = f" · {one.standing.label.in_lang(lang)}" * (one.standing is not Standing.LAW)
    kind = one.severity.value if one.waived is None else "waived"
    yield f'<section class="finding {kind}">'
    yield f"<h4>{escape(plain(one.title.in_lang(lang)))}</h4>"
    yield f"<p>{escape(plain(one.message.in_lang(lang)))}</p>"
    if one.waived is None:
        fix = escape(plain(one.fix.in_lang(lang)))
        yield f"<p><strong>{FIX.in_lang(lang)}</strong> {fix}</p>"
    else:
        reason = escape(plain(one.waived.reason.in_lang(lang)))
        until = f"{WAIVED.in_lang(lang)} {one.waived.expires.isoformat()}"
        yield f"<p><strong>{until}</strong> {reason}</p>"
    links = [
        f'<a href="#seen-{escape(each)}">{escape(each)}</a>'
        for each in one.observations
        if each in seen
    ][:MOST_LINKS]
    evidence = f" · {_EVIDENCE.in_lang(lang)} {' '.join(links)}" if links else ""
    yield f'<p class="note">{articles}{label}{evidence}</p>'
    yield "</section>"


def _sections(report: PackageReport, words: ReportWords, lang: Lang) -> Iterator[str]:
    inspection = report.inspection
    if report.drift is not None:
        yield f"<h2>{DRIFT.in_lang(lang)}</h2>"
        yield f"<p>{drift_words(report.drift).in_lang(lang)}</p>"
        yield from table_lines(drift_table(report.drift, words, lang), lang)
    if report.delta is not None:
        yield f"<h2>{DELTA.in_lang(lang)}</h2>"
        yield f"<p>{escape(plain(delta_words(report.delta).in_lang(lang)))}</p>"
        yield from table_lines(delta_table(report.delta, words, lang), lang)
    yield f"<h2>{PERMISSIONS.in_lang(lang)}</h2>"
    yield from table_lines(permission_table(inspection, words, lang), lang)
    yield f"<h2>{HOSTS.in_lang(lang)}</h2>"
    yield from table_lines(host_table(inspection, words, lang), lang)
    yield f"<h2>{UNSEEN.in_lang(lang)}</h2>"
    yield from table_lines(unseen_table(inspection, words, lang), lang)


def _details(report: PackageReport, words: ReportWords, lang: Lang) -> Iterator[str]:
    """Yield what was seen, the earliest first, each with its way; a line says what is left out."""
    seen = report.inspection.observations
    yield f"<h2>{DETAILS.in_lang(lang)}</h2>"
    for one in seen[:MOST_SEEN]:
        yield from _seen(one, words, lang)
    yield from left_out(len(seen) - MOST_SEEN, lang)


def _seen(one: Observation, words: ReportWords, lang: Lang) -> Iterator[str]:
    when = "" if one.moment is Moment.UNKNOWN else one.moment.text.in_lang(lang)
    facts = (words.act(one).in_lang(lang), words.owner(one.owner).in_lang(lang), when)
    said = " · ".join(escape(plain(fact)) for fact in facts if fact)
    yield f'<details class="seen" id="seen-{escape(one.id)}"><summary>{said}</summary>'
    yield (
        f'<p class="seen-facts"><code>{escape(plain(one.what))}</code> · '
        f"<code>{escape(plain(place_words(one)))}</code> · <code>{escape(one.id)}</code></p>"
    )
    if one.detail("seen"):
        seen = escape(plain(one.detail("seen")))
        yield f'<p class="seen-facts">{_IN_RUNS.in_lang(lang)} <code>{seen}</code></p>'
    if one.path:
        yield '<ol class="way">'
        yield from (_step(step, lang) for step in one.path)
        yield "</ol>"
    yield "</details>"


def _step(step: Step, lang: Lang) -> str:
    name = escape(plain(method_name(step)))
    whole = escape(plain(step.class_name))
    guards = "".join(
        f'<span class="guard">◇ {(_CONSENT_TEST if one.is_consent else _TEST).in_lang(lang)}'
        f" <code>{escape(plain(one.condition))}</code> → {str(one.taken).lower()}</span>"
        for one in step.guards
    )
    return f"<li><code>{name}</code> <code>{whole}</code>{guards}</li>"


_AS_TABLE = Text("以表格查看，含代码路径", "As a table, with the ways through the code")
_IN_RUNS = Text("运行记录", "seen in runs at")
_EVIDENCE = Text("依据", "seen at")
_TEST = Text("条件", "test")
_CONSENT_TEST = Text("同意判断", "test of consent")
