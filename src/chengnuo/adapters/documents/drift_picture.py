"""The picture of drift: a bar for each source, how much of it agrees and how much is apart."""

from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.drift import DriftSource, DriftTable, percent
from chengnuo.domain.finding.package_report import Side
from chengnuo.engines.drawing.parts import Drawing, Told
from chengnuo.engines.drawing.plot import PlotRow, shares_plot

_SIDES = (Side.AGREED, Side.USED_NOT_DECLARED, Side.DECLARED_NOT_USED)
TITLE = Text("登记簿与各来源的一致程度", "How far the register and each source agree")
_ALL = Text("全部", "all")


def drift_bars(table: DriftTable, lang: Lang) -> Drawing:
    """Return the picture: all sources together, then each."""
    rows = [_row(table, source, lang) for source in (None, *table.read)]
    words = "；" if lang is Lang.ZH else "; "
    told = Told(
        key="drift",
        title=TITLE.in_lang(lang),
        words=words.join(f"{row.name} {row.texts[-1]}" for row in rows),
        lang=lang,
    )
    return shares_plot(told, rows, [side.text.in_lang(lang) for side in _SIDES])


def _row(table: DriftTable, source: DriftSource | None, lang: Lang) -> PlotRow:
    lines = table.of(source)
    counts = tuple(sum(1 for one in lines if one.side is side) for side in _SIDES)
    return PlotRow(
        name=(_ALL if source is None else source.text).in_lang(lang),
        counts=counts,
        texts=(*(f"{count:,}" for count in counts), percent(table.share(source))),
    )
