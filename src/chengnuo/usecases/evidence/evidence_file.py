"""The evidence file (举证): a person and a period, or a duty and a period, in one ZIP.

What was declared, done and recorded, with proofs, for somebody who trusts no server (PIPL Art. 69).
The file is made first and handed out last: in between, that it is handed out is recorded, with its
SHA-256, to whom and why. If that cannot be recorded nothing is handed out.

Bounds: a chain of 200,000 records, 50,000 of them in the period, 2,000 receipts; beyond them a
shorter period is asked for. The file is made in memory: one of 43 MB, with 21,000 records and 1,000
receipts, took 180 MB of it; at the bounds it is some three times that.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chengnuo.base.canonical import Tree
from chengnuo.base.digest import Digest, sha256_hex
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Lang, Text
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.leaf import open_tag
from chengnuo.domain.evidence.pack import pack
from chengnuo.domain.evidence.pack_readme import PackFacts, readme
from chengnuo.domain.evidence.proof import Proof
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.ports.evidence_log import EvidenceLog, Position, Record
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.evidence.duty_kinds import kinds_that_show
from chengnuo.usecases.evidence.evidence_contents import EvidenceContents, with_receipts
from chengnuo.usecases.evidence.evidence_window import (
    MOST_CHAIN,
    MOST_RECEIPTS,
    Chosen,
    EvidenceTooLargeError,
    Window,
)
from chengnuo.usecases.evidence.proving import PartialChainError, Prover
from chengnuo.usecases.evidence.receipts import Receipts
from chengnuo.usecases.evidence.recording import Recorder

FORMAT = "chengnuo-evidence"


class DutyNotRecordedError(InvalidInputError):
    """No kind of record about no one individual shows that a duty was kept."""

    code = "duty-not-recorded"

    def __init__(self, duty: str) -> None:
        super().__init__(f"no record that concerns no one individual shows the duty `{duty[:60]}`")
        self.duty = duty


class NothingRecordedError(InvalidInputError):
    """Nothing that shows a duty was recorded in a period."""

    code = "nothing-recorded"

    def __init__(self, duty: str) -> None:
        super().__init__(f"nothing that shows `{duty[:60]}` was recorded in the period")
        self.duty = duty


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who asks for an evidence file and why; both are recorded.

    Attributes:
        by: An account id, `cli`, or `individual`.
        reason: In words.
        single_person: Nobody reviewed it; said for a duty only.

    """

    by: str
    reason: str
    single_person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFile:
    """An evidence file.

    Attributes:
        name: A name for it that says nothing of whom it is about.
        data: The ZIP.
        sha256: Its hash, as it is recorded.
        records: How many records of the period it holds.
        receipts: How many receipts.

    """

    name: str
    data: bytes
    sha256: Digest
    records: int
    receipts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFiles:
    """Makes evidence files.

    Attributes:
        log: The log.
        prover: Makes proofs from it.
        receipts: Makes receipts from it.
        recorder: Records that a file is handed out.

    """

    log: EvidenceLog
    prover: Prover
    receipts: Receipts
    recorder: Recorder

    def of_person(self, person: PersonKey, window: Window, asking: Asking) -> EvidenceFile:
        """Return the evidence file of an individual over a period, once it is recorded.

        Raises:
            NoChainError: No chain can be found.
            EvidenceTooLargeError: It would be larger than the bounds.
            PayloadRefusedError: `by` or `reason` has a wrong form; nothing is handed out.
            LogUnavailableError: It could not be recorded; nothing is handed out.

        """
        self.log.publish()
        found = self.make_of_person(person, window)
        scope = f"evidence file {window}"
        values = {**_values(found, asking, scope), "format": FORMAT}
        self.recorder.record(Kind.EXPORT, values, person=person)
        return found

    def of_duty(self, duty: str, window: Window, asking: Asking) -> EvidenceFile:
        """Return the evidence file of a duty over a period, once it is recorded.

        Raises:
            UnknownDutyError: The catalogue has no such duty.
            DutyNotRecordedError: No record shows it.
            NothingRecordedError: None was made in the period.
            EvidenceTooLargeError: It would be larger than the bounds.
            PayloadRefusedError: `by` or `reason` has a wrong form; nothing is handed out.
            LogUnavailableError: It could not be recorded; nothing is handed out.

        """
        self.log.publish()
        found = self.make_of_duty(duty, window)
        scope = f"evidence file {duty} {window}"
        values = {**_values(found, asking, scope), "single_person": asking.single_person}
        self.recorder.record(Kind.EXPORT, values)
        return found

    def make_of_person(self, person: PersonKey, window: Window) -> EvidenceFile:
        """Return the file as of the newest checkpoint, without recording; not to be handed out."""
        tag = self.prover.payloads.tag(person)
        if tag is not None:
            _, head = self.log.head(tag)
            if head.end is not None and head.end.key == tag and head.end.seq > MOST_CHAIN:
                raise EvidenceTooLargeError("records in the chain", MOST_CHAIN)
        chosen = Chosen(window)
        partial = False
        try:
            proof, records = self.prover.complete(person, disclose=True, chosen=chosen)
        except PartialChainError:
            partial = True
            proof, records = self.prover.found(person, chosen=Chosen(window))
        if not partial and len(records) > MOST_CHAIN:  # with those under joined names
            raise EvidenceTooLargeError("records in the chain", MOST_CHAIN)
        listed = [record for record in records if record.leaf.at in window]
        received = with_receipts(listed, proof)
        if len(received) > MOST_RECEIPTS:
            raise EvidenceTooLargeError("receipts", MOST_RECEIPTS)
        contents = EvidenceContents(self.receipts)
        contents.add_receipts(received, proof.checkpoint)
        subject = Text("一个人的记录", "records about one individual")
        facts = replace(
            self._facts(proof, listed, window, subject),
            personal=True,
            partial=partial,
            proved=len(records),
            receipts=len(received),
        )
        return _packed(contents, proof, listed, facts)

    def make_of_duty(self, duty: str, window: Window) -> EvidenceFile:
        """Return the file as of the newest checkpoint, without recording; not to be handed out."""
        known = self.receipts.catalogue.duty(duty)
        kinds, elsewhere = kinds_that_show(str(known.id))
        if not kinds:
            raise DutyNotRecordedError(duty)
        chosen = Chosen(window)
        chain = (record for kind in kinds for record in self._open_records(kind, window))
        listed = [record for record in chain if chosen(record)]
        if not listed:
            raise NothingRecordedError(duty)
        listed.sort(key=lambda record: record.position, reverse=True)
        proof = self.prover.inclusion([record.position for record in listed], disclose=True)
        english = known.title.in_lang(Lang.EN)
        subject = Text(f"{known.id} {known.title.zh}", f"{known.id} {english}")
        facts = replace(self._facts(proof, listed, window, subject), elsewhere=elsewhere)
        return _packed(EvidenceContents(self.receipts), proof, listed, facts)

    def _open_records(self, kind: Kind, window: Window) -> Iterator[Record]:
        """Yield the records of an open chain within a window, newest first."""
        tag = open_tag(kind)
        _, found = self.log.head(tag)
        at: Position | None = None
        if found.end is not None and found.end.key == tag:
            at = Position(found.end.position)
        while at is not None:
            record = self.log.record(at)
            if record.leaf.at < window.start:
                return
            if record.leaf.at in window:
                yield record
            at = record.before

    def _facts(
        self, proof: Proof, listed: Sequence[Record], window: Window, subject: Text
    ) -> PackFacts:
        size = proof.checkpoint.checkpoint.size
        shown = {one.leaf_hash for one in proof.disclosed}
        return PackFacts(
            subject=subject,
            personal=False,
            origin=proof.checkpoint.checkpoint.origin,
            size=size,
            as_of=self.log.record(Position(size - 1)).leaf.at,
            start=window.start,
            end=window.end,
            proved=len(listed),
            listed=[(record.position, record.leaf) for record in listed],
            shown=sum(leaf_hash(record.entry) in shown for record in listed),
            receipts=0,
            erased=proof.erased,
        )


def _values(found: EvidenceFile, asking: Asking, scope: str) -> dict[str, Tree]:
    return {"scope": scope, "sha256": found.sha256, "by": asking.by, "reason": asking.reason}


def _packed(
    contents: EvidenceContents, proof: Proof, listed: Sequence[Record], facts: PackFacts
) -> EvidenceFile:
    contents.add_notices(listed, proof)
    contents.add_registers(listed)
    whole = replace(
        facts,
        notices=contents.notices,
        registers=contents.registers,
        missing=contents.missing,
    )
    for lang in Lang:
        contents.files[f"README.{lang.value}.md"] = readme(whole, lang).encode()
    written = json.dumps(proof.as_tree(), ensure_ascii=False, separators=(",", ":"))
    contents.files["proof.json"] = f"{written}\n".encode()
    data = pack(contents.files)
    digest = sha256_hex(data)
    return EvidenceFile(
        name=f"chengnuo-evidence-{facts.size}-{digest[:8]}.zip",
        data=data,
        sha256=digest,
        records=len(listed),
        receipts=facts.receipts,
    )
