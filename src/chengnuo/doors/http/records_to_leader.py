"""Handing the records of answers to the process that writes."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Final

import httpx
import msgspec

from chengnuo.base.shapes import ready
from chengnuo.doors.http.followers import RECORDS_PATH, Forwarded, Sealed, shown
from chengnuo.doors.http.forwarding import url_of
from chengnuo.ports.evidence_log import Appended, Draft
from chengnuo.ports.following import Holder, NoLeaderError, RecordsRefusedError

_CONNECT_S: Final = 2.0
_RECORDS_S: Final = 15.0
_KEPT_S: Final = 3.0
"""How long a connection is kept idle: less than the other side keeps it."""
_APPENDED = msgspec.json.Decoder(ready(Appended))
_OK: Final = 200
_NEVER: Final = frozenset({400, 413})
"""What is answered to records that the same process would not take another time either."""


class RecordsToLeader:
    """Hands the records of this process's answers to the process that writes."""

    def __init__(self, holder: Callable[[], Holder | None], sealed: Sealed) -> None:
        """Send nothing yet; see `Forwarding`."""
        self._holder = holder
        self._sealed = sealed
        self._client = httpx.Client(
            limits=httpx.Limits(keepalive_expiry=_KEPT_S),
            timeout=httpx.Timeout(_RECORDS_S, connect=_CONNECT_S),
            trust_env=False,
        )

    def __call__(self, drafts: Sequence[Draft]) -> Appended:
        """Return where they stand, once they are durable.

        Raises:
            NoLeaderError: They may not be.
            RecordsRefusedError: They are not, and who writes will not take them.

        """
        holder = self._holder()
        if holder is None or not holder.address:
            raise NoLeaderError
        body = msgspec.msgpack.encode(drafts)
        said = Forwarded(
            method="POST",
            target=RECORDS_PATH.encode(),
            host=httpx.URL(holder.address).netloc.decode("ascii"),
            client="",
            scheme="",
            digest=sha256(body).hexdigest(),
        )
        try:
            answer = self._client.post(
                url_of(holder, said.target),
                content=body,
                headers=shown(said, self._sealed, holder),
            )
        except httpx.HTTPError as error:
            raise NoLeaderError from error
        if answer.status_code in _NEVER:
            raise RecordsRefusedError
        if answer.status_code != _OK:
            raise NoLeaderError
        return _APPENDED.decode(answer.content)

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()
