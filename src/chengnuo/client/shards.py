"""Several services that share the individuals: which of them is asked about whom."""

from collections.abc import Sequence

from chengnuo.client.client import Client
from chengnuo.domain.evidence.shard import shard_of

__all__ = ["client_of", "shard_of"]


def client_of(account: str, shards: Sequence[Client]) -> Client:
    """Return the client of the service that knows an account.

    Args:
        account: The account id.
        shards: A client for each shard, the first first.

    """
    return shards[shard_of(account, len(shards)) - 1]
