"""A tree as YAML: a register's rows as a person likes to read them, or whole manifests at speed.

Block style, Chinese as it is, keys in the order given, no anchors, long texts folded. Words that
some YAML readers take for something else (`no`, `on`, numbers) stand in quotes.
"""

from typing import Any

import yaml

from chengnuo.base.canonical import Tree

try:
    from yaml import CSafeDumper as _FastDumper
except ImportError:  # a build of the library without libyaml: slower, same answers
    from yaml import SafeDumper as _FastDumper  # type: ignore[assignment]

_WIDTH = 100
_TEXT = "tag:yaml.org,2002:str"
_TIMESTAMP = "tag:yaml.org,2002:timestamp"


class _RowDumper(yaml.SafeDumper):
    """Without anchors, with list members indented, and days as plain words."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401, ARG002 (the library's signature)
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 (the library's signature)
        super().increase_indent(flow, False)  # noqa: FBT003 (the library's signature)


class _ManifestDumper(_FastDumper):
    """Without anchors, with quotes around whatever YAML 1.1 takes for a day."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401, ARG002 (the library's signature)
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar(_TEXT, text, style="|" if "\n" in text else None)


_RowDumper.add_representer(str, _text)
_RowDumper.yaml_implicit_resolvers = {
    sign: [(tag, form) for tag, form in resolvers if tag != _TIMESTAMP]
    for sign, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def yaml_of_row(tree: Tree) -> str:
    """Return a row of the register as a YAML file that people edit."""
    return _dumped(tree, _RowDumper)


def yaml_of_manifest(tree: Tree) -> str:
    """Return a manifest of another program as a YAML file, safe for readers of YAML 1.1."""
    return _dumped(tree, _ManifestDumper)


def _dumped(tree: Tree, dumper: Any) -> str:  # noqa: ANN401 (either of the library's two kinds)
    text: str = yaml.dump(
        tree,
        Dumper=dumper,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=_WIDTH,
    )
    return text
