"""Making an audit pack: all that an audit of a period asks for, in one ZIP that verifies itself.

Files are put on a shelf outside of memory. Their list is signed with the key of the log; where the
log can be written, the list is recorded first and carries the proof of its own record, and that the
pack is handed out is recorded as an export. Everything is told as of the last record of the period,
so that the same state gives the same files.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from chengnuo.base.canonical import Tree
from chengnuo.base.instant import from_us
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.evidence.dsse import envelope_of, payload_of
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.proof import RecordProof
from chengnuo.domain.governance.attestation import EVIDENCE
from chengnuo.domain.governance.audit_pack import PREDICATE, PackFacts
from chengnuo.domain.governance.audit_period import AuditPeriod, audit_period
from chengnuo.law.civil import civil_date
from chengnuo.ports.evidence_log import NoSuchRecordError, Position
from chengnuo.ports.pack_shelf import PackFile, PackShelf
from chengnuo.usecases.evidence.evidence_file import Asking
from chengnuo.usecases.evidence.evidence_window import Window
from chengnuo.usecases.evidence.statements import record_statement
from chengnuo.usecases.governance.pack_content import Filled, PackFilling
from chengnuo.usecases.governance.pack_sources import PackPeriod, PackSources, Progress
from chengnuo.usecases.governance.pack_walk import EVERY, period_of

FORMAT = "chengnuo-audit-pack"
LIST, PROOF, LEAVES = "attestation.json", "proof.json", "leaves.jsonl"
TRIES = 5
"""How often the list is recorded anew where others recorded something in between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackMade:
    """A pack that was made.

    Attributes:
        facts: What its head says.
        sha256: SHA-256 of the ZIP.
        files: How many files it holds.
        recorded: Whether the log says that it was handed out.

    """

    facts: PackFacts
    sha256: str
    files: int
    recorded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPacks:
    """Makes audit packs.

    Attributes:
        sources: Where everything comes from.
        shelf: Opens an empty shelf for the files of one pack.

    """

    sources: PackSources
    shelf: Callable[[], AbstractContextManager[PackShelf]]

    def make(
        self,
        period: AuditPeriod,
        target: Path,
        *,
        asking: Asking,
        progress: Progress = lambda *_: None,
    ) -> PackMade:
        """Write the pack of a period to a file, once it is recorded where it can be.

        Args:
            period: The period.
            target: The file; it is put in place whole.
            asking: Who asks and why.
            progress: Told how far it is.

        Raises:
            NoSuchRecordError: The log has no record yet.
            DocumentNotMadeError: A file could not be made just now.
            PackNotWrittenError: The disk refused.
            LogUnavailableError: It could not be recorded; nothing is handed out.

        """
        with self.shelf() as shelf:
            made = self._made(period, shelf, asking, progress)
            shelf.hand_out(target)
        return made

    def of(self, window: Window, asking: Asking, target: Path) -> PackFile:
        """Write the pack of the civil days of a window to a file, once it is recorded.

        Raises:
            AuditPeriodError: They are too many.
            NoSuchRecordError: The log has no record yet.
            DocumentNotMadeError: A file could not be made just now.
            PackNotWrittenError: The disk refused.
            LogUnavailableError: It could not be recorded; nothing is handed out.

        """
        first, last = (civil_date(from_us(at)) for at in (window.start, window.end))
        period = audit_period(f"{first}..{last}")
        made = self.make(period, target, asking=asking)
        return PackFile(
            name=f"{FORMAT}-{period}-{made.sha256[:8]}.zip",
            sha256=made.sha256,
            records=made.facts.records,
        )

    def _made(
        self, period: AuditPeriod, shelf: PackShelf, asking: Asking, progress: Progress
    ) -> PackMade:
        sources = self.sources
        if sources.recorder is not None:
            sources.recorder.log.publish()
        found = period_of(sources.log, period.start, period.end, progress)
        if found is None:
            raise NoSuchRecordError(0, 0)
        seen, last = found
        filled = PackFilling(
            sources=sources, period=period, seen=seen, last=last, shelf=shelf, progress=progress
        ).fill()
        self._sign(shelf, seen, last, filled, asking, progress)
        sha256 = shelf.pack()
        if sources.recorder is not None:
            values: dict[str, Tree] = {
                "scope": f"audit pack {period}",
                "sha256": sha256,
                "by": asking.by,
                "reason": asking.reason,
                "single_person": asking.single_person,
            }
            sources.recorder.record(Kind.EXPORT, values)
        return PackMade(
            facts=filled.facts,
            sha256=sha256,
            files=len(shelf.digests()),
            recorded=sources.recorder is not None,
        )

    def _sign(  # noqa: PLR0913, PLR0917  what is signed
        self,
        shelf: PackShelf,
        seen: PackPeriod,
        last: int,
        filled: Filled,
        asking: Asking,
        progress: Progress,
    ) -> None:
        """Put leaves, proof and the signed list on the shelf.

        The list is recorded right after the checkpoint that the proof is under, so that whoever
        verifies it sees that the log only went on; on a busy log that takes more than one try.
        """
        sources, recorder, end, tries = self.sources, self.sources.recorder, -1, 0
        while True:
            signed = seen.signed if recorder is None else recorder.log.publish()
            size, tries = signed.checkpoint.size, tries + 1
            is_open = sources.log.record(Position(last)).leaf.at <= seen.end
            if end != (end := last + 1 if is_open and size > last + 1 else last):
                shelf.put(LEAVES, self._leaves(seen.first, end, progress))
            shelf.put(PROOF, self._proof(signed, seen, end, filled))
            bare = payload_of(
                tuple(shelf.digests().items()), PREDICATE, dict(_predicate(seen, filled))
            )
            if recorder is None:
                shelf.put(LIST, [self._signed(bare)])
                return
            signer = str(sources.signer.vkeys[0])
            position = record_statement(recorder, bare, signer=signer, by=asking.by)
            if position == size or tries == TRIES:
                break
        recorder.log.publish()
        proof = sources.prover.inclusion([position], disclose=True)
        predicate = {**_predicate(seen, filled), EVIDENCE: proof.as_tree()}
        payload = payload_of(tuple(shelf.digests().items()), PREDICATE, predicate)
        shelf.put(LIST, [self._signed(payload)])

    def _signed(self, payload: bytes) -> bytes:
        signed = self.sources.signer.sign_by_all(payload)  # whoever knows one key alone can verify
        return envelope_of(payload, [(str(vkey), signature) for vkey, signature in signed])

    def _leaves(self, first: int, last: int, progress: Progress) -> Iterator[bytes]:
        for at, entry in enumerate(self.sources.log.entries(Position(first), last + 1), first):
            if at % EVERY == 0:
                progress("leaves", at - first, last + 1 - first)
            yield entry + b"\n"

    def _proof(
        self, signed: SignedCheckpoint, seen: PackPeriod, end: int, filled: Filled
    ) -> Iterator[bytes]:
        log, size = self.sources.log, signed.checkpoint.size
        outside = [at for at in sorted(filled.cited) if not seen.first <= at <= end]
        newest = self.sources.prover.inclusion([], disclose=False)
        proof = replace(  # under the checkpoint of the pack, which need not be the newest
            newest,
            checkpoint=signed,
            records=tuple(
                RecordProof(
                    index=at,
                    entry=log.record(Position(at)).entry,
                    path=log.inclusion(Position(at), size),
                )
                for at in (seen.first, end, *outside)
            ),
        )
        written = json.dumps(proof.as_tree(), ensure_ascii=False, separators=(",", ":"))
        yield f"{written}\n".encode()


def _predicate(seen: PackPeriod, filled: Filled) -> dict[str, Tree]:
    return {
        "from": seen.start,
        "to": seen.end,
        "first": seen.first,
        "kinds": {kind: count for kind, count in sorted(seen.kinds.items()) if count},
        "period": filled.facts.period,
    }
