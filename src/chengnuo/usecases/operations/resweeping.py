"""Erasing again, in what was restored from a backup, whoever was erased since (PIPL Art. 47).

A backup of before an erasure holds what was erased. Until everybody of whom it is known was erased
once more, nobody may be served from what was restored. What tells of it: the list that the live
installation gave out, the deletions in a newer copy of its log, or the live epoch key, which every
erasure changes: if it still is the one of the backup, nobody was erased.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chengnuo.base.canonical import Tree
from chengnuo.base.instant import from_us, to_us
from chengnuo.domain.evidence.kinds import KeyClass, Kind
from chengnuo.law.civil import after
from chengnuo.ports.backup_errors import SweepSourceError
from chengnuo.ports.backups import (
    Erased,
    LaterErasure,
    Restored,
)
from chengnuo.ports.evidence_keys import KeyHolder, KeyVault
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights import Suppressed, SuppressionStore
from chengnuo.usecases.evidence.erasing import Eraser
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.rights.settling import PROOF_KEPT

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of erasures after the backup; at least one of these must tell.

    Attributes:
        erased: The list that the live installation gave out.
        deleted: The ordinals that a newer copy of the log tells deletions of; None for no copy.
        reached: How many records that copy has.
        holder_is_live: Whether the settings name the very holder that the service used to the end,
            not a copy that was put back.

    """

    erased: Erased | None = None
    deleted: Sequence[int] | None = None
    reached: int = 0
    holder_is_live: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Resweep:
    """What a sweep did.

    Attributes:
        erased: Individuals whose keys were destroyed again, or of whom that was recorded again.
        gone: Individuals told of of whom nothing was restored, or nothing can be read.
        suppressed: Entries of the ledger that were added.
        known_by: What told, `list`, `log`, `epoch-key`.

    """

    erased: int
    gone: int
    suppressed: int
    known_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resweeping:
    """Sweeps one restored installation.

    Attributes:
        restored: What is noted of it.
        origin: Name of its log.
        eraser: Destroys keys.
        vault: The keys.
        holder: Who holds the epoch key.
        recorder: Records that it was restored, and how far.
        suppressions: The ledger of those erased.

    """

    restored: Restored
    origin: str
    eraser: Eraser
    vault: KeyVault
    holder: KeyHolder
    recorder: Recorder
    suppressions: SuppressionStore

    def sweep(self, told: Told) -> Resweep:
        """Erase everybody told of again and record it; may be repeated after a stop.

        Raises:
            SweepSourceError: Nothing tells, or what tells is older than the backup.
            LogUnavailableError: It could not be recorded.
            KeyHolderError: The epoch key cannot be used.

        """
        known_by = self._known_by(told)
        lost = {one.person for one in self.restored.later}
        later = self._later(told)
        wanted: dict[PersonKey, KeyClass] = {}
        for person, key in later.items():
            keys = self.vault.find(person)
            is_there = keys is not None and (keys.content is not None or person in lost)
            if keys is not None and (is_there or key is KeyClass.PROOF):
                wanted[person] = key
        gone = len(later) - len(wanted)
        self._erase(wanted)
        added = self._suppress(() if told.erased is None else told.erased.suppressed)
        sweep = Resweep(erased=len(wanted), gone=gone, suppressed=added, known_by=known_by)
        self.recorder.record(Kind.CONFIGURATION, self._said(sweep))
        return sweep

    def _known_by(self, told: Told) -> tuple[str, ...]:
        found: list[str] = []
        if told.erased is not None:
            self._refuse_older(told.erased)
            found.append("list")
        if told.deleted is not None:
            if told.reached < self.restored.reached:
                raise SweepSourceError("the copy of the log is older than the backup")
            found.append("log")
        if told.holder_is_live:
            held = self.holder.epochs()
            if not held or held[-1] != self.restored.epoch:
                raise SweepSourceError(
                    "the epoch key is another than that of the backup: people were erased since"
                )
            found.append("epoch-key")
        if not found:
            raise SweepSourceError(
                "give the list of those erased, a newer log, or say that the epoch key is live"
            )
        return tuple(found)

    def _refuse_older(self, erased: Erased) -> None:
        if erased.origin != self.origin:
            raise SweepSourceError(f"the list is of log `{erased.origin}`, not of `{self.origin}`")
        if erased.position < self.restored.reached:
            raise SweepSourceError("the list of those erased is older than the backup")

    def _later(self, told: Told) -> dict[PersonKey, KeyClass]:
        """Return who was erased later; the proof key goes before the content key."""
        found: dict[PersonKey, KeyClass] = {}

        def take(person: PersonKey, key: KeyClass) -> None:
            if found.get(person) is not KeyClass.PROOF:
                found[person] = key

        for one in self.restored.later:
            take(one.person, one.erasure.key)
        for one in () if told.erased is None else told.erased.erasures:
            if self._is_later(one):
                take(one.person, one.erasure.key)
        for ordinal in told.deleted or ():
            known = self.vault.by_ordinal(ordinal)
            if known is not None:
                take(known[0], KeyClass.CONTENT)
        return found

    def _is_later(self, one: LaterErasure) -> bool:
        """Tell whether an erasure came after the moment that was restored.

        Of a proof key no position is kept: then it is later if the restored keys do not list it.
        """
        if one.erasure.key is KeyClass.CONTENT:
            return one.erasure.position > self.restored.position
        return one.erasure not in self.vault.erasures(one.person)

    def _erase(self, wanted: dict[PersonKey, KeyClass]) -> None:
        until = from_us(after(to_us(self.eraser.clock.now()), PROOF_KEPT))
        every = list(wanted.items())
        for start in range(0, len(every), _AT_ONCE):
            self.eraser.again(
                dict(every[start : start + _AT_ONCE]),
                under="PIPL-47",
                values={"ground": "PIPL-47", "stores": []},
                keep_until=until,
                keep_under="PIPL-56",
            )

    def _suppress(self, entries: Sequence[Suppressed]) -> int:
        added = 0
        for one in entries:
            if self.suppressions.entry(one.person) is None:
                self.suppressions.suppress(one)
                added += 1
        return added

    def _said(self, sweep: Resweep) -> dict[str, Tree]:
        restored = self.restored
        return {
            "what": "restored-and-swept",
            "by": "cli",
            "single_person": True,
            "detail": (
                f"backup {restored.backup[:12]}; log ended at {restored.position} of"
                f" {restored.reached}; state as of {restored.state}; erased again {sweep.erased};"
                f" known by {', '.join(sweep.known_by)}"
            ),
        }
