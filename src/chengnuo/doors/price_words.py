"""An explained price in words, the same on the command line and on the page."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from chengnuo.base.text import Lang, Text
from chengnuo.domain.pricing.explaining import LEAST_OTHERS, Explanation, Step, StepKind
from chengnuo.usecases.pricing.explaining import AuditSaid, PriceTold

Named = Callable[[str], str]
"""Gives the words for a column of the log."""

_YUAN: Final = "¥"
_MINUS: Final = "\u2212"
_RENMINBI: Final = frozenset({"", "CNY", "RMB", "¥", "元"})
_MINUTE: Final = 60
_OF: Final = Text("{0}：{1}", "{0}: {1}")
_RULE = Text("规则：{0}", "rule: {0}")
_IS_PUBLIC = Text("已公布", "published")
_NOT_PUBLIC = Text("未公布", "not published")
_REMAINDER = Text("没有规则能解释的部分：{0}（{1}）。", "What no rule explains: {0} ({1}).")
_NO_REMAINDER = Text(
    "规则能解释全部价格，没有剩余。", "The rules explain the whole price; nothing remains."
)
_OTHERS = Text(
    "在同一个 {0}的时段里，同样商品、同样条件的其他报价有 {1:,} 次，未扣优惠为 {2} 至 {3}；"
    "这次报价是 {4}，比其中 {5:,} 次高。",
    "In the same {0}, {1:,} other quotes were made of the same goods under the same conditions,"
    " from {2} to {3} before reductions; this one was {4}, more than {5:,} of them.",
)
_FEW = Text(
    "在同一个 {0}的时段里，同样商品、同样条件的其他报价有 {1:,} 次，来自不到 {2} 位其他人。"
    "为了不让人从中算出某一个人的价格，其他人的情况一律不显示，原因也就不能再细分。",
    "In the same {0}, {1:,} other quotes were made of the same goods under the same conditions, of"
    " fewer than {2} other persons. So that nobody can work out what one of them paid, nothing"
    " about others is told, and the reasons cannot be told further apart.",
)
_NONE = Text(
    "在同一个 {0}的时段里，没有同样商品、同样条件的其他报价可比，原因也就不能再细分。",
    "In the same {0} no other quote was made of the same goods under the same conditions, so the"
    " reasons cannot be told further apart.",
)
_EXPECTED = Text(
    "同等条件下，99% 的价格（未扣优惠）应在 {0} 至 {1} 之间；{2}",
    "In these conditions 99% of prices before reductions should lie between {0} and {1}; {2}",
)
_INSIDE = Text("这次报价在其中。", "this one does.")
_OUTSIDE = Text("这次报价不在其中。", "this one does not.")
_NOT_EXPECTED = Text(
    "这种商品的报价太少，算不出正常的波动范围。",
    "There are too few quotes of these goods to say how far prices usually scatter.",
)
_UNTOLD = Text(
    "报价太少，算不出这些计价因素各影响多少：{0}。",
    "There are too few quotes to say by how much these declared factors count: {0}.",
)
_SECONDS = Text("{0} 秒", "{0} seconds")
_MINUTES = Text("{0} 分钟", "{0} minutes")


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWords:
    """One step in words.

    Attributes:
        kind: Its kind.
        name: What it is.
        rule: By which rule, and whether that is public; empty where there is none.
        amount: What it adds.
        cents: The same in hundredths.
        reached: The price up to here, in hundredths.

    """

    kind: StepKind
    name: str
    rule: str
    amount: str
    cents: int
    reached: int


def money(amount: float, currency: str, *, signed: bool = False) -> str:
    """Return an amount with its currency, to the hundredth."""
    return _written(round(amount * 100), currency, signed=signed)


def step_words(
    steps: Sequence[Step], currency: str, lang: Lang, named: Named = str
) -> tuple[StepWords, ...]:
    """Return steps in words, rounded so that they still add up."""
    done: list[StepWords] = []
    reached, exact = 0, 0.0
    for one in steps:
        exact += one.amount
        cents = round(exact * 100) - reached
        reached += cents
        is_first = one.kind is StepKind.USUAL
        name = one.kind.text.in_lang(lang)
        done.append(
            StepWords(
                kind=one.kind,
                name=_OF.in_lang(lang).format(name, named(one.column)) if one.column else name,
                rule=_rule(one, lang) if one.column else "",
                amount=_written(cents, currency, signed=not is_first),
                cents=cents,
                reached=reached,
            )
        )
    return tuple(done)


def remainder_words(told: PriceTold, lang: Lang) -> str:
    """Return what no rule explains, in money and percent; empty where that is not told."""
    gap = told.explanation.gap
    if gap is None:
        return ""
    last = step_words(told.explanation.steps, told.currency, lang)[-1]
    if not last.cents:
        return _NO_REMAINDER.in_lang(lang)
    return _REMAINDER.in_lang(lang).format(last.amount, percent(gap))


def others_words(told: PriceTold, lang: Lang, named: Named = str) -> Iterator[str]:
    """Yield what is told of others, or why nothing is."""
    one, window = told.explanation, _window(told.window_s, lang)
    if one.among is None:
        few = _FEW if one.others else _NONE
        yield few.in_lang(lang).format(window, one.others, LEAST_OTHERS)
        return
    low, high = money(one.among.low, told.currency), money(one.among.high, told.currency)
    mine = money(one.listed, told.currency)
    yield _OTHERS.in_lang(lang).format(window, one.others, low, high, mine, one.rank)
    yield _expected(one, told.currency, lang)
    if one.untold:
        yield _UNTOLD.in_lang(lang).format(", ".join(map(named, one.untold)))


def audit_words(said: AuditSaid, lang: Lang) -> tuple[tuple[str, str], ...]:
    """Return each family of attributes and what the standing audit says of it."""
    return tuple(
        (family.text.in_lang(lang), verdict.text.in_lang(lang))
        for family, verdict in said.families.items()
    )


def percent(ratio: float) -> str:
    """Return a share with its sign."""
    return f"{ratio:+.1%}".replace("-", _MINUS)


def instant(at_s: int) -> datetime:
    """Return seconds since 1970 as an instant."""
    return datetime.fromtimestamp(at_s, UTC)


def _rule(step: Step, lang: Lang) -> str:
    public = _IS_PUBLIC if step.published else _NOT_PUBLIC
    named = [_RULE.in_lang(lang).format(step.rule)] if step.rule else []
    return ("，" if lang is Lang.ZH else ", ").join([*named, public.in_lang(lang)])


def _expected(one: Explanation, currency: str, lang: Lang) -> str:
    if one.expected is None:
        return _NOT_EXPECTED.in_lang(lang)
    return _EXPECTED.in_lang(lang).format(
        money(one.expected.low, currency),
        money(one.expected.high, currency),
        (_INSIDE if one.is_usual else _OUTSIDE).in_lang(lang),
    )


def _window(seconds: int, lang: Lang) -> str:
    if seconds % _MINUTE:
        return _SECONDS.in_lang(lang).format(seconds)
    return _MINUTES.in_lang(lang).format(seconds // _MINUTE)


def _written(cents: int, currency: str, *, signed: bool) -> str:
    sign = _MINUS if cents < 0 else "+" if signed and cents else ""
    number = f"{abs(cents) // 100:,}.{abs(cents) % 100:02d}"
    if currency in _RENMINBI:
        return f"{sign}{_YUAN}{number}"
    return f"{sign}{number} {currency}"
