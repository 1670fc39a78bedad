"""Schemas that this process has read, by what a server tells cheaply of the schema it has now.

Reading a schema takes a few statements for each table, and a deletion asks for it three times.
What a server tells (`Server.stands_at`) is asked every time, and differs whenever a schema does,
so a change between a plan and its execution is seen as before. A server that tells nothing of
this kind is read every time.
"""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from sqlalchemy import Connection

from chengnuo.adapters.connectors.sql_reflect import KnownTable, reflect
from chengnuo.adapters.connectors.sql_server import Server

_MOST = 32
"""How many schemas are kept; an installation has a few stores."""

_Named = tuple[type[Server], str, tuple[str, ...]]


class KnownSchemas:
    """Schemas by server, by where it stands and by the tables asked for; for many threads."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = Lock()
        self._kept: OrderedDict[_Named, tuple[KnownTable, ...]] = OrderedDict()

    def read(
        self, connection: Connection, server: Server, asked: Sequence[str]
    ) -> tuple[KnownTable, ...]:
        """Return the tables asked for and those that stand by them, as they are now."""
        before = server.stands_at(connection)
        named = (type(server), before, tuple(asked))
        with self._lock:
            kept = self._kept.get(named)
            if kept is not None:
                self._kept.move_to_end(named)
                return kept
        found = reflect(connection, server, asked)
        # Changed while it was read: what was found is then no reading of what stood before.
        if before and server.stands_at(connection) == before:
            with self._lock:
                self._kept[named] = found
                if len(self._kept) > _MOST:
                    self._kept.popitem(last=False)
        return found
