"""What the tests of the log share: a log in a folder with real keys, and what must hold of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from chengnuo.adapters.evidence.checking import LogCheck, Problem
from chengnuo.adapters.evidence.file_system import FileSystem, RealFiles
from chengnuo.adapters.evidence.index import FILE_NAME, Index
from chengnuo.adapters.evidence.kept_batches import BatchesOf
from chengnuo.adapters.evidence.kept_keys import KeptKeys
from chengnuo.adapters.evidence.key_holder_file import FileKeyHolder
from chengnuo.adapters.evidence.key_vault import SqliteKeyVault
from chengnuo.adapters.evidence.log import Pace, WritableLog
from chengnuo.adapters.evidence.log_keys import FileLogSigner, read_log_keys
from chengnuo.adapters.evidence.payloads import VaultPayloads
from chengnuo.adapters.evidence.reading import PUBLIC, ReadableLog, open_to_read
from chengnuo.adapters.keys import is_signature
from chengnuo.adapters.postgresql.shared import SharedDatabase
from chengnuo.domain.evidence.checkpoint import Checkpoint, SignedCheckpoint
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.log_keys import LogKeys
from chengnuo.domain.evidence.note import VKey
from chengnuo.engines.merkle import reference
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.ports.evidence_log import Draft, LogReader, Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.evidence.proving import Prover

ORIGIN = "log.example/kit"
START = datetime(2026, 3, 1, 8, tzinfo=UTC)
STILL = 3600.0
"""Publish when asked only, so that a test knows what is written when."""


class SteppingClock:
    """Goes on by a step with each look; a test may set it back."""

    def __init__(
        self, start: datetime = START, step: timedelta = timedelta(milliseconds=1)
    ) -> None:
        self.instant = start
        self.step = step

    def now(self) -> datetime:
        self.instant += self.step
        return self.instant


@dataclass
class NotingSigner:
    """A signer that remembers every note it has signed."""

    signer: FileLogSigner
    notes: list[str]

    @property
    def vkeys(self) -> tuple[VKey, ...]:
        return self.signer.vkeys

    def keys(self) -> LogKeys:
        return self.signer.keys()

    def sign_note(self, text: str) -> str:
        note = self.signer.sign_note(text)
        self.notes.append(note)
        return note

    def rotate(self, size: int) -> tuple[VKey, VKey]:
        return self.signer.rotate(size)

    def retire(self, size: int) -> VKey:
        return self.signer.retire(size)


@dataclass
class Kit:
    """A log in a folder; `open` makes it or opens it again, as the next process would."""

    folder: Path
    files: FileSystem = field(default_factory=RealFiles)
    segment_bytes: int = 1 << 16
    publish_every_s: float = STILL
    most_queued: int = 65_536
    wait_s: float = 10.0
    clock: SteppingClock = field(default_factory=SteppingClock)
    notes: list[str] = field(default_factory=list)
    shared: SharedDatabase | None = None

    def __post_init__(self) -> None:
        self.log_folder = self.folder / "evidence"
        self.public = self.log_folder / PUBLIC
        self.keys_folder = self.folder / "keys"
        for made in (self.public, self.keys_folder):
            made.mkdir(parents=True, exist_ok=True)
        self.vault: KeptKeys | None = None

    def signer(self) -> NotingSigner:
        signer = FileLogSigner.create(self.keys_folder, self.public, self.files, origin=ORIGIN)
        return NotingSigner(signer, self.notes)

    def open(self, signer: NotingSigner | None = None) -> WritableLog:
        return WritableLog(
            self.log_folder,
            signer=self.signer() if signer is None else signer,
            vault=self.open_vault(),
            clock=self.clock,
            files=self.files,
            pace=Pace(
                segment_bytes=self.segment_bytes,
                most_queued=self.most_queued,
                wait_s=self.wait_s,
                publish_every_s=self.publish_every_s,
            ),
            batches=None if self.shared is None else self.shared.batches(ORIGIN),
        )

    def open_vault(self) -> KeptKeys:
        """Open the vault, or return the one that is open."""
        if self.vault is None:
            holder = FileKeyHolder(self.keys_folder / "epoch.key", in_data_folder=True)
            self.vault = (
                SqliteKeyVault(self.log_folder / "keys.db", holder)
                if self.shared is None
                else KeptKeys(self.shared.keys(), holder)
            )
        return self.vault

    def close(self) -> None:
        """Close the vault; the log closes itself."""
        if self.vault is not None:
            self.vault.close()
            self.vault = None

    def reader(self) -> ReadableLog:
        return open_to_read(self.log_folder, self.files, self._batches())

    def payloads(self) -> VaultPayloads:
        return VaultPayloads(self.open_vault())

    def prover(self, log: LogReader) -> Prover:
        return Prover(log=log, payloads=self.payloads())

    def signed(self, checkpoint: SignedCheckpoint) -> bool:
        size = checkpoint.checkpoint.size
        keys = read_log_keys(self.files, self.public).keys
        standing = [key.vkey for key in keys if key.signs(size)]
        return checkpoint.note.checked(standing, is_signature).sound

    def problems(self) -> list[Problem]:
        check = LogCheck(self.log_folder, self.files, self.signed, batches=self._batches())
        return list(check.problems())

    def _batches(self) -> BatchesOf | None:
        return None if self.shared is None else self.shared.batches

    def signed_checkpoints(self) -> list[Checkpoint]:
        """Return every checkpoint that was ever signed, written or not."""
        return [SignedCheckpoint.parse(note).checkpoint for note in self.notes]


def person(number: int) -> PersonKey:
    return PersonKey(sha256(b"%d" % number).hexdigest())


def consents(numbers: Iterable[int], *, whose: int | None = None) -> list[Draft]:
    """Return consents, strict and personal, each with a payload of its own."""
    return [
        Draft(
            kind=Kind.CONSENT_GIVEN,
            payload=b'{"n":%d,"v":1}' % number,
            person=person(number % 3 if whose is None else whose),
            activity="act-login",
            item="act-login/general",
        )
        for number in numbers
    ]


def published(number: int) -> Draft:
    """Return an open, strict record."""
    return Draft(kind=Kind.REGISTER_PUBLISHED, payload=b'{"n":%d,"v":1}' % number)


def opened(payloads: VaultPayloads, log: LogReader, position: int) -> bytes | None:
    return payloads.opened(log.record(Position(position))).payload


def leaf_hashes(log: LogReader, size: int) -> list[bytes]:
    return [leaf_hash(log.record(Position(position)).entry) for position in range(size)]


def extends_all(checkpoints: Sequence[Checkpoint], leaves: Sequence[bytes]) -> bool:
    """Tell whether each checkpoint speaks of a beginning of these leaves, and of nothing else."""
    return all(
        one.size <= len(leaves) and one.root == reference.root(leaves[: one.size])
        for one in checkpoints
    )


@dataclass(frozen=True)
class Projected:
    """Everything that the projection says, apart from when the checkpoint was signed."""

    size: int
    map_root: bytes
    pages: tuple[tuple[bytes, bytes], ...]
    kinds: tuple[tuple[str, int], ...]
    growth: tuple[tuple[str, int], ...]


def projected(log_folder: Path) -> Projected:
    index = Index(log_folder / FILE_NAME, write=False)
    try:
        progress = index.progress()
        return Projected(
            progress.size, progress.map_root, index.pages(), index.kinds(), index.growth()
        )
    finally:
        index.close()


def bytes_by_file(folder: Path, *, without: Sequence[str] = ("lock",)) -> dict[str, bytes]:
    """Return every file below a folder with its bytes, but for what SQLite shares among readers."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in without and path.suffix != ".db-shm"
    }
    return {name: data for name, data in found.items() if data or not name.endswith(".db-wal")}
