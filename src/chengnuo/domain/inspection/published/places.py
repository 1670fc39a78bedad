"""Where a field stands in the text that a tree was read from: its key, after those around it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from chengnuo.domain.observation.published import FieldSeen

_MOST_SOURCE = 4 << 20
"""Signs of a text in which keys are looked for; larger ones have no places."""


def placed(fields: Iterable[FieldSeen], source: str) -> Iterator[FieldSeen]:
    """Yield fields with line and column of their first key; as they are where it is not found."""
    for one in fields:
        at = _found(one.name, source) if source and len(source) <= _MOST_SOURCE else -1
        if at < 0:
            yield one
        else:
            line = source.count("\n", 0, at) + 1
            yield replace(one, line=line, column=at - source.rfind("\n", 0, at))


def _found(name: str, source: str) -> int:
    at = 0
    for part in name.replace(" ", ".").split("."):
        for written in (f'"{part}"', f"{part}:"):  # JSON, then YAML
            found = source.find(written, at)
            if found >= 0:
                at = found
                break
    last = name.replace(" ", ".").rpartition(".")[2]
    return at if source.startswith((f'"{last}"', f"{last}:"), at) else -1
