"""Publishing the pledge board: a folder of files that stands by itself, bound by one attestation.

Beside the pages it holds `board.json`, a badge, the page that verifies, of each row the proof
that the runs of its controls stand in the log, and the proof of what was recorded of the board as
a whole. The attestation (in-toto, DSSE) names every other file by its SHA-256, says the status of
each row, stands in the log itself and holds that proof. The same board and the same log give the
same bytes; only the attestation has an instant and a random salt of its own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import msgspec

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.digest import sha256_hex
from chengnuo.domain.evidence.dsse import envelope, payload_of, signed_bytes
from chengnuo.domain.evidence.note import VKey
from chengnuo.domain.evidence.proof import Proof
from chengnuo.domain.finding.board_json import FORMAT, VERSION, board_json, row_statuses
from chengnuo.domain.finding.board_said import StandingRow
from chengnuo.domain.finding.public_board import PublicBoard, PublicLog, PublicRow
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.accounts import AccountId
from chengnuo.ports.checkpoint_signing import LogSigner
from chengnuo.ports.evidence_log import LogReader, Position
from chengnuo.ports.secrets import Signer
from chengnuo.usecases.evidence.proving import Prover
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.governance.log_attesting import attested_in_log

PREDICATE: Final = "urn:chengnuo:board:1"
ATTESTATION: Final = "attestation.json"
BOARD: Final = "board.json"
PROOF: Final = "proof-board.json"
_PLAIN = frozenset({"v", "control", "outcome", "looked_at", "wrong", "digest", "rows"})
"""What a record of a run may say to be shown as it is: nothing that names a request or a count."""

Pages = Callable[[PublicBoard, Mapping[str, str]], Mapping[str, bytes]]
"""Writes the pages of a board: from it and the names of the proofs of its rows, files by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFiles:
    """Writes everything of a publication but its attestation.

    Attributes:
        pages: Writes the pages and the badge.
        catalogue: The law catalogue.
        prover: Proves from the log; None where there is none.

    """

    pages: Pages
    catalogue: Catalogue
    prover: Prover | None = None

    def of(self, board: PublicBoard, record: Position | None = None) -> dict[str, bytes]:
        """Return the files of a board, by name.

        Args:
            board: The board.
            record: Where the log has recorded what it says; None in a preview and beside no log.

        """
        proofs = {} if self.prover is None else dict(self._proofs(self.prover, board))
        names = {row: name_of_proof(row) for row in proofs}
        files = {
            **self.pages(board, names),
            BOARD: board_json(board, self.catalogue, names, record),
            **{names[row]: data for row, data in proofs.items()},
        }
        if self.prover is not None and record is not None:
            whole = self.prover.inclusion([record], disclose=True)
            files[PROOF] = canonical_json(whole.as_tree()) + b"\n"
        return files

    def one(self, board: PublicBoard, name: str) -> bytes | None:
        """Return one file of a board, or None; a page is written without making the proofs."""
        names = {} if self.prover is None else _names(board, _reached(self.prover))
        return self.pages(board, names).get(name) or self.of(board).get(name)

    def _proofs(self, prover: Prover, board: PublicBoard) -> Mapping[str, bytes]:
        reached = _reached(prover)
        found = ((str(row.duty.id), _proof(prover, row, reached)) for row in board.rows)
        return {name: data for name, data in found if data}


def name_of_proof(row: str) -> str:
    """Return the name of the file with the proof of a row.

    >>> name_of_proof("pledge-3")
    'proof-pledge-3.json'

    """
    return f"proof-{row}.json"


def log_of(log: LogReader) -> PublicLog | None:
    """Return what a board says of the log; None for one without a checkpoint."""
    signed, keys = log.checkpoint(), log.keys()
    if signed is None:
        return None
    vkey = str(keys.keys[0].vkey)
    return PublicLog(origin=keys.origin, size=signed.checkpoint.size, vkey=vkey)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardAttesting:
    """Binds the files of a publication, and records that they were published.

    Attributes:
        record: Records what the rows of a board say, unless that is the newest record of the day;
            returns where it stands.
        recorder: Records.
        prover: Proves that it was recorded.
        signer: Signs with the keys of the log.

    """

    record: Callable[[Sequence[StandingRow]], Position]
    recorder: Recorder
    prover: Prover
    signer: LogSigner

    def recorded(self, board: PublicBoard) -> tuple[PublicBoard, Position]:
        """Return a board as of a checkpoint that has a record of what it says, and where.

        Raises:
            LogUnavailableError: It could not be recorded; nothing is published.
            DatabaseUnavailableError: It was recorded and cannot be kept now.

        """
        at = self.record(board.rows)
        self.recorder.log.publish()
        return replace(board, log=log_of(self.recorder.log)), at

    def bound(
        self, board: PublicBoard, files: Mapping[str, bytes], by: AccountId, *, four_eyes: bool
    ) -> dict[str, bytes]:
        """Return the files with the attestation over them.

        Args:
            board: The board that they show.
            files: Them, by name.
            by: Account whose decision it is; stands in the record, not in the attestation.
            four_eyes: Whether somebody else had asked for it.

        Raises:
            LogUnavailableError: It could not be recorded; nothing is published.

        """
        attestation = attested_in_log(
            self.recorder,
            self.prover,
            self.signer,
            subject=subject_of(files),
            predicate_type=PREDICATE,
            predicate=predicate_of(board, four_eyes=four_eyes),
            by=by,
        )
        return {**files, ATTESTATION: attestation}


def bound_by_key(
    board: PublicBoard, files: Mapping[str, bytes], signer: Signer, name: str
) -> dict[str, bytes]:
    """Return the files with an attestation that a key at hand signs, without a log.

    Args:
        board: The board that they show.
        files: Them, by name.
        signer: Signs.
        name: Name of the key, as its vkey has it.

    """
    payload = payload_of(subject_of(files), PREDICATE, predicate_of(board, four_eyes=False))
    vkey = str(VKey(name=name, public_key=signer.public_key))
    signature = signer.sign(signed_bytes(payload))
    return {**files, ATTESTATION: envelope(payload, vkey=vkey, signature=signature)}


def subject_of(files: Mapping[str, bytes]) -> tuple[tuple[str, str], ...]:
    """Return what an attestation is about: each file with its SHA-256, by name."""
    return tuple((name, sha256_hex(files[name])) for name in sorted(files))


def predicate_of(board: PublicBoard, *, four_eyes: bool) -> dict[str, Tree]:
    """Return what an attestation says of a board: rows, day, versions, how far the log went."""
    log = board.log
    return {
        "format": FORMAT,
        "version": VERSION,
        "on": board.on.isoformat(),
        "until": board.until.isoformat(),
        "register": board.register,
        "law": board.law,
        "log": None if log is None else {"origin": log.origin, "size": log.size},
        "rows": row_statuses(board),
        "four_eyes": four_eyes,
    }


def _reached(prover: Prover) -> int:
    signed = prover.log.checkpoint()
    return 0 if signed is None else signed.checkpoint.size


def _names(board: PublicBoard, reached: int) -> dict[str, str]:
    proved = (str(row.duty.id) for row in board.rows if _positions(row, reached))
    return {row: name_of_proof(row) for row in proved}


def _positions(row: PublicRow, reached: int) -> list[Position]:
    runs = {one.position for one in row.controls if one.position is not None}
    return [Position(at) for at in sorted(runs) if at < reached]


def _proof(prover: Prover, row: PublicRow, reached: int) -> bytes:
    """Return the proof of the runs of a row; empty where none of them is under the checkpoint."""
    runs = {one.position: one for one in row.controls if one.position is not None}
    positions = _positions(row, reached)
    if not positions:
        return b""
    open_ones = {
        leaf_hash(prover.log.record(at).entry)
        for at in positions
        if runs[at].disclosed and _is_plain(prover, at)
    }
    proof = prover.inclusion(positions, disclose=bool(open_ones))
    return canonical_json(_showing(proof, open_ones).as_tree()) + b"\n"


def _showing(proof: Proof, wanted: set[bytes]) -> Proof:
    shown = tuple(one for one in proof.disclosed if one.leaf_hash in wanted)
    return replace(proof, disclosed=shown)


def _is_plain(prover: Prover, at: Position) -> bool:
    payload = prover.payloads.opened(prover.log.record(at)).payload
    if payload is None:
        return False
    return msgspec.json.decode(payload, type=dict[str, object]).keys() <= _PLAIN
