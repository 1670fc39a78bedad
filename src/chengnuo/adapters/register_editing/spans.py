"""A YAML file as nodes that know where in the text they stand, to the character.

What the reader of registers reads, with the ends of everything: so that a change can be made in
the text itself, and whatever it does not concern stays as the operator wrote it. Positions are
code points of the text; ends are those of the content, without the blanks and comments after it.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from chengnuo.domain.register.tree import Mapping, Node, Place, Scalar, Sequence

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a build of the library without libyaml: slower, same answers
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_BLOCK_STYLES = ("|", ">")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanScalar:
    """A word or text; `style` is empty where it is plain, else one of `' " | >`."""

    text: str
    style: str
    start: int
    end: int
    column: int

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing at all was written."""
        return self.start == self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanMember:
    """A member of a list; `dash` is where its dash stands, None in flow style."""

    node: "SpanNode"
    dash: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanSequence:
    """A list."""

    members: tuple[SpanMember, ...]
    flow: bool
    start: int
    end: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanEntry:
    """An entry of a mapping; `colon` is where the text after the colon begins."""

    key: SpanScalar
    node: "SpanNode"
    colon: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanMapping:
    """A mapping; `column` is that of its first key in block style."""

    entries: tuple[SpanEntry, ...]
    flow: bool
    start: int
    end: int
    column: int

    def entry(self, key: str) -> SpanEntry | None:
        """Return the entry of a key, or None."""
        return next((one for one in self.entries if one.key.text == key), None)


SpanNode: TypeAlias = SpanScalar | SpanSequence | SpanMapping


class _Marks:
    """Where dashes and colons stand, in the order of the text."""

    def __init__(self, text: str) -> None:
        self.dashes: list[int] = []
        self.colons: list[int] = []
        for token in yaml.scan(text, Loader=_Loader):
            match token:
                case yaml.BlockEntryToken():
                    self.dashes.append(token.start_mark.index)
                case yaml.ValueToken():
                    self.colons.append(token.end_mark.index)


def spans_of(text: str) -> SpanNode:
    """Return the tree of a file that the reader of registers reads without a problem."""
    marks = _Marks(text)
    events = iter(yaml.parse(text, Loader=_Loader))
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            return _node(event, events, text, marks)
    raise AssertionError(text)  # the reader refuses an empty file


def node_of(span: SpanNode, file: str = "") -> Node:
    """Return a tree as the reader of registers takes it; every place is the file's first line."""
    place = Place(file, 1)
    match span:
        case SpanScalar():
            return Scalar(span.text, plain=not span.style, place=place)
        case SpanSequence():
            return Sequence(tuple(node_of(one.node, file) for one in span.members), place)
        case SpanMapping():
            return Mapping(
                tuple(
                    (Scalar(one.key.text, plain=not one.key.style, place=place), node_of(one.node))
                    for one in span.entries
                ),
                place,
            )


def _node(
    event: yaml.events.Event, events: Iterator[yaml.events.Event], text: str, marks: _Marks
) -> SpanNode:
    match event:
        case yaml.SequenceStartEvent():
            return _sequence(event, events, text, marks)
        case yaml.MappingStartEvent():
            return _mapping(event, events, text, marks)
        case _:
            return _scalar(event, text)


def _scalar(event: yaml.events.Event, text: str) -> SpanScalar:
    start, end = _index(event.start_mark), _index(event.end_mark)
    style = getattr(event, "style", None) or ""
    if style in _BLOCK_STYLES:
        end = start + len(text[start:end].rstrip())
    return SpanScalar(
        text=str(getattr(event, "value", "")),
        style=style,
        start=start,
        end=end,
        column=_column(event.start_mark),
    )


def _sequence(
    event: yaml.events.SequenceStartEvent,
    events: Iterator[yaml.events.Event],
    text: str,
    marks: _Marks,
) -> SpanSequence:
    members: list[SpanMember] = []
    flow = bool(event.flow_style)
    begin = after = _index(event.start_mark)
    column = _column(event.start_mark)
    while True:
        inner = next(events)
        if isinstance(inner, yaml.SequenceEndEvent):
            break
        dash = None
        if not flow:
            dash = marks.dashes[bisect_left(marks.dashes, after)]
            if not members:
                begin, column = dash, dash - _line_start(text, dash)
        node = _node(inner, events, text, marks)
        if isinstance(node, SpanScalar) and node.is_empty and dash is not None:
            node = _at(node, dash + 1)
        members.append(SpanMember(node=node, dash=dash))
        after = max(node.end, (dash or 0) + 1)
    end = _index(inner.end_mark) if flow else members[-1].node.end
    return SpanSequence(members=tuple(members), flow=flow, start=begin, end=end, column=column)


def _mapping(
    event: yaml.events.MappingStartEvent,
    events: Iterator[yaml.events.Event],
    text: str,
    marks: _Marks,
) -> SpanMapping:
    entries: list[SpanEntry] = []
    flow = bool(event.flow_style)
    while True:
        inner = next(events)
        if isinstance(inner, yaml.MappingEndEvent):
            break
        key = _scalar(inner, text)
        found = bisect_left(marks.colons, key.end)
        colon = marks.colons[found] if found < len(marks.colons) else key.end
        node = _node(next(events), events, text, marks)
        if isinstance(node, SpanScalar) and node.is_empty:
            node = _at(node, colon)
        entries.append(SpanEntry(key=key, node=node, colon=colon))
    end = _index(inner.end_mark) if flow else entries[-1].node.end
    return SpanMapping(
        entries=tuple(entries),
        flow=flow,
        start=_index(event.start_mark),
        end=end,
        column=_column(event.start_mark) if flow else entries[0].key.column,
    )


def _index(mark: Any) -> int:  # noqa: ANN401 (either of the library's two kinds)
    return int(mark.index)


def _column(mark: Any) -> int:  # noqa: ANN401 (either of the library's two kinds)
    return int(mark.column)


def _at(node: SpanScalar, place: int) -> SpanScalar:
    return SpanScalar(text=node.text, style=node.style, start=place, end=place, column=node.column)


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1
