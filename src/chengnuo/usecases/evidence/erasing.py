"""Erasing what the log keeps of an individual: keys are destroyed, proofs go on verifying.

First the intention is listed beside the keys, then the deletion is recorded, then the content key
is destroyed, the intention taken off and the epoch key changed. Whoever opens the log after a stop
in between finishes what was recorded, and takes off what was not. What must outlive it, the records
of notice, consent and rights, stays under the proof key for as long as a listed hold says (PIPL
Art. 47 para. 2; Art. 56), and the hold names its duty and its end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from chengnuo.base.canonical import Tree
from chengnuo.base.digest import sha256_hex
from chengnuo.base.errors import ConflictError
from chengnuo.base.instant import from_us
from chengnuo.domain.evidence.kinds import KeyClass, Kind
from chengnuo.ports.clock import Clock
from chengnuo.ports.evidence_keys import Erasure, Hold, Intention, KeyVault
from chengnuo.ports.evidence_log import EvidenceLog
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.evidence.recording import Recorder


class HeldError(ConflictError):
    """The proof key stands under a hold that has not ended."""

    code = "evidence-held"

    def __init__(self, duties: Sequence[str]) -> None:
        super().__init__(f"the records are held under {', '.join(duties)}; the hold has not ended")
        self.duties = tuple(duties)


@dataclass(frozen=True, slots=True, kw_only=True)
class Eraser:
    """Destroys keys of individuals."""

    log: EvidenceLog
    vault: KeyVault
    recorder: Recorder
    clock: Clock
    _one_at_a_time: Lock = field(default_factory=Lock, init=False, repr=False, compare=False)

    def content(
        self,
        person: PersonKey,
        *,
        under: str,
        values: Mapping[str, Tree],
        keep_until: datetime | None,
        keep_under: str,
    ) -> Erasure:
        """Record a deletion, destroy the content key, and list the hold on the rest.

        Args:
            person: Whose.
            under: Duty of the deletion, as `PIPL-47`.
            values: Payload of the deletion record.
            keep_until: When the hold on the proof records ends; None if that is not known yet.
            keep_under: Duty of the hold, as `PIPL-56`.

        Raises:
            LogUnavailableError: The deletion could not be recorded; nothing was destroyed.
            KeyHolderError: The keys are gone; the epoch change is finished at the next start.

        """
        self.vault.hold(
            Hold(person=person, duty=keep_under, since=self.clock.now(), until=keep_until)
        )
        return self._erase(person, KeyClass.CONTENT, under, values)

    def proof(self, person: PersonKey, *, under: str, values: Mapping[str, Tree]) -> Erasure:
        """Record it, then destroy the proof key, once no hold stands any more.

        Raises:
            HeldError: A hold has not ended.
            LogUnavailableError: It could not be recorded; nothing was destroyed.

        """
        now = self.clock.now()
        standing = [
            hold.duty for hold in self.vault.holds(person) if hold.until is None or hold.until > now
        ]
        if standing:
            raise HeldError(standing)
        return self._erase(person, KeyClass.PROOF, under, values)

    def again(
        self,
        persons: Mapping[PersonKey, KeyClass],
        *,
        under: str,
        values: Mapping[str, Tree],
        keep_until: datetime,
        keep_under: str,
    ) -> None:
        """Erase many who were erased before, in an installation that lost it; one epoch for all.

        Args:
            persons: Each with the key to destroy; where it is the proof key, no hold stands.
            under: Duty of the deletions.
            values: Payload of each deletion record.
            keep_until: When the hold on the proof records of the others ends.
            keep_under: Duty of that hold.

        Raises:
            LogUnavailableError: It could not be recorded; what was recorded is finished later.
            KeyHolderError: The keys are gone; the epoch change is finished at the next start.

        """
        for person, key in persons.items():
            for hold in self.vault.holds(person) if key is KeyClass.PROOF else ():
                self.vault.lift(person, hold.duty)  # its end had come, or it was not destroyed
            if key is KeyClass.CONTENT:
                self.vault.hold(
                    Hold(person=person, duty=keep_under, since=self.clock.now(), until=keep_until)
                )
        self._erase_all(persons, under, values)

    def _erase(
        self, person: PersonKey, key: KeyClass, under: str, values: Mapping[str, Tree]
    ) -> Erasure:
        return self._erase_all({person: key}, under, values)[person]

    def _erase_all(
        self, persons: Mapping[PersonKey, KeyClass], under: str, values: Mapping[str, Tree]
    ) -> Mapping[PersonKey, Erasure]:
        drafts = {
            person: self.recorder.draft(Kind.DELETION, values, person=person) for person in persons
        }
        size = self.log.status().size
        with self._one_at_a_time:
            for person, key in persons.items():
                payload = sha256_hex(drafts[person].payload)
                intention = Intention(key=key, under=under, position=size, payload=payload)
                self.vault.intend(person, intention)
            # What fails here may be durable all the same; the next opening looks.
            appended = self.log.append(list(drafts.values()))
            at = from_us(appended.at)
            erasures = {
                person: Erasure(key=key, at=at, under=under, position=appended.first + number)
                for number, (person, key) in enumerate(persons.items())
            }
            self.log.erase(erasures)
        return erasures
