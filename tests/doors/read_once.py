"""What Litestar reads of the signature of a handler is read once for a process of tests.

Each test that puts a service together registers the same few hundred handlers, and to read their
annotations took two fifths of that each time. A function made anew gets what was read of the last
one: where the code, the annotations, the defaults and the known names are equal.
"""

from collections.abc import Sequence
from types import CodeType
from typing import Any

import pytest
from litestar._signature.model import SignatureModel
from litestar.dto import AbstractDTO
from litestar.types import AnyCallable
from litestar.utils.signature import ParsedSignature

_read = ParsedSignature.from_fn
_make = SignatureModel.create
_signatures: dict[tuple[CodeType, str], list[tuple[tuple[Any, ...], ParsedSignature]]] = {}
_models: dict[tuple[Any, ...], tuple[ParsedSignature, type[SignatureModel]]] = {}


def read_signatures_once(patch: pytest.MonkeyPatch) -> None:
    """Let Litestar ask here before it reads a signature and makes a model of it."""
    patch.setattr(ParsedSignature, "from_fn", staticmethod(_signature))
    patch.setattr(SignatureModel, "create", staticmethod(_model))
    patch.setattr(ParsedSignature, "__deepcopy__", lambda signature, _: signature)


def _signature(fn: AnyCallable, signature_namespace: dict[str, Any]) -> ParsedSignature:
    if not isinstance(code := getattr(fn, "__code__", None), CodeType):
        return _read(fn, signature_namespace)
    names = ("__annotations__", "__defaults__", "__kwdefaults__")
    read_from = (*(getattr(fn, name) for name in names), dict(signature_namespace))
    known = _signatures.setdefault((code, fn.__module__), [])
    for before, signature in known:
        if before == read_from:
            return signature
    known.append((read_from, _read(fn, signature_namespace)))
    return known[-1][1]


def _model(
    dependency_name_set: set[str],
    fn: AnyCallable,
    parsed_signature: ParsedSignature,
    type_decoders: Sequence[Any],
    data_dto: type[AbstractDTO[Any]] | None = None,
) -> type[SignatureModel]:
    # A signature that is kept has an id of its own.
    key = (
        *(id(parsed_signature), fn.__module__, getattr(fn, "__name__", "")),
        *(frozenset(dependency_name_set), tuple(type_decoders or ()), data_dto),
    )
    if key not in _models:
        made = _make(dependency_name_set, fn, parsed_signature, type_decoders, data_dto)
        _models[key] = (parsed_signature, made)
    return _models[key][1]
