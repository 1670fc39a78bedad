"""Several logs, each of a share of the individuals: which share somebody is in.

One log is written by one process. Who needs more than that gives runs several installations side by
side, *shards*, each with its own log, keys and database. A log's origin says which shard it is of.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from chengnuo.base.errors import InvalidInputError

_ORIGIN = re.compile(r"(?P<of_all>.+)/(?P<number>[1-9][0-9]{0,2})-of-(?P<of>[1-9][0-9]{0,2})")
_HASHED_BYTES = 8


class OtherShardError(InvalidInputError):
    """An individual belongs to another shard; the message does not say who it was."""

    code = "other-shard"

    def __init__(self, found: int, shard: "Shard") -> None:
        super().__init__(
            f"the individual belongs to shard {found} of {shard.of}; this is shard {shard.number}"
        )
        self.found = found
        self.shard = shard


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """One of several shares of the individuals.

    Attributes:
        number: Which, from 1.
        of: How many there are; at most 999.

    """

    number: int
    of: int

    @property
    def ending(self) -> str:
        """What the origin of its log ends with."""
        return f"/{self.number}-of-{self.of}"

    def hold(self, account: str) -> None:
        """Refuse an account of another shard.

        Raises:
            OtherShardError: It belongs elsewhere.

        """
        found = shard_of(account, self.of)
        if found != self.number:
            raise OtherShardError(found, self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardedOrigin:
    """What the origin of a shard's log says.

    Attributes:
        of_all: What the origins of all shards begin with.
        shard: Which of them.

    """

    of_all: str
    shard: Shard

    @classmethod
    def parse(cls, origin: str) -> Self | None:
        """Return what an origin says, or None if it is of no shard.

        >>> ShardedOrigin.parse("evidence.example.com/2-of-3").shard
        Shard(number=2, of=3)
        >>> ShardedOrigin.parse("evidence.example.com/4-of-3")

        """
        found = _ORIGIN.fullmatch(origin)
        if found is None or int(found["number"]) > int(found["of"]):
            return None
        shard = Shard(number=int(found["number"]), of=int(found["of"]))
        return cls(of_all=found["of_all"], shard=shard)


def shard_of(account: str, of: int) -> int:
    """Return the number, from 1, of the shard that an account id belongs to.

    The first 8 bytes of its SHA-256 (UTF-8), as a big-endian integer, modulo `of`, plus 1.

    >>> shard_of("u-1029", 4), shard_of("u-1029", 1)
    (3, 1)

    """
    digest = sha256(account.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:_HASHED_BYTES]) % of + 1
