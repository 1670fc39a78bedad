"""The words of the pages: one file of texts per language, read once, both with the same keys.

A key names its place (`centre.home.title`). A text may hold `{name}` places that are filled when
it is shown. A key that is not there is an error at once, never an empty place on a page.
"""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from chengnuo.base.text import Lang

Translate: TypeAlias = Callable[..., str]
"""Takes a key and the values of its places, returns the text."""


@cache
def texts(lang: Lang) -> Mapping[str, str]:
    """Return every text of a language by its dotted key."""
    source = files("chengnuo.doors.web").joinpath("texts", f"{lang}.toml")
    return dict(_flat(tomllib.loads(source.read_text("utf-8")), ""))


def wording(lang: Lang) -> Translate:
    """Return the function that gives the texts of a language.

    >>> wording(Lang.EN)("frame.skip")
    'Skip to the content'

    """
    known = texts(lang)

    def translate(key: str, /, **places: object) -> str:
        """Return the text of a key; `KeyError` if there is none."""
        text = known[key]
        return text.format(**places) if places else text

    return translate


def _flat(tree: Mapping[str, object], path: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in tree.items():
        if isinstance(value, dict):
            pairs.extend(_flat(value, f"{path}{key}."))
        else:
            pairs.append((f"{path}{key}", str(value)))
    return pairs
