"""What answers an item by itself: controls, findings, dossiers and records, and which way each."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from tests.strategies.registers import small_register

from chengnuo.base.text import Text
from chengnuo.domain.dossier.audit_items.all_items import ITEMS, items_for
from chengnuo.domain.dossier.dossier import Act, Dossier, DossierId
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.finding.board import Board, board_of
from chengnuo.domain.finding.check import facts_of, report_of
from chengnuo.domain.finding.live import LiveOutcome, LiveRun
from chengnuo.domain.finding.live_board import with_live
from chengnuo.domain.finding.safeguard_controls import CONTROLS
from chengnuo.domain.finding.safeguard_records import SafeguardRecords, SafeguardSeen
from chengnuo.domain.governance.audit_answers import item_papers
from chengnuo.domain.governance.audit_papers import (
    AuditPapers,
    Bearing,
    DossierCount,
    ItemPaper,
    Looked,
    RecordCount,
    Remedy,
    Source,
)
from chengnuo.law.catalogue import Catalogue

ON = date(2026, 11, 29)
AT = datetime(2026, 11, 29, tzinfo=UTC)


def audit(*said: Mapping[str, str], kind: str = "regular") -> Dossier:
    plan = Act(number=1, what="plan", by="", party=Party.STAFF, at=AT, fields={"kind": kind})
    acts = tuple(
        Act(number=number, what="item", by="", party=Party.STAFF, at=AT, fields=dict(one))
        for number, one in enumerate(said, 2)
    )
    return Dossier(id=DossierId("au-1"), sort="audit", acts=(plan, *acts))


def looked(
    catalogue: Catalogue,
    *,
    runs: tuple[LiveRun, ...] = (),
    dossiers: Mapping[str, DossierCount] | None = None,
    records: Mapping[str, RecordCount] | None = None,
    remedies: Mapping[int, Remedy] | None = None,
) -> Looked:
    facts = facts_of(small_register(), catalogue, ON)
    report = report_of(facts)
    board: Board = board_of(facts, report=report)
    return Looked(
        facts=facts,
        board=with_live(board, runs),
        findings=report.open_findings,
        dossiers=dossiers or {},
        records=records or {},
        remedies=remedies or {},
    )


def papers(found: Looked, dossier: Dossier) -> dict[str, ItemPaper]:
    return {
        "other" if one.item is None else one.item.id: one for one in item_papers(dossier, found)
    }


def safeguard_runs(state: str) -> tuple[LiveRun, ...]:
    seen = SafeguardSeen(
        dossier="sg-1",
        measure="encryption",
        state=state,
        shown_on=ON if state != "not-shown" else None,
        next_due=ON if state != "not-shown" else None,
    )
    records = SafeguardRecords(on=ON, safeguards=(seen,))
    control = next(one for one in CONTROLS if one.id == "safeguard-encryption-shown")
    return (LiveRun(control=control, result=control.run(records)),)


@pytest.mark.parametrize(
    ("state", "outcome", "bearing"),
    [
        ("shown", LiveOutcome.PASSED, Bearing.FOR),
        ("failing", LiveOutcome.FAILED, Bearing.AGAINST),
        ("not-shown", LiveOutcome.NOT_SHOWN, Bearing.OPEN),
    ],
)
def test_a_control_over_records_speaks_as_it_ended(
    catalogue: Catalogue, state: str, outcome: LiveOutcome, bearing: Bearing
) -> None:
    runs = safeguard_runs(state)
    assert runs[0].result.outcome is outcome
    found = papers(looked(catalogue, runs=runs), audit())
    answers = {one.id: one for one in found["technical-measures"].answers}
    assert answers["safeguard-encryption-shown"].bearing is bearing
    assert "safeguard-encryption-shown" not in {one.id for one in found["deletion"].answers}


def test_what_is_only_declared_never_speaks_for_an_item(catalogue: Catalogue) -> None:
    for paper in item_papers(audit(), looked(catalogue)):
        for answer in paper.answers:
            if answer.source is Source.CONTROL:
                assert answer.bearing is not Bearing.FOR


def test_every_open_finding_that_cites_an_article_stands_under_the_item(
    catalogue: Catalogue,
) -> None:
    found = looked(catalogue)
    assert found.findings
    for paper in item_papers(audit(), found):
        assert paper.item is not None
        rows = [one for one in found.board.rows if one.duty.id in paper.item.rows]
        plain = {
            str(one.id)
            for one in found.findings
            if any(
                duty == article or duty.startswith(f"{article}.")
                for duty in one.duties
                for article in paper.item.rests_on
            )
            or any(one in run.result.findings for row in rows for run in row.runs)
        }
        assert {a.id for a in paper.answers if a.source is Source.FINDING} == plain


def test_dossiers_and_records_are_counted_with_where_they_stand(catalogue: Catalogue) -> None:
    complaints = DossierCount(
        sort="complaint",
        text=Text("投诉", "Complaint"),
        opened=4,
        still_open=1,
        late=1,
        newest=77,
        where="/console/complaints",
    )
    records = RecordCount(kind="complaint", count=9, at_least=True, newest=77, leaf="ab" * 32)
    found = papers(
        looked(catalogue, dossiers={"complaint": complaints}, records={"complaint": records}),
        audit(),
    )
    answers = {one.source: one for one in found["rights-channel"].answers}
    assert answers[Source.DOSSIERS].bearing is Bearing.AGAINST
    assert answers[Source.DOSSIERS].position == 77
    assert answers[Source.RECORDS].where == "/console/evidence/records/77"
    assert "至少 9 条" in answers[Source.RECORDS].text.zh
    assert answers[Source.RECORDS].leaf == "ab" * 32


def test_what_the_register_has_none_of_is_said_and_concluded_by_nobody(
    catalogue: Catalogue,
) -> None:
    found = papers(looked(catalogue), audit())
    assert found["platform"].absent is not None
    assert found["notice"].absent is None
    assert all(one.conclusion is None for one in found.values())


def test_a_conclusion_beside_what_speaks_against_it_is_named(catalogue: Catalogue) -> None:
    runs = safeguard_runs("failing")
    said = {"item": "technical-measures", "result": "conforms", "finding": "x"}
    remedy = Remedy(dossier=DossierId("rm-1"), state=Text("整改中", "x"), due="2027", done=False)
    beyond = {"item": "other", "duty": "合同第9条", "result": "partly", "finding": "x"}
    found = papers(looked(catalogue, runs=runs, remedies={3: remedy}), audit(said, beyond))
    assert found["technical-measures"].is_contradicted
    assert not found["notice"].is_contradicted
    assert found["other"].name.zh == "合同第9条"
    assert found["other"].remedy == remedy
    drawn = AuditPapers(
        audit=audit(),
        state=Text("审计中", "x"),
        items=tuple(found.values()),
        list_version="",
        register_version="",
        law_version="",
        handler=Text("甲", "A"),
        on=ON,
    )
    assert drawn.counts() == {
        "conforms": 1,
        "partly": 1,
        "does-not": 0,
        "not-applicable": 0,
        "open": len(ITEMS) - 1,
    }


def test_an_audit_of_minors_has_their_items_and_others_that_were_concluded(
    catalogue: Catalogue,
) -> None:
    said = {"item": "provision", "result": "conforms", "finding": "x"}
    found = papers(looked(catalogue), audit(said, kind="minors"))
    assert set(found) == {one.id for one in items_for("minors")} | {"provision"}
