"""Opens the stores of a register: its kind says which connector, its connection where it is.

A connector comes in by one line of wiring, `kind: factory`; nothing here knows a driver. An
address may hold a password: it is in no message.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

from chengnuo.domain.register.store import Store, StoreKind
from chengnuo.ports.record_source import RecordSource, StoreUnavailableError

S = TypeVar("S")
Factory = Callable[[Store, str], RecordSource]
"""Makes the connector of a store from its connection; raises `StoreUnavailableError`."""
WITHOUT_CONNECTION = frozenset({StoreKind.MANUAL})


class ConnectedStores(Generic[S]):
    """The stores of a register and the connections of this installation, opened as one side."""

    def __init__(
        self,
        stores: Sequence[Store],
        connections: Mapping[str, str],
        factories: Mapping[StoreKind, Callable[[Store, str], S]],
    ) -> None:
        """Take what the installation has.

        Args:
            stores: Stores of the register.
            connections: By name of the connection, where it is.
            factories: By kind of store, what makes its connector.

        """
        self._stores = {str(one.store): one for one in stores}
        self._connections = connections
        self._factories = factories

    def open(self, store: str) -> S:
        """Return a store, ready for use."""
        about = self._stores.get(store)
        if about is None:
            raise StoreUnavailableError(store, "the register has no such store")
        factory = self._factories.get(about.kind)
        if factory is None:
            message = f"this installation has no connector for stores of kind `{about.kind}`"
            raise StoreUnavailableError(store, message)
        connection = self._connections.get(about.connection, "")
        if not connection and about.kind not in WITHOUT_CONNECTION:
            raise StoreUnavailableError(store, f"the connection `{about.connection}` is not set")
        return factory(about, connection)
