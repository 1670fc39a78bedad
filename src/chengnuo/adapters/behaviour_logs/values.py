"""What is taken over of an argument, parameter or body: names and kinds, never a value."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from chengnuo.engines.text.kinds import Kind

KindsIn: TypeAlias = Callable[[str], Iterable[Kind]]
"""Returns the kinds of personal information that a text holds."""

MOST_TEXT: Final = 1 << 16
"""Characters of one body or argument that are looked through."""
MOST_NAMES: Final = 64
_LONGEST_NAME: Final = 64
_KEY: Final = re.compile(r"[A-Za-z_\u4e00-\u9fff][\w.\-\[\]\u4e00-\u9fff]{0,63}")
_PACKAGE: Final = re.compile(r"(?:[a-z][a-z0-9_]*\.){1,8}[A-Za-z][A-Za-z0-9_]*")
_PROVIDER: Final = re.compile(r"content://[A-Za-z0-9._]{1,100}(?:/[a-z_]{1,40}){0,3}")
_SETTINGS: Final = frozenset(
    ("android_id", "bluetooth_address", "bluetooth_name", "device_name", "advertising_id")
)


def kinds_of(texts: Iterable[str], kinds_in: KindsIn) -> tuple[Kind, ...]:
    """Return the kinds found in texts, each once, in the order of the kinds."""
    found: set[Kind] = set()
    for text in texts:
        found.update(kinds_in(text[:MOST_TEXT]))
    return tuple(sorted(found))


def keys_of(names: Iterable[object]) -> tuple[str, ...]:
    """Return the names that are names of fields, each once, the first of them."""
    found = dict.fromkeys(
        name for name in names if isinstance(name, str) and _KEY.fullmatch(name) is not None
    )
    return tuple(found)[:MOST_NAMES]


def tree_keys(tree: object, *, depth: int = 8) -> Iterator[str]:
    """Yield the names of fields of a tree of JSON, those of its parts too."""
    if depth == 0:
        return
    if isinstance(tree, dict):
        for name, value in tree.items():
            if isinstance(name, str) and len(name) <= _LONGEST_NAME:
                yield name
            yield from tree_keys(value, depth=depth - 1)
    elif isinstance(tree, list):
        for value in tree[:MOST_NAMES]:
            yield from tree_keys(value, depth=depth - 1)


def names_of(arguments: Iterable[str]) -> tuple[str, ...]:
    """Return the packages, providers and settings that arguments name.

    >>> names_of(['"com.tencent.mm"', "13800138000", "android_id"])
    ('com.tencent.mm', 'android_id')

    """
    found: dict[str, None] = {}
    for argument in arguments:
        for word in re.split(r"[\s\"',;()\[\]]+", argument[:MOST_TEXT]):
            if word in _SETTINGS or _PACKAGE.fullmatch(word) or _PROVIDER.fullmatch(word):
                found[word] = None
    return tuple(found)[:MOST_NAMES]
