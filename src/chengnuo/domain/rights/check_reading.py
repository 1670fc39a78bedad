"""Reading the text of a condition into operations, see `checks`.

Spellings of SQLite, PostgreSQL and MySQL are told apart by nothing: what one of them writes the
others would not write with another meaning.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from chengnuo.domain.rights.values import Value

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|(?:_[a-z0-9]+\s*)?'(?P<text>(?:[^']|'')*)'"""
    r"""|(?P<cast>::\s*(?:character varying|double precision|timestamp without time zone"""
    r"""|timestamp with time zone|[a-z_]+)(?:\(\d+(?:,\s*\d+)?\))?(?:\[\])?)"""
    r"""|`(?P<back>[^`]+)`|"(?P<quoted>[^"]+)"|\[(?P<square>[A-Za-z_]\w*)\](?!\s*')"""
    r"""|(?P<word>[A-Za-z_]\w*)|(?P<sign><>|!=|<=|>=|==|[-+=<>(),\[\]]))""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Node:
    """One operation: its name, its operands, and for a leaf its column or constant."""

    op: str
    parts: tuple["Node", ...] = ()
    column: str = ""
    constant: Value = None


class _NotUnderstoodError(Exception):
    pass


def read(sql: str) -> Node | None:
    """Return what a text says, or None where it is not understood."""
    try:
        reader = _Reader(_tokens(sql))
        root = reader.either()
    except (_NotUnderstoodError, RecursionError):  # nested deeper than anybody writes
        return None
    return root if reader.at == len(reader.tokens) else None


def _tokens(sql: str) -> list[tuple[str, str]]:
    text = re.sub(r"^\s*CHECK\b", "", sql.strip(), flags=re.IGNORECASE)
    found: list[tuple[str, str]] = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise _NotUnderstoodError
        at = match.end()
        if match["cast"] is not None:
            continue
        name = match["back"] or match["quoted"] or match["square"]
        if name is not None:
            found.append(("column", name.lower()))
        elif match["number"] is not None:
            found.append(("number", match["number"]))
        elif match["text"] is not None:
            found.append(("text", match["text"].replace("''", "'")))
        elif match["word"] is not None:
            found.append(("word", match["word"].lower()))
        else:
            found.append(("sign", {"!=": "<>", "==": "="}.get(match["sign"], match["sign"])))
    return found


_KEYWORDS = frozenset(
    [
        "and",
        "or",
        "not",
        "in",
        "between",
        "is",
        "null",
        "any",
        "array",
        "true",
        "false",
        "like",
        "case",
        "when",
    ]
)
_MOST_DIGITS = 80
"""No database keeps longer numbers."""
_COMPARE = frozenset({"=", "<>", "<", ">", "<=", ">="})


@dataclass(slots=True)
class _Reader:
    """Descends by precedence: OR, AND, NOT, comparison, sum, operand."""

    tokens: list[tuple[str, str]]
    at: int = field(default=0)

    def _next(self, kind: str, *texts: str) -> str | None:
        if self.at < len(self.tokens):
            found, text = self.tokens[self.at]
            if found == kind and (not texts or text in texts):
                self.at += 1
                return text
        return None

    def _need(self, kind: str, text: str) -> None:
        if self._next(kind, text) is None:
            raise _NotUnderstoodError

    def either(self) -> Node:
        parts = [self._both()]
        while self._next("word", "or"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Node("or", tuple(parts))

    def _both(self) -> Node:
        parts = [self._negated()]
        while self._next("word", "and"):
            parts.append(self._negated())
        return parts[0] if len(parts) == 1 else Node("and", tuple(parts))

    def _negated(self) -> Node:
        if self._next("word", "not"):
            return Node("not", (self._negated(),))
        return self._compared()

    def _compared(self) -> Node:
        left = self._sum()
        while True:
            sign = self._next("sign", *_COMPARE)
            if sign is not None:
                left = self._any(left) if self._is_any() else Node(sign, (left, self._sum()))
            elif self._next("word", "is"):
                negated = self._next("word", "not") is not None
                self._need("word", "null")
                left = Node("is null", (left,))
                left = Node("not", (left,)) if negated else left
            else:
                negated = self._next("word", "not") is not None
                if self._next("word", "in"):
                    self._need("sign", "(")
                    left = Node("in", (left, *self._list(")")))
                elif self._next("word", "between"):
                    low = self._sum()
                    self._need("word", "and")
                    left = Node("and", (Node(">=", (left, low)), Node("<=", (left, self._sum()))))
                elif negated:
                    raise _NotUnderstoodError
                else:
                    return left
                left = Node("not", (left,)) if negated else left

    def _is_any(self) -> bool:
        return self.tokens[self.at : self.at + 1] == [("word", "any")]

    def _any(self, left: Node) -> Node:
        if self.tokens[self.at - 1] != ("sign", "="):
            raise _NotUnderstoodError
        self.at += 1
        depth = 0
        while self._next("sign", "("):
            depth += 1
        self._need("word", "array")
        self._need("sign", "[")
        found = Node("in", (left, *self._list("]")))
        for _ in range(depth):
            self._need("sign", ")")
        return found

    def _list(self, end: str) -> list[Node]:
        parts = [self._sum()]
        while self._next("sign", ","):
            parts.append(self._sum())
        self._need("sign", end)
        return parts

    def _sum(self) -> Node:
        left = self._operand()
        while (sign := self._next("sign", "+", "-")) is not None:
            left = Node(sign, (left, self._operand()))
        return left

    def _operand(self) -> Node:  # noqa: PLR0911  one form each
        if self._next("sign", "("):
            inner = self.either()
            self._need("sign", ")")
            return inner
        if self._next("sign", "-"):
            return Node("-", (Node("constant", constant=0), self._operand()))
        if (number := self._next("number")) is not None:
            if len(number) > _MOST_DIGITS:
                raise _NotUnderstoodError
            return Node("constant", constant=Decimal(number) if "." in number else int(number))
        if (text := self._next("text")) is not None:
            return Node("constant", constant=text)
        if (name := self._next("column")) is not None:
            return Node("column", column=name)
        if self._next("word", "null"):
            return Node("constant", constant=None)
        if (said := self._next("word", "true", "false")) is not None:
            return Node("constant", constant=said == "true")
        word = self._next("word")
        calls = self.tokens[self.at : self.at + 1] == [("sign", "(")]
        if word is None or word in _KEYWORDS or calls:
            raise _NotUnderstoodError
        return Node("column", column=word)
