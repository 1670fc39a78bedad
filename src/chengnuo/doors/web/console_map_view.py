"""From the register to the data map: its rows and heads, what its marks mean, and its table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.handler import MAINLAND
from chengnuo.domain.register.ids import StoreId
from chengnuo.domain.register.recipient import Recipient, RecipientRole
from chengnuo.domain.register.store import Store
from chengnuo.doors.web.console_data_map import MOST_ROWS, MapColumn, MapRow, MapWords, data_map
from chengnuo.doors.web.page_parts import Cell, Row, Table, said
from chengnuo.doors.web.register_words import Speaker
from chengnuo.engines.drawing.parts import Drawing, Told
from chengnuo.law.ids import CategoryId

_MOST_NAMED_KINDS, _MOST_NAMED_PLACES = 9, 6
_LEGEND = (
    ("box", "kinds", True),
    ("box-full", "sensitive", True),
    ("box", "places", False),
    ("box-full", "abroad", False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """A data map and the same as a table.

    Attributes:
        picture: The map; None where nothing is done.
        legend: Sorts of its marks, what they mean, and whether they are round.
        table: A row for each purpose; None where the page has one of its own.
        rows_href: Where that one is.

    """

    picture: Drawing | None
    legend: tuple[tuple[str, str, bool], ...]
    table: Table | None
    rows_href: str


def map_view(
    say: Speaker, title: str, activities: Sequence[ProcessingActivity], rows_href: str = ""
) -> MapView:
    """Return the data map of some activities.

    Many activities stand together by the service they belong to; few kinds and places stand each
    under its own name, many in groups.

    Args:
        say: Says names.
        title: What the map is called.
        activities: The activities.
        rows_href: Where the page says all of this as a table; empty for one beside the picture.

    """
    stores = _stores(say, activities)
    recipients = _recipients(say, activities)
    rows = [_row(say, say.text(one.purpose), (one,)) for one in activities]
    if len(rows) > MOST_ROWS:
        rows = list(_services(say, activities))
    picture = data_map(
        Told(key="map", title=title, words=_words(say, activities), lang=say.lang),
        rows,
        tuple(_kinds(say, activities)),
        tuple(_places(say, stores, recipients)),
        MapWords(
            takes=say.t("map.takes"),
            uses=say.t("map.activity"),
            goes=say.t("map.goes"),
            other=say.t("map.other"),
            more=say.t("map.more", n="{n}"),
        ),
    )
    return MapView(
        picture=picture,
        legend=tuple(
            (sort, say.t(f"map.mark-{word}"), is_round) for sort, word, is_round in _LEGEND
        ),
        table=None if rows_href else _table(say, title, activities),
        rows_href=rows_href,
    )


def _row(say: Speaker, name: str, activities: Sequence[ProcessingActivity]) -> MapRow:
    items = [item for one in activities for item in one.items]
    return MapRow(
        name=name,
        takes=frozenset(item.category for item in items),
        sensitive=frozenset(item.category for item in items if say.is_sensitive(item)),
        goes=frozenset(key for one in activities for key in _goes(one)),
    )


def _goes(activity: ProcessingActivity) -> Iterator[str]:
    yield from (f"store:{one}" for one in stores_of(activity))
    yield from (f"recipient:{one}" for one in activity.recipients)


def _services(say: Speaker, activities: Sequence[ProcessingActivity]) -> Iterator[MapRow]:
    for service in say.register.services:
        mine = [one for one in activities if one.service == service.service]
        if mine:
            name = say.t("map.service", name=say.text(service.name), n=len(mine))
            yield _row(say, name, mine)


def _kinds(say: Speaker, activities: Iterable[ProcessingActivity]) -> Iterator[MapColumn]:
    used = dict.fromkeys(item.category for one in activities for item in one.items)
    by_group = {say.text(one.text): list[CategoryId]() for one in say.catalogue.groups.values()}
    for category in used:
        known = say.catalogue.categories.get(category)
        group = (
            say.t("map.other")
            if known is None
            else say.text(say.catalogue.groups[known.group].text)
        )
        by_group.setdefault(group, []).append(category)
    for group, found in by_group.items():
        if len(used) <= _MOST_NAMED_KINDS:
            yield from (_column(say.category(one), [one]) for one in found)
        elif found:
            yield _column(group, found)


def _column(name: str, keys: Iterable[str], *, abroad: bool = False) -> MapColumn:
    return MapColumn(name=name[:1].upper() + name[1:], keys=frozenset(keys), abroad=abroad)


def _places(
    say: Speaker, stores: Sequence[Store], recipients: Sequence[Recipient]
) -> Iterator[MapColumn]:
    """Yield what is kept here, who gets it here, and then the same abroad, by country."""
    heads: dict[tuple[bool, str], dict[str, str]] = {}
    for store in stores:
        name = say.t("map.stores", place=say.place(store.country))
        here = heads.setdefault((store.country != MAINLAND, name), {})
        here[f"store:{store.store}"] = say.text(store.name)
    roles = list(RecipientRole)
    for one in sorted(recipients, key=lambda each: (each.country, roles.index(each.role))):
        name = say.place(one.country) if one.is_overseas else say.t(f"role.{one.role}")
        heads.setdefault((one.is_overseas, name), {})[f"recipient:{one.recipient}"] = say.text(
            one.name
        )
    each = len(stores) + len(recipients) <= _MOST_NAMED_PLACES
    for (abroad, name), found in sorted(heads.items(), key=lambda head: head[0][0]):
        if each:
            yield from (_column(own, [key], abroad=abroad) for key, own in found.items())
        else:
            yield _column(name, found, abroad=abroad)


def _words(say: Speaker, activities: Sequence[ProcessingActivity]) -> str:
    """Return the whole map in numbers."""
    items = [item for one in activities for item in one.items]
    recipients = _recipients(say, activities)
    return say.t(
        "map.words",
        uses=len(activities),
        kinds=len({item.category for item in items}),
        sensitive=len({item.category for item in items if say.is_sensitive(item)}),
        stores=len(_stores(say, activities)),
        recipients=len(recipients),
        abroad=sum(one.is_overseas for one in recipients),
    )


def _table(say: Speaker, title: str, activities: Sequence[ProcessingActivity]) -> Table:
    return Table(
        caption=title,
        heads=tuple(
            say.t(f"map.{head}") for head in ("activity", "takes", "source", "kept", "given")
        ),
        rows=tuple(Row(cells=_cells(say, one)) for one in activities),
    )


def _cells(say: Speaker, activity: ProcessingActivity) -> tuple[Cell, ...]:
    return (
        (say.activity_words(activity.activity),),
        say.kinds(activity),
        said(say.t(f"provider.{activity.method.provided_by}")),
        kept_in(say, activity),
        given_to(say, activity),
    )


def kept_in(say: Speaker, activity: ProcessingActivity) -> Cell:
    """Return the names of the stores that an activity keeps something in."""
    return said(say.joined(map(say.store_name, stores_of(activity))) or say.t("word.none"))


def given_to(say: Speaker, activity: ProcessingActivity) -> Cell:
    """Return the names of those an activity gives something to, of those abroad the country."""
    names = [
        f"{say.text(one.name)} · {say.place(one.country)}"
        if one.is_overseas
        else say.text(one.name)
        for one in say.register.recipients_of(activity)
    ]
    return said(say.joined(names) or say.t("word.none"))


def stores_of(activity: ProcessingActivity) -> tuple[StoreId, ...]:
    """Return the stores that an activity keeps something in, each once."""
    return tuple(dict.fromkeys(StoreId(table.partition(".")[0]) for table in activity.stores))


def _stores(say: Speaker, activities: Iterable[ProcessingActivity]) -> list[Store]:
    found = dict.fromkeys(store for one in activities for store in stores_of(one))
    return [say.register.store_by_id[store] for store in found]


def _recipients(say: Speaker, activities: Iterable[ProcessingActivity]) -> list[Recipient]:
    found = {one.recipient: one for each in activities for one in say.register.recipients_of(each)}
    return list(found.values())
