"""How a word is found in what people see, and in names that programmers give.

Texts in Chinese have no bounds of words, so that a word is found anywhere; one in Latin letters
must stand alone. Names in code are taken apart: `btnSkipAd` and `btn_skip_ad` say the same.
"""

import re
from functools import cache

MAX_TEXT = 4096
"""Longer texts are looked at only so far; a button or a key is short."""
_NAME_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\x00-\x7f]+")


def plain(text: str) -> str:
    """Return a text in lower case, its spaces made one, as words are looked for in."""
    return " ".join(text[:MAX_TEXT].lower().split())


def holds(said: str, word: str) -> bool:
    """Tell whether a text, made plain, holds a word; one in Latin letters as a whole word."""
    at = said.find(word)
    while at >= 0:
        around = said[at - 1 : at] + said[at + len(word) : at + len(word) + 1]
        if not word.isascii() or not any(one.isascii() and one.isalnum() for one in around):
            return True
        at = said.find(word, at + 1)
    return False


def words_of_name(name: str) -> str:
    """Return the words of a name in a row, in lower case: `_has_agreed_privacy_`."""
    parts = (word.lower() for word in _NAME_WORDS.findall(name[:MAX_TEXT]))
    return f"_{'_'.join(parts)}_"


@cache
def any_in_a_row(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds one of some words in a name given as words in a row."""
    whole = (re.escape(f"_{one}_" if one.isascii() else one) for one in words)
    return re.compile("|".join(whole) or "(?!)")
