"""Forms of a page as a browser would send them, untouched."""

from html.parser import HTMLParser


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self._area: str | None = None
        self._select: str | None = None
        self._first: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((given.get("action", ""), {}))
            return
        if not self.forms:
            return
        name = given.get("name", "")
        if tag == "input" and name:
            if given.get("type") != "checkbox" or "checked" in given:
                self._add(name, given.get("value", ""))
        elif tag == "textarea":
            self._area, self._text = name, ""
        elif tag == "select":
            self._select, self._first = name, None
        elif tag == "option" and (self._first is None or "selected" in given):
            self._first = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            # A browser leaves out the line break right after the tag and sends CRLF.
            self._add(self._area, self._text.removeprefix("\n").replace("\n", "\r\n"))
            self._area = None
        elif tag == "select" and self._select is not None:
            self._add(self._select, self._first or "")
            self._select = None

    def _add(self, name: str, value: str) -> None:
        self.forms[-1][1].setdefault(name, []).append(value)


def forms_of(html: str) -> list[tuple[str, dict[str, list[str]]]]:
    """Return each form's address and what its controls hold."""
    reader = _Forms()
    reader.feed(html)
    return reader.forms


def form_to(html: str, action: str) -> dict[str, list[str]]:
    """Return what the first form with an address would send."""
    return next(fields for where, fields in forms_of(html) if where == action)
