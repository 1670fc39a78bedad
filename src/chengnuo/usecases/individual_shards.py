"""An installation that is one of several shards knows nobody who belongs to another."""

from dataclasses import dataclass

from chengnuo.domain.evidence.shard import Shard
from chengnuo.ports.secrets import FreshToken, TokenHash, Tokens
from chengnuo.usecases.individual_entry import PERSON


@dataclass(frozen=True, slots=True)
class ShardTokens:
    """`Tokens` that name no individual of another shard, so that nothing is kept of them here."""

    tokens: Tokens
    shard: Shard

    def fresh(self) -> FreshToken:
        """See `Tokens.fresh`."""
        return self.tokens.fresh()

    def hashed(self, plain: str) -> TokenHash:
        """See `Tokens.hashed`."""
        return self.tokens.hashed(plain)

    def random_bytes(self, count: int) -> bytes:
        """See `Tokens.random_bytes`."""
        return self.tokens.random_bytes(count)

    def keyed(self, purpose: str, text: str) -> str:
        """See `Tokens.keyed`.

        Raises:
            OtherShardError: An individual is named who belongs to another shard.

        """
        if purpose == PERSON:
            self.shard.hold(text)
        return self.tokens.keyed(purpose, text)
