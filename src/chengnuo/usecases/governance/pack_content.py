"""Filling an audit pack: its parts, their files, the working papers, the rules as they were."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from chengnuo.base.canonical import canonical_json
from chengnuo.base.text import Lang, Text
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.sorts.audit import AUDIT
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.governance.audit_pack import PackFacts, PackPart, Value
from chengnuo.domain.governance.audit_papers import AuditPapers
from chengnuo.domain.governance.audit_papers_json import papers_tree
from chengnuo.domain.governance.audit_period import AuditPeriod
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.pack_shelf import PackShelf
from chengnuo.usecases.dossier.seen import Actor
from chengnuo.usecases.governance.pack_dossiers import dossier_parts, dossiers_of, transfer_rows
from chengnuo.usecases.governance.pack_for_people import HEAD_FILE, ForPeople, part_file
from chengnuo.usecases.governance.pack_packages import package_parts
from chengnuo.usecases.governance.pack_records import controls_part, records_part, transfers_part
from chengnuo.usecases.governance.pack_register import (
    InForceThen,
    findings_part,
    handler_of,
    rules_files,
    rules_part,
    versions_in,
)
from chengnuo.usecases.governance.pack_rights import rights_part
from chengnuo.usecases.governance.pack_sources import (
    FixedClock,
    PackPeriod,
    PackSources,
    Progress,
)
from chengnuo.usecases.governance.pack_statements import (
    checkpoints_of,
    checkpoints_part,
    note_name,
    statements_of,
    statements_part,
)
from chengnuo.usecases.governance.pack_tables import Shown, part_of

_PARTS = 17
_AUDITOR = Actor(id="audit-pack", party=Party.AUDITOR)
"""Who looks while a pack is made: it holds what auditors see, and less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a pack was filled with.

    Attributes:
        facts: What its head says.
        cited: Positions that its parts cite.

    """

    facts: PackFacts
    cited: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFilling:
    """Fills one pack.

    Attributes:
        sources: Where everything comes from.
        period: As it was asked for.
        seen: As the log has it.
        last: Position of the last record with it.
        shelf: Where the files go.
        progress: Told how far it is.

    """

    sources: PackSources
    period: AuditPeriod
    seen: PackPeriod
    last: int
    shelf: PackShelf
    progress: Progress

    def fill(self) -> Filled:
        """Put everything on the shelf but leaves, proof and the list.

        Raises:
            DocumentNotMadeError: A file could not be made just now.
            PackNotWrittenError: The disk refused.

        """
        versions = versions_in(self.sources, self.seen)
        papers = self._papers()
        notes = checkpoints_of(self.sources, self.seen, self.last)
        parts = list[PackPart]()
        for part in self._parts(versions, papers, notes):
            self.progress("parts", len(parts), _PARTS)
            parts.append(self._known(part))
        parts.sort(key=lambda one: one.id)
        for paper in papers:
            name = f"papers/{paper.audit.id}"
            self.shelf.put(f"{name}.json", [canonical_json(papers_tree(paper)), b"\n"])
        for one in notes:
            self.shelf.put(note_name(one), [one.text.encode()])
        for name, data in rules_files(self.sources, versions):
            self.shelf.put(name, [data])
        facts = self._facts(versions, papers, parts)
        self.shelf.put(HEAD_FILE, [canonical_json(facts.tree()), b"\n"])
        for part in parts:
            self.shelf.put(part_file(part), [self._part_json(part), b"\n"])
        made = ForPeople(self.sources.writers, self.sources.register.catalogue)
        for number, (name, make) in enumerate(made.of(facts, papers)):
            self.progress("files", number, len(parts) + len(papers) + len(Lang) * 2)
            self.shelf.put(name, [make()])
        return Filled(facts=facts, cited=frozenset(at for one in parts for at in one.records))

    def _parts(
        self,
        versions: tuple[InForceThen, ...],
        papers: tuple[AuditPapers, ...],
        notes: tuple[SignedCheckpoint, ...],
    ) -> Iterator[PackPart]:
        """Yield the parts; attestations are put on the shelf on the way."""
        sources, seen = self.sources, self.seen
        desk = sources.auditing.desk
        yield _papers_part(papers, seen)
        yield rules_part(versions, seen)
        yield controls_part(sources, seen)
        yield findings_part(sources, versions, seen)
        yield rights_part(sources.rights, seen)
        yield from dossier_parts(desk, seen)
        yield transfers_part(versions, seen, sources.register.catalogue)
        yield transfer_rows(desk, seen)
        attested = [*statements_of(sources, seen)]
        for part, some in package_parts(sources, seen):
            attested += some
            yield part
        yield statements_part(sources, seen, tuple(attested))
        for one in attested:
            self.shelf.put(one.name, [one.data])
        yield checkpoints_part(seen, notes)
        yield records_part(seen)

    def _known(self, part: PackPart) -> PackPart:
        """Return a part that cites nothing beyond the checkpoint of the pack."""
        size = self.seen.signed.checkpoint.size
        return replace(part, records=tuple(at for at in part.records if at < size))

    def _part_json(self, part: PackPart) -> bytes:
        log = self.sources.log
        leaves = {at: leaf_hash(log.record(Position(at)).entry).hex() for at in part.records}
        return canonical_json(part.tree(leaves))

    def _papers(self) -> tuple[AuditPapers, ...]:
        """Return the working papers of the audits that concern the period, as of its end."""
        auditing = self.sources.auditing
        then = replace(auditing, desk=replace(auditing.desk, clock=FixedClock(self.seen.until)))
        found = sorted(one.id for one, _ in dossiers_of(auditing.desk, [AUDIT.id], self.seen))
        drawn = (then.papers(DossierId(one), _AUDITOR) for one in found)
        # Which checkpoint was the newest when they were drawn up is no fact of the period.
        return tuple(replace(one, log_size=0, log_root="") for one in drawn)

    def _facts(
        self,
        versions: tuple[InForceThen, ...],
        papers: tuple[AuditPapers, ...],
        parts: list[PackPart],
    ) -> PackFacts:
        under = self.seen.signed.checkpoint
        return PackFacts(
            handler=handler_of(versions),
            start=self.seen.start,
            end=self.seen.end,
            period=str(self.period),
            origin=under.origin,
            records=sum(self.seen.kinds.values()),
            law=str(self.sources.register.catalogue.version),
            program=self.sources.program,
            parts=parts,
            papers=[one.audit.id for one in papers],
            versions=[one.kept.id for one in versions],
        )


def _papers_part(papers: tuple[AuditPapers, ...], period: PackPeriod) -> PackPart:
    return part_of(
        "01-papers",
        Text("合规审计底稿", "Working papers of compliance audits"),
        Text(
            "看过全部审计卷宗；列出期间内立卷、办理过或者仍未结的。逐项底稿在 papers/ 中。",
            "All dossiers of audits were looked at; those opened, acted in or still open in the"
            " period stand here. Item by item they are in papers/.",
        ),
        _PAPERS,
        papers,
        period=period,
        records=(
            act.position for one in papers for act in one.audit.acts if act.position is not None
        ),
    )


def _said(name: str) -> Callable[[AuditPapers], Value]:
    return lambda one: str(one.audit.value(name))


def _counted(result: str) -> Callable[[AuditPapers], Value]:
    return lambda one: one.counts()[result]


_PAPERS: tuple[Shown[AuditPapers], ...] = (
    Shown("audit", Text("编号", "Id"), 2, lambda one: str(one.audit.id)),
    Shown("title", Text("审计", "Audit"), 3, _said("title")),
    Shown("from", Text("期间起", "From"), 2, _said("period-from")),
    Shown("to", Text("期间止", "To"), 2, _said("period-to")),
    Shown("state", Text("状态", "State"), 2, lambda one: one.state),
    Shown("conforms", Text("符合", "Conforms"), 1, _counted("conforms")),
    Shown("partly", Text("部分符合", "Partly"), 1, _counted("partly")),
    Shown("doesNot", Text("不符合", "Does not"), 1, _counted("does-not")),
    Shown("notApplicable", Text("不适用", "Does not apply"), 1, _counted("not-applicable")),
    Shown("open", Text("待审计", "Open"), 1, _counted("open")),
)
