"""An explained price as lines of text."""

from collections.abc import Iterator

from chengnuo.base.text import Lang, Text
from chengnuo.doors.price_words import (
    audit_words,
    instant,
    money,
    others_words,
    remainder_words,
    step_words,
)
from chengnuo.doors.texts import moment
from chengnuo.usecases.pricing.explaining import PriceTold

_HEAD = Text("报价 {0}：{1}，{2}", "quote {0}: {1}, {2}")
_PAID = Text("实付", "paid")
_IN_BRACKETS = Text("{0}（{1}）", "{0} ({1})")
_AUDIT = Text("检验（{0} 至 {1}）：", "standing audit ({0} to {1}):")
_NOT_COVERED = Text("这次报价不在这段时间内", "the quote does not lie in that time")
_NO_AUDIT = Text(
    "没有给出检验结果（--audit），这里只说明这一次报价。",
    "No audit is given (--audit): this is about this one quote alone.",
)
_NOTICE = Text("这是证据，不是法律意见。", "This is evidence and no legal advice.")


def told_lines(told: PriceTold, lang: Lang) -> Iterator[str]:
    """Yield the steps of a price, what no rule explains, the others, and the standing audit."""
    when = moment(instant(told.at_s))
    yield _HEAD.in_lang(lang).format(told.quote, told.item, when)
    for one in step_words(told.explanation.steps, told.currency, lang):
        name = _IN_BRACKETS.in_lang(lang).format(one.name, one.rule) if one.rule else one.name
        yield f"  {one.amount:>12}  {name}"
    paid = money(told.explanation.paid, told.currency)
    yield f"  {paid:>12}  {_PAID.in_lang(lang)}"
    for line in (remainder_words(told, lang), *others_words(told, lang)):
        if line:
            yield line
    said = told.audit
    if said is None:
        yield _NO_AUDIT.in_lang(lang)
    else:
        since, until = moment(instant(said.from_s)), moment(instant(said.until_s))
        head = _AUDIT.in_lang(lang).format(since, until)
        yield head if said.covers else f"{head} {_NOT_COVERED.in_lang(lang)}"
        for family, verdict in audit_words(said, lang):
            yield f"  {family}  {verdict}"
    yield _NOTICE.in_lang(lang)
