"""A specification as the TOML file that an audit reads: for the logs that are made up to try it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from chengnuo.domain.pricing.spec import Spec


def spec_toml(spec: Spec) -> str:
    """Return a specification as TOML; what is empty is left out.

    Texts of JSON are texts of TOML (TOML 1.0, basic strings).
    """
    tree = _filled(msgspec.to_builtins(spec))
    profile, factors = tree.pop("profile"), tree.pop("factors", ())
    terms = tree.pop("terms", ())
    lines = [*_pairs(tree), "", "[profile]", *_pairs(profile)]
    for name, rows in (("factors", factors), ("terms", terms)):
        for row in rows:
            lines += ["", f"[[{name}]]", *_pairs(_filled(row))]
    return "\n".join(lines) + "\n"


def _filled(tree: Mapping[str, object]) -> dict[str, Any]:
    return {key: value for key, value in tree.items() if value not in ("", None, ())}


def _pairs(tree: Mapping[str, object]) -> Iterator[str]:
    return (f"{key} = {_value(value)}" for key, value in tree.items())


def _value(value: object) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(_pairs(_filled(value)))} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    return json.dumps(value, ensure_ascii=False)
