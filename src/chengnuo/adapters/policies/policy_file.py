"""The text of a privacy policy from a web page (HTML), Markdown or plain text.

Of a page what people read is taken: no scripts, styles or tags; each block stands on lines of its
own, and the address of a link in brackets after its words. Lines of other files stay as they are.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from chengnuo.base.digest import sha256_hex
from chengnuo.ports.policies import PolicyText, UnreadablePolicyError

MAX_FILE_BYTES = 16 * 1024 * 1024

_ENCODINGS = ("utf-8-sig", "gb18030")
_WIDE_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_PAGE_START = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\f\n]+")
_OTHER_FORMS = {
    b"%PDF-": "it is a PDF file; save it as a web page or as text",
    b"PK\x03\x04": "it is an archive or office file; save it as a web page or as text",
    b"\xd0\xcf\x11\xe0": "it is an office file; save it as a web page or as text",
}
_UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "title"})
_ENDS = {name: re.compile(rf"</{name}\b[^>]*>?", re.IGNORECASE) for name in sorted(_UNSEEN)}
_TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,63})((?:[^<>\"']|\"[^\"<]{0,4000}\"|'[^'<]{0,4000}')*)>"
)
"""No part of it can hold another `<`, so that a page is read in time in proportion to it."""
_HREF = re.compile(r"(?:^|\s)href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_ONE_LINE = frozenset(
    {"a", "abbr", "b", "code", "em", "font", "i", "label", "mark", "s", "small", "span", "strong"}
    | {"sub", "sup", "u"}
)


class PolicyFile:
    """Reads policies from files."""

    def read(self, path: Path) -> PolicyText:
        """Read a policy; see the port."""
        try:
            size = path.stat().st_size
            if size > MAX_FILE_BYTES:
                raise UnreadablePolicyError(
                    path.name, f"it is larger than {MAX_FILE_BYTES // 1024**2} MB"
                )
            data = path.read_bytes()
        except OSError as error:
            raise UnreadablePolicyError(path.name, error.strerror or "OSError") from error
        written = _decoded(path.name, data)
        is_page = path.suffix.lower() in _PAGE_SUFFIXES or _PAGE_START.match(written) is not None
        text = text_of_page(written) if is_page else written
        if not text.strip():
            raise UnreadablePolicyError(path.name, "it holds no text")
        return PolicyText(file=path.name, sha256=sha256_hex(data), text=text)


def _decoded(name: str, data: bytes) -> str:
    for mark, why in _OTHER_FORMS.items():
        if data.startswith(mark):
            raise UnreadablePolicyError(name, why)
    wide = _WIDE_MARKS.get(data[:2])
    for encoding in (wide,) if wide else _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadablePolicyError(name, "it is no text in UTF-8, UTF-16 or GB 18030")


def text_of_page(written: str) -> str:
    r"""Return what people read of a page.

    >>> text_of_page('<p>See <a href="https://a.example/p">rules</a>.</p><p>Bye</p>')
    'See rules (https://a.example/p).\nBye'

    """
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(_parts(written)).split(_LINE))
    return "\n".join(line for line in lines if line)


_LINE = "\x1e"
"""Ends a line while a page is read; line ends of the file itself are spaces there."""


def _parts(written: str) -> Iterator[str]:
    """Yield the texts of a page and the ends of its lines, in order.

    What nobody sees and is not closed hides the rest of the page, as in a browser, but for a title.
    """
    at, address = 0, ""
    unclosed: set[str] = set()
    while (found := written.find("<", at)) >= 0:
        yield _plain(written[at:found])
        if written.startswith(("<!", "<?"), found):
            end = "-->" if written.startswith("<!--", found) else ">"
            at = _after(written, end, found)
            continue
        tag = _TAG.match(written, found)
        if tag is None:
            yield "<"
            at = found + 1
            continue
        at, name = tag.end(), tag.group(2).lower()
        if name in _UNSEEN and not tag.group(1) and name not in unclosed:
            closed = _ENDS[name].search(written, at)
            if closed is not None:
                at = closed.end()
            elif name == "title":
                unclosed.add(name)
            else:
                return
        if name == "a":
            yield f" ({address})" if tag.group(1) and address else ""
            address = "" if tag.group(1) else _address(tag.group(3))
        elif name not in _ONE_LINE:
            yield _LINE
    yield _plain(written[at:])


def _plain(text: str) -> str:
    return unescape(text).replace(_LINE, " ")


def _after(written: str, end: str, at: int) -> int:
    found = written.find(end, at)
    return len(written) if found < 0 else found + len(end)


def _address(attributes: str) -> str:
    found = _HREF.search(attributes)
    address = "" if found is None else unescape(next(filter(None, found.groups()), ""))
    return address.strip() if address.strip().startswith(("https://", "http://")) else ""
