"""Somebody about whom very much is kept: every page of theirs shows a leaf, and reads no more."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.prompt_kit import come_in
from tests.doors.service_kit import Kit, start
from tests.doors.web.consent_kit import GENERAL
from tests.doors.web.real_shop import PAGE, RealShop, asked_for, real_shop
from tests.doors.web.test_prompt_pages import answered

from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import RequestId
from chengnuo.doors.web.centre_rights_lines import AT_ONCE
from chengnuo.doors.web.leafing import ON_A_LEAF
from chengnuo.ports.evidence_log import Position, Record
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.dossier.seen import Actor

REGISTER = str(Path(__file__).parents[3] / "examples" / "shop" / "register")
REQUESTS = 2 * ON_A_LEAF + 7
COMPLAINT = re.compile(r'href="/centre/complaints/(cp-[a-z0-9]{10})"')
ONE = re.compile(r'href="/centre/rights/requests/(rq-[a-z2-7]{20})"')
_LETTERS = str.maketrans("0123456789", "abcdefghij")


@dataclass(slots=True)
class Counting:
    """A log that counts what is read of it."""

    log: object
    read: int = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self.log, name)

    def record(self, position: Position) -> Record:
        self.read += 1
        found = self.log.record(position)  # type: ignore[attr-defined]  # a log
        assert isinstance(found, Record)
        return found


@dataclass(slots=True)
class CountingStore:
    """A store that counts which dossiers it returns of somebody."""

    store: object
    read: int = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self.store, name)

    def of(self, *asked: object, **part: object) -> tuple[Dossier, ...]:
        found: tuple[Dossier, ...] = self.store.of(*asked, **part)  # type: ignore[attr-defined]  # a store
        self.read += len(found)
        return found


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Kit, Browser, PersonKey]]:
    kit = start(tmp_path_factory.mktemp("much") / "data", demo=True, register=REGISTER)
    browser, person = come_in(kit, "a")
    for _ in range(30):
        assert answered(browser, GENERAL, answer="give").status_code == 303
        kit.service.services.consents.withdraw(person, GENERAL, surface="centre", steps=1)
        kit.clock.pass_by(timedelta(seconds=1))
    come_in(kit, "b")
    yield kit, browser, person
    kit.service.close()


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with real_shop(tmp_path_factory.mktemp("asking")) as shop:
        browser = shop.come_in(minutes_ago=1)
        _ask_often(shop, asked_for(browser, "access", {"scope": "all"}))
        yield browser


def _ask_often(shop: RealShop, where: str) -> None:
    """Lay one real request very many times, every third of them at its end."""
    desk = shop.service.services.rights
    assert desk is not None
    store, first = desk._room.store, RequestId(where.rpartition("/")[2])  # noqa: SLF001  past the desk
    case, secret, line = store.case(first), store.secret(first), store.lines(first)[0]
    assert case is not None
    assert secret is not None
    for number in range(REQUESTS - 1):
        request = RequestId(f"rq-{number:020}".translate(_LETTERS))
        received = case.request.received - timedelta(minutes=number // 3)
        asked = replace(case.request, id=request, received=received)
        stage = Stage.TAKEN_BACK if number % 3 == 0 else case.stage
        store.add(replace(case, request=asked, stage=stage, next_at=None), secret, line)


@pytest.mark.parametrize("limit", [1, 7, 50, 1000])
def test_some_of_ones_records_are_a_part_of_all_and_no_more_are_read(
    busy: tuple[Kit, Browser, PersonKey], limit: int
) -> None:
    kit, _, person = busy
    desk = kit.service.services.evidence
    every = desk.mine(person)
    counting = Counting(desk.log)
    counted = replace(desk, log=counting)  # type: ignore[arg-type]  # it stands for the log
    found: list[Record] = []
    before = None
    while True:
        counting.read = 0
        leaf = counted.some_of_mine(person, limit=limit, before=before)
        assert counting.read <= limit + 4
        assert leaf.total == len(every)
        found += leaf.records
        if not leaf.more:
            break
        before = leaf.records[-1].position
    assert found == list(every)


def test_a_record_of_somebody_else_is_no_place_to_go_on_from(
    busy: tuple[Kit, Browser, PersonKey],
) -> None:
    kit, browser, person = busy
    desk = kit.service.services.evidence
    theirs = {one.position for one in desk.mine(person)}
    foreign = next(one.position for one in desk.log.newest() if one.position not in theirs)
    newest = desk.some_of_mine(person, limit=3)
    for before in (foreign, Position(10**12)):
        assert desk.some_of_mine(person, limit=3, before=before) == newest
        assert browser.get(f"/centre/receipts?before={before}").status_code == 200


def test_the_requests_stand_on_leaves_and_each_on_one(asking: Browser) -> None:
    seen: list[str] = []
    for leaf in range(3):
        page = asking.get(f"{PAGE}/requests?leaf={leaf}")
        assert len(page.content) < 100_000
        assert "leaf=" in page.text
        seen += dict.fromkeys(ONE.findall(page.text))
    assert len(seen) == len(set(seen)) == REQUESTS
    assert ONE.findall(asking.get(f"{PAGE}/requests?leaf=99999").text) == []


@pytest.mark.parametrize("path", ["/centre", PAGE])
def test_a_strip_has_the_most_urgent_and_the_way_to_all(asking: Browser, path: str) -> None:
    page = asking.get(path).text
    assert len(ONE.findall(page)) == AT_ONCE
    assert f'href="{PAGE}/requests"' in page


def test_complaints_stand_on_leaves_and_each_on_one(
    busy: tuple[Kit, Browser, PersonKey],
) -> None:
    kit, browser, person = busy
    desk = kit.service.services.dossiers
    assert desk is not None
    me = Actor(party=Party.INDIVIDUAL, names=frozenset({person}))
    every = []
    for _ in range(REQUESTS):
        words = {"cause": "leak", "text": "有人打电话"}
        every.append(desk.open("complaint", "file", me, words, person=person).dossier.id)
        kit.clock.pass_by(timedelta(seconds=1))
    counting = CountingStore(desk.store)
    counted = replace(desk, store=counting)  # type: ignore[arg-type]  # it stands for the store
    assert len(counted.of(me, ["complaint"], limit=ON_A_LEAF)) == ON_A_LEAF
    assert counting.read == ON_A_LEAF
    seen: list[str] = []
    for leaf in range(3):
        page = browser.get(f"/centre/complaints?leaf={leaf}")
        assert len(page.content) < 100_000
        seen += dict.fromkeys(COMPLAINT.findall(page.text))
    assert seen == every[::-1]
    assert COMPLAINT.findall(browser.get("/centre/complaints?leaf=99999").text) == []
