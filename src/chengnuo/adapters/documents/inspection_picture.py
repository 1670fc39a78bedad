"""The picture of a first start: who reads what, in the order in which the system starts things.

Drawn twice from one model, wide with a lane for each owner and narrow with time running down; the
style sheet shows the one that fits. Meaning never rests on color: certain has a whole edge,
conditional a broken one, guarded stands behind the line of consent. A table says the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from chengnuo.base.columns import columns, cut, plain
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.package_start import Phase, StartEntry, by_owner
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.observation.moment import Moment

MOST_LANES = 12
MOST_CHIPS = 6
_WIDE, _NARROW = 1120, 360
_LANE_LABEL, _HEAD, _CHIP, _GAP, _PAD = 176, 64, 30, 6, 10
_LINE, _SMALL = 24, 4
_UNIT = 7.2
"""Width of a column of text of 14 px, in px; a wide character takes two."""

_ALONE = (
    "text{font:14px 'Noto Sans CJK SC';fill:#1b1d1f}"
    ".phase,.owner,.consent-word{font-weight:700}.hint{fill:#52565a}"
    ".axis{stroke:#1b1d1f;stroke-width:1.5}.lane{stroke:#c9c6bd}"
    ".consent{stroke:#b3321f;stroke-width:2}.consent-word{fill:#b3321f;text-anchor:end}"
    ".chip{fill:#fff;stroke:#52565a;stroke-width:1.5}"
    ".chip.reads.certain,.chip.reads.conditional{stroke:#b3321f;stroke-width:2}"
    ".chip.certain.reads{fill:#f4f2ec}.chip.guarded{stroke:#c9c6bd}"
)
"""The style of the picture where no style sheet is: in a PDF, whose one font has two weights."""
TITLE = Text("首次启动时各方读取的信息", "Who reads what at the first start")
_CONSENT = Text("同意", "consent")
_MORE = Text("其他 {0} 方见下表", "{0} more in the table below")
_MORE_CHIPS = Text("另 {0} 项", "{0} more")


@dataclass(frozen=True, slots=True)
class _Box:
    """A place in the picture, in px."""

    left: float
    top: float
    width: float


def picture(entries: tuple[StartEntry, ...], words: ReportWords, lang: Lang) -> Iterator[str]:
    """Yield the picture as two inline SVG elements; nothing where nothing runs.

    Args:
        entries: What runs, ordered by owner and phase.
        words: Names.
        lang: Language of what is written in it.

    """
    if entries:
        yield from _wide(entries, words, lang)
        yield from _narrow(entries, words, lang)


def picture_alone(entries: tuple[StartEntry, ...], words: ReportWords, lang: Lang) -> str:
    """Return the wide picture as an SVG file that stands alone; empty where nothing runs."""
    if not entries:
        return ""
    head, *rest = _wide(entries, words, lang)
    opened = head.replace("<svg ", f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDE}" ', 1)
    return "\n".join((opened, f"<style>{_ALONE}</style>", *rest))


def _wide(entries: tuple[StartEntry, ...], words: ReportWords, lang: Lang) -> Iterator[str]:
    phases = _phases(entries)
    step = (_WIDE - _LANE_LABEL) / len(phases)
    lanes = list(by_owner(entries))
    tops: list[float] = []
    top = float(_HEAD)
    for _, found in lanes[:MOST_LANES]:
        tops.append(top)
        most = max(min(_count(found, phase), MOST_CHIPS) for phase in phases)
        top += 2 * _PAD + most * (_CHIP + _GAP) - _GAP
    height = top + _LINE * (len(lanes) > MOST_LANES)
    yield _open("wide", _WIDE, height, lang)
    for at, phase in enumerate(phases):
        left = _LANE_LABEL + at * step
        room = step - 2 * _GAP
        yield _text("phase", left + _GAP, 22, phase.text.in_lang(lang), room)
        yield _text("hint", left + _GAP, 42, phase.hint, room)
    yield f'<path class="axis" d="M{_LANE_LABEL} {_HEAD - _PAD}H{_WIDE}"/>'
    for (owner, found), begin in zip(lanes, tops, strict=False):
        yield f'<path class="lane" d="M0 {_px(begin)}H{_WIDE}"/>'
        name = words.owner(owner).in_lang(lang)
        yield _text("owner", 0, begin + _PAD + 20, name, _LANE_LABEL - _PAD)
        for number, phase in enumerate(phases):
            left = _LANE_LABEL + number * step + _GAP
            box = _Box(left, begin + _PAD, step - 2 * _GAP)
            yield from _chips(_in(found, phase), box, lang)
    yield from _consent_line(phases, step, height, lang)
    if len(lanes) > MOST_LANES:
        said = _MORE.in_lang(lang).format(len(lanes) - MOST_LANES)
        yield _text("hint", 0, height - _SMALL, said, _WIDE)
    yield "</svg>"


def _consent_line(phases: Sequence[Phase], step: float, height: float, lang: Lang) -> Iterator[str]:
    """Yield the line that parts what is behind a test of consent from the rest."""
    if phases[-1] is not Phase.AFTER_TEST:
        return
    at = _px(_LANE_LABEL + (len(phases) - 1) * step)
    yield f'<path class="consent" d="M{at} 0V{_px(height)}"/>'
    if len(phases) > 1:
        word = _CONSENT.in_lang(lang)
        yield f'<text class="consent-word" x="{at}" dx="-6" y="22">{escape(word)}</text>'


def _narrow(entries: tuple[StartEntry, ...], words: ReportWords, lang: Lang) -> Iterator[str]:
    parts: list[str] = []
    top = 0.0
    lanes = list(by_owner(entries))
    for phase in _phases(entries):
        if phase is Phase.AFTER_TEST:
            parts.append(f'<path class="consent" d="M0 {_px(top + _PAD)}H{_NARROW}"/>')
            top += _PAD
        parts.append(_text("phase", 0, top + _LINE, phase.text.in_lang(lang), _NARROW))
        top += _LINE + _PAD
        for owner, found in lanes[:MOST_LANES]:
            here = _in(found, phase)
            if here:
                name = words.owner(owner).in_lang(lang)
                parts.append(_text("owner", _PAD, top + _LINE - _SMALL, name, _NARROW - _PAD))
                top += _LINE + _SMALL
                parts += _chips(here, _Box(_PAD, top, _NARROW - 2 * _PAD), lang)
                top += min(len(here), MOST_CHIPS) * (_CHIP + _GAP)
        top += _PAD
    if len(lanes) > MOST_LANES:
        said = _MORE.in_lang(lang).format(len(lanes) - MOST_LANES)
        parts.append(_text("hint", 0, top + _PAD, said, _NARROW))
        top += _LINE
    yield _open("narrow", _NARROW, top, lang)
    yield from parts
    yield "</svg>"


def _chips(entries: Sequence[StartEntry], box: _Box, lang: Lang) -> Iterator[str]:
    """Yield the entries of one owner and phase below each other."""
    cut_off = len(entries) > MOST_CHIPS
    shown = entries[: MOST_CHIPS - cut_off]
    top = box.top
    for one in shown:
        act = plain(one.act.in_lang(lang))
        kind = "reads" if one.is_reading else "acts"
        sure = Moment.CERTAIN if one.moment.is_seen else one.moment
        edge = ' stroke-dasharray="5 4"' if one.moment is Moment.CONDITIONAL else ""
        yield (
            f"<g><title>{escape(f'{act} · {one.moment.text.in_lang(lang)}')}</title>"
            f'<rect class="chip {sure.value} {kind}"{edge} x="{_px(box.left)}"'
            f' y="{_px(top)}" width="{_px(box.width)}" height="{_CHIP}" rx="3"/>'
            f"{_text('label', box.left + _PAD, top + 20, act, box.width - 2 * _PAD)}</g>"
        )
        top += _CHIP + _GAP
    if cut_off:
        said = _MORE_CHIPS.in_lang(lang).format(len(entries) - len(shown))
        yield _text("hint", box.left + _PAD, top + 20, said, box.width - 2 * _PAD)


def _open(kind: str, width: float, height: float, lang: Lang) -> str:
    label = escape(TITLE.in_lang(lang))
    return (
        f'<svg class="start {kind}" role="img" aria-label="{label}"'
        f' viewBox="0 0 {_px(width)} {_px(height)}">'
    )


def _text(kind: str, left: float, base: float, said: str, room: float) -> str:
    shown = plain(said)
    fitting = cut(shown, int(room / _UNIT))
    whole = "" if columns(fitting) == columns(shown) else f"<title>{escape(shown)}</title>"
    return f'<text class="{kind}" x="{_px(left)}" y="{_px(base)}">{whole}{escape(fitting)}</text>'


def _phases(entries: tuple[StartEntry, ...]) -> list[Phase]:
    found = {one.phase for one in entries}
    return [phase for phase in Phase if phase in found]


def _in(entries: Sequence[StartEntry], phase: Phase) -> list[StartEntry]:
    return [one for one in entries if one.phase is phase]


def _count(entries: Sequence[StartEntry], phase: Phase) -> int:
    return len(_in(entries, phase))


def _px(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
