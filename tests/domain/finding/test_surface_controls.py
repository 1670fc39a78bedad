"""The eleven items of the 2021 action: each has a control, a status and a reason."""

from datetime import date

import pytest
from tests.strategies.clean_register import TODAY

from chengnuo.domain.dossier.sorts.recorded_control import ITEMS
from chengnuo.domain.finding.board import BoardRow, Publication, RowStatus, board_of
from chengnuo.domain.finding.check import facts_of
from chengnuo.domain.finding.dossier_controls import CONTROLS as OVER_DOSSIERS
from chengnuo.domain.finding.dossier_records import DossierRecords, HotlineSeen, RecordedSeen
from chengnuo.domain.finding.live import run_all
from chengnuo.domain.finding.live_board import with_live
from chengnuo.domain.finding.surface_controls import CONTROLS
from chengnuo.domain.register.canonical import version_of
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue

ELEVEN = {
    "action524-5.1": ("tariffs",),
    "action524-5.2": ("gigabit",),
    "action524-5.3": ("policy-summary", "permission-purpose"),
    "action524-5.4": ("splash",),
    "action524-5.5": ("cloud-speed",),
    "action524-2.1": ("menus",),
    "action524-2.2": ("menus",),
    "action524-4.1": ("across-regions",),
    "action524-4.2": ("portability",),
    "action524-4.3": (),
    "action524-4.4": ("responsibility-chain",),
}
"""What is looked at for each; the hotline has its own figures."""
LOOKED = date(2026, 11, 20)
FOR_CARRIERS = {"action524-5.1", "action524-5.2", "action524-4.1", "action524-4.2"}


def seen(item: str, state: str = "shown", *, why: str = "", stale: bool = False) -> RecordedSeen:
    return RecordedSeen(
        dossier=f"rc-{item}", item=item, state=state, on=LOOKED, why=why, stale=stale
    )


def month(*, wait: int = 12, answered: float = 0.9) -> HotlineSeen:
    return HotlineSeen(
        dossier="hl-1",
        first=date(2026, 10, 1),
        mean_wait_s=wait,
        most_wait_s=30,
        answered=answered,
        more_than=0.85,
    )


def rows(register: Register, catalogue: Catalogue, records: DossierRecords) -> dict[str, BoardRow]:
    published = Publication(version_of(register), TODAY)
    board = board_of(facts_of(register, catalogue, TODAY), published=published)
    shown = with_live(board, run_all(OVER_DOSSIERS, records))
    return {row.duty.id: row for row in shown.in_set("action524")}


def test_each_of_the_eleven_has_a_control_a_status_and_a_reason(
    clean: Register, catalogue: Catalogue
) -> None:
    found = rows(clean, catalogue, DossierRecords(dossiers=()))
    assert set(found) == set(ELEVEN)
    for row in found.values():
        assert row.live, row.duty.id
        assert row.why.zh
        assert row.why.en
    not_for_apps = {one for one, row in found.items() if row.status is RowStatus.NOT_APPLICABLE}
    assert not_for_apps == FOR_CARRIERS | {"action524-5.5"}
    for one in FOR_CARRIERS:
        assert TODAY.isoformat() in found[one].why.zh, "a reason without its day"
        assert TODAY.isoformat() in str(found[one].why.en)


def test_everything_that_is_looked_at_belongs_to_a_control() -> None:
    looked = {item for items in ELEVEN.values() for item in items}
    others = {"anonymous-content", "face", "covert", "other"}
    assert looked | others == {one.value for one in ITEMS}
    beside = {"also-1", "also-2", "also-3"}
    assert {duty for one in CONTROLS for duty in one.duties} == set(ELEVEN) | beside


@pytest.mark.parametrize(("duty", "items"), [(k, v) for k, v in ELEVEN.items() if v])
def test_a_row_is_what_was_found_last(
    duty: str, items: tuple[str, ...], clean: Register, catalogue: Catalogue
) -> None:
    def status(*recorded: RecordedSeen) -> BoardRow:
        return rows(clean, catalogue, DossierRecords(dossiers=(), recorded=recorded))[duty]

    rest = tuple(map(seen, items[1:]))
    assert status(*map(seen, items)).status is RowStatus.SHOWN
    failing = status(seen(items[0], "failing"), *rest)
    assert failing.status is RowStatus.FAILING
    assert any(fault.dossier for run in failing.live for fault in run.result.faults)
    assert status(seen(items[0], stale=True), *rest).status is RowStatus.STALE
    open_one = status(seen(items[0], "not-shown"), *rest)
    assert open_one.status is RowStatus.NOT_SHOWN
    why = "应用没有这类内容"
    ours = status(*(seen(one, "not-applicable", why=why) for one in items))
    assert ours.status is RowStatus.NOT_APPLICABLE
    assert LOOKED.isoformat() in ours.why.zh
    assert why in ours.why.zh


@pytest.mark.parametrize(
    ("one", "status"),
    [
        pytest.param(month(), RowStatus.SHOWN, id="in time, by people"),
        pytest.param(month(wait=30), RowStatus.SHOWN, id="30 s is at most 30 s"),
        pytest.param(month(wait=31), RowStatus.FAILING, id="slower"),
        pytest.param(month(answered=0.85), RowStatus.FAILING, id="85 % is not above 85 %"),
    ],
)
def test_the_hotline_is_held_to_the_targets(
    one: HotlineSeen, status: RowStatus, clean: Register, catalogue: Catalogue
) -> None:
    records = DossierRecords(dossiers=(), hotline=(one,))
    assert rows(clean, catalogue, records)["action524-4.3"].status is status
