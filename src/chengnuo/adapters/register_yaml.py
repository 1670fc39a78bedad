"""A row of the register as YAML that a person likes to read and edit.

Block style, Chinese as it is, keys in the order of the model (the id first, `zh` before `en`),
no anchors, long texts folded. Days stand without quotes; words that some YAML readers take for
something else (`no`, `on`, numbers) stand in quotes.
"""

from typing import Any

import yaml

from chengnuo.base.canonical import Tree

_WIDTH = 100
_TIMESTAMP = "tag:yaml.org,2002:timestamp"


class _Dumper(yaml.SafeDumper):
    """The safe dumper without anchors, with list members indented, and days as plain words."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401, ARG002 (the library's signature)
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 (the library's signature)
        super().increase_indent(flow, False)  # noqa: FBT003 (the library's signature)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
_Dumper.yaml_implicit_resolvers = {
    sign: [(tag, form) for tag, form in resolvers if tag != _TIMESTAMP]
    for sign, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


class _StrictDumper(_Dumper):
    """The same with quotes around whatever YAML 1.1 takes for a day."""


_StrictDumper.yaml_implicit_resolvers = yaml.SafeDumper.yaml_implicit_resolvers


def yaml_text(tree: Tree, *, quote_days: bool = False) -> str:
    """Return a tree as one YAML document in block style.

    Args:
        tree: What is written.
        quote_days: Quote days as well, for readers that would make something else of them.

    """
    return yaml.dump(
        tree,
        Dumper=_StrictDumper if quote_days else _Dumper,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=_WIDTH,
    )
