"""Audits and probes as the board sees them: read from what is kept, held to a real log."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.usecases.decision.automated_house import NEARBY, AutomatedHouse

from chengnuo.adapters.statement_folder import StatementFolder
from chengnuo.base.canonical import Tree
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.board import RowStatus, board_of
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.live import LiveOutcome, LiveResult
from chengnuo.domain.finding.live_board import with_live
from chengnuo.domain.finding.price_records import Shown
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.statements import StatementNotKeptError
from chengnuo.usecases.evidence.recording import Rows
from chengnuo.usecases.evidence.statements import StatementRecorder
from chengnuo.usecases.pricing import audits, probe_recording
from chengnuo.usecases.pricing.price_figures import PriceFigures

SUBJECT = [("audit", "0" * 64)]


class Prices:
    """A house with what records statements and what reads them."""

    def __init__(self, house: AutomatedHouse) -> None:
        self.house, self.folder = house, house.folder / "data" / "statements"
        self.start_again()

    def start_again(self) -> None:
        """Begin anew, as a service does that is started."""
        house = self.house
        self.recorder = StatementRecorder(
            recorder=house.recorder,
            signer=house.data.keys.signer,
            kept=StatementFolder(self.folder),
            by="cli",
        )
        self.figures = PriceFigures(
            statements=StatementFolder(self.folder), evidence=house.evidence, register=house.desk
        )

    def audit(self, verdict: str = "absent", **other: Tree) -> Position:
        said: dict[str, Tree] = {
            "verdict": verdict,
            "proved": verdict == "absent",
            "quotes": 9_000,
            "declares": "d",
        }
        return self.recorder.attest(
            key=audits.KEY_NAME,
            subject=SUBJECT,
            predicate_type=audits.PREDICATE,
            predicate=said | other,
        )[1]

    def probe(self, verdict: str = "absent", on: str = "found") -> Position:
        said: dict[str, Tree] = {
            "probe": "off",
            "aim": "off-switch",
            "outcome": "list",
            "verdict": verdict,
            "legs": [{"switch": "off", "verdict": verdict}, {"switch": "on", "verdict": on}],
        }
        return self.recorder.attest(
            key=probe_recording.KEY_NAME,
            subject=SUBJECT,
            predicate_type=probe_recording.PREDICATE,
            predicate=said,
            rows=Rows(activity=NEARBY),
        )[1]

    def results(self) -> dict[str, LiveResult]:
        runs = self.figures.runs(self.house.consents.now())
        return {run.control.id: run.result for run in runs}


@pytest.fixture
def prices(tmp_path: Path, catalogue: Catalogue) -> Iterator[Prices]:
    house = AutomatedHouse(tmp_path / "house", catalogue)
    yield Prices(house)
    house.close()


def test_what_was_stated_is_read_with_its_age_and_the_activities_of_the_register(
    prices: Prices,
) -> None:
    audit, probe = prices.audit(), prices.probe()
    prices.house.wait(days=2)
    records = prices.figures.of(prices.house.clock.now())
    assert [(one.position, one.days, one.shown) for one in records.audits] == [
        (audit, 2, Shown.ABSENT)
    ]
    (seen,) = records.probes
    assert (seen.position, seen.activity, seen.of_switch, seen.of_list) == (
        probe,
        NEARBY,
        True,
        True,
    )
    assert seen.differs_on is True
    assert records.ranked_by_switch == {NEARBY}
    assert records.priced == frozenset()
    results = prices.results()
    assert results["prices-audited"].outcome is LiveOutcome.PASSED
    assert results["lists-plain-when-off"].outcome is LiveOutcome.PASSED


@pytest.mark.parametrize(
    ("verdict", "other", "shown"),
    [
        ("found", {}, Shown.FOUND),
        ("inconclusive", {}, Shown.UNDECIDED),
        ("not-auditable", {}, Shown.UNDECIDED),
        ("absent", {"proved": False}, Shown.UNDECIDED),
    ],
)
def test_absence_without_its_whole_proof_is_none(
    prices: Prices, verdict: str, other: dict[str, Tree], shown: Shown
) -> None:
    prices.audit(verdict, **other)
    assert [one.shown for one in prices.figures.of(prices.house.clock.now()).audits] == [shown]


def test_a_statement_that_was_altered_or_taken_away_is_named_and_shows_nothing(
    prices: Prices,
) -> None:
    found, absent = prices.audit("found"), prices.audit()
    files = prices.folder
    (files / f"{found}.json").write_bytes((files / f"{absent}.json").read_bytes())
    result = prices.results()["price-statements-whole"]
    assert (result.outcome, [one.position for one in result.faults]) == (
        LiveOutcome.FAILED,
        [found],
    )
    (files / f"{found}.json").unlink()
    prices.start_again()
    result = prices.results()["price-statements-whole"]
    assert [one.position for one in result.faults] == [found]
    assert [one.position for one in prices.figures.of(prices.house.clock.now()).audits] == [absent]


def test_a_statement_at_a_position_of_another_record_or_of_none_is_named(prices: Prices) -> None:
    audit = prices.audit()
    other = prices.house.switched(on=True)
    for position in (other, 10**6):
        (prices.folder / f"{position}.json").write_bytes(
            (prices.folder / f"{audit}.json").read_bytes()
        )
    assert prices.figures.of(prices.house.clock.now()).unkept == (10**6, other)


def test_statements_of_others_are_not_looked_for(prices: Prices) -> None:
    prices.house.recorder.record(
        Kind.ATTESTATION,
        {"statement": "0" * 64, "signer": "chengnuo-release+0+0", "by": "cli"},
        rows=Rows(),
    )
    assert prices.figures.of(prices.house.clock.now()).unkept == ()


def test_every_statement_is_looked_at_and_one_that_changes_later_is_read_again(
    prices: Prices,
) -> None:
    """The oldest found a difference, and no newer one of the same audit tells otherwise."""
    found = prices.audit("found", declares="old")
    for number in range(30):
        prices.audit(declares=f"d{number}")
    seen = prices.figures.of(prices.house.clock.now())
    assert (len(seen.audits), seen.too_many, seen.unkept) == (31, False, ())
    assert prices.figures.of(prices.house.clock.now()) == seen
    assert prices.results()["prices-audited"].outcome is LiveOutcome.FAILED
    path = prices.folder / f"{found}.json"
    path.write_bytes(path.read_bytes().replace(b"signatures", b"signaturez"))
    assert prices.figures.of(prices.house.clock.now()).unkept == (found,)


def test_the_rows_of_the_board_follow(prices: Prices, catalogue: Catalogue) -> None:
    house = prices.house
    register = house.desk.served.register
    board = board_of(
        Facts(
            register=register,
            catalogue=catalogue,
            today=house.clock.now().date(),
            rule_ids=frozenset(),
        )
    )
    sound = replace(
        board, rows=tuple(replace(row, status=RowStatus.NOT_SHOWN) for row in board.rows)
    )

    def status(duty: str) -> RowStatus:
        runs = prices.figures.runs(house.consents.now())
        rows = with_live(sound, runs).rows
        return next(row.status for row in rows if row.duty.id == duty)

    assert status("duty-8") is RowStatus.NOT_SHOWN
    prices.audit()
    assert status("duty-8") is RowStatus.SHOWN
    assert status("pledge-3") is RowStatus.SHOWN
    prices.probe()
    assert status("duty-9") is RowStatus.SHOWN
    house.wait(days=32)
    assert status("duty-8") is RowStatus.SHOWN
    assert status("duty-9") is RowStatus.STALE
    house.wait(days=60)
    assert status("pledge-3") is RowStatus.STALE
    prices.probe("found")
    assert status("duty-9") is RowStatus.FAILING
    prices.audit("inconclusive")
    assert status("duty-8") is RowStatus.NOT_SHOWN


def test_where_the_disk_refuses_whoever_recorded_it_is_told(prices: Prices) -> None:
    prices.folder.parent.joinpath("statements").write_text("in the way", "utf-8")
    with pytest.raises(StatementNotKeptError):
        prices.audit()
