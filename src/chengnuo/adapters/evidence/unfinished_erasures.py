"""What is seen to at opening: that keys and records belong together, and erasures cut short.

The keys of an individual are durable before the first record sealed with them. So a record of an
ordinal that the key database never gave tells that the database has lost something.

An intention stands in the key database before the deletion is recorded, and goes with the key. One
that is left is looked up in the chain: if the deletion was recorded the key is destroyed now, if
not nobody was told of it and the intention is taken off.
"""

from contextlib import suppress
from hashlib import sha256

from chengnuo.adapters.evidence.index import Index
from chengnuo.adapters.evidence.kept_batches import KeptBatches
from chengnuo.adapters.evidence.key_vault_schema import KeysDamagedError
from chengnuo.adapters.evidence.payloads import VaultPayloads
from chengnuo.base.instant import from_us
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.leaf import leaf_tag
from chengnuo.ports.evidence_keys import Erasure, Intention, KeyVault
from chengnuo.ports.evidence_log import LogDamagedError, LogReader, Position, Record
from chengnuo.ports.individuals import PersonKey

_LOOKED_AT = 4_096


def refuse_lost_keys(segments: KeptBatches, vault: KeyVault) -> None:
    """Hold the newest records to the key database; `chengnuo evidence check` does so with all.

    Raises:
        KeysDamagedError: It has not given an ordinal that a record has.

    """
    newest = segments.batches(max(0, segments.size - _LOOKED_AT))
    most = 0
    with suppress(LogDamagedError):  # an older segment; reading it says so
        most = max((row.ordinal for _, rows in newest for row in rows), default=0)
    given = vault.given()
    if most > given:
        raise KeysDamagedError(never_given(most, given))


def never_given(ordinal: int, given: int) -> str:
    """Return how it is said that a record has an ordinal which the key database never gave."""
    return (
        f"records are of ordinal {ordinal}, but only {given} were given; it is an older copy, "
        "or has lost its end"
    )


def finish_erasures(log: LogReader, index: Index, vault: KeyVault, size: int) -> None:
    """Carry out or take off every intention; the projection must cover all `size` records.

    Raises:
        KeyHolderError: The holder cannot be written.
        PayloadDamagedError: A record of the chain is not what was written.

    """
    for person, intention in vault.intentions().items():
        record = _recorded(log, index, vault, person, intention)
        if record is None:
            vault.withdraw(person)
            continue
        # Whatever was sealed until now is under the key that goes.
        erasure = Erasure(
            key=intention.key, at=from_us(record.leaf.at), under=intention.under, position=size
        )
        vault.erase({person: erasure})


def _recorded(
    log: LogReader, index: Index, vault: KeyVault, person: PersonKey, intention: Intention
) -> Record | None:
    """Return the deletion that an intention speaks of, if it was recorded."""
    keys = vault.find(person)
    tag = b"" if keys is None else leaf_tag(keys.proof)
    head = index.head(tag) if tag else None
    at = None if head is None else Position(head.position)
    payloads = VaultPayloads(vault)
    while at is not None and at >= intention.position:
        record = log.record(at)
        own = record.leaf.tag == tag.hex()
        if own and record.leaf.kind == Kind.DELETION.value:
            payload = payloads.opened(record).payload
            if payload is not None and sha256(payload).hexdigest() == intention.payload:
                return record
        at = record.before if own else record.also_before
    return None
