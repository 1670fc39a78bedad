"""What stands beside an audit and decides nothing: sharper intervals, and another estimate."""

from collections.abc import Iterator

from chengnuo.base.text import Lang, Text
from chengnuo.domain.pricing.second_opinion import Estimate, SecondOpinion

_HEAD = Text(
    "第二种估计（不参与结论）：有单元可比的报价 {0:,} 次，单元外的 {1:,} 次，看不到的 {2:,} 次",
    "second opinion, which decides nothing: {0:,} quotes that cells compare, {1:,} outside of"
    " them, {2:,} that it cannot see",
)
_ROW = Text(
    "{0}：单元内 {1}；局部价格 {2}，单元外 {3}",
    "{0}: in cells {1}; by the local price {2}, outside of cells {3}",
)
_ESTIMATE = Text("{0:+.2%}（{1} 至 {2}）", "{0:+.2%} ({1} to {2})")
_NONE = Text("无", "none")


def second_opinion_lines(second: SecondOpinion, lang: Lang) -> Iterator[str]:
    """Yield a head, and a line for each regressor."""
    yield _HEAD.in_lang(lang).format(second.compared, second.outside, second.unseen)
    for row in second.rows:
        said = (_said(one, lang) for one in (row.cells, row.compared, row.outside))
        yield "  " + _ROW.in_lang(lang).format(row.regressor, *said)


def _said(estimate: Estimate | None, lang: Lang) -> str:
    if estimate is None:
        return _NONE.in_lang(lang)
    low, high = (
        _NONE.in_lang(lang) if end is None else f"{end:+.2%}"
        for end in (estimate.low, estimate.high)
    )
    return _ESTIMATE.in_lang(lang).format(estimate.effect, low, high)
