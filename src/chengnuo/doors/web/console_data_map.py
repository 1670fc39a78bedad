"""The data map: where personal information comes from, what is done with it, where it ends up.

Three columns of boxes with lines between them: sources, activities, and places. Places are the
handler's own stores and the recipients, the latter by country, so that what leaves the mainland
stands apart. The same facts stand beside the picture as bands, one an activity, which is what a
narrow screen and a screen reader get.

Lays out only: which boxes and lines there are is given by the caller, finished.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

WIDTH = 1120
_PITCH = 36
_BOX_HEIGHT = 28
_HEAD = 32
_GROUP_GAP = 40
_PADDING = 10
_WIDE_CHARACTER = 16.0
_NARROW_CHARACTER = 8.4
_SOURCE_X, _SOURCE_WIDTH = 1, 184
_ACTIVITY_X, _ACTIVITY_WIDTH = 300, 392
_PLACE_X, _PLACE_WIDTH = 820, 299


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an activity's information ends up.

    Attributes:
        key: Its id, unique among the places.
        name: What it is called.
        href: Page about it.
        group: Heading under which it stands, as `境外 · 美国`.
        abroad: Whether it is outside the mainland.

    """

    key: str
    name: str
    href: str
    group: str
    abroad: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One activity on the map.

    Attributes:
        key: Id of the activity.
        name: Its purpose in words.
        href: Its page.
        source: Where the information comes from, in words.
        sensitive: Whether any of it is sensitive.
        places: Keys of the places it ends up in, in order.

    """

    key: str
    name: str
    href: str
    source: str
    sensitive: bool
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box of the picture: its corner, its size, and the text that fits into it."""

    x: int
    y: int
    width: int
    height: int
    text_x: int
    text_y: int
    text: str
    whole: str
    href: str
    abroad: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading over a column or a group of boxes."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line from one box to another, as a path; `kept` if it ends in a store of our own."""

    path: str
    sensitive: bool
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceGroup:
    """Places of one activity under their common heading."""

    name: str
    abroad: bool
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The same facts of one activity in words."""

    flow: Flow
    groups: tuple[PlaceGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataMap:
    """A finished picture with its words."""

    width: int
    height: int
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    boxes: tuple[Box, ...]
    bands: tuple[Band, ...]


def data_map(
    flows: Sequence[Flow], places: Sequence[Place], heads: tuple[str, str, str]
) -> DataMap:
    """Lay a data map out.

    Args:
        flows: The activities, in the order in which they stand.
        places: The places; those of one group stand together. Within a group they are put near
            the activities that they belong to, so that lines cross little; ties keep the order.
        heads: Headings of the three columns; the third is not drawn, its groups are.

    """
    sources = list(dict.fromkeys(flow.source for flow in flows))
    ordered = sorted(flows, key=lambda flow: sources.index(flow.source))
    rows = {flow.key: index for index, flow in enumerate(ordered)}
    groups = _grouped(places, ordered, rows)
    places_height = sum(_GROUP_GAP + len(group) * _PITCH for group in groups.values())
    height = max(_HEAD + len(ordered) * _PITCH, places_height, _HEAD + len(sources) * _PITCH)
    activity_boxes = _column(
        [(flow.key, flow.name, flow.href, False) for flow in ordered],
        _ACTIVITY_X,
        _ACTIVITY_WIDTH,
        start=_HEAD,
        room=height - _HEAD,
    )
    source_boxes = _column(
        [(source, source, "", False) for source in sources],
        _SOURCE_X,
        _SOURCE_WIDTH,
        start=_HEAD,
        room=height - _HEAD,
    )
    headings = [
        Heading(x=_SOURCE_X, y=_HEAD - 14, text=heads[0]),
        Heading(x=_ACTIVITY_X, y=_HEAD - 14, text=heads[1]),
    ]
    place_boxes: dict[str, Box] = {}
    spare = (height - places_height) // (len(places) + 1)
    pitch = _PITCH + min(spare, _PITCH)
    top = max((height - places_height - len(places) * (pitch - _PITCH)) // 2, 0)
    for name, group in groups.items():
        headings.append(Heading(x=_PLACE_X, y=top + _GROUP_GAP - 22, text=name))
        top += _GROUP_GAP
        place_boxes |= _column(
            [(place.key, place.name, place.href, place.abroad) for place in group],
            _PLACE_X,
            _PLACE_WIDTH,
            start=top,
            room=len(group) * pitch,
        )
        top += len(group) * pitch
    by_key = {place.key: place for place in places}
    return DataMap(
        width=WIDTH,
        height=height,
        headings=tuple(headings),
        lines=tuple(
            sorted(
                _lines(ordered, source_boxes, activity_boxes, place_boxes),
                key=lambda line: line.sensitive,
            )
        ),
        boxes=(*source_boxes.values(), *activity_boxes.values(), *place_boxes.values()),
        bands=tuple(
            Band(flow=flow, groups=_groups_of(by_key[key] for key in flow.places))
            for flow in ordered
        ),
    )


def fitted(text: str, width: int) -> str:
    """Return a text cut so that it fits into so many pixels at 16 px, with `…` where it was cut.

    >>> fitted("推荐附近门店", 200), fitted("推荐附近门店和优惠", 100)
    ('推荐附近门店', '推荐附近门…')

    """
    if sum(map(_advance, text)) <= width:
        return text
    room = width - _WIDE_CHARACTER
    kept = ""
    for character in text:
        room -= _advance(character)
        if room < 0:
            break
        kept += character
    return f"{kept}…"


def _advance(character: str) -> float:
    wide = unicodedata.east_asian_width(character) in "WFA"
    return _WIDE_CHARACTER if wide else _NARROW_CHARACTER


def _grouped(
    places: Sequence[Place], flows: Sequence[Flow], rows: Mapping[str, int]
) -> dict[str, list[Place]]:
    touching: dict[str, list[int]] = {place.key: [] for place in places}
    for flow in flows:
        for key in flow.places:
            touching[key].append(rows[flow.key])
    middle = {key: sum(at) / len(at) if at else float(len(flows)) for key, at in touching.items()}
    groups: dict[str, list[Place]] = {}
    for place in places:
        groups.setdefault(place.group, []).append(place)
    return {
        name: sorted(group, key=lambda place: middle[place.key]) for name, group in groups.items()
    }


def _groups_of(places: Iterable[Place]) -> tuple[PlaceGroup, ...]:
    groups: dict[str, list[Place]] = {}
    for place in places:
        groups.setdefault(place.group, []).append(place)
    return tuple(
        PlaceGroup(name=name, abroad=group[0].abroad, places=tuple(group))
        for name, group in groups.items()
    )


def _column(
    entries: Sequence[tuple[str, str, str, bool]], x: int, width: int, *, start: int, room: int
) -> dict[str, Box]:
    pitch = max(_PITCH, room // max(len(entries), 1))
    boxes: dict[str, Box] = {}
    for index, (key, name, href, abroad) in enumerate(entries):
        y = start + index * pitch + (pitch - _PITCH) // 2
        boxes[key] = Box(
            x=x,
            y=y,
            width=width,
            height=_BOX_HEIGHT,
            text_x=x + _PADDING,
            text_y=y + 20,
            text=fitted(name, width - 2 * _PADDING),
            whole=name,
            href=href,
            abroad=abroad,
        )
    return boxes


def _lines(
    flows: Sequence[Flow],
    sources: Mapping[str, Box],
    activities: Mapping[str, Box],
    places: Mapping[str, Box],
) -> Iterator[Line]:
    for flow in flows:
        activity = activities[flow.key]
        yield Line(path=_curve(sources[flow.source], activity), sensitive=flow.sensitive)
        for key in flow.places:
            yield Line(
                path=_curve(activity, places[key]),
                sensitive=flow.sensitive,
                kept=key.startswith("store:"),
            )


def _curve(start: Box, end: Box) -> str:
    x1, y1 = start.x + start.width, start.y + start.height // 2
    x2, y2 = end.x, end.y + end.height // 2
    bend = (x2 - x1) // 2
    return f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
