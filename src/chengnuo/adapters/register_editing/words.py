"""One word or text as YAML: plain where it is safe, else in the quotes that the operator uses.

What does not show (control characters, tabs, signs without width) is written as an escape, so
that whoever reviews a file sees it. Each way of writing is tried and read back before it is used.
"""

import re
import unicodedata
from collections.abc import Iterator

import yaml

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a build of the library without libyaml: slower, same answers
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers
_TIMESTAMP = "tag:yaml.org,2002:timestamp"
_NAMED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_BYTE, _PLANE = 0x100, 0x10000
_BREAK = re.compile(r"(?<=\S) (?=\S)")


def word(text: str, *, quote: str, style: str, flow: bool, is_text: bool) -> str:
    """Return a word or text on one line.

    Args:
        text: What it says.
        quote: The quotes that the operator uses, `'` or `"`.
        style: How it was written before, or empty to write it plainly where that is safe.
        flow: Whether it stands within brackets.
        is_text: Whether other readers of YAML must not take it for a day, a number or a flag.

    """
    ways = (_plain(text, flow=flow, is_text=is_text), _single(text), _double(text))
    by_style = {"'": (1, 2), '"': (2,), "": (0, 1, 2) if quote == "'" else (0, 2)}
    for way in by_style.get(style, (0, 2)):
        written = ways[way]
        if written is not None and _reads_as(written, text, flow=flow):
            return written
    return _double(text)


def wrapped(text: str, *, style: str, quote: str, lines: tuple[str, ...], flow: bool) -> str:
    """Return a text over several lines, as the operator wrote the one before.

    Args:
        text: What it says.
        style: How it was written before.
        quote: The quotes that the operator uses.
        lines: The lines of what was written before; the second tells the indent, the longest
            the width.
        flow: Whether it stands within brackets.

    """
    indent = " " * (len(lines[1]) - len(lines[1].lstrip()))
    width = max(len(line.rstrip()) for line in lines[1:])
    one = word(text, quote=quote, style=style, flow=flow, is_text=True)
    if one[:1] not in {style, ""} and style:
        return one
    parts = list(_filled(one, width - len(indent)))
    written = ("\n" + indent).join(parts)
    return written if _reads_as(written, text, flow=flow) else one


def block(text: str, *, lines: tuple[str, ...]) -> str | None:
    """Return a folded or literal text with the head of the one before; None where it cannot be.

    Args:
        text: What it says.
        lines: The lines of what was written before, its head the first.

    """
    if not _shows(text, besides="\n") or any(line != line.strip() for line in text.split("\n")):
        return None
    content = [line for line in lines[1:] if line.strip()] or ["  "]
    indent = " " * (len(content[0]) - len(content[0].lstrip()))
    width = max(len(line.rstrip()) for line in content) - len(indent)
    folded = lines[0].startswith(">")
    body: list[str] = []
    for number, paragraph in enumerate(text.split("\n")):
        if not folded:
            body.append(paragraph)
            continue
        body += [""] if number else []
        body += _filled(paragraph, width) if paragraph else []
    written = [lines[0].rstrip(), *(indent + line if line else "" for line in body)]
    return "\n".join(written)


def _filled(text: str, width: int) -> Iterator[str]:
    """Cut a text at single blanks, so that each line fits where that can be."""
    line = ""
    for part in _BREAK.split(text):
        if line and len(line) + 1 + len(part) > width:
            yield line
            line = part
        else:
            line = f"{line} {part}" if line else part
    yield line


def _plain(text: str, *, flow: bool, is_text: bool) -> str | None:
    if not text or text != text.strip() or not _shows(text) or (flow and text[-1] == ":"):
        return None
    for tag, form in [*_RESOLVERS.get(text[0], ()), *_RESOLVERS.get(None, ())]:
        if form.match(text) and (is_text or tag != _TIMESTAMP):
            return None
    return text


def _single(text: str) -> str | None:
    return "'" + text.replace("'", "''") + "'" if _shows(text) else None


def _double(text: str) -> str:
    return '"' + "".join(_escaped(sign) for sign in text) + '"'


def _escaped(sign: str) -> str:
    if sign in _NAMED:
        return _NAMED[sign]
    if _shows(sign):
        return sign
    code = ord(sign)
    if code < _BYTE:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code < _PLANE else f"\\U{code:08X}"


def _shows(text: str, *, besides: str = "") -> bool:
    """Tell whether every sign of a text is one that people see, or an ordinary blank."""
    return all(
        sign == " " or sign in besides or unicodedata.category(sign)[0] not in {"C", "Z"}
        for sign in text
    )


def _reads_as(written: str, text: str, *, flow: bool) -> bool:
    """Tell whether what was written is read back, beside others of its sort, as what was meant."""
    around = f"{{k: {written}, l: m}}" if flow else f"k: {written}\nl: m\n"
    try:
        events = list(yaml.parse(around, Loader=_Loader))
    except yaml.YAMLError:
        return False
    values = [one.value for one in events if isinstance(one, yaml.ScalarEvent)]
    return values == ["k", text, "l", "m"]
