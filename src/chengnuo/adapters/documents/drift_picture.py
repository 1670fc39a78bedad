"""The picture of drift: a bar for each source, how much of it agrees and how much is apart.

Meaning never rests on color: what agrees is filled whole, what is used and not declared is filled
with lines, what is declared and not used is an empty frame; each number stands below its bar.
"""

from collections.abc import Iterator
from html import escape

from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.drift import DriftSource, DriftTable, percent
from chengnuo.domain.finding.package_report import Side

_WIDTH, _ROW, _TOP, _BAR = 360, 62, 8, 18
_INK, _SEAL = "#1b1d1f", "#b3321f"
_FILLS = {Side.AGREED: _INK, Side.USED_NOT_DECLARED: "url(#apart)", Side.DECLARED_NOT_USED: "none"}
_EDGES = {Side.AGREED: _INK, Side.USED_NOT_DECLARED: _SEAL, Side.DECLARED_NOT_USED: _INK}
TITLE = Text("登记簿与各来源的一致程度", "How far the register and each source agree")
_ALL = Text("全部", "all")
_COUNTS = Text(
    "一致 {0} · 有使用未声明 {1} · 有声明未发现使用 {2}",
    "agree {0} · used, not declared {1} · declared, no use {2}",
)


def drift_svg(table: DriftTable, lang: Lang) -> Iterator[str]:
    """Yield the picture as one SVG element with its own style; a table says the same."""
    bars: list[DriftSource | None] = [None, *table.read]
    height = _TOP + _ROW * len(bars)
    label = escape(TITLE.in_lang(lang))
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drift" role="img" aria-label="{label}"'
        f' viewBox="0 0 {_WIDTH} {height}" font-family="\'Noto Sans CJK SC\', sans-serif">'
    )
    yield f"<title>{label}</title>"
    yield '<defs><pattern id="apart" width="6" height="6" patternUnits="userSpaceOnUse">'
    yield f'<path d="M0 6L6 0" stroke="{_SEAL}" stroke-width="1.5"/></pattern></defs>'
    for at, source in enumerate(bars):
        yield from _bar(table, source, _TOP + at * _ROW, lang)
    yield "</svg>"


def _bar(table: DriftTable, source: DriftSource | None, top: int, lang: Lang) -> Iterator[str]:
    name = (_ALL if source is None else source.text).in_lang(lang)
    lines = table.of(source)
    counts = {side: sum(1 for one in lines if one.side is side) for side in _FILLS}
    weight = ' font-weight="700"' if source is None else ""
    yield f'<text x="0" y="{top + 14}" font-size="14" fill="{_INK}"{weight}>{escape(name)}</text>'
    share = percent(table.share(source))
    yield (
        f'<text x="{_WIDTH}" y="{top + 14}" font-size="14" fill="{_INK}" text-anchor="end"'
        f"{weight}>{share}</text>"
    )
    left = 0.75
    room = _WIDTH - 1.5
    for side, count in counts.items():
        if count:
            wide = round(room * count / len(lines), 2)
            yield (
                f'<rect x="{left:g}" y="{top + 20}" width="{wide:g}" height="{_BAR}"'
                f' fill="{_FILLS[side]}" stroke="{_EDGES[side]}" stroke-width="1.5">'
                f"<title>{escape(side.text.in_lang(lang))} {count}</title></rect>"
            )
            left = round(left + wide, 2)
    said = _COUNTS.in_lang(lang).format(*counts.values())
    yield f'<text x="0" y="{top + 52}" font-size="12" fill="#52565a">{escape(said)}</text>'
