"""What an individual sees of a price they were quoted: its steps, the others, the audit."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote as quoted

from chengnuo.base.text import Lang, Text
from chengnuo.doors.price_bodies import PriceToldBody
from chengnuo.doors.price_telling import told_body
from chengnuo.doors.price_words import (
    StepWords,
    audit_words,
    instant,
    money,
    others_words,
    remainder_words,
    step_words,
)
from chengnuo.doors.texts import moment
from chengnuo.doors.web.centre_prices_parts import PATH, Line, PricePage
from chengnuo.doors.web.page_parts import Fact, Row, Table, said
from chengnuo.doors.web.price_picture import range_picture, steps_picture
from chengnuo.doors.web.wording import Translate, wording
from chengnuo.ports.individuals import PersonKey, Visitor
from chengnuo.usecases.pricing.explaining import PriceDesk, PriceTold


def price_page(lang: Lang, told: PriceTold, labels: Mapping[str, Text]) -> PricePage:
    """Return one price, explained.

    Args:
        lang: Language of the page.
        told: The explanation.
        labels: Words for columns of the log.

    """
    t, one, currency = wording(lang), told.explanation, told.currency

    def named(column: str) -> str:
        return labels[column].in_lang(lang) if column in labels else column

    words = step_words(one.steps, currency, lang, named)
    paid, others = money(one.paid, currency), tuple(others_words(told, lang, named))
    picture = steps_picture(words)
    return PricePage(
        title=t("centre.prices.paid-title", paid=paid),
        facts=(
            Fact(name=t("centre.prices.item"), value=said(told.item)),
            Fact(name=t("centre.prices.when"), value=said(moment(instant(told.at_s)))),
            Fact(name=t("centre.prices.quote"), value=said(told.quote)),
        ),
        lines=(
            *(
                Line(
                    name=one_step.name,
                    rule=one_step.rule,
                    amount=one_step.amount,
                    kind=one_step.kind,
                    strip=strip,
                )
                for one_step, strip in zip(words, picture.strips, strict=False)
            ),
            Line(
                name=t("centre.prices.paid"),
                rule="",
                amount=paid,
                kind="paid",
                strip=picture.strips[-1],
            ),
        ),
        steps=picture,
        axis=t("centre.prices.axis", first=money(picture.first / 100, currency)),
        table=_table(t, words, paid, currency),
        remainder=remainder_words(told, lang),
        others=others,
        among=range_picture(one),
        among_label=" ".join(others) if one.among else "",
        legend=_legend(t, told),
        audit=_audit(t, lang, told),
        audit_lead=_audit_lead(t, told),
        json=f"{PATH}/{quoted(told.quote, safe='')}/explanation.json",
    )


def _table(t: Translate, words: tuple[StepWords, ...], paid: str, currency: str) -> Table:
    rows = [
        Row(
            cells=(
                said(one.name, one.rule),
                said(one.amount),
                said(money(one.reached / 100, currency)),
            )
        )
        for one in words
    ]
    rows.append(Row(cells=(said(t("centre.prices.paid")), said(paid), said(paid))))
    heads = tuple(t(f"centre.prices.{head}") for head in ("step", "amount", "reached"))
    return Table(caption=t("centre.prices.steps"), heads=heads, rows=tuple(rows), numbers=(1, 2))


def _legend(t: Translate, told: PriceTold) -> tuple[str, ...]:
    one = told.explanation
    if one.among is None:
        return ()

    def range_of(key: str, low: float, high: float) -> str:
        places = {"low": money(low, told.currency), "high": money(high, told.currency)}
        return t(f"centre.prices.{key}", **places)

    legend = [range_of("of-others", one.among.low, one.among.high)]
    if one.expected is not None:
        legend.append(range_of("of-most", one.expected.low, one.expected.high))
    return (*legend, t("centre.prices.of-mine", price=money(one.listed, told.currency)))


def _audit(t: Translate, lang: Lang, told: PriceTold) -> Table | None:
    if told.audit is None:
        return None
    return Table(
        caption=t("centre.prices.audit"),
        heads=(t("centre.prices.family"), t("centre.prices.verdict")),
        rows=tuple(
            Row(cells=(said(family), said(verdict)))
            for family, verdict in audit_words(told.audit, lang)
        ),
    )


def _audit_lead(t: Translate, told: PriceTold) -> str:
    audit = told.audit
    if audit is None:
        return t("centre.prices.no-audit")
    since, until = moment(instant(audit.from_s)), moment(instant(audit.until_s))
    key = "audit-lead" if audit.covers else "audit-elsewhen"
    return t(f"centre.prices.{key}", since=since, until=until)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedPrices:
    """`Prices` of a log.

    Attributes:
        desk: Explains prices.
        labels: Words for columns of the log.

    """

    desk: PriceDesk
    labels: Mapping[str, Text]

    def page(self, lang: Lang, visitor: Visitor, quote: str) -> PricePage:
        """See `Prices.page`."""
        told = self.desk.explain(visitor.person, visitor.account, quote)
        return price_page(lang, told, self.labels)

    def told(self, person: PersonKey, account: str, quote: str) -> PriceToldBody:
        """See `PriceTeller.told`."""
        return told_body(self.desk.explain(person, account, quote))
