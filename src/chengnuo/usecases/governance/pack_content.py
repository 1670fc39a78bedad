"""Filling an audit pack: its parts, their files, the working papers, the rules as they were."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from chengnuo.base.canonical import canonical_json
from chengnuo.base.instant import from_us
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import Block, Document, DocumentKind, Facts, notice_box
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.sorts.audit import AUDIT
from chengnuo.domain.governance.audit_document import audit_document
from chengnuo.domain.governance.audit_pack import MOST_ON_PAPER, PackColumn, PackFacts, PackPart
from chengnuo.domain.governance.audit_pack_words import TITLE, cannot, head_lines, readme
from chengnuo.domain.governance.audit_papers import AuditPapers
from chengnuo.domain.governance.audit_papers_json import papers_tree
from chengnuo.domain.governance.audit_period import AuditPeriod
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.law.civil import civil_date
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.pack_shelf import PackShelf
from chengnuo.usecases.dossier.seen import Actor
from chengnuo.usecases.governance.pack_dossiers import dossier_parts, dossiers_of, transfer_rows
from chengnuo.usecases.governance.pack_packages import Attested, package_parts
from chengnuo.usecases.governance.pack_records import (
    checkpoints_of,
    checkpoints_part,
    controls_part,
    records_part,
    statements_part,
    transfers_part,
)
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

_AUDITOR = Actor(id="audit-pack", party=Party.AUDITOR)
"""Who looks while a pack is made: it holds what auditors see, and less."""
_PAPERS = (
    PackColumn("audit", Text("编号", "Id"), 2),
    PackColumn("title", Text("审计", "Audit"), 3),
    PackColumn("from", Text("期间起", "From"), 2),
    PackColumn("to", Text("期间止", "To"), 2),
    PackColumn("state", Text("状态", "State"), 2),
    PackColumn("conforms", Text("符合", "Conforms"), 1),
    PackColumn("partly", Text("部分符合", "Partly"), 1),
    PackColumn("doesNot", Text("不符合", "Does not"), 1),
    PackColumn("open", Text("未作结论", "Open"), 1),
)


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
        size = self.seen.signed.checkpoint.size
        versions = versions_in(self.sources, self.seen)
        papers = self._papers()
        notes = tuple(checkpoints_of(self.sources, self.seen, self.last))
        parts = list[PackPart]()
        for part, attested in self._parts(versions, papers, notes):
            self.progress("parts", len(parts), 16)
            known = replace(part, records=tuple(at for at in part.records if at < size))
            parts.append(known)
            for one in attested:
                self.shelf.put(one.name, [one.data])
        parts.sort(key=lambda one: one.id)
        facts = self._facts(versions, papers, parts)
        heading = self._heading(facts)
        for number, part in enumerate(parts):
            self.progress("files", number, len(parts))
            self._put_part(part, heading)
        for paper in papers:
            self._put_paper(paper)
        for name, data in rules_files(self.sources, versions):
            self.shelf.put(name, [data])
        for lang in Lang:
            self.progress("report", 0, 1)
            report = self.sources.writers["pdf"].write(self._report(facts, parts, heading), lang)
            self.shelf.put(f"report.{lang.value}.pdf", [report])
            self.shelf.put(f"README.{lang.value}.md", [readme(facts, lang).encode()])
        return Filled(facts=facts, cited=frozenset(at for one in parts for at in one.records))

    def _parts(
        self,
        versions: tuple[InForceThen, ...],
        papers: tuple[AuditPapers, ...],
        notes: tuple[Attested, ...],
    ) -> Iterator[tuple[PackPart, tuple[Attested, ...]]]:
        sources, seen = self.sources, self.seen
        desk = sources.auditing.desk
        yield _papers_part(papers), ()
        yield rules_part(versions, seen), ()
        yield controls_part(sources, seen), ()
        yield findings_part(sources, versions), ()
        yield rights_part(sources.rights, seen), ()
        for part in dossier_parts(desk, seen):
            yield part, ()
        yield transfers_part(versions, seen), ()
        yield transfer_rows(desk, seen), ()
        yield from package_parts(sources, seen)
        yield statements_part(sources, seen)
        yield checkpoints_part(seen, notes), notes
        yield records_part(seen), ()

    def _papers(self) -> tuple[AuditPapers, ...]:
        """Return the working papers of the audits that concern the period, as of its end."""
        auditing = self.sources.auditing
        then = replace(auditing, desk=replace(auditing.desk, clock=FixedClock(self.seen.until)))
        found = sorted(one.id for one, _ in dossiers_of(auditing.desk, [AUDIT.id], self.seen))
        return tuple(then.papers(DossierId(one), _AUDITOR) for one in found)

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
            parts=[(one, len(one.rows)) for one in parts],
            complete=sorted({kind for one in parts for kind in one.complete}),
            papers=[one.audit.id for one in papers],
            versions=[one.kept.id for one in versions],
        )

    def _heading(self, facts: PackFacts) -> Facts:
        day = civil_date(from_us(facts.end))
        return Facts(
            handler=facts.handler,
            app=facts.handler,
            register=facts.versions[-1] if facts.versions else "",
            law=str(self.sources.register.catalogue.version),
            updated=day,
            effective=day,
            letter=facts.period,
        )

    def _report(self, facts: PackFacts, parts: list[PackPart], heading: Facts) -> Document:
        said = tuple(
            Text(zh, en)
            for zh, en in zip(head_lines(facts, Lang.ZH), head_lines(facts, Lang.EN), strict=True)
        )
        blocks: list[Block] = [
            notice_box(Text("本包", "This pack"), *said),
            notice_box(Text("不能说明的事", "What it cannot show"), *cannot()),
        ]
        for part in parts:
            blocks += part.blocks(MOST_ON_PAPER)
        return Document(
            id="report",
            kind=DocumentKind.AUDIT_PACK,
            title=TITLE,
            facts=heading,
            blocks=tuple(blocks),
        )

    def _put_part(self, part: PackPart, heading: Facts) -> None:
        leaves = {
            at: leaf_hash(self.sources.log.record(Position(at)).entry).hex() for at in part.records
        }
        self.shelf.put(f"parts/{part.id}.json", [canonical_json(part.tree(leaves)), b"\n"])
        sheet = self.sources.writers["xlsx"].write(part.document(heading), Lang.ZH)
        self.shelf.put(f"parts/{part.id}.xlsx", [sheet])

    def _put_paper(self, paper: AuditPapers) -> None:
        document = audit_document(paper, self.sources.register.catalogue)
        sheet = self.sources.writers["xlsx"].write(document, Lang.ZH)
        self.shelf.put(f"papers/{paper.audit.id}.xlsx", [sheet])
        self.shelf.put(f"papers/{paper.audit.id}.json", [canonical_json(papers_tree(paper)), b"\n"])


def _papers_part(papers: tuple[AuditPapers, ...]) -> PackPart:
    rows = [
        (
            str(one.audit.id),
            str(one.audit.value("title")),
            str(one.audit.value("period-from")),
            str(one.audit.value("period-to")),
            one.state,
            one.counts()["conforms"],
            one.counts()["partly"],
            one.counts()["does-not"],
            one.counts()["open"],
        )
        for one in papers
    ]
    positions = {act.position for one in papers for act in one.audit.acts}
    return PackPart(
        id="01-papers",
        title=Text("合规审计底稿", "Working papers of compliance audits"),
        looked=Text(
            "看过全部审计卷宗；列出期间内立卷、办理过或者仍未结的。逐项底稿在 papers/ 中。",
            "All dossiers of audits were looked at; those opened, acted in or still open in the"
            " period stand here. Item by item they are in papers/.",
        ),
        columns=_PAPERS,
        rows=rows,
        records=tuple(sorted(at for at in positions if at is not None)),
    )
