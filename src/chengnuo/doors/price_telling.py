"""From an explained price to its body."""

from chengnuo.base.text import Lang, Text
from chengnuo.domain.pricing.explaining import Range
from chengnuo.doors.price_bodies import (
    PriceAuditBody,
    PriceFamilyBody,
    PriceOthersBody,
    PriceRangeBody,
    PriceStepBody,
    PriceToldBody,
    WordsBody,
)
from chengnuo.doors.price_words import instant
from chengnuo.usecases.pricing.explaining import AuditSaid, PriceTold

_PLACES = 6


def told_body(told: PriceTold) -> PriceToldBody:
    """Return the body of an explained price."""
    one = told.explanation
    return PriceToldBody(
        quote=told.quote,
        item=told.item,
        at=instant(told.at_s),
        currency=told.currency,
        window_seconds=told.window_s,
        paid=_number(one.paid),
        listed=_number(one.listed),
        steps=tuple(
            PriceStepBody(
                kind=each.kind.value,
                name=_both(each.kind.text),
                column=each.column,
                rule=each.rule,
                published=each.published,
                amount=_number(each.amount),
            )
            for each in one.steps
        ),
        others=PriceOthersBody(
            count=one.others,
            range=_range(one.among),
            lower=one.rank,
        ),
        unexplained=None if one.gap is None else _number(one.gap),
        expected=_range(one.expected),
        usual=one.is_usual,
        untold=one.untold,
        audit=None if told.audit is None else _audit(told.audit),
    )


def _audit(said: AuditSaid) -> PriceAuditBody:
    return PriceAuditBody(
        verdict=said.verdict.value,
        families=tuple(
            PriceFamilyBody(family=family.value, name=_both(family.text), verdict=verdict.value)
            for family, verdict in said.families.items()
        ),
        since=instant(said.from_s),
        until=instant(said.until_s),
        covers=said.covers,
    )


def _range(one: Range | None) -> PriceRangeBody | None:
    return None if one is None else PriceRangeBody(low=_number(one.low), high=_number(one.high))


def _both(text: Text) -> WordsBody:
    return WordsBody(zh=text.zh, en=text.in_lang(Lang.EN))


def _number(value: float) -> float:
    return round(value, _PLACES) + 0.0  # no minus zero
