"""Looks at the connections that are set and at the modes of key files.

What an address asks for is taken as the drivers of ours take it; no connection is opened, so what a
server would really do is not seen.
"""

import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from chengnuo.domain.register.store import Store, StoreKind
from chengnuo.ports.protection import ConnectionSeen, KeyFileSeen, OnTheWay

_FILES = frozenset({StoreKind.SQLITE, StoreKind.FILES})
_NOT_CONNECTED = frozenset({StoreKind.MANUAL, StoreKind.OTHER})
"""This service never goes there, so it says nothing of the way."""
_HOME = frozenset({"", "localhost", "127.0.0.1", "::1"})
_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class FolderProtectionLook:
    """Looks at an installation.

    Attributes:
        connected: Addresses by the name of the connection.
        keys: Folders and files that hold keys.

    """

    connected: Mapping[str, str]
    keys: tuple[Path, ...]

    def connections(self, stores: Sequence[Store]) -> tuple[ConnectionSeen, ...]:
        """See `ProtectionLook.connections`."""
        return tuple(
            ConnectionSeen(store=str(one.store), way=self._way(one))
            for one in stores
            if one.kind not in _NOT_CONNECTED
        )

    def key_files(self) -> tuple[KeyFileSeen, ...]:
        """See `ProtectionLook.key_files`."""
        found = [
            file
            for place in self.keys
            for file in (sorted(place.iterdir()) if place.is_dir() else (place,))
            if file.is_file()
        ]
        return tuple(
            KeyFileSeen(name=file.name, closed=not stat.S_IMODE(file.stat().st_mode) & _OTHERS)
            for file in found
        )

    def _way(self, store: Store) -> OnTheWay:
        address = self.connected.get(store.connection, "")
        if not address:
            return OnTheWay.UNKNOWN
        if store.kind in _FILES:
            return OnTheWay.LOCAL
        try:
            parts = urlsplit(address)
            host, asked = parts.hostname or "", parse_qs(parts.query)
        except ValueError:
            return OnTheWay.UNKNOWN
        if not parts.scheme:
            return OnTheWay.UNKNOWN
        if parts.scheme == "unix" or host in _HOME:
            return OnTheWay.LOCAL
        return _over_network(store.kind, parts.scheme, {one: asked[one][-1] for one in asked})


def _over_network(kind: StoreKind, scheme: str, asked: Mapping[str, str]) -> OnTheWay:
    match kind:
        case StoreKind.POSTGRESQL:
            mode = asked.get("sslmode", "")
            has_root = mode == "require" and "sslrootcert" in asked
            if mode in {"verify-ca", "verify-full"} or has_root:
                return OnTheWay.CHECKED
            return OnTheWay.ENCRYPTED if mode == "require" else OnTheWay.PLAIN
        case StoreKind.MYSQL:
            return OnTheWay.CHECKED if "ssl_ca" in asked else OnTheWay.PLAIN
        case StoreKind.REDIS:
            return OnTheWay.CHECKED if scheme == "rediss" else OnTheWay.PLAIN
        case StoreKind.WEBHOOK:
            return OnTheWay.CHECKED if scheme == "https" else OnTheWay.PLAIN
        case _:
            return OnTheWay.UNKNOWN
