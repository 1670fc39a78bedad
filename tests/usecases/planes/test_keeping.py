"""Planes equal the state: told, replayed, made anew, over registers, birthdays, full memory."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from tests.usecases.consent.consent_kit import (
    A_PURPOSE,
    CHILD,
    GUEST,
    LIN,
    MINORS,
    NEARBY,
    PARENT,
    PLACE,
    WALL,
)
from tests.usecases.planes.planes_kit import PlanesHouse

from chengnuo.adapters.planes.files import PlanesUnavailableError
from chengnuo.adapters.planes.limits import PlanesLockedError
from chengnuo.adapters.planes.opening import SNAPSHOT, keep_snapshot, open_to_write
from chengnuo.adapters.planes.place import outdate_planes_of
from chengnuo.adapters.planes.writing import PlaneWriter
from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.consent.event import Act
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.ids import SwitchId
from chengnuo.engines.planes.planes import Whole
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.civil import civil_date
from chengnuo.ports.consents import KnownOfIndividual
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.planes import Mark

NEAR_FIRST = SwitchId("near-first")
PEOPLE = (LIN, GUEST, CHILD, PersonKey("4d" * 32))


@pytest.fixture
def house(tmp_path: Path, catalogue: Catalogue) -> Iterator[PlanesHouse]:
    made = PlanesHouse(tmp_path / "house", catalogue)
    made.planes.settle()
    yield made
    made.close()


def act(house: PlanesHouse, random: Random) -> None:
    """Let somebody do something; what cannot be done is done by nobody."""
    person, item = random.choice(PEOPLE), random.choice((NEARBY, PLACE, WALL, MINORS))
    born = civil_date(house.clock.now()) - timedelta(days=random.choice((9000, 6000, 3000)))
    guardian = random.choice((None, PARENT))
    until = random.choice((None, None, house.clock.now() + timedelta(minutes=random.randint(1, 9))))
    acts = (
        lambda: house.answer(item, person=person, guardian=guardian, until=until),
        lambda: house.answer(item, person=person, guardian=guardian),
        lambda: house.answer(item, Act.REFUSE, person=person, guardian=guardian),
        lambda: house.withdraw(item, person=person),
        lambda: house.consents.set_switch(
            person, NEAR_FIRST, on=random.random() < 0.5, surface="app"
        ),
        lambda: house.consents.restrict(person, on=random.random() < 0.5),
        lambda: house.consents.know(person, birth_date=born),
        lambda: house.consents.know(person, account=random.choice(tuple(AccountState))),
        lambda: house.consents.merge(person, random.choice(PEOPLE), method="phone"),
        lambda: house.wait(minutes=random.randint(0, 3)),
        house.consents.expire_due,
    )
    try:
        random.choice(acts)()
    except ChengnuoError:
        return


@pytest.mark.parametrize("seed", range(3))
def test_planes_equal_the_state_after_every_act(house: PlanesHouse, seed: int) -> None:
    random = Random(seed)
    for number in range(40):
        act(house, random)
        assert house.planes.status().current, house.planes.status().why
        assert house.unequal() == []
        if number == 20:
            house.start_again()
            assert not house.planes.status().current
            house.planes.settle()


def test_an_act_is_in_the_planes_before_it_is_acknowledged(house: PlanesHouse) -> None:
    recorded = house.answer(NEARBY)
    reader = house.reader()
    assert (reader.position, house.unequal()) == (recorded.position + 1, [])
    house.withdraw(NEARBY)
    assert house.unequal() == []


def test_planes_of_an_earlier_service_are_replayed_from_where_they_stand(
    house: PlanesHouse, tmp_path: Path
) -> None:
    house.answer(NEARBY)
    house.consents.know(LIN, birth_date=date(1990, 1, 1))
    before = house.writer.reached_to.position
    house.writer.put(99, Whole(flags=7))  # of nobody, so that it can be told whether it stays
    kept = shutil.copytree(house.memory, tmp_path / "kept")
    house.withdraw(NEARBY)
    house.answer(WALL, person=GUEST)
    house.close()
    for path in kept.iterdir():  # as a service left them that was killed before it wrote them
        (house.memory / path.name).write_bytes(path.read_bytes())
    house.open()
    assert house.writer.reached_to.position == before
    house.planes.settle()
    assert house.writer.planes.flags_of(99) == 7, "nothing was made anew"
    assert (house.planes.status().current, house.unequal()) == (True, [])


def stopped_in_good_order(house: PlanesHouse) -> Path:
    """Stop a service with a snapshot, and take the memory away as a new start of the machine does.

    What stood in the planes of nobody tells afterwards whether they were made anew.
    """
    house.answer(NEARBY)
    house.consents.know(LIN, birth_date=date(1990, 1, 1))
    house.writer.put(99, Whole(flags=7))
    keep_snapshot(house.folder / "data", house.writer, made=5)
    house.close()
    shutil.rmtree(house.memory)
    return house.folder / "data" / SNAPSHOT


def test_planes_begin_with_the_snapshot_of_a_stop_in_good_order(house: PlanesHouse) -> None:
    snapshot = stopped_in_good_order(house)
    assert snapshot.exists()
    house.open()
    assert not snapshot.exists(), "a second start must not begin with it"
    house.withdraw(NEARBY)  # what came since is replayed
    house.planes.settle()
    assert house.writer.planes.flags_of(99) == 7, "nothing was made anew"
    assert (house.planes.status().current, house.unequal()) == (True, [])


@pytest.mark.parametrize("harm", ["a flipped bit", "cut short", "of another folder"])
def test_a_snapshot_that_is_not_to_be_relied_on_is_passed_over(
    house: PlanesHouse, harm: str
) -> None:
    snapshot = stopped_in_good_order(house)
    content = bytearray(snapshot.read_bytes())
    if harm == "a flipped bit":
        content[-5000] ^= 1
    elif harm == "cut short":
        del content[-5000:]
    else:
        at = content.index(b'"identity":"') + 12
        content[at] = ord("0") if content[at] != ord("0") else ord("1")
    snapshot.write_bytes(content)
    house.open()
    house.planes.settle()
    assert not snapshot.exists()
    assert house.writer.planes.flags_of(99) == 0
    assert (house.planes.status().current, house.unequal()) == (True, [])


def test_planes_that_are_there_are_used_and_not_the_snapshot(house: PlanesHouse) -> None:
    house.answer(NEARBY)
    keep_snapshot(house.folder / "data", house.writer, made=5)
    house.consents.know(LIN, birth_date=date(1990, 1, 1))  # not in the log, nor in the snapshot
    house.start_again()
    house.planes.settle()
    assert not (house.folder / "data" / SNAPSHOT).exists()
    assert house.unequal() == []


def test_no_snapshot_is_kept_of_planes_that_are_not_current(house: PlanesHouse) -> None:
    house.answer(NEARBY)
    house.planes.lost()
    keep_snapshot(house.folder / "data", house.writer, made=5)
    assert not (house.folder / "data" / SNAPSHOT).exists()


@pytest.mark.parametrize("harm", ["another log", "ahead of the log", "raw", "gone", "damaged"])
def test_planes_that_do_not_fit_are_made_anew(house: PlanesHouse, harm: str) -> None:
    house.answer(NEARBY)
    house.answer(WALL, person=GUEST)
    header, reached = house.writer._header, house.writer.reached_to  # noqa: SLF001  the harm
    house.writer.put(1, Whole(flags=0x3F))
    if harm == "another log":
        header.reached = type(reached)(position=reached.position, at=0, anchor=b"x" * 32)
    elif harm == "ahead of the log":
        header.reached = type(reached)(position=99, at=0, anchor=reached.anchor)
    elif harm == "raw":
        header.mark = Mark.RAW
    house.close()
    if harm == "gone":
        shutil.rmtree(house.memory)
    elif harm == "damaged":
        (house.memory / "lane-0001").write_bytes(b"something else" + bytes(9000))
    house.open()
    house.planes.settle()
    assert (house.planes.status().current, house.unequal()) == (True, [])


def test_whoever_opens_the_log_to_write_it_takes_the_mark_away(house: PlanesHouse) -> None:
    house.answer(NEARBY)
    outdate_planes_of(house.folder / "data")
    assert house.writer.mark is Mark.BEHIND
    house.planes.settle()
    assert house.writer.mark is Mark.CURRENT


def test_planes_of_a_copied_data_folder_are_not_those_of_the_first(
    house: PlanesHouse, tmp_path: Path
) -> None:
    copy = shutil.copytree(house.folder / "data", tmp_path / "copy")
    outdate_planes_of(copy)
    assert house.writer.mark is Mark.CURRENT


def test_a_second_service_on_the_same_planes_is_refused(house: PlanesHouse) -> None:
    with pytest.raises(PlanesLockedError):
        open_to_write(house.folder / "data", house.memory)


def test_a_folder_that_others_can_write_is_refused(house: PlanesHouse, tmp_path: Path) -> None:
    for mode in (0o720, 0o702):
        folder = tmp_path / f"open-{mode}"
        folder.mkdir()
        folder.chmod(mode)
        with pytest.raises(PlanesUnavailableError):
            open_to_write(house.folder / "data", folder)
    (tmp_path / "link").symlink_to(house.memory)
    with pytest.raises(PlanesUnavailableError):
        open_to_write(house.folder / "data", tmp_path / "link")


def test_another_register_and_the_first_again_are_followed(house: PlanesHouse) -> None:
    house.answer(NEARBY)
    house.answer(PLACE)
    house.answer(NEARBY, Act.REFUSE, person=GUEST)
    house.answer(WALL, person=GUEST)
    older = (house.folder / "register" / "register.yaml").read_text("utf-8")
    house.edit(A_PURPOSE, "{zh: 推荐附近的茶舍与活动, en: Show tea houses and events nearby}")
    house.planes.register_changed()
    assert not house.planes.status().current
    house.withdraw(WALL, person=GUEST)  # before they are for it
    house.planes.settle()
    assert house.unequal() == []
    house.answer(NEARBY, person=GUEST)
    assert house.unequal() == []
    house.write(older)
    house.desk.load(by="cli")
    house.planes.register_changed()
    house.planes.settle()
    assert (house.planes.status().current, house.unequal()) == (True, [])


@pytest.mark.parametrize(("years", "steps"), [(14, 1), (18, 1), (14, 9)])
def test_a_birthday_is_in_the_planes_once_the_day_has_turned(
    house: PlanesHouse, years: int, steps: int
) -> None:
    today = civil_date(house.clock.now())
    house.answer(WALL)
    house.answer(WALL, person=GUEST)
    house.consents.know(LIN, birth_date=today.replace(year=today.year - years))
    house.consents.know(GUEST, birth_date=today.replace(year=1980))
    before = house.unequal()
    reader = house.reader()
    house.wait(days=steps)
    now = house.consents.keeper.now()
    assert not reader.counts(reader.generation, now), "until then they count for the older day"
    house.planes.settle()
    assert reader.counts(reader.generation, now)
    assert (before, house.unequal()) == ([], [])


def test_somebody_erased_is_suppressed_also_under_an_ordinal_nobody_has_any_more(
    house: PlanesHouse,
) -> None:
    for person in (LIN, GUEST):
        house.answer(NEARBY, person=person)
    ordinals = [house.consents.ordinal_of(person) for person in (LIN, GUEST)]
    house.erase(LIN)
    house.erase(GUEST, proof=False)
    house.consents.open()
    house.planes.settle()
    flags = [house.reader().planes().flags_of(one or 0) for one in ordinals]
    assert [one & 0x20 for one in flags] == [0x20, 0x20]
    assert house.consents.ordinal_of(LIN) is None


def test_what_the_operator_said_is_written_after_a_kill_in_between(house: PlanesHouse) -> None:
    house.answer(NEARBY)
    keeper = house.consents.keeper
    house.planes.expects(LIN)
    keeper.store.know(LIN, KnownOfIndividual(account=AccountState.CANCELLED))
    house.start_again()  # as if killed before the planes were told
    house.planes.settle()
    assert house.unequal() == []


def test_planes_that_cannot_be_written_are_relied_on_by_nobody(
    house: PlanesHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.answer(NEARBY)

    def full(self: PlaneWriter, ordinal: int, whole: Whole) -> None:
        del self, ordinal, whole
        raise PlanesUnavailableError("No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(PlaneWriter, "put", full)
        house.withdraw(NEARBY)  # it is recorded and acknowledged all the same
        assert house.stands(NEARBY) is Act.WITHDRAW
        assert not house.planes.status().current
        assert house.planes.status().why == "planes-unavailable"
        with pytest.raises(PlanesUnavailableError):
            house.planes.settle()
        assert not house.planes.status().current
    house.planes.settle()
    assert (house.planes.status().current, house.unequal()) == (True, [])
