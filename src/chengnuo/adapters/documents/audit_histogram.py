"""The picture of lasting mark-ups: how many persons pay how much more or less than others."""

from collections.abc import Iterator
from typing import Final

from chengnuo.adapters.documents.audit_charts import WIDE, Chart, stand_alone
from chengnuo.adapters.documents.inspection_tables import text_table
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import Table
from chengnuo.domain.pricing.audit import GapBins

_PX: Final = 180
_TOP: Final = 100.0


def beyond(gaps: GapBins, margin: float) -> tuple[int, float]:
    """Return the persons in bins that lie wholly beyond a margin, and those chance puts there."""
    half = len(gaps.persons) // 2
    far = [at for at in range(len(gaps.persons)) if (abs(at - half) - 0.5) * gaps.width >= margin]
    return sum(gaps.persons[at] for at in far), sum(gaps.chance[at] for at in far)


def histogram(gaps: GapBins, margin: float, lang: Lang) -> Chart:
    """Return the mean gaps of persons beside what chance would make them, with the margin."""
    persons, chance = beyond(gaps, margin)
    words = _WORDS.in_lang(lang).format(sum(gaps.persons), gaps.width, margin, persons, chance)
    many = len(gaps.persons)
    marks = "".join(_marks(gaps, margin))
    drawn = f'viewBox="0 0 {many} {_TOP:g}" preserveAspectRatio="none"'
    end = (many // 2) * gaps.width
    ticks = (f"≤ {-end:.1%}", "0", f"≥ {end:+.1%}")
    spans = "".join(f"<span>{one}</span>" for one in ticks)
    label = words.replace('"', "&quot;")
    inner = f'<svg x="0" y="0" width="{WIDE}" height="{_PX}" {drawn}>{marks}</svg>'
    places = ((0, "start"), (WIDE / 2, "middle"), (WIDE, "end"))
    texts = [
        f'<text class="soft {kind}" x="{x:g}" y="{_PX + 16}">{said}</text>'
        for said, (x, kind) in zip(ticks, places, strict=True)
    ]
    return Chart(
        words=words,
        html=(
            f'<svg class="strip bars" role="img" aria-label="{label}" height="{_PX}" {drawn}>',
            f"{marks}</svg>",
            f'<p class="scale whole" aria-hidden="true">{spans}</p>',
        ),
        alone=stand_alone(_PX + 22, [inner, *texts]),
    )


def _marks(gaps: GapBins, margin: float) -> Iterator[str]:
    half, most = len(gaps.persons) // 2, max(*gaps.persons, *gaps.chance, 1e-9)
    for at, persons in enumerate(gaps.persons):
        high = _TOP * persons / most
        yield (
            f'<rect class="bar" x="{at + 0.08:g}" y="{_TOP - high:.2f}" width="0.84"'
            f' height="{high:.2f}"/>'
        )
    steps = " ".join(
        f"L{at} {_TOP * (1 - one / most):.2f} {at + 1} {_TOP * (1 - one / most):.2f}"
        for at, one in enumerate(gaps.chance)
    )
    still = 'vector-effect="non-scaling-stroke"'
    yield f'<path class="chance" {still} d="M0 {_TOP:g} {steps}"/>'
    for side in (-1, 1):
        x = half + 0.5 + side * margin / gaps.width
        if 0 < x < len(gaps.persons):
            yield f'<path class="margin" {still} d="M{x:.2f} 0V{_TOP:g}"/>'


def gap_table(gaps: GapBins) -> Table:
    """Return the bins of the picture that hold persons, or should."""
    half, last = len(gaps.persons) // 2, len(gaps.persons) - 1

    def bounds(at: int) -> str:
        low, high = ((at - half + side) * gaps.width for side in (-0.5, 0.5))
        if at in {0, last}:
            return f"< {high:+.2%}" if at == 0 else f"≥ {low:+.2%}"
        return f"{low:+.2%} … {high:+.2%}"

    rows = (
        (bounds(at), f"{persons:,}", f"{chance:,.1f}")
        for at, (persons, chance) in enumerate(zip(gaps.persons, gaps.chance, strict=True))
        if persons or chance >= _SHOWN
    )
    return text_table(_CAPTION, ((_MEAN, 3), (_PERSONS, 2), (_CHANCE, 3)), rows)


_SHOWN = 0.05
_WORDS = Text(
    "{0:,} 人的平均差距，每格 {1:.2%}；超出 ±{2:.1%} 的有 {3:,} 人，若价格与人无关预计"
    " {4:,.1f} 人。",
    "Mean gaps of {0:,} persons in bins of {1:.2%}; {3:,} are beyond ±{2:.1%}, where {4:,.1f} are"
    " expected if prices do not depend on the person.",
)
_CAPTION = Text("每个人的平均差距", "Mean gaps of persons")
_MEAN = Text("平均差距", "Mean gap")
_PERSONS = Text("人数", "Persons")
_CHANCE = Text("若与人无关，预计人数", "Expected if prices do not depend on the person")
