"""Opening sealed payloads with the keys of the vault."""

from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chengnuo.domain.evidence.kinds import RULES, KeyClass, Kind
from chengnuo.domain.evidence.leaf import leaf_tag
from chengnuo.domain.evidence.sealed import (
    COMMITMENT_BYTES,
    NONCE_BYTES,
    PayloadDamagedError,
    associated_data,
    read_open,
    split_opened,
)
from chengnuo.ports.evidence_keys import Erasure, KeyVault
from chengnuo.ports.evidence_log import Opened, Record
from chengnuo.ports.individuals import PersonKey

_BODY_AT = COMMITMENT_BYTES + NONCE_BYTES


@dataclass(frozen=True, slots=True)
class VaultPayloads:
    """`Payloads` over a vault."""

    vault: KeyVault

    def opened(self, record: Record) -> Opened:
        """See `Payloads.opened`."""
        if sha256(record.sealed).hexdigest() != record.leaf.payload:
            raise PayloadDamagedError(record.position, "it is not the one that its leaf names")
        if not record.ordinal:
            salt, payload = read_open(record.position, record.sealed)
            return Opened(payload=payload, salt=salt)
        found = self.vault.by_ordinal(record.ordinal)
        if found is None:
            return Opened(payload=None, salt=None)
        person, keys = found
        key_class = RULES[Kind(record.leaf.kind)].personal
        gone = any(
            erasure.key is key_class and record.position < erasure.position
            for erasure in self.vault.erasures(person)
        )
        key = keys.content if key_class is KeyClass.CONTENT else keys.proof
        if gone or key is None:
            return Opened(payload=None, salt=None)
        sealed = record.sealed
        try:
            opened = AESGCM(key).decrypt(
                sealed[COMMITMENT_BYTES:_BODY_AT],
                sealed[_BODY_AT:],
                associated_data(record.position, record.leaf.kind),
            )
        except (InvalidTag, ValueError) as error:
            raise PayloadDamagedError(record.position, "it does not open with its key") from error
        salt, payload = split_opened(record.position, sealed, opened)
        return Opened(payload=payload, salt=salt)

    def tag(self, person: PersonKey) -> bytes | None:
        """See `Payloads.tag`."""
        keys = self.vault.find(person)
        return None if keys is None else leaf_tag(keys.proof)

    def person(self, record: Record) -> PersonKey | None:
        """See `Payloads.person`."""
        found = self.vault.by_ordinal(record.ordinal) if record.ordinal else None
        return None if found is None else found[0]

    def erasures(self, person: PersonKey) -> tuple[Erasure, ...]:
        """See `Payloads.erasures`."""
        return self.vault.erasures(person)

    def erased(self) -> tuple[PersonKey, ...]:
        """See `Payloads.erased`."""
        return self.vault.erased()
