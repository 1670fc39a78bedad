"""How wide a text stands on a screen, in columns: wide characters take two (Unicode UAX #11).

Names that come from a package may hold anything. What cannot be printed, as a control of the
terminal or a mark that turns the direction of writing, is shown by its escape.
"""

import unicodedata
from collections.abc import Iterator

ELLIPSIS = "…"


def plain(text: str) -> str:
    r"""Return a text in one line in which everything can be seen.

    >>> plain("a\u202eb\x1b[m")
    'a\\u202eb\\x1b[m'

    """
    if text.isprintable():
        return text
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in text
    )


def columns(text: str) -> int:
    """Return how many columns a text takes.

    >>> columns("同意 a")
    6

    """
    return len(text) if text.isascii() else sum(map(_width, text))


def cut(text: str, most: int) -> str:
    """Return a text in at most so many columns, with an ellipsis where something was left out.

    >>> cut("同意之前", 6), cut("同意", 4)
    ('同意…', '同意')

    """
    if columns(text) <= most:
        return text
    return _head(text, most - 1) + ELLIPSIS


def padded(text: str, to: int) -> str:
    """Return a text cut or filled with blanks to a number of columns."""
    shown = cut(text, to)
    return shown + " " * (to - columns(shown))


def wrapped(text: str, most: int) -> Iterator[str]:
    """Yield a text in lines of at most so many columns, broken at blanks or wide characters.

    A word that is too long for a line is broken where the line ends. At least two columns.

    >>> list(wrapped("ab cd 同意之前", 6))
    ['ab cd', '同意之', '前']
    >>> list(wrapped("同意（ab）之前", 8))
    ['同意', '（ab）之', '前']

    """
    line = ""
    for word in _pieces(text):
        if line and columns(line + word.rstrip()) > most:
            yield line.rstrip()
            line = word.lstrip()
        else:
            line += word
        while columns(line.rstrip()) > most:
            head = _head(line, most)
            yield head
            line = line[len(head) :]
    if line.strip():
        yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Yield the parts between which a line may end: words with their blank, wide characters."""
    word = ""
    for each in text:
        if _width(each) > 1:
            # What closes stays with what it closes, a line never begins with it.
            if unicodedata.category(each) in {"Po", "Pe", "Pf"}:
                word += each
                continue
            if word and not _opens(word[-1]):
                yield word
                word = ""
            word += each
            continue
        is_end = word != "" and (word[-1] == " " != each or _width(word[-1]) > 1)
        if is_end and not _opens(word[-1]):
            yield word
            word = ""
        word += each
    if word:
        yield word


def _opens(each: str) -> bool:
    """Tell whether a character stays with what it opens, a line never ends with it."""
    return unicodedata.category(each) in {"Ps", "Pi"}


def _head(text: str, most: int) -> str:
    """Return as much of a text as fits into a number of columns."""
    for at, each in enumerate(text):
        most -= _width(each)
        if most < 0:
            return text[:at]
    return text


def _width(each: str) -> int:
    if unicodedata.combining(each):
        return 0
    return 2 if unicodedata.east_asian_width(each) in {"W", "F"} else 1
