"""The parts of the report of an audit, in their order, as the page and the PDF both show them.

What a lawyer reads comes first: the verdict, the money, the parts of the proof and what to do.
Then, section by section, what stands behind it; what is looked up rather than read is folded.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from chengnuo.adapters.documents import audit_tables as tables
from chengnuo.adapters.documents import audit_words as words
from chengnuo.adapters.documents.audit_charts import (
    MOST_LADDERS,
    MOST_ROWS,
    Chart,
    forest,
    ladders,
    segment_chart,
    worst_first,
)
from chengnuo.adapters.documents.audit_histogram import gap_table, histogram
from chengnuo.adapters.documents.inspection_tables import left_out_words
from chengnuo.base.columns import plain
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import Table
from chengnuo.domain.pricing.audit import Audit, Leg, LegResult
from chengnuo.domain.pricing.effects import PRICE
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.spec import Spec
from chengnuo.ports.audit_reports import AuditReport

_HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Points:
    """Lines of a list."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """Figures of a picture as a table, or others that are looked up."""

    table: Table


Part: TypeAlias = str | Points | Table | Folded | Chart
"""A bare text is a paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section.

    Attributes:
        anchor: Its name within the document.
        title: Its heading.
        parts: What it holds.
        is_read: Whether it is read rather than looked up.

    """

    anchor: str
    title: Text
    parts: tuple[Part, ...]
    is_read: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What stands first.

    Attributes:
        verdict: The verdict.
        said: What it means, and the money.
        legs: Parts of the proof, the lacking ones first; empty without an audit.
        todo: What to do.
        facts: Labels and values.
        digests: Labels and SHA-256, the first of the configuration.

    """

    verdict: str
    said: tuple[str, ...]
    legs: tuple[str, ...]
    todo: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    digests: tuple[tuple[str, str], ...]


def front(report: AuditReport, lang: Lang) -> Front:
    """Return what stands first."""
    audit = report.audit
    verdict = Verdict.NOT_AUDITABLE if audit is None else audit.verdict
    digests = [(_CONFIG, report.coded.config)]
    if audit is None:
        said, legs, todo = [words.NO_VERDICT], [], [words.FIRST["none"]]
    else:
        ordered = sorted(audit.proof.legs, key=lambda one: one.holds)
        said, todo = [words.SAID[verdict.value]], list(_todo(audit))
        legs = [_leg(one, lang) for one in ordered]
        digests += [(_DATA, audit.proof.data), (_AUDIT, _whole(audit))]
    return Front(
        verdict=words.HEAD[verdict.value].in_lang(lang),
        said=(*(one.in_lang(lang) for one in said), *_money(audit, lang)),
        legs=tuple(legs),
        todo=tuple(one.in_lang(lang) for one in todo),
        facts=tuple((label.in_lang(lang), value) for label, value in _facts(report)),
        digests=tuple((label.in_lang(lang), value) for label, value in digests),
    )


def _leg(one: LegResult, lang: Lang) -> str:
    said = (words.HOLDS if one.holds else words.LACKS).in_lang(lang)
    return _ABOUT.in_lang(lang).format(f"{tables.sign(one)} {said}", one.leg.text.in_lang(lang))


def _todo(audit: Audit) -> Iterator[Text]:
    if audit.verdict.value in words.FIRST:
        yield words.FIRST[audit.verdict.value]
    for one in audit.proof.missing:
        # What was found is to be settled first; more quotes would not change it.
        if audit.verdict is not Verdict.FOUND or one not in _BY_FINDING:
            yield words.NEXT[one]


def _whole(audit: Audit) -> str:
    if audit.withheld is not None:
        return audit.withheld.whole
    return hashlib.sha256(audit.canonical).hexdigest()


def _money(audit: Audit | None, lang: Lang) -> Iterator[str]:
    if audit is None:
        return
    if audit.overcharged is None:
        yield words.MONEY_WITHHELD.in_lang(lang)
    elif audit.overcharged:
        yield words.MONEY.in_lang(lang).format(audit.overcharged)


def _facts(report: AuditReport) -> Iterator[tuple[Text, str]]:
    audit, spec = report.audit, report.coded.spec
    if audit is not None:
        yield _PERIOD, f"{_hour(audit.first_hour)} – {_hour(audit.last_hour + 1)} UTC"
        is_told = audit.withheld is None or not audit.withheld.counts
        yield _QUOTES, f"{audit.used:,} / {f'{audit.read:,}' if is_told else '—'}"
        yield _PERSONS, f"{audit.persons:,}"
        yield _COVERAGE, f"{audit.coverage:.1%}"
    yield _MARGIN, f"{spec.margin:.2%}"
    if audit is not None:
        smallest = audit.proof.smallest_margin
        yield _SMALLEST, "—" if smallest is None else f"{smallest:.2%}"


def _hour(hour: int) -> str:
    return f"{datetime.fromtimestamp(hour * _HOUR_S, UTC):%Y-%m-%d %H:%M}"


def sections(report: AuditReport, lang: Lang) -> Iterator[Section]:
    """Yield the sections of a report."""
    audit, spec = report.audit, report.coded.spec
    if audit is not None:
        yield from _proof(audit, lang)
    if report.problems:
        table = tables.problem_table(report.problems, lang)
        yield Section(anchor="log", title=words.PROBLEMS, parts=(table,))
    if audit is not None:
        said = tuple(_not_said(spec, audit, lang))
        yield Section(anchor="not-said", title=words.NOT_SAID, parts=(Points(said),))
        yield from _prices(spec, audit, lang)
        yield from _rest(spec, audit, lang)
    if report.second is not None:
        yield Section(
            anchor="second",
            title=words.SECOND,
            parts=(words.SECOND_HINT.in_lang(lang), tables.second_table(report.second)),
            is_read=False,
        )
    yield Section(
        anchor="method",
        title=words.METHOD,
        parts=(Points(words.method_lines(report.coded, lang)),),
        is_read=False,
    )


def _proof(audit: Audit, lang: Lang) -> Iterator[Section]:
    if audit.withheld is not None:
        one = audit.withheld
        said = words.WITHHELD_SAID.in_lang(lang)
        said = said.format(one.floor, one.effects, one.segments, one.whole)
        yield Section(anchor="withheld", title=words.WITHHELD, parts=(said,))
    legs = tables.leg_table(audit, words.HOLDS, words.LACKS, lang)
    yield Section(anchor="proof", title=words.PROOF, parts=(legs,))
    personal: Part = words.NO_PERSONAL.in_lang(lang)
    if any(one.personal for one in audit.factors):
        personal = tables.factor_table(audit, personal=True, lang=lang)
    yield Section(anchor="personal", title=words.PERSONAL, parts=(personal,))


def _not_said(spec: Spec, audit: Audit, lang: Lang) -> Iterator[str]:
    yield words.SHARED.in_lang(lang).format(1 - audit.coverage)
    for one in worst_first(audit.effects):
        if one.verdict in _OPEN:
            said = (
                f"{words.OF_ONE[one.verdict.value].in_lang(lang)} · {one.lack.text.in_lang(lang)}"
            )
            yield _ABOUT.in_lang(lang).format(plain(one.regressor), said)
    yield from (one.in_lang(lang) for one in words.LIMITS)
    if audit.verdict is Verdict.ABSENT:
        yield _WITHIN.in_lang(lang).format(spec.margin)


def _prices(spec: Spec, audit: Audit, lang: Lang) -> Iterator[Section]:
    prices = worst_first(audit.effects)
    yield Section(
        anchor="prices",
        title=words.FOREST,
        parts=(
            words.FOREST_HINT.in_lang(lang),
            *_drawn(forest(spec, prices, lang), len(prices) - MOST_ROWS, lang),
            Folded(tables.effect_table(spec, prices, lang)),
        ),
    )
    yield Section(
        anchor="ladder",
        title=words.LADDER,
        parts=(
            words.LADDER_HINT.in_lang(lang),
            *_drawn(ladders(prices, lang), len(prices) - MOST_LADDERS, lang),
            Folded(tables.rung_table(prices[:MOST_LADDERS])),
        ),
        is_read=False,
    )
    yield Section(anchor="persons", title=words.PERSONS, parts=tuple(_persons(spec, audit, lang)))
    yield Section(anchor="groups", title=words.SEGMENTS, parts=tuple(_segments(spec, audit, lang)))


def _persons(spec: Spec, audit: Audit, lang: Lang) -> Iterator[Part]:
    lasting, tail = audit.lasting, audit.tail
    yield words.PERSONS_LINE.in_lang(lang).format(
        lasting.persons,
        lasting.sigma,
        "—" if lasting.bound is None else f"{lasting.bound:.2%}",
        lasting.share_bound,
        spec.person_margin,
        lasting.permutation_p,
        words.OF_ONE[lasting.verdict.value].in_lang(lang),
    )
    if lasting.gaps is None:
        yield words.GAPS_WITHHELD.in_lang(lang)
    else:
        yield words.PERSONS_HINT.in_lang(lang)
        yield histogram(lasting.gaps, spec.person_margin, lang)
        yield Folded(gap_table(lasting.gaps))
    if tail.above is None or tail.below is None:
        yield words.TAILS_WITHHELD.in_lang(lang).format(tail.large)
    else:
        said = words.TAILS_LINE.in_lang(lang)
        yield said.format(tail.large, tail.above, tail.below, tail.bound)


def _segments(spec: Spec, audit: Audit, lang: Lang) -> Iterator[Part]:
    yield words.SEGMENTS_HINT.in_lang(lang)
    if audit.segments_reach is not None:
        reach = words.SEGMENTS_REACH.in_lang(lang)
        yield reach.format(audit.segments_claimed, audit.segments_reach)
    yield from _drawn(segment_chart(spec, audit.segments, lang), 0, lang)
    table = tables.segment_table(audit, lang)
    yield Folded(table) if table.rows else table
    if any(one.money is not None for one in audit.segments):
        yield words.SEGMENT_MONEY.in_lang(lang)


def _rest(spec: Spec, audit: Audit, lang: Lang) -> Iterator[Section]:
    others = [one for one in audit.effects if one.outcome != PRICE]
    terms: list[Part] = []
    for outcome in sorted({one.outcome for one in others}):
        mine = worst_first(others, outcome)
        terms += [plain(outcome), *_drawn(forest(spec, mine, lang), len(mine) - MOST_ROWS, lang)]
    table = tables.effect_table(spec, others, lang)
    terms.append(Folded(table) if others else table)
    is_read = any(one.verdict is not Verdict.ABSENT for one in others)
    yield Section(anchor="terms", title=words.TERMS, parts=tuple(terms), is_read=is_read)
    yield Section(anchor="factors", title=words.FACTORS, parts=tuple(_factors(audit, lang)))
    covered: list[Part] = [tables.overlap_table(worst_first(audit.effects), lang)]
    if audit.not_coded:
        covered.append(tables.outside_table(audit, lang))
    if any(audit.dropped.values()):
        covered.append(tables.dropped_table(audit, lang))
    yield Section(anchor="overlap", title=words.OVERLAP, parts=tuple(covered), is_read=False)
    seen = audit.controls
    yield Section(
        anchor="controls",
        title=words.CONTROLS,
        parts=tuple(
            one.in_lang(lang).format(seen.runs, seen.false, seen.planted, seen.found)
            for one in words.CONTROLS_SAID
        ),
    )


def _factors(audit: Audit, lang: Lang) -> Iterator[Part]:
    yield tables.factor_table(audit, personal=None, lang=lang)
    does = audit.factoring
    if does is None:
        yield words.NO_FACTORING.in_lang(lang)
        return
    yield words.FACTORING.in_lang(lang).format(does.quotes, does.base, does.left)
    if does.without:
        yield words.LEFT_OUT.in_lang(lang)
        yield Folded(tables.left_out_table(does))


def _drawn(chart: Chart | None, more: int, lang: Lang) -> Iterator[Part]:
    if chart is not None:
        yield chart
    if more > 0:
        yield left_out_words(more).in_lang(lang)


_BY_FINDING = frozenset({Leg.ATTRIBUTES, Leg.SEGMENTS})
_OPEN = frozenset({Verdict.NOT_AUDITABLE, Verdict.INCONCLUSIVE})
_ABOUT = Text("{0}：{1}", "{0}: {1}")
_WITHIN = Text("小于 {0:.2%} 的差别不排除。", "Differences below {0:.2%} are not ruled out.")
_MARGIN = Text("容许范围", "Margin")
_SMALLEST = Text("可通过的最小范围", "Smallest passing margin")
_PERIOD = Text("时期", "Period")
_QUOTES = Text("使用的报价 / 读取的行", "Quotes used / rows read")
_PERSONS = Text("人数", "Persons")
_COVERAGE = Text("有可比报价的份额", "Comparable share")
_CONFIG = Text("方案 SHA-256", "Configuration SHA-256")
_DATA = Text("数据 SHA-256", "Data SHA-256")
_AUDIT = Text("结果 SHA-256", "Audit SHA-256")
