"""How an operator writes YAML: what is measured in a file, so that what is added looks the same."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from chengnuo.adapters.register_editing.spans import SpanMapping, SpanNode, SpanScalar, SpanSequence
from chengnuo.base.text import Text
from chengnuo.domain.register.shapes import Shape, fields_of, shape_of

_USUAL_WIDTH = 100
_ANY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    r"""A way of writing.

    Attributes:
        newline: `\n` or `\r\n`.
        step: By how much what is inside stands further right.
        dash_offset: By how much the dashes of a list stand right of its key.
        dash_gap: From a dash to what it stands before.
        quote: The quotes used, `'` or `"`.
        texts_quoted: Whether texts stand in quotes that would not need them.
        words_quoted: Whether ids and other words do.
        keys_quoted: Whether keys do.
        padding: What stands within the brackets of a flow mapping.
        width: The longest line; what is longer in flow style is written as a block.
        flow: Which types are written in flow style, by name; `*` for mappings not met.
        gap: Whether rows of a list stand apart by an empty line.

    """

    newline: str = "\n"
    step: int = 2
    dash_offset: int = 2
    dash_gap: int = 2
    quote: str = '"'
    texts_quoted: bool = False
    words_quoted: bool = False
    keys_quoted: bool = False
    padding: str = ""
    width: int = _USUAL_WIDTH
    flow: frozenset[str] = frozenset()
    gap: bool = False

    def is_flow(self, shape: Shape) -> bool:
        """Tell whether a value of a type is written in flow style."""
        return name_of(shape) in self.flow


def name_of(shape: Shape) -> str:
    """Return the name under which the style of a type is kept."""
    if shape.is_list:
        member = shape_of(shape.member)
        return "rows" if member.is_row else "list"
    return str(getattr(shape.bare, "__name__", _ANY))


class _Measured:
    """Counts of what was met in a file."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.steps = Counter[int]()
        self.offsets = Counter[int]()
        self.gaps = Counter[int]()
        self.quotes = Counter[str]()
        self.texts = Counter[bool]()
        self.words = Counter[bool]()
        self.keys = Counter[bool]()
        self.padding = Counter[str]()
        self.flow: dict[str, Counter[bool]] = {}

    def look(self, node: SpanNode, hint: Any) -> None:  # noqa: ANN401 (a type hint is any object)
        shape = shape_of(hint)
        match node:
            case SpanScalar():
                self._scalar(node, shape)
            case SpanSequence():
                if node.members:
                    self._sequence(node, shape)
            case SpanMapping():
                if node.entries:
                    self._mapping(node, shape)

    def _scalar(self, node: SpanScalar, shape: Shape) -> None:
        if node.style in {"'", '"'}:
            self.quotes[node.style] += 1
        if node.is_empty or shape.bare in {bool, int} or node.style in {"|", ">"}:
            return
        counted = self.texts if shape.bare in {Text, str} else self.words
        counted[bool(node.style)] += 1

    def _sequence(self, node: SpanSequence, shape: Shape) -> None:
        self.flow.setdefault(name_of(shape), Counter())[node.flow] += 1
        for one in node.members:
            if not node.flow and not (isinstance(one.node, SpanScalar) and one.node.is_empty):
                self.gaps[one.node.column - node.column] += 1
            if shape.is_list:
                self.look(one.node, shape.member)

    def _mapping(self, node: SpanMapping, shape: Shape) -> None:
        self.flow.setdefault(name_of(shape), Counter())[node.flow] += 1
        if node.flow:
            inside = self.text[node.start + 1 : node.entries[0].key.start]
            self.padding[" " if inside == " " else ""] += 1
        hints = hints_of(shape)
        for one in node.entries:
            self.keys[bool(one.key.style)] += 1
            if not node.flow:
                self._under(node.column, one.node)
            if one.key.text in hints:
                self.look(one.node, hints[one.key.text])

    def _under(self, column: int, node: SpanNode) -> None:
        if isinstance(node, SpanMapping) and not node.flow:
            self.steps[node.column - column] += 1
        elif isinstance(node, SpanSequence) and not node.flow:
            self.offsets[node.column - column] += 1


def hints_of(shape: Shape) -> dict[str, Any]:
    """Return the types of the keys of a mapping that stands for a value of a type."""
    if shape.bare is Text:
        return {"zh": Text, "en": Text}
    return {field.key: field.hint for field in fields_of(shape.bare)} if shape.is_row else {}


def style_of(text: str, parts: list[tuple[SpanNode, Any]]) -> Style:
    """Measure how a file is written.

    Args:
        text: The file.
        parts: Its rows, or lists of rows, each with its type.

    """
    met = _Measured(text)
    for node, hint in parts:
        met.look(node, hint)
    step = _most(met.steps, _most(met.offsets, 2) or 2)
    lines = text.splitlines()
    return Style(
        newline="\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n",
        step=max(step, 1),
        dash_offset=_most(met.offsets, step),
        dash_gap=max(_most(met.gaps, 2), 2),
        quote=_most(met.quotes, '"'),
        texts_quoted=met.texts[True] > met.texts[False],
        words_quoted=met.words[True] > met.words[False],
        keys_quoted=met.keys[True] > met.keys[False],
        padding=_most(met.padding, ""),
        width=max([_USUAL_WIDTH, *map(len, lines)]),
        flow=frozenset(name for name, seen in met.flow.items() if seen[True] > seen[False]),
        gap=_stand_apart(text, parts),
    )


def _most(counted: "Counter[Any]", otherwise: Any) -> Any:  # noqa: ANN401 (as counted)
    return counted.most_common(1)[0][0] if counted else otherwise


def _stand_apart(text: str, parts: list[tuple[SpanNode, Any]]) -> bool:
    for node, _ in parts:
        if isinstance(node, SpanSequence) and not node.flow:
            for one, other in zip(node.members, node.members[1:], strict=False):
                between = text[one.node.end : other.dash]
                return any(not line.strip() for line in between.splitlines()[1:-1])
    return False
