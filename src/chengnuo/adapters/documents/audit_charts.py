"""Pictures of an audit, each for a page of any width and alone for a PDF, from one set of marks.

A strip lies in percentages of its width, so that it fits any width undistorted. Every picture says
in words what it shows, and a table beside it holds the same figures; no color alone tells anything.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from chengnuo.adapters.documents.audit_words import OF_ONE, amount, rules_words
from chengnuo.base.columns import columns, cut, plain
from chengnuo.base.text import Lang, Text
from chengnuo.domain.pricing.audit import SegmentResult
from chengnuo.domain.pricing.effects import PRICE, Effect, margin_of
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.spec import Spec

MOST_ROWS = 60
MOST_LADDERS = 24
WIDE: Final = 720
"""Width of a picture in a PDF, px."""
_WORST_FIRST = (Verdict.FOUND, Verdict.NOT_AUDITABLE, Verdict.INCONCLUSIVE, Verdict.ABSENT)
_EDGE = 2.0
_95 = 1.96
_STRIP_PX, _LADDER_PX, _PLOT_PX = 34, 150, 96
_NAME_PX, _COLUMNS, _GAP_PX = 250, 2, 24
_UNIT = 6.2
"""Width of a column of text of 12 px."""

STYLE: Final = (
    "text{font:12px 'Noto Sans CJK SC';fill:#1b1d1f}.name{font-weight:700}.soft{fill:#52565a}"
    ".middle,.tick{text-anchor:middle}.end{text-anchor:end}.band{fill:#d8d5cc}.zero{stroke:#85827a}"
    ".range{stroke:#1b1d1f;stroke-width:2.5}.point,.bar{fill:#1b1d1f}"
    ".naive{fill:#fff;stroke:#b3321f;stroke-width:2}"
    ".margin{stroke:#b3321f;stroke-dasharray:4 3}"
    ".chance{fill:none;stroke:#b3321f;stroke-width:2}.bar{fill:#b9b5aa}"
)
"""The style of a picture where no style sheet is."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture.

    Attributes:
        words: What it shows, in words.
        html: It as part of a page.
        alone: It as an SVG file that stands alone, with the font of our PDFs.

    """

    words: str
    html: tuple[str, ...]
    alone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Strip:
    """One line of a picture of differences; what is None is not drawn.

    Attributes:
        name: What it is about.
        said: The verdict on it.
        words: All of it in words.
        naive: The gap at large.
        effect: The difference.
        low: Lower end of its interval.
        high: Upper end.

    """

    name: str
    said: str
    words: str
    naive: float | None = None
    effect: float | None = None
    low: float = 0.0
    high: float = 0.0


def worst_first(effects: Sequence[Effect], outcome: str = PRICE) -> list[Effect]:
    """Return effects on an outcome, those found first, the others by how little is shown."""
    mine = [one for one in effects if one.outcome == outcome]
    return sorted(mine, key=lambda one: (_WORST_FIRST.index(one.verdict), one.regressor))


def forest(spec: Spec, effects: Sequence[Effect], lang: Lang) -> Chart | None:
    """Return effects on one outcome: the gap at large, the difference, the margin."""
    if not effects:
        return None
    outcome = effects[0].outcome
    margin = margin_of(spec, outcome)
    return _strips(
        [_effect_strip(spec, one, lang) for one in effects[:MOST_ROWS]],
        margin,
        lambda value: amount(spec, outcome, value),
    )


def segment_chart(spec: Spec, segments: Sequence[SegmentResult], lang: Lang) -> Chart | None:
    """Return the differences of groups made of attributes, beside the margin."""
    rows = []
    for one in segments:
        name, verdict = plain(rules_words(one.rules, lang)), OF_ONE[one.verdict.value].in_lang(lang)
        told = [verdict, f"{one.effect:+.2%}", _PERSONS.in_lang(lang).format(one.persons)]
        told += [] if one.money is None else [_MONEY.in_lang(lang).format(one.money)]
        words = _SEGMENT_WORDS.in_lang(lang).format(
            name, one.effect, one.low, one.high, spec.margin, verdict
        )
        rows.append(
            _Strip(
                name=name,
                said=" · ".join(told),
                words=words,
                effect=one.effect,
                low=one.low,
                high=one.high,
            )
        )
    return _strips(rows, spec.margin, lambda value: f"{value:+.2%}") if rows else None


def _effect_strip(spec: Spec, one: Effect, lang: Lang) -> _Strip:
    verdict = OF_ONE[one.verdict.value].in_lang(lang)
    naive = amount(spec, one.outcome, one.naive)
    is_open = one.verdict is not Verdict.NOT_AUDITABLE and math.isfinite(one.high - one.low)
    text = _EFFECT_WORDS if is_open else _CLOSED_WORDS
    return _Strip(
        name=plain(one.regressor),
        said=verdict,
        words=text.in_lang(lang).format(
            plain(one.regressor),
            naive,
            amount(spec, one.outcome, one.effect),
            amount(spec, one.outcome, one.low),
            amount(spec, one.outcome, one.high),
            amount(spec, one.outcome, margin_of(spec, one.outcome)).removeprefix("+"),
            verdict,
        ),
        naive=one.naive if math.isfinite(one.naive) else None,
        effect=one.effect if is_open else None,
        low=one.low,
        high=one.high,
    )


def _strips(rows: Sequence[_Strip], margin: float, scale: Callable[[float], str]) -> Chart:
    ends = [x for one in rows if one.effect is not None for x in (one.low, one.high)]
    span = _span([margin, *ends, *(one.naive for one in rows if one.naive is not None)])
    html, alone = [], []
    for at, one in enumerate(rows):
        marks = "".join(_strip_marks(one, margin, span))
        html.append(_strip_item(one.name, one.said, one.words, _STRIP_PX, marks))
        top = at * (_STRIP_PX + 2)
        alone += [
            _text("name", 0, top + 14, one.name, _NAME_PX - 8),
            _text("soft", 0, top + 29, one.said, _NAME_PX - 8),
            _inner(_NAME_PX, top, WIDE - _NAME_PX, _STRIP_PX, marks),
        ]
    ticks = [scale(-span), "0", scale(span)]
    spans = "".join(f"<span>{one}</span>" for one in ticks)
    bottom = len(rows) * (_STRIP_PX + 2) + 14
    places = ((_NAME_PX, "start"), ((_NAME_PX + WIDE) / 2, "middle"), (WIDE, "end"))
    alone += [
        f'<text class="soft {kind}" x="{x:g}" y="{bottom}">{said}</text>'
        for said, (x, kind) in zip(ticks, places, strict=True)
    ]
    return Chart(
        words="; ".join(one.words for one in rows),
        html=(
            '<ul class="strips forest">',
            *html,
            "</ul>",
            f'<p class="scale" aria-hidden="true">{spans}</p>',
        ),
        alone=stand_alone(bottom + 6, alone),
    )


def _strip_marks(one: _Strip, margin: float, span: float) -> Iterator[str]:
    low, high = _across(-margin, span), _across(margin, span)
    yield (
        f'<rect class="band" x="{low:.2f}%" y="0" width="{high - low:.2f}%" height="{_STRIP_PX}"/>'
    )
    yield f'<line class="zero" x1="50%" x2="50%" y1="0" y2="{_STRIP_PX}"/>'
    y = 17 if one.naive is None else 24
    if one.effect is not None:
        left, right = _across(one.low, span), _across(one.high, span)
        yield f'<line class="range" x1="{left:.2f}%" x2="{right:.2f}%" y1="{y}" y2="{y}"/>'
        yield _square(_across(one.effect, span), y, 5)
    if one.naive is not None:
        yield f'<circle class="naive" cx="{_across(one.naive, span):.2f}%" cy="10" r="5"/>'


def ladders(effects: Sequence[Effect], lang: Lang) -> Chart | None:
    """Return the estimates of effects on prices at every window, the widest left."""
    html, alone, said = [], [], []
    width = (WIDE - _GAP_PX) / _COLUMNS
    for at, one in enumerate(effects[:MOST_LADDERS]):
        ends = [
            abs(rung.effect) + _95 * rung.error
            for rung in one.rungs
            if math.isfinite(rung.error + rung.effect)
        ]
        span = _span([one.margin, *ends])
        rungs = "; ".join(
            _RUNG.in_lang(lang).format(rung.window_s / 60, rung.effect, rung.coverage)
            for rung in one.rungs
        )
        name, scale = plain(one.regressor), f"±{span:.1%}"
        said.append(f"{name}: {rungs}")
        marks = "".join(_ladder_marks(one, span))
        html.append(_strip_item(name, scale, said[-1], _LADDER_PX, marks))
        left, top = at % _COLUMNS * (width + _GAP_PX), at // _COLUMNS * (_LADDER_PX + 26)
        alone += [
            _text("name", left, top + 14, f"{name}  {scale}", width),
            _inner(left, top + 20, width, _LADDER_PX, marks),
        ]
    if not html:
        return None
    rows = -(-len(html) // _COLUMNS)
    return Chart(
        words="; ".join(said),
        html=('<ul class="strips ladders">', *html, "</ul>"),
        alone=stand_alone(rows * (_LADDER_PX + 26), alone),
    )


def _ladder_marks(one: Effect, span: float) -> Iterator[str]:
    top, bottom = _down(one.margin, span), _down(-one.margin, span)
    yield f'<rect class="band" x="0" y="{top:.1f}" width="100%" height="{bottom - top:.1f}"/>'
    middle = _down(0, span)
    yield f'<line class="zero" x1="0" x2="100%" y1="{middle:.1f}" y2="{middle:.1f}"/>'
    for k, rung in enumerate(one.rungs):
        x = (k + 0.5) * 100 / len(one.rungs)
        yield f'<text class="tick" x="{x:.2f}%" y="{_PLOT_PX + 20}">{rung.window_s / 60:g}</text>'
        share = f"{rung.coverage:.0%}"
        yield f'<text class="tick soft" x="{x:.2f}%" y="{_PLOT_PX + 42}">{share}</text>'
        if not math.isfinite(rung.effect + rung.error):
            continue
        high = _down(rung.effect + _95 * rung.error, span)
        low = _down(rung.effect - _95 * rung.error, span)
        yield f'<line class="range" x1="{x:.2f}%" x2="{x:.2f}%" y1="{high:.1f}" y2="{low:.1f}"/>'
        half = 6 if rung.window_s == one.window_s else 3
        yield _square(x, _down(rung.effect, span), half)


def _strip_item(name: str, said: str, words: str, height: int, marks: str) -> str:
    head = f'<p><strong>{escape(name)}</strong> <span class="said">{escape(said)}</span></p>'
    shown = f'class="strip" role="img" aria-label="{escape(words)}" height="{height}"'
    return f"<li>{head}<svg {shown}>{marks}</svg></li>"


def stand_alone(height: float, parts: Sequence[str]) -> str:
    """Return parts of a picture as an SVG file of the width of a page."""
    size = f'width="{WIDE}" height="{height:g}" viewBox="0 0 {WIDE} {height:g}"'
    opened = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    return "\n".join((opened, f"<style>{STYLE}</style>", *parts, "</svg>"))


def _inner(x: float, y: float, width: float, height: float, marks: str) -> str:
    place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
    return f"<svg {place}>{marks}</svg>"


def _text(kind: str, x: float, y: float, said: str, room: float) -> str:
    most = int(room / _UNIT)
    shown = said if columns(said) <= most else cut(said, most)
    return f'<text class="{kind}" x="{x:g}" y="{y:g}">{escape(shown)}</text>'


def _square(x: float, y: float, half: int) -> str:
    """Return a square of fixed size about a point that lies at a percentage."""
    side = f'y="{y:.1f}" width="{2 * half}" height="{2 * half}"'
    return f'<rect class="point" x="{x:.2f}%" {side} transform="translate(-{half} -{half})"/>'


def _span(values: Sequence[float]) -> float:
    return 1.1 * max(abs(one) for one in values if math.isfinite(one))


def _across(value: float, span: float) -> float:
    """Return where a value lies on a strip that shows from `-span` to `span`, in percent."""
    share = min(1.0, max(-1.0, value / span))
    return 50 + share * (50 - _EDGE)


def _down(value: float, span: float) -> float:
    share = min(1.0, max(-1.0, value / span))
    return _PLOT_PX / 2 * (1 - share)


_EFFECT_WORDS = Text(
    "{0}：不分条件 {1}；同等条件 {2}（{3} 至 {4}）；容许 ±{5}；{6}",
    "{0}: at large {1}; in the same conditions {2} ({3} to {4}); margin ±{5}; {6}",
)
_CLOSED_WORDS = Text("{0}：不分条件 {1}；{6}", "{0}: at large {1}; {6}")
_SEGMENT_WORDS = Text(
    "{0}：{1:+.2%}（{2:+.2%} 至 {3:+.2%}）；容许 ±{4:.2%}；{5}",
    "{0}: {1:+.2%} ({2:+.2%} to {3:+.2%}); margin ±{4:.2%}; {5}",
)
_PERSONS = Text("{0:,} 人", "{0:,} persons")
_MONEY = Text("金额 {0:+,.2f}", "money {0:+,.2f}")
_RUNG = Text("{0:g} 分钟 {1:+.2%}，覆盖 {2:.0%}", "{0:g} min {1:+.2%}, coverage {2:.0%}")
