"""Ids of requests: made by chance, or what a mark of one asking stands for.

The same mark of the same individual and party is the same id, so that a request whose answer was
lost is found when it is handed in again, whatever has become of it. From the id nobody learns the
mark or whose it is: it is a keyed digest.
"""

import base64
from typing import Final

from chengnuo.domain.rights.request import RequestId
from chengnuo.ports.secrets import Tokens
from chengnuo.usecases.rights.fetching import party_of
from chengnuo.usecases.rights.seen import Asker

_BYTES: Final = 13
_SIGNS: Final = 20


def fresh_id(tokens: Tokens) -> RequestId:
    """Return an id that nobody else has."""
    return _id_of(tokens.random_bytes(_BYTES))


def marked_id(tokens: Tokens, asker: Asker, mark: str) -> RequestId:
    """Return the id that a mark stands for: another for each individual and each party."""
    text = f"{asker.person}\n{asker.by.value}\n{party_of(asker)}\n{mark}"
    return _id_of(bytes.fromhex(tokens.keyed("rights-mark", text))[:_BYTES])


def _id_of(data: bytes) -> RequestId:
    text = base64.b32encode(data).decode("ascii").lower()
    return RequestId(f"rq-{text[:_SIGNS]}")
