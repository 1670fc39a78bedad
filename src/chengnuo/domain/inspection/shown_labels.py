"""Which labels a package has anywhere among its texts: tables, screens, code, files.

A page that is loaded from a server, or words drawn into a picture, are not seen.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.inspection.screens import read_layouts
from chengnuo.engines.program.said import said_in

_MOST_BYTES: Final = 4 << 20
_TEXTS: Final = (".json", ".html", ".htm", ".js", ".txt", ".properties", ".arb")


def shown_labels(opened: Opened, wanted: Sequence[str]) -> tuple[str, ...]:
    """Return those of some labels that stand in a text of a package, in their order."""
    missing = {one: _bytes(one) for one in wanted}
    for text in shown_texts(opened):
        for label in [one for one, said in missing.items() if said in text]:
            del missing[label]
        if not missing:
            break
    return tuple(one for one in wanted if one not in missing)


def shown_texts(opened: Opened, files: tuple[str, ...] = _TEXTS) -> Iterator[bytes]:
    """Yield every text of a package, one of a table or the code, or a whole file, in UTF-8.

    Args:
        opened: The package.
        files: How the names of files end whose content is text.

    """
    for table in opened.resources.tables:
        yield from map(_bytes, table.strings())
    layouts = read_layouts(opened)
    for screen in layouts.screens:
        yield from map(_bytes, layouts.screen_texts(screen))
    yield from (text for _, text in said_in(opened.followed.program).texts())
    for file in opened.package.files:
        if file.name.lower().endswith(files) and file.size <= _MOST_BYTES:
            yield opened.content(file) or b""


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
