"""What in a log hinders an audit: a word for each, what it means, and what to log instead."""

from enum import StrEnum

from chengnuo.base.text import Text


class Hindrance(StrEnum):
    """Something in a log that hinders the audit; the value is the `name` of a `Problem`."""

    UNPRICED = "unpriced"
    DUPLICATED = "duplicated"
    MIXED_CURRENCIES = "mixed-currencies"
    TIME_WITHOUT_ZONE = "time-without-zone"
    UNDATED = "undated"
    UNNAMED = "unnamed"
    INCOMPLETE = "incomplete"
    ONE_QUOTE_PER_PERSON = "one-quote-per-person"
    ONE_PERSON = "one-person"
    ONE_ITEM = "one-item"
    CELLS_OF_ONE = "cells-of-one"
    VALUE_PER_PERSON = "value-per-person"
    EMPTY = "empty"

    @property
    def forbids_a_verdict(self) -> bool:
        """Whether no verdict can be given at all, whatever the rest of the log says."""
        return self in _FORBIDDING

    @property
    def text(self) -> Text:
        """What is the matter."""
        return _TEXTS[self][0]

    @property
    def instead(self) -> Text:
        """What to log instead."""
        return _TEXTS[self][1]


_FORBIDDING = frozenset(
    {
        Hindrance.MIXED_CURRENCIES,
        Hindrance.TIME_WITHOUT_ZONE,
        Hindrance.ONE_PERSON,
        Hindrance.CELLS_OF_ONE,
        Hindrance.EMPTY,
    }
)

_TEXTS = {
    Hindrance.UNPRICED: (
        Text("价格缺失、不是数字或不大于零", "the price is missing, no number, or not above zero"),
        Text(
            "记录向个人展示的实付价格，赠送的也记原价和优惠金额",
            "log the price shown; of what is given away, the full price and the amount",
        ),
    ),
    Hindrance.DUPLICATED: (
        Text("报价编号重复", "the id of a quote stands more than once"),
        Text("每次展示报价使用新的编号", "give every quote shown an id of its own"),
    ),
    Hindrance.MIXED_CURRENCIES: (
        Text("价格使用多种货币", "prices are in several currencies"),
        Text(
            "按货币分开审计，或把货币声明为可比条件",
            "audit each currency alone, or declare the currency as a factor of kind `cell`",
        ),
    ),
    Hindrance.TIME_WITHOUT_ZONE: (
        Text("时间没有时区", "times have no zone"),
        Text(
            "记录带时区的时间，或在说明中写明 `zone`",
            "log times with their zone, or name it as `zone` in the specification",
        ),
    ),
    Hindrance.UNDATED: (
        Text("没有时间", "there is no time"),
        Text("记录展示报价的时间", "log the moment at which the quote was shown"),
    ),
    Hindrance.UNNAMED: (
        Text("没有个人的代号或商品", "there is no pseudonym of the person, or no item"),
        Text("记录个人的代号和商品编号", "log the pseudonym of the person and the id of the item"),
    ),
    Hindrance.INCOMPLETE: (
        Text("特征或已声明的条件缺失", "an attribute or a declared factor is missing"),
        Text("缺失的值写成单独的取值，例如“未知”", "log a value of its own, such as `unknown`"),
    ),
    Hindrance.ONE_QUOTE_PER_PERSON: (
        Text("每个人只有一次报价", "every person has one quote only"),
        Text(
            "记录展示过的全部报价，并保持个人代号不变，否则看不出加价是否一直跟着某个人",
            "log every quote shown, by stable pseudonyms; else no lasting mark-up can be seen",
        ),
    ),
    Hindrance.ONE_PERSON: (
        Text("只有一个人", "there is one person only"),
        Text("记录所有人的报价", "log the quotes of everybody"),
    ),
    Hindrance.ONE_ITEM: (
        Text("只有一种商品", "there is one item only"),
        Text(
            "结论只适用于这种商品；请记录其他商品的报价",
            "what is found holds for this item only; log the quotes of the others",
        ),
    ),
    Hindrance.CELLS_OF_ONE: (
        Text(
            "没有两次报价的商品、条件和时间相同，无从比较",
            "no two quotes are of one item, under the same conditions, at the same time",
        ),
        Text(
            "记录展示过的全部报价而不只是订单；检查商品编号是否每次都不同",
            "log every quote shown, not only orders; see that items are not one for each quote",
        ),
    ),
    Hindrance.VALUE_PER_PERSON: (
        Text("一列几乎每个人一个值，等于指认个人", "a column has a value for nearly every person"),
        Text("记录分组后的值，例如年龄段", "log groups of values, such as an age band"),
    ),
    Hindrance.EMPTY: (
        Text("没有可用的报价", "no quote can be used"),
        Text("见其他原因", "see the other reasons"),
    ),
}
