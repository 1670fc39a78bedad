"""The contract of the stores: each is called by one test, method by method, on every database.

A test says whose it is by `@contract_of(Store)` and lets `whole` watch the store; when it ends,
every public method of the store must have returned to it. `test_contract` holds the list of
contracts to the stores that there are.
"""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import wraps
from importlib import import_module
from typing import Any, Protocol, TypeVar, cast

from chengnuo.adapters import sql
from chengnuo.adapters.sql.database import Database

S = TypeVar("S")
Test = TypeVar("Test", bound=Callable[..., None])
CONTRACTS: dict[type[Any], str] = {}
"""The test of each store."""


def contract_of(*stores: type[Any]) -> Callable[[Test], Test]:
    """Note that a test is the contract of some stores."""

    def noted(test: Test) -> Test:
        assert not CONTRACTS.keys() & set(stores)
        CONTRACTS.update(dict.fromkeys(stores, test.__name__))
        return test

    return noted


def stores() -> set[type[Any]]:
    """Return every class of `adapters/sql` that is made from a database."""
    found: set[type[Any]] = set()
    for module in pkgutil.iter_modules(sql.__path__, f"{sql.__name__}."):
        if not module.ispkg:
            held = import_module(module.name)
            for one in vars(held).values():
                if inspect.isclass(one) and one.__module__ == module.name:
                    takes = inspect.signature(one).parameters.values()
                    if any(what.annotation in {Database, "Database"} for what in takes):
                        found.add(one)
    return found


def methods_of(store: type[Any]) -> set[str]:
    """Return the public methods of a store, and `__call__` where it has that."""
    named = {name for name, one in vars(store).items() if inspect.isfunction(one)}
    return {name for name in named if not name.startswith("_") or name == "__call__"}


class Whole(Protocol):
    """Watches a store: what it returns is used in its place."""

    def __call__(self, store: S, /) -> S:
        """Return the store, watched."""
        ...


@contextmanager
def watching(test: str) -> Iterator[Whole]:
    """Yield what watches the stores whose contract a test is."""
    returned: dict[type[Any], set[str]] = {}

    def watch(store: S) -> S:
        return cast("S", _Watched(store, returned.setdefault(type(store), set())))

    yield watch
    mine = {store for store, name in CONTRACTS.items() if name == test}
    assert returned.keys() == mine, mine
    missing = {store: methods_of(store) - called for store, called in returned.items()}
    assert not any(missing.values()), missing


class _Watched:
    """A store that notes which methods returned, and sees to it that what they return is plain."""

    def __init__(self, store: object, returned: set[str]) -> None:
        self._store, self._returned = store, returned

    def __getattr__(self, name: str) -> object:
        found = getattr(self._store, name)
        return self._noting(name, found) if name in methods_of(type(self._store)) else found

    def __call__(self, *given: Any, **named: Any) -> object:  # noqa: ANN401  whatever the store takes
        return self._noting("__call__", cast("Callable[..., object]", self._store))(*given, **named)

    def _noting(self, name: str, method: Callable[..., object]) -> Callable[..., object]:
        @wraps(method, assigned=())
        def called(*given: object, **named: object) -> object:
            answer = method(*given, **named)
            if isinstance(answer, Iterator):
                answer = iter([*answer])
            self._returned.add(name)
            # PostgreSQL adds whole numbers up to one of these, which JSON has as a text.
            assert Decimal.__name__ not in repr(answer), name
            return answer

        return called
