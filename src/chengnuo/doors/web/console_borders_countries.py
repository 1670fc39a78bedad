"""Whose information went to which country: people, kinds of information, bars and a table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chengnuo.domain.borders.counting import Sort, heads_at
from chengnuo.domain.register.ids import RecipientId
from chengnuo.doors.border_words import SORTS
from chengnuo.doors.web.console_borders_parts import YearSeen
from chengnuo.doors.web.page_parts import Empty, Figure, Legend, Row, Table, Words, said
from chengnuo.doors.web.register_words import Speaker
from chengnuo.engines.drawing.parts import Drawing, Told
from chengnuo.engines.drawing.plot import PlotRow, rows_plot


@dataclass(frozen=True, slots=True, kw_only=True)
class CountriesSeen:
    """The picture and the table.

    Attributes:
        picture: The picture; None where nobody was counted.
        legend: What the patterns mean.
        table: The same in numbers, with the recipients and the kinds of information.

    """

    picture: Drawing | None
    legend: tuple[Legend, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class _Country:
    name: str
    recipients: str
    kinds: tuple[Words, ...]
    people: tuple[int, ...]


def countries_seen(say: Speaker, seen: YearSeen) -> CountriesSeen:
    """Return whose information went to each country, each individual once, most people first."""
    found = sorted(_countries(say, seen), key=lambda one: [-count for count in one.people])
    names = [SORTS[sort].in_lang(say.lang) for sort in Sort]
    between = say.t("consents.between")
    words = between.join(f"{one.name} " + say.joined(_said(names, one.people)) for one in found)
    year = seen.outlook.count.year
    told = Told(
        key="by-country",
        title=say.t("borders.by-country", year=year),
        words=words or say.t("borders.nobody"),
        lang=say.lang,
    )
    counted = seen.outlook.count.counted
    return CountriesSeen(
        picture=rows_plot(
            told,
            [
                PlotRow(
                    name=one.name,
                    counts=one.people,
                    texts=tuple(f"{count:,}" for count in one.people),
                )
                for one in found
            ],
        ),
        legend=tuple(
            Legend(sort=at, figure=Figure(name=name, count=f"{counted.of(sort):,}"))
            for at, (name, sort) in enumerate(zip(names, Sort, strict=True))
        ),
        table=Table(
            caption=say.t("borders.countries"),
            heads=(
                say.t("borders.head.country"),
                *(say.t(f"borders.head.{sort}") for sort in Sort),
                say.t("borders.head.kinds"),
            ),
            rows=tuple(
                Row(
                    cells=(
                        said(one.name, one.recipients),
                        *(said(f"{count:,}") for count in one.people),
                        one.kinds or said(say.t("word.none")),
                    )
                )
                for one in found
            ),
            numbers=(1, 2),
            empty=Empty(
                name=say.t("borders.no-recipient"),
                text=say.t("borders.no-recipient-text"),
                href="/console/third-parties",
                act=say.t("nav.third-parties"),
            ),
        ),
    )


def _countries(say: Speaker, seen: YearSeen) -> Iterator[_Country]:
    for country in sorted({one.recipient.country for one in seen.routes}):
        some = [one for one in seen.routes if one.recipient.country == country]
        of_it = {one.recipient.recipient for one in some}
        heads = heads_at(seen.counted.planes, seen.outlook.count.year, of_it, seen.counted.same)
        yield _Country(
            name=say.place(country),
            recipients=say.joined(one.recipient.name.in_lang(say.lang) for one in some),
            kinds=tuple(_kinds(say, of_it)),
            people=tuple(heads.of(sort) for sort in Sort),
        )


def _kinds(say: Speaker, recipients: set[RecipientId]) -> Iterator[Words]:
    """Yield the kinds of information that the register says go there, the sensitive first."""
    found: dict[str, bool] = {}
    for activity in say.register.activities:
        if recipients & set(activity.recipients):
            for item in activity.items:
                name = say.category(item.category)
                found[name] = found.get(name, False) or say.is_sensitive(item)
    for name, sensitive in sorted(found.items(), key=lambda one: not one[1]):
        yield Words(text=name, sensitive=sensitive)


def _said(names: Iterable[str], people: Iterable[int]) -> Iterator[str]:
    return (f"{name} {count:,}" for name, count in zip(names, people, strict=True))
