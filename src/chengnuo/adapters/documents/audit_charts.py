"""Pictures of an audit: strips of SVG in percentages, so that they fit any width undistorted.

Every strip says in words what it shows; no color alone tells anything.
"""

import math
from collections.abc import Iterator, Sequence
from html import escape

from chengnuo.adapters.documents.audit_words import MARK_BOUND, MARK_MARGIN, MARK_SPREAD, amount
from chengnuo.base.columns import plain
from chengnuo.base.text import Lang, Text
from chengnuo.domain.pricing.audit import PersonsResult
from chengnuo.domain.pricing.effects import PRICE, Effect
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.spec import Spec

MOST_ROWS = 60
MOST_LADDERS = 24
_WORST_FIRST = (Verdict.FOUND, Verdict.NOT_AUDITABLE, Verdict.INCONCLUSIVE, Verdict.ABSENT)
_EDGE = 2.0
_95 = 1.96
_LADDER_PX = 150
_PLOT_PX = 96


def worst_first(effects: Sequence[Effect]) -> list[Effect]:
    """Return effects on prices, those found first, the others by how little is shown."""
    prices = [one for one in effects if one.outcome == PRICE]
    return sorted(prices, key=lambda one: (_WORST_FIRST.index(one.verdict), one.regressor))


def forest(spec: Spec, effects: Sequence[Effect], lang: Lang) -> Iterator[str]:
    """Yield a strip for each effect on prices: the gap at large, the difference, the margin."""
    shown = worst_first(effects)[:MOST_ROWS]
    if not shown:
        return
    span = _span([spec.margin, *(x for one in shown for x in _values(one))])
    yield '<ul class="strips forest">'
    for one in shown:
        name = escape(plain(one.regressor))
        verdict = one.verdict.text.in_lang(lang)
        words = _FOREST_WORDS.in_lang(lang).format(
            plain(one.regressor),
            amount(spec, PRICE, one.naive),
            amount(spec, PRICE, one.effect),
            amount(spec, PRICE, one.low),
            amount(spec, PRICE, one.high),
            spec.margin,
            verdict,
        )
        yield f'<li><p><strong>{name}</strong> <span class="said">{verdict}</span></p>'
        yield _picture(words, 34, _forest_marks(spec, one, span))
        yield "</li>"
    yield "</ul>"
    yield f'<p class="scale"><span>{-span:+.1%}</span><span>0</span><span>{span:+.1%}</span></p>'


def _values(one: Effect) -> tuple[float, ...]:
    return (one.naive,) if one.verdict is Verdict.NOT_AUDITABLE else (one.naive, one.low, one.high)


def _forest_marks(spec: Spec, one: Effect, span: float) -> Iterator[str]:
    low, high = _across(-spec.margin, span), _across(spec.margin, span)
    yield f'<rect class="band" x="{low:.2f}%" y="0" width="{high - low:.2f}%" height="34"/>'
    yield '<line class="zero" x1="50%" x2="50%" y1="0" y2="34"/>'
    if one.verdict is not Verdict.NOT_AUDITABLE and math.isfinite(one.high - one.low):
        left, right = _across(one.low, span), _across(one.high, span)
        yield f'<line class="range" x1="{left:.2f}%" x2="{right:.2f}%" y1="24" y2="24"/>'
        at = _across(one.effect, span)
        yield _square(at, 24, 5)
    if math.isfinite(one.naive):
        yield f'<circle class="naive" cx="{_across(one.naive, span):.2f}%" cy="10" r="5"/>'


def ladder(one: Effect, lang: Lang) -> Iterator[str]:
    """Yield the estimates of an effect at every window, the widest left."""
    name = escape(plain(one.regressor))
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
    words = f"{plain(one.regressor)}: {rungs}"
    yield f'<li><p><strong>{name}</strong> <span class="said">±{span:.1%}</span></p>'
    yield _picture(words, _LADDER_PX, _ladder_marks(one, span))
    yield "</li>"


def _ladder_marks(one: Effect, span: float) -> Iterator[str]:
    top, bottom = _down(one.margin, span), _down(-one.margin, span)
    yield f'<rect class="band" x="0" y="{top:.1f}" width="100%" height="{bottom - top:.1f}"/>'
    middle = _down(0, span)
    yield f'<line class="zero" x1="0" x2="100%" y1="{middle:.1f}" y2="{middle:.1f}"/>'
    for k, rung in enumerate(one.rungs):
        x = (k + 0.5) * 100 / len(one.rungs)
        yield f'<text x="{x:.2f}%" y="{_PLOT_PX + 20}">{rung.window_s / 60:g}</text>'
        yield f'<text class="soft" x="{x:.2f}%" y="{_PLOT_PX + 42}">{rung.coverage:.0%}</text>'
        if not math.isfinite(rung.effect + rung.error):
            continue
        high = _down(rung.effect + _95 * rung.error, span)
        low = _down(rung.effect - _95 * rung.error, span)
        yield f'<line class="range" x1="{x:.2f}%" x2="{x:.2f}%" y1="{high:.1f}" y2="{low:.1f}"/>'
        half = 6 if rung.window_s == one.window_s else 3
        yield _square(x, _down(rung.effect, span), half)


def persons_strip(spec: Spec, lasting: PersonsResult, lang: Lang) -> str:
    """Return the spread of lasting mark-ups beside its bound and the mark-up that counts."""
    marks = [(MARK_SPREAD, lasting.sigma, 16), (MARK_MARGIN, spec.person_margin, 52)]
    if lasting.bound is not None:
        marks.insert(1, (MARK_BOUND, lasting.bound, 34))
    span = 1.6 * max(value for _, value, _ in marks)
    words = "; ".join(f"{text.in_lang(lang)} {value:.2%}" for text, value, _ in marks)
    return _picture(words, 64, _persons_marks(marks, span, lang))


def _persons_marks(
    marks: Sequence[tuple[Text, float, int]], span: float, lang: Lang
) -> Iterator[str]:
    yield '<line class="zero" x1="0" x2="0" y1="0" y2="64"/>'
    for text, value, y in marks:
        x = 100 * max(value, 0.0) / span
        yield f'<line class="range" x1="0" x2="{x:.2f}%" y1="{y}" y2="{y}"/>'
        yield (
            f'<svg x="{x:.2f}%" y="{y}" class="mark"><text class="start" x="8" y="5">'
            f"{text.in_lang(lang)} {value:.2%}</text></svg>"
        )


def _picture(words: str, height: int, marks: Iterator[str]) -> str:
    drawn = "".join(marks)
    said = f'class="strip" role="img" aria-label="{escape(words)}"'
    return f'<svg {said} height="{height}">{drawn}</svg>'


def _square(x: float, y: float, half: int) -> str:
    """Return a square of fixed size about a point that lies at a percentage."""
    side = f'x="-{half}" y="-{half}" width="{2 * half}" height="{2 * half}"'
    return f'<svg x="{x:.2f}%" y="{y:.1f}" class="mark"><rect {side}/></svg>'


def _span(values: Sequence[float]) -> float:
    return 1.1 * max(abs(one) for one in values if math.isfinite(one))


def _across(value: float, span: float) -> float:
    """Return where a value lies on a strip that shows from `-span` to `span`, in percent."""
    share = min(1.0, max(-1.0, value / span))
    return 50 + share * (50 - _EDGE)


def _down(value: float, span: float) -> float:
    share = min(1.0, max(-1.0, value / span))
    return _PLOT_PX / 2 * (1 - share)


_FOREST_WORDS = Text(
    "{0}：不分条件 {1}；同等条件 {2}（{3} 至 {4}）；容许 ±{5:.2%}；{6}",
    "{0}: at large {1}; in the same conditions {2} ({3} to {4}); margin ±{5:.2%}; {6}",
)
_RUNG = Text("{0:g} 分钟 {1:+.2%}，覆盖 {2:.0%}", "{0:g} min {1:+.2%}, coverage {2:.0%}")
