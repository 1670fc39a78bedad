"""From a row as it is written and the row as it shall be to changes of the text.

The two are walked side by side by their type. Where they say the same, nothing is touched,
whatever the way of writing; a list is compared member by member, so that the rest of it stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, cast

from chengnuo.adapters.register_editing.lines import (
    Splices,
    is_first_on_line,
    is_last_on_line,
    line_end,
    line_start,
    put_lines,
)
from chengnuo.adapters.register_editing.spans import (
    SpanEntry,
    SpanMapping,
    SpanNode,
    SpanScalar,
    SpanSequence,
    node_of,
)
from chengnuo.adapters.register_editing.style import hints_of
from chengnuo.adapters.register_editing.words import block, wrapped
from chengnuo.adapters.register_editing.writing import Writer
from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.text import Text
from chengnuo.domain.register.codec import Reading, read, write
from chengnuo.domain.register.diff import member_key
from chengnuo.domain.register.shapes import Shape, shape_of


class Unreadable:
    """Stands for what does not read as a value of its type."""


UNREADABLE = Unreadable()


@dataclass(frozen=True, slots=True)
class Around:
    """What a value stands after: a key or a dash at a column, or something within brackets."""

    head: int
    column: int
    sort: str


def canonical_of(node: SpanNode, hint: Any) -> Tree | Unreadable:  # noqa: ANN401 (a type hint is any object)
    """Return what is written as the register keeps it."""
    reading = Reading()
    value = read(hint, node_of(node), reading, "")
    return UNREADABLE if reading.problems else write(value)


@dataclass(frozen=True, slots=True)
class Merging:
    """Notes the changes that make what is written say something else."""

    splices: Splices
    writer: Writer

    def value(self, node: SpanNode, hint: Any, new: Tree, around: Around) -> None:  # noqa: ANN401 (a type hint is any object)
        """Note the changes of one value.

        Args:
            node: What is written.
            hint: Its type.
            new: What it shall say, as the register keeps it.
            around: What it stands after.

        """
        if canonical_of(node, hint) == new:
            return
        shape = shape_of(hint)
        if isinstance(node, SpanMapping) and (shape.is_row or shape.bare is Text):
            spelled = _spelled(shape, new)
            if spelled and self._mapping(node, shape, spelled):
                return
        is_list = isinstance(new, list) and bool(new) and shape.is_list
        if (
            isinstance(node, SpanSequence)
            and node.members
            and is_list
            and self._sequence(node, shape, cast("list[Tree]", new))
        ):
            return
        if isinstance(node, SpanScalar) and not isinstance(new, (dict, list)):
            self._scalar(node, hint, new, around)
            return
        self._instead(node, hint, new, around)

    def _scalar(self, node: SpanScalar, hint: Any, new: Tree, around: Around) -> None:  # noqa: ANN401 (a type hint is any object)
        text, flow = self.splices.text, around.sort == "flow"
        was = text[node.start : node.end]
        lines = tuple(was.splitlines())
        written = None
        if isinstance(new, str) and node.style in {"|", ">"}:
            written = block(new, lines=lines)
        elif isinstance(new, str) and len(lines) > 1:
            quote = self.writer.style.quote
            written = wrapped(new, style=node.style, quote=quote, lines=lines, flow=flow)
        if written is None:
            style = node.style if node.style in {"'", '"'} or not node.is_empty else None
            style = None if node.style in {"|", ">"} else style
            written = self.writer.scalar(new, hint, flow=flow, was=style)
        if node.is_empty:
            written = f" {written}"
        newline = self.writer.style.newline
        self.splices.put(node.start, node.end, written.replace("\n", newline))

    def _instead(self, node: SpanNode, hint: Any, new: Tree, around: Around) -> None:  # noqa: ANN401 (a type hint is any object)
        """Write a value anew, where it changes its form."""
        if around.sort == "flow":
            self.splices.put(node.start, node.end, self.writer.inline(new, hint))
        elif around.sort == "dash":
            written = self.writer.after_dash(new, hint, around.column)
            self.splices.put(around.head, node.end, written)
        else:
            taken = around.head - line_start(self.splices.text, around.head) - around.column
            written = self.writer.after_key(new, hint, around.column, taken)
            self.splices.put(around.head, node.end, written)

    def _mapping(self, node: SpanMapping, shape: Shape, new: "dict[str, Tree]") -> bool:
        old = _spelled(shape, canonical_of(node, shape.bare))
        if old is None:
            return False
        hints = hints_of(shape)
        gone = [one for one in node.entries if one.key.text in old and one.key.text not in new]
        if len(gone) == len(node.entries):
            return False
        if not node.flow and any(
            not is_first_on_line(self.splices.text, one.key.start)
            for one in gone
            if one is not node.entries[0]
        ):
            return False
        for one in node.entries:
            key = one.key.text
            if key in new and key in hints:
                sort = "flow" if node.flow else "key"
                self.value(one.node, hints[key], new[key], Around(one.colon, node.column, sort))
        come = [key for key in hints if key in new and node.entry(key) is None]
        self._add(node, [one for one in node.entries if one not in gone], come, new, hints)
        self._take_out(
            [one.key.start for one in node.entries],
            [one.node.end for one in node.entries],
            [node.entries.index(one) for one in gone],
            flow=node.flow,
        )
        return True

    def _add(
        self,
        node: SpanMapping,
        kept: list[SpanEntry],
        come: list[str],
        new: "dict[str, Tree]",
        hints: "dict[str, Any]",
    ) -> None:
        """Put keys in, each after the nearest of those that the type names before it."""
        order = list(hints)
        text, newline = self.splices.text, self.writer.style.newline
        within: dict[SpanEntry | None, list[str]] = {}
        for key in come:
            known = [one for one in kept if one.key.text in order[: order.index(key)]]
            last = max(known, key=lambda one: one.node.end) if known else None
            if node.flow:
                written = f"{self.writer.key(key)} {self.writer.inline(new[key], hints[key])}"
                within.setdefault(last, []).append(written)
                continue
            first = node.entries[0]
            if last is None and is_first_on_line(text, first.key.start):
                place = line_start(text, first.key.start)
            else:
                place = line_end(text, (last or first).node.end)
            lines = [self.writer.entry(key, new[key], hints[key], node.column)]
            put_lines(self.splices, place, lines, newline)
        for last, parts in within.items():
            if last is None:
                first_key = node.entries[0].key.start
                self.splices.put(first_key, first_key, ", ".join([*parts, ""]))
            else:
                self._after_in_flow(last.key.start, last.node.end, parts)

    def _after_in_flow(self, start: int, end: int, parts: list[str]) -> None:
        """Put entries or members in after another within brackets."""
        text, newline = self.splices.text, self.writer.style.newline
        comma = _comma_after(text, end)
        last = end if comma is None else comma + 1
        if not (is_first_on_line(text, start) and is_last_on_line(text, last)):
            self.splices.put(end, end, "".join(f", {one}" for one in parts))
            return
        indent = " " * (start - line_start(text, start))
        if comma is None:
            self.splices.put(end, end, ",")
        lines = f",{newline}".join(indent + one for one in parts)
        after = line_end(text, last)
        self.splices.put(after, after, lines + ("" if comma is None else ",") + newline)

    def _take_out(self, starts: list[int], ends: list[int], gone: list[int], *, flow: bool) -> None:
        """Take entries or members out, of which some stay; comments above them stay."""
        text = self.splices.text
        for index in gone:
            comma = _comma_after(text, ends[index]) if flow else None
            last = ends[index] if comma is None else comma + 1
            if is_first_on_line(text, starts[index]) and is_last_on_line(text, last):
                self.splices.put(line_start(text, starts[index]), line_end(text, last), "")
            elif any(other not in gone for other in range(index + 1, len(starts))):
                self.splices.put(starts[index], starts[index + 1], "")
            else:
                self.splices.put(ends[index - 1], last, "")

    def _sequence(self, node: SpanSequence, shape: Shape, new: "list[Tree]") -> bool:
        old = [canonical_of(one.node, shape.member) for one in node.members]
        if any(isinstance(one, Unreadable) for one in old):
            return False
        starts = [
            one.node.start if node.flow or one.dash is None else one.dash for one in node.members
        ]
        plan = list(_plan([one for one in old if not isinstance(one, Unreadable)], new))
        if sum(len(gone) for _, gone, _ in plan) == len(old) or (
            not node.flow and not all(is_first_on_line(self.splices.text, one) for one in starts)
        ):
            return False
        ends = [one.node.end for one in node.members]
        all_gone = [index for _, gone, _ in plan for index in gone]
        for changed, _, come in plan:
            for index, value in changed:
                one = node.members[index]
                sort = "flow" if node.flow else "dash"
                head = one.node.start if one.dash is None else one.dash + 1
                self.value(one.node, shape.member, value, Around(head, node.column, sort))
            for after, values in come:
                self._put_members(node, shape, after, values)
        self._take_out(starts, ends, all_gone, flow=node.flow)
        return True

    def _put_members(
        self, node: SpanSequence, shape: Shape, after: int, values: "list[Tree]"
    ) -> None:
        text = self.splices.text
        if node.flow:
            parts = [self.writer.inline(one, shape.member) for one in values]
            if after < 0:
                first = node.members[0].node.start
                self.splices.put(first, first, ", ".join([*parts, ""]))
            else:
                one = node.members[after].node
                self._after_in_flow(one.start, one.end, parts)
            return
        lines = [self.writer.member(one, shape.member, node.column) for one in values]
        if self.writer.style.gap and shape_of(shape.member).is_row and after >= 0:
            lines = [line for one in lines for line in ("", one)]
        first = node.members[0].dash or node.start
        place = (
            line_start(text, first) if after < 0 else line_end(text, node.members[after].node.end)
        )
        put_lines(self.splices, place, lines, self.writer.style.newline)


def _spelled(shape: Shape, value: Tree | Unreadable) -> "dict[str, Tree] | None":
    """Return a value as a mapping, where it may also be written shorter; None where it is none."""
    if isinstance(value, dict):
        return value
    if isinstance(value, (Unreadable, list)) or value is None:
        return None
    if shape.bare is Text:
        return {"zh": value}
    shorthand = getattr(shape.bare, "SHORTHAND", None)
    return None if shorthand is None else {str(shorthand): [value]}


_Step = tuple[list[tuple[int, Tree]], list[int], list[tuple[int, "list[Tree]"]]]


def _plan(old: "list[Tree]", new: "list[Tree]") -> Iterator[_Step]:
    """Yield what changes of a list: members that change, go, and come after which."""
    was, now = ([_name(one) for one in each] for each in (old, new))
    found = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    for _, first, last, begin, stop in found:
        both = min(last - first, stop - begin)
        changed = [
            (first + step, new[begin + step])
            for step in range(both)
            if old[first + step] != new[begin + step]
        ]
        gone = list(range(first + both, last))
        more = new[begin + both : stop]
        yield changed, gone, [(last - 1, more)] if more else []


def _name(member: Tree) -> str:
    return member_key(member) or canonical_json(member).decode()


def _comma_after(text: str, end: int) -> int | None:
    """Return where the comma after a member within brackets stands, on its own line."""
    rest = text[end : line_end(text, end)]
    stripped = rest.lstrip(" \t")
    return end + len(rest) - len(stripped) if stripped.startswith(",") else None
