"""What Litestar works out from handlers is worked out once for a process of tests.

Each test that puts a service together registers the same few hundred handlers, and to work out
anew what they take was four fifths of that each time. A function made anew gets what was found for
the last one: where the code, the annotations, the defaults and the known names are equal. What is
kept was found by Litestar itself the first time, and holds nothing of a service: the objects that
a service provides are looked up among its own each time. What a register is found to be is kept
alike, by the register itself, which never changes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from copy import copy, deepcopy
from functools import cache, partial
from operator import is_
from types import CodeType
from typing import Any, TypeVar

from litestar._kwargs.dependencies import create_dependency_batches
from litestar._kwargs.kwargs_model import KwargsModel
from litestar._openapi.plugin import OpenAPIPlugin
from litestar._signature.model import SignatureModel
from litestar.di import Provide
from litestar.dto import AbstractDTO
from litestar.handlers import BaseRouteHandler
from litestar.openapi.spec import OpenAPI
from litestar.router import Router
from litestar.routes import ASGIRoute, HTTPRoute, WebSocketRoute
from litestar.types import AnyCallable, Empty
from litestar.typing import FieldDefinition
from litestar.utils.signature import ParsedSignature

from chengnuo.domain.finding.check import CheckReport, report_of
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.register.canonical import canonical_bytes
from chengnuo.domain.register.model import Register
from chengnuo.doors.http import program_schema
from chengnuo.usecases import register_desk

T = TypeVar("T")
_Route = HTTPRoute | WebSocketRoute | ASGIRoute

_read = ParsedSignature.from_fn
_make = SignatureModel.create
_take: Callable[..., KwargsModel] = vars(KwargsModel)["create_for_signature_model"].__func__
_describe = OpenAPIPlugin._build_openapi  # noqa: SLF001  as all of this, by what Litestar is inside
_provide = BaseRouteHandler.resolve_dependencies
_signatures: dict[tuple[CodeType, str], list[tuple[tuple[Any, ...], ParsedSignature]]] = {}
_models: dict[tuple[Any, ...], tuple[ParsedSignature, type[SignatureModel]]] = {}
_taken: dict[tuple[Any, ...], KwargsModel] = {}
_described: dict[tuple[Any, ...], OpenAPI] = {}
_routed: dict[int, tuple[Router, list[_Route], dict[str, dict[str, Any]]]] = {}
_provided: list[tuple[list[Any], dict[str, Provide]]] = []
_found: dict[tuple[Any, ...], tuple[Register, Any]] = {}
KEPT = 64
"""How many answers about registers are kept."""


def _put(where: object, name: str, instead: object) -> None:
    setattr(where, name, instead)


@cache
def read_once() -> None:
    """Let Litestar ask here before it works something out, to the end of this process."""
    _put(ParsedSignature, "from_fn", staticmethod(_signature))
    _put(SignatureModel, "create", staticmethod(_model))
    _put(ParsedSignature, "__deepcopy__", lambda signature, _: signature)
    _put(BaseRouteHandler, "__copy__", _with_the_same)
    _put(BaseRouteHandler, "__deepcopy__", _another_handler)
    _put(BaseRouteHandler, "resolve_dependencies", _dependencies)
    _put(HTTPRoute, "__deepcopy__", _another_route)
    _put(Router, "__deepcopy__", _another_router)
    _put(Router, "route_handler_method_map", property(_handlers))
    _put(KwargsModel, "create_for_signature_model", classmethod(_kwargs))
    _put(OpenAPIPlugin, "_build_openapi", _document)
    _put(program_schema, "components", cache(program_schema.components))
    _put(program_schema, "path_items", cache(program_schema.path_items))
    _put(register_desk, "canonical_bytes", _bytes)
    _put(register_desk, "report_of", _reported)


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
        *(frozenset(dependency_name_set), data_dto),
        *(_same(function) for pair in type_decoders or () for function in pair),
    )
    if key not in _models:
        made = _make(dependency_name_set, fn, parsed_signature, type_decoders, data_dto)
        _models[key] = (parsed_signature, made)
    return _models[key][1]


def _same(function: Any) -> Any:  # noqa: ANN401  whatever decodes
    """Return what is equal for a function that each app gets anew for the same."""
    if isinstance(function, partial):
        return (function.func, function.args, tuple(function.keywords.items()))
    return function


@cache
def _slots(kind: Any) -> tuple[str, ...]:  # noqa: ANN401  a class, which mypy takes for no key
    named = (name for one in kind.__mro__ for name in getattr(one, "__slots__", ()))
    return tuple(name for name in named if name not in {"__dict__", "__weakref__"})


def _with_the_same(one: T) -> T:
    """Return another object of the same parts, as `copy` does by a longer way."""
    kind: Any = type(one)
    made: T = kind.__new__(kind)
    for name in _slots(kind):
        if hasattr(one, name):
            setattr(made, name, getattr(one, name))
    if hasattr(one, "__dict__"):
        vars(made).update(vars(one))
    return made


def _another_handler(handler: BaseRouteHandler, memo: dict[int, Any]) -> BaseRouteHandler:
    """Return a handler for another place: nothing but its place is its own before it is called."""
    made = memo[id(handler)] = _with_the_same(handler)
    made.owner = memo.get(id(handler.owner), handler.owner)
    if (answers := getattr(handler, "_response_handler_mapping", None)) is not None:
        made._response_handler_mapping = dict(answers)  # type: ignore[attr-defined]  # noqa: SLF001
    return made


def _another_route(route: HTTPRoute, memo: dict[int, Any]) -> HTTPRoute:
    made = memo[id(route)] = _with_the_same(route)
    made.route_handlers = [memo.get(id(one)) or deepcopy(one, memo) for one in route.route_handlers]
    made.route_handler_map = dict(route.route_handler_map)
    return made


def _another_router(router: Router, memo: dict[int, Any]) -> Router:
    made = memo[id(router)] = _with_the_same(router)
    kind: Any = type(router)
    for name in _slots(kind):
        if isinstance(given := getattr(router, name, None), dict | list | set):
            setattr(made, name, given.copy())
    made.routes = [memo.get(id(one)) or deepcopy(one, memo) for one in router.routes]
    return made


def _handlers(router: Router) -> dict[str, dict[str, Any]]:
    """Return the handlers by path and method; of routes added since, only those are looked at."""
    _, before, found = _routed.pop(id(router), (router, [], defaultdict(dict)))
    if before != router.routes[: len(before)]:
        before, found = [], defaultdict(dict)
    for route in router.routes[len(before) :]:
        for method, handler in _by_method(route):
            found[route.path][method] = handler
    while len(_routed) > 1:  # the app, and the router that is just put in
        _routed.pop(next(iter(_routed)))
    _routed[id(router)] = (router, list(router.routes), found)
    return found


def _by_method(route: _Route) -> Iterator[tuple[str, Any]]:
    if isinstance(route, HTTPRoute):
        yield from ((method, one) for one in route.route_handlers for method in one.http_methods)
    else:
        kind = "websocket" if isinstance(route, WebSocketRoute) else "asgi"
        yield (kind, route.route_handler)


def _dependencies(handler: BaseRouteHandler) -> dict[str, Provide]:
    """Return what is provided: most handlers of an app are given the same."""
    if handler._resolved_dependencies is Empty:  # noqa: SLF001
        given = [one.dependencies for one in handler.ownership_layers if one.dependencies]
        before = _provided[0][0] if _provided else []
        if _provided and len(given) == len(before) and all(map(is_, given, before)):
            handler._resolved_dependencies = dict(_provided[0][1])  # noqa: SLF001
        else:
            _provided[:] = [(given, _provide(handler))]
    return _provide(handler)


def _kwargs(  # noqa: PLR0913, PLR0917  as Litestar calls it
    cls: type[KwargsModel],
    signature_model: type[SignatureModel],
    parsed_signature: ParsedSignature,
    dependencies: dict[str, Provide],
    path_parameters: set[str],
    layered_parameters: dict[str, FieldDefinition],
    ctx: Any = None,  # noqa: ANN401  of use only for warnings
) -> KwargsModel:
    provided = tuple((name, one.signature_model) for name, one in dependencies.items())
    key = (signature_model, frozenset(path_parameters), *layered_parameters, provided)
    if key not in _taken:
        given = (signature_model, parsed_signature, dependencies, path_parameters)
        _taken[key] = _take(cls, *given, layered_parameters, ctx)
    model = _taken[key]
    wanted = {
        cls._create_dependency_graph(name, dependencies)
        for name in dependencies
        if name in signature_model._fields
    }
    if wanted:
        model = copy(model)
        model.dependency_batches = create_dependency_batches(wanted)
    return model


def _document(plugin: OpenAPIPlugin) -> OpenAPI:
    """Return a document whose parts may be put in the place of others."""
    routes = plugin.included_routes.items()
    key = tuple((path, tuple(sorted(map(str, route.route_handlers)))) for path, route in routes)
    if key not in _described:
        _described[key] = _describe(plugin)
    made = copy(_described[key])
    made.components = copy(made.components)
    return made


def _bytes(register: Register) -> bytes:
    return _kept("bytes", register, (), lambda: canonical_bytes(register))


def _reported(facts: Facts) -> CheckReport:
    beside = (id(facts.catalogue), facts.today, facts.rule_ids)
    return _kept("report", facts.register, beside, lambda: report_of(facts))


def _kept(what: str, register: Register, beside: tuple[Any, ...], make: Callable[[], T]) -> T:
    key = (what, id(register), *beside)
    if key not in _found:
        if len(_found) >= KEPT:
            _found.clear()
        _found[key] = (register, make())  # while a register is held, no other has its id
    answer: T = _found[key][1]
    return answer
