"""Fields that a file gives out: of templates, payloads, descriptions of interfaces and tables.

Templates: `{{ a.b | filter }}` (Jinja2, Vue, Handlebars, Angular), `${a.b}` and `[[${a.b}]]`
(Thymeleaf, FreeMarker), `v-text`, `v-html` and `th:text`. Of an OpenAPI document (3.x, section
Responses Object; 2.0 alike) only what is answered counts. A template is read, not run: what a
loop or a script of the page puts together is not seen.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from chengnuo.domain.inspection.published.places import placed
from chengnuo.domain.inspection.published.recordings import answers_of, is_recording
from chengnuo.domain.observation.published import (
    FieldSeen,
    PublishedFields,
    PublishedFile,
    Written,
)

MOST_VALUES = 1_000
"""Values of a field that are looked at."""
_DEPTH = 40
_MOST_NODES = 200_000
_SHOWN = re.compile(
    r"\{\{\{?-?\s*+(?P<curly>[^{}]{1,300}?)\s*+-?\}?\}\}"
    r"|(?:v-text|v-html|th:u?text)\s*=\s*\"(?P<bound>[^\"]{1,300})\""
    r"|\$\{\s*+(?P<dollar>[^{}]{1,300}?)\s*+\}"
)
_NAME = re.compile(r"[A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff]*(?:\??\.[A-Za-z_\u4e00-\u9fff][\w]*)*")
_EACH = re.compile(
    r"\bfor\s*+=?\s*+\"?\s*+\(?\s*+(\w++)(?:\s*+,\s*+\w++)*+(?:\s*+\))?\s++(?:in|of)\s++([\w.]+)"
    r"|th:each\s*+=\s*+\"\s*+(\w+)[^:\"]*:\s*+\$\{\s*+([\w.]+)"
)
"""What names each of several: `for w in winners`, `v-for="(w, n) in winners"`, `th:each`."""
_STRING = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`")
_MASKS = re.compile(r"mask|desensiti|redact|obscure|hide|anonymi|脱敏|遮盖", re.IGNORECASE)
_WORDS = frozenset({"if", "else", "not", "and", "or", "in", "is", "true", "false", "null", "none"})
_MEDIA = ("schema", "content", "items", "additionalProperties")
_TOGETHER = ("allOf", "oneOf", "anyOf")


def published_fields(file: PublishedFile) -> PublishedFields:
    """Return what a file gives out."""
    # The words of a template stay at their places.
    words = _SHOWN.sub(lambda found: _blank(found[0]), file.text)
    return PublishedFields(file=file.file, fields=tuple(_fields_of(file)), words=words)


def _blank(text: str) -> str:
    return "".join("\n" if one == "\n" else " " for one in text)


def _fields_of(file: PublishedFile) -> Iterator[FieldSeen]:
    for name, rows in file.tables.items():
        yield from _of_table(name if len(file.tables) > 1 else "", rows)
    if isinstance(file.tree, dict) and ("openapi" in file.tree or "swagger" in file.tree):
        yield from placed(_Interface(file.tree).fields(), file.source)
    elif is_recording(file.tree):
        for name, answer in answers_of(file.tree):
            fields = _of_template(answer) if isinstance(answer, str) else of_payload(answer)
            yield from (replace(one, name=f"{name} {one.name}", line=0, column=0) for one in fields)
    elif file.tree is not None:
        yield from placed(of_payload(file.tree), file.source)
    if file.text:
        yield from _of_template(file.text)


def _of_table(sheet: str, rows: tuple[tuple[str, ...], ...]) -> Iterator[FieldSeen]:
    for at, head in enumerate(rows[0] if rows else ()):
        if head.strip():
            values = (row[at] for row in rows[1 : MOST_VALUES + 1] if at < len(row))
            name = f"{sheet}.{head.strip()}" if sheet else head.strip()
            yield FieldSeen(
                name=name, line=1, column=1 + _before(rows[0], at), values=tuple(values)
            )


def _before(head: tuple[str, ...], at: int) -> int:
    """Return how many signs of a plain line of heads stand before one of them."""
    return sum(len(one) + 1 for one in head[:at])


def of_payload(tree: Written) -> Iterator[FieldSeen]:
    """Yield the fields of a payload with their values, those of a list together."""
    found: dict[str, list[str]] = {}
    waiting: list[tuple[str, Written, int]] = [("", tree, 0)]
    nodes = 0
    while waiting and nodes < _MOST_NODES:
        nodes += 1
        path, node, depth = waiting.pop()
        if isinstance(node, dict) and depth < _DEPTH:
            inner = ((f"{path}.{key}" if path else str(key), one) for key, one in node.items())
            waiting += [(name, one, depth + 1) for name, one in reversed(list(inner))]
        elif isinstance(node, list) and depth < _DEPTH:
            waiting += [(path, one, depth + 1) for one in reversed(node)]
        elif path and not isinstance(node, dict | list | bool):
            values = found.setdefault(path, [])
            if node is not None and len(values) < MOST_VALUES:
                values.append(str(node))
    for name, values in found.items():
        yield FieldSeen(name=name, values=tuple(values))


def _of_template(text: str) -> Iterator[FieldSeen]:
    line, last = 1, 0
    each = {one[1] or one[3]: one[2] or one[4] for one in _EACH.finditer(text)}
    for found in _SHOWN.finditer(text):
        line += text.count("\n", last, found.start())
        last = found.start()
        said = found["curly"] or found["bound"] or found["dollar"] or ""
        said = _STRING.sub(" ", said)
        is_masked = _MASKS.search(said) is not None
        named = _named(said)
        if named:
            first, dot, rest = named.partition(".")
            whole = f"{each[first]}{dot}{rest}" if first in each else named
            column = found.start() - text.rfind("\n", 0, found.start())
            yield FieldSeen(name=whole, line=line, column=column, is_masked=is_masked)


def _named(said: str) -> str:
    """Return the longest name of an expression, which is what it shows; empty for none."""
    shown = re.split(r"(?<!\|)\|(?!\|)", said)[0]
    names = [one[0].replace("?.", ".") for one in _NAME.finditer(shown)]
    return max((one for one in names if one.lower() not in _WORDS), key=len, default="")


class _Interface:
    """An OpenAPI document."""

    def __init__(self, root: dict[str, Written]) -> None:
        self.root = root
        self.left = _MOST_NODES

    def fields(self) -> Iterator[FieldSeen]:
        """Yield the properties of what is answered, with their examples."""
        paths = self.root.get("paths")
        for path, methods in paths.items() if isinstance(paths, dict) else ():
            for method, one in methods.items() if isinstance(methods, dict) else ():
                answers = one.get("responses") if isinstance(one, dict) else None
                for answer in answers.values() if isinstance(answers, dict) else ():
                    yield from self._schema(f"{method.upper()} {path}", answer, (), 0)

    def _schema(
        self, name: str, node: Written, within: tuple[str, ...], depth: int
    ) -> Iterator[FieldSeen]:
        self.left -= 1
        if not isinstance(node, dict) or depth > _DEPTH or self.left < 0:
            return
        pointer = node.get("$ref")
        if isinstance(pointer, str):
            if pointer not in within:
                yield from self._schema(name, self._at(pointer), (*within, pointer), depth + 1)
            return
        for key in _MEDIA:
            inner = node.get(key)
            # Under `content` stand schemas by the media type.
            for one in inner.values() if key == "content" and isinstance(inner, dict) else [inner]:
                yield from self._schema(name, one, within, depth + 1)
        for key in _TOGETHER:
            several = node.get(key)
            for one in several if isinstance(several, list) else ():
                yield from self._schema(name, one, within, depth + 1)
        properties = node.get("properties")
        for key, one in properties.items() if isinstance(properties, dict) else ():
            inner_name = (
                f"{name} {key}" if " " in name and name.count(" ") == 1 else f"{name}.{key}"
            )
            example = one.get("example") if isinstance(one, dict) else None
            values = (example,) if isinstance(example, str) else ()
            kind = one.get("type") if isinstance(one, dict) else None
            if kind not in {"object", "array", "boolean"}:
                yield FieldSeen(name=inner_name, values=values)
            yield from self._schema(inner_name, one, within, depth + 1)

    def _at(self, pointer: str) -> Written:
        node: Written = self.root
        for part in pointer.removeprefix("#/").split("/") if pointer.startswith("#/") else ():
            key = part.replace("~1", "/").replace("~0", "~")
            node = node.get(key) if isinstance(node, dict) else None
        return node if node is not self.root else None
