"""Drawing up the working papers of an audit: board, findings, dossiers and log of its period.

Nothing is changed and nobody's words are read: counts, positions and hashes alone.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from chengnuo.base.instant import to_us
from chengnuo.base.text import Text
from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.audit_conclusions import faulty
from chengnuo.domain.dossier.audit_items.all_items import items_for
from chengnuo.domain.dossier.audit_items.all_items import version as list_version
from chengnuo.domain.dossier.dossier import Dossier, DossierId
from chengnuo.domain.dossier.sort import DossierSort
from chengnuo.domain.dossier.sorts.audit import AUDIT
from chengnuo.domain.dossier.standing import state_of
from chengnuo.domain.finding.board import Board
from chengnuo.domain.finding.check import facts_of
from chengnuo.domain.governance.audit_answers import item_papers
from chengnuo.domain.governance.audit_papers import (
    AuditPapers,
    DossierCount,
    Looked,
    RecordCount,
    Remedy,
)
from chengnuo.domain.governance.handler_size import may_be_simplified
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.law.civil import civil_date, end_of, start_of
from chengnuo.ports.dossiers import NoSuchDossierError
from chengnuo.ports.evidence_log import LogReader, Record
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.following import remedy_key
from chengnuo.usecases.dossier.seen import Actor
from chengnuo.usecases.register_desk import Desk

MOST_RECORDS = 50_000
"""Records of the period that are counted; where there are more, it is said so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Auditing:
    """Draws up working papers.

    Attributes:
        desk: The desk of dossiers.
        register: The register in force.
        live: Joins what the controls over records find to a board.
        log: The evidence log.

    """

    desk: DossierDesk
    register: Desk
    live: Callable[[Board], Board]
    log: LogReader

    def papers(self, wanted: DossierId, actor: Actor) -> AuditPapers:
        """Return the working papers of an audit as of now.

        Raises:
            NoSuchDossierError: There is no such audit, or none that they may see.
            NoRegisterError: No register is in force.

        """
        audit = self.desk.one(wanted, actor).dossier
        if audit.sort != AUDIT.id:
            raise NoSuchDossierError
        now, served = self.desk.clock.now(), self.register.served
        today, catalogue = civil_date(now), self.register.catalogue
        looked = Looked(
            facts=facts_of(served.register, catalogue, today),
            board=self.live(served.board),
            findings=served.report.open_findings,
            dossiers=self._dossiers(audit, now),
            records=self._records(audit),
            remedies=self._remedies(audit, actor),
        )
        signed = self.log.checkpoint()
        return AuditPapers(
            audit=audit,
            state=state_of(AUDIT, audit).text,
            items=item_papers(audit, looked),
            list_version=list_version(),
            register_version=served.version,
            law_version=str(catalogue.version),
            handler=served.register.handler.name,
            on=today,
            log_size=0 if signed is None else signed.checkpoint.size,
            log_root="" if signed is None else signed.checkpoint.root.hex(),
            small=may_be_simplified(served.register.handler, catalogue, today),
        )

    def _dossiers(self, audit: Dossier, now: datetime) -> Mapping[str, DossierCount]:
        wanted = {name for one in items_for("") for name in one.sorts}
        sorts = {name.partition(":")[0] for name in wanted}
        start, end = _period(audit)
        found = dict[str, list[Dossier]]()
        for dossier in self.desk.store.every(sorted(sorts)):
            is_open = not state_of(SORTS[dossier.sort], dossier).final
            if dossier.id == audit.id or not (is_open or start <= dossier.opened_at < end):
                continue
            found.setdefault(dossier.sort, []).append(dossier)
            named = dossier.value(SORTS[dossier.sort].title_from)
            found.setdefault(f"{dossier.sort}:{named}", []).append(dossier)
        return {name: self._count(name, found.get(name, []), now) for name in wanted}

    def _count(self, name: str, some: list[Dossier], now: datetime) -> DossierCount:
        sort = SORTS[name.partition(":")[0]]
        positions = [act.position for one in some for act in one.acts if act.position is not None]
        return DossierCount(
            sort=name,
            text=sort.text if ":" not in name else _choice(sort, name),
            opened=len(some),
            still_open=sum(not state_of(sort, one).final for one in some),
            late=sum(any(clock.is_late(now) for clock in self.desk.clocks(one)) for one in some),
            newest=max(positions, default=None),
            where=f"/console/{sort.path}",
        )

    def _records(self, audit: Dossier) -> Mapping[str, RecordCount]:
        kinds = {kind for one in items_for("") for kind in one.kinds}
        counts, newest, all_counted = Counter[str](), dict[str, Record](), True
        for number, record in enumerate(self._of_period(audit)):
            if number == MOST_RECORDS:
                all_counted = False
                break
            kind = record.leaf.kind
            counts[kind] += 1
            newest.setdefault(kind, record)
        return {
            kind: RecordCount(
                kind=kind,
                count=counts[kind],
                at_least=not all_counted,
                newest=newest[kind].position if kind in newest else None,
                leaf=leaf_hash(newest[kind].entry).hex() if kind in newest else "",
            )
            for kind in kinds
        }

    def _of_period(self, audit: Dossier) -> Iterator[Record]:
        """Yield the records of the period, the newest first."""
        start, end = _period(audit)
        if self.log.checkpoint() is None:
            return
        for record in self.log.newest(before=self.log.at(to_us(end))):
            if record.leaf.at < to_us(start):
                return
            yield record

    def _remedies(self, audit: Dossier, actor: Actor) -> Mapping[int, Remedy]:
        found = dict[int, Remedy]()
        for one in faulty(audit):
            wanted = self.desk.store.by_key(remedy_key(audit, one))
            if wanted is None:
                continue
            seen = self.desk.one(wanted, actor)
            found[one.act.number] = Remedy(
                dossier=wanted,
                state=seen.state.text,
                due=str(seen.dossier.value("due")),
                done=seen.state.final,
            )
        return found


def _period(audit: Dossier) -> tuple[datetime, datetime]:
    first, last = str(audit.value("period-from")), str(audit.value("period-to"))
    return start_of(date.fromisoformat(first)), end_of(date.fromisoformat(last))


def _choice(sort: DossierSort, name: str) -> Text:
    """Return what dossiers are called whose opening names a value."""
    value = name.partition(":")[2]
    texts = [
        choice.text
        for act in sort.acts
        for field in act.fields
        if field.name == sort.title_from
        for choice in field.choices
        if choice.value == value
    ]
    named = texts[0] if texts else Text(value, value)
    return Text(f"{sort.text.zh}（{named.zh}）", f"{sort.text.en} ({named.en})")
