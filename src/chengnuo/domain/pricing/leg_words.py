"""What was measured of each leg of a proof and what it had to be, in words."""

from typing import Final

from chengnuo.base.text import Lang, Text
from chengnuo.domain.pricing.audit import Leg, LegResult

_LEGS: Final = {
    Leg.ATTRIBUTES: Text("至多 {0:.2%}，容许 {1:.2%}", "at most {0:.2%}; {1:.2%} is allowed"),
    Leg.OUTCOMES: Text(
        "至多为各自容许范围的 {0:.0%}，须低于 {1:.0%}",
        "at most {0:.0%} of the margin of each; it has to be below {1:.0%}",
    ),
    Leg.PERSONS: Text(
        "至多 {0:.1%} 的人可能如此，容许 {1:.1%}",
        "it may be so for {0:.1%} of persons at most; {1:.1%} is allowed",
    ),
    Leg.SEGMENTS: Text("至多 {0:.2%}，容许 {1:.2%}", "at most {0:.2%}; {1:.2%} is allowed"),
    Leg.TAILS: Text("至多 {0:.2%}，容许 {1:.2%}", "at most {0:.2%}; {1:.2%} is allowed"),
    Leg.COVERAGE: Text("{0:.1%}，至少须 {1:.1%}", "{0:.1%}; it has to be {1:.1%} or more"),
    Leg.OVERLAP: Text(
        "差异留下最少的一项还有 {0:.1%}，至少须 {1:.1%}",
        "the least that is left of one is {0:.1%}; it has to be {1:.1%} or more",
    ),
    Leg.CONTROLS: Text(
        "植入的加价发现了 {0:.0%}，至少须 {1:.0%}",
        "{0:.0%} of the planted were found; it has to be {1:.0%} or more",
    ),
}
_AT_LEAST: Final = frozenset({Leg.COVERAGE, Leg.OVERLAP, Leg.CONTROLS})
_LOGGED = Text("与登记的方案一致", "it is the one that was logged")
_NOT_LOGGED = Text("没有登记，或与登记的不同", "none was logged, or another one")
_WITHHELD = Text("公开文本不列数值", "this copy does not tell the figure")
_YET = Text(
    "；数值达到了，但其中有的发现了差别，或者不能判断",
    "; the figure would do, but a part of it was found to differ or cannot be judged",
)


def leg_words(one: LegResult, lang: Lang) -> str:
    """Return what was measured of a leg and what it had to be."""
    if one.leg is Leg.REGISTERED:
        return (_LOGGED if one.holds else _NOT_LOGGED).in_lang(lang)
    if one.is_withheld:
        return _WITHHELD.in_lang(lang)
    words = _LEGS[one.leg].in_lang(lang).format(one.value, one.bar)
    would_do = one.value >= one.bar if one.leg in _AT_LEAST else one.value <= one.bar
    return words + (_YET.in_lang(lang) if would_do and not one.holds else "")
