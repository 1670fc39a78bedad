"""YAML of the law files, read so that nothing is lost in silence.

PyYAML keeps the last of two equal keys without a word; here that is an error. The C parser is
used where it was built (it is in every published wheel), else the slow one.
"""

from collections.abc import Hashable
from typing import Any

import yaml

_BaseLoader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class DuplicateKeyError(yaml.YAMLError):
    """A mapping holds a key twice."""

    def __init__(self, key: object, line: int) -> None:
        super().__init__(f"key `{key}` stands twice, line {line}")
        self.line = line


class _StrictLoader(_BaseLoader):  # type: ignore[valid-type,misc]  # chosen at run time
    """A safe loader that refuses equal keys and has no aliases to expand."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002  # the signature of PyYAML
        """Build a mapping; refuse a key that it holds already."""
        if len({key.value for key, _ in node.value}) != len(node.value):
            seen: set[object] = set()
            for key, _ in node.value:
                if key.value in seen:
                    raise DuplicateKeyError(key.value, key.start_mark.line + 1)
                seen.add(key.value)
        built: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return built


def parse_yaml(data: bytes) -> object:
    """Return what a YAML file holds.

    Raises:
        yaml.YAMLError: Not YAML, or a mapping holds a key twice.
        UnicodeDecodeError: Not UTF-8.

    """
    parsed: object = yaml.load(data.decode("utf-8"), Loader=_StrictLoader)  # noqa: S506  # a safe loader
    return parsed
