"""YAML text to a tree that knows its lines.

A register is read as plain data: YAML 1.2 words (so `NO` is Norway and `on` is a word), no
anchors, no tags, one document, bounded in size, depth and number of nodes before anything is
built. The events of libyaml are taken one by one; nothing is ever constructed from a tag.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from chengnuo.base.text import Text
from chengnuo.domain.register.problems import Problem, ProblemCode
from chengnuo.domain.register.tree import Mapping, Node, Place, Scalar, Sequence, is_null

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a build of the library without libyaml: slower, same answers
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_DEPTH = 32
MAX_NODES = 4_000_000
_UNNAMED = "!"
_UNPRINTABLE = re.compile(
    r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML 1.2 section 5.1 does not call printable, and the byte order mark inside a text."""


class _RefusedError(Exception):
    """Ends the reading of one file; holds what to say."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(slots=True)
class _OpenList:
    place: Place
    members: list[Node]


@dataclass(slots=True)
class _OpenMapping:
    place: Place
    entries: list[tuple[Scalar, Node]]
    key: Scalar | None


_Open: TypeAlias = _OpenList | _OpenMapping


def parse_yaml(text: str, file: str) -> Node | Problem:
    """Read one YAML document.

    Returns:
        The tree; or the one problem that keeps the file from being read.

    """
    unprintable = _UNPRINTABLE.search(text)
    if unprintable is not None:
        line = text.count("\n", 0, unprintable.start()) + 1
        return _control_character(Place(file, line), f"U+{ord(unprintable[0]):04X}")
    try:
        return _tree(_events(text, file), file)
    except _RefusedError as refused:
        return refused.problem


def _events(text: str, file: str) -> Iterator[yaml.events.Event]:
    try:
        yield from yaml.parse(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1)
        raise _RefusedError(_broken(place, error.problem or "", text)) from error


def _tree(events: Iterator[yaml.events.Event], file: str) -> Node:  # noqa: C901 (one case an event)
    stack: list[_Open] = []
    root: Node | None = None
    nodes = 0
    documents = 0
    for event in events:
        mark = event.start_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1)
        done: Node | None = None
        match event:
            case yaml.AliasEvent():
                raise _RefusedError(_alias(place, f"*{event.anchor}"))
            case yaml.DocumentStartEvent():
                documents += 1
                if documents > 1:
                    raise _RefusedError(_second_document(place))
            case yaml.ScalarEvent():
                _refuse_decoration(event, place)
                done = Scalar(event.value, plain=bool(event.implicit[0]), place=place)
            case yaml.SequenceStartEvent():
                _refuse_decoration(event, place)
                stack.append(_OpenList(place, []))
            case yaml.MappingStartEvent():
                _refuse_decoration(event, place)
                stack.append(_OpenMapping(place, [], None))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                done = _close(stack.pop())
            case _:
                continue
        nodes += 1
        if nodes > MAX_NODES or len(stack) > MAX_DEPTH:
            raise _RefusedError(_too_much(place, deep=len(stack) > MAX_DEPTH))
        if done is not None:
            root = _put(done, stack) or root
    if root is None or is_null(root):
        raise _RefusedError(_empty(Place(file, 1)))
    return root


def _put(node: Node, stack: list[_Open]) -> Node | None:
    """Put a finished node into what is open around it; return it if nothing is."""
    if not stack:
        return node
    around = stack[-1]
    if isinstance(around, _OpenList):
        around.members.append(node)
    elif around.key is not None:
        around.entries.append((around.key, node))
        around.key = None
    elif isinstance(node, Scalar):
        around.key = node
    else:
        raise _RefusedError(_wrong_key(node.place))
    return None


def _close(opened: _Open) -> Node:
    if isinstance(opened, _OpenList):
        return Sequence(tuple(opened.members), opened.place)
    return Mapping(tuple(opened.entries), opened.place)


def _refuse_decoration(event: yaml.NodeEvent, place: Place) -> None:
    if event.anchor is not None:
        raise _RefusedError(_alias(place, f"&{event.anchor}"))
    tag = getattr(event, "tag", None)
    if tag is not None and tag != _UNNAMED:
        raise _RefusedError(
            Problem(
                code=ProblemCode.BROKEN_YAML,
                place=place,
                where="",
                given=str(tag)[:40],
                expected=Text("不带标签的普通数据", "plain data without tags"),
            )
        )


def _alias(place: Place, given: str) -> Problem:
    return Problem(
        code=ProblemCode.ALIAS,
        place=place,
        where="",
        given=given[:40],
        expected=Text(
            "完整写出的内容；不支持锚点和别名", "the text itself; anchors and aliases are not read"
        ),
    )


def _second_document(place: Place) -> Problem:
    return Problem(
        code=ProblemCode.BROKEN_YAML,
        place=place,
        where="",
        given="---",
        expected=Text("每个文件一份文档", "one document a file"),
    )


def _wrong_key(place: Place) -> Problem:
    return Problem(
        code=ProblemCode.BROKEN_YAML,
        place=place,
        where="",
        given="? …",
        expected=Text("以一个词作键", "a word as the key"),
    )


def _too_much(place: Place, *, deep: bool) -> Problem:
    limit = MAX_DEPTH if deep else MAX_NODES
    return Problem(
        code=ProblemCode.TOO_DEEP if deep else ProblemCode.TOO_LARGE,
        place=place,
        where="",
        given=f"> {limit}",
        expected=Text(f"不超过 {limit} 层的嵌套", f"at most {limit} levels")
        if deep
        else Text(f"每个文件不超过 {limit} 个节点", f"at most {limit} nodes a file"),
    )


def _empty(place: Place) -> Problem:
    return Problem(
        code=ProblemCode.EMPTY_FILE,
        place=place,
        where="",
        given="",
        expected=Text("至少一行登记内容", "at least one row"),
    )


def _control_character(place: Place, given: str) -> Problem:
    return Problem(
        code=ProblemCode.CONTROL_CHARACTER,
        place=place,
        where="",
        given=given,
        expected=Text("不含控制字符的文字", "a text without control characters"),
    )


def _broken(place: Place, problem: str, text: str) -> Problem:
    lines = text.splitlines()
    line = lines[place.line - 1].strip() if 0 < place.line <= len(lines) else ""
    return Problem(
        code=ProblemCode.BROKEN_YAML,
        place=place,
        where="",
        given="".join(sign for sign in line[:48] if sign.isprintable()),
        expected=Text(
            f"合规的 YAML（检查缩进、冒号和引号）：{problem}",
            f"well-formed YAML (look at indents, colons and quotes): {problem}",
        ),
    )
