"""A follower's own state equals the writer's, whatever is recorded, said or destroyed there."""

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from random import Random
from shutil import copy, copytree
from threading import Event
from time import monotonic

import pytest
from tests.following.moved import moved
from tests.servers.databases import Postgresql
from tests.usecases.consent.consent_kit import GUEST, LIN, NEARBY, PLACE, TeaHouse

from chengnuo.adapters.evidence import followed
from chengnuo.adapters.evidence.followed import OpenedToFollow, open_to_follow
from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.following import SaidMarkFile
from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.outlook import FollowedKeyRows, Outlooks
from chengnuo.adapters.postgresql.shared import SharedDatabase
from chengnuo.adapters.sql.consents import SqlConsents
from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.base.instant import to_us
from chengnuo.domain.consent.event import Act
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.ids import ActivityId, Version
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.consents import Seen
from chengnuo.ports.evidence_log import Appended, Draft
from chengnuo.ports.following import NoLeaderError, StaleStateError
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.reading import ConsentReading
from chengnuo.usecases.decision.books import Books, Edition
from chengnuo.usecases.decision.desk import DecisionDesk
from chengnuo.usecases.decision.opening import version_by_log
from chengnuo.usecases.evidence.recording import InForce, Recorder
from chengnuo.usecases.following import Followed, Following

pytestmark = pytest.mark.real
PEOPLE = (LIN, GUEST, *(PersonKey(f"{number}d" * 32) for number in range(4)))
MOST_MS = 3000


class Ticks:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def nobody_takes(drafts: object) -> Appended:
    """Hand drafts to nobody: there is no leader here."""
    del drafts
    raise NoLeaderError


class Follower:
    """What a process that follows stands on, in a folder of its own, without the doors."""

    def __init__(self, house: TeaHouse, folder: Path, url: str) -> None:
        self.house, self.folder, self.url = house, folder, url
        self.ticks = Ticks()
        data = folder / "data"
        if not data.exists():
            copytree(house.log_place / "keys", data / "keys")
            (data / "evidence" / "log").mkdir(parents=True)
            copy(house.log_place / "evidence" / "log" / "log.json", data / "evidence" / "log")
        self.open()

    def open(self) -> None:
        """Start as a service that follows does."""
        data = self.folder / "data"
        self.database = PostgresqlDatabase(self.url)
        rows = FollowedKeyRows(self.database)
        shared = SharedDatabase(database=self.database, holder="follower")
        self.opened: OpenedToFollow = open_to_follow(
            Place(data=data, master_key_file=self.house.log_place / "keys" / "epoch.key"),
            batches=shared.batches,
            keys=rows,
            clock=self.house.clock,
            handed=nobody_takes,
        )
        self.replica = SqliteDatabase(data / "replica", is_replica=True)
        self.consents = ConsentReading(
            recorder=Recorder(
                log=self.opened.log,
                payloads=self.opened.payloads,
                in_force=lambda: InForce(register="", law=""),
            ),
            store=SqlConsents(self.replica),
            desk=self.house.desk,
            clock=self.house.clock,
        )
        self.following = Following(
            Followed(
                source=Outlooks(self.database, rows, mine="follower"),
                keeper=self.consents.keeper,
                desk=self.house.desk,
                in_force=lambda: version_by_log(self.opened.log, self.opened.payloads),
                noted=lambda: None,
                tree=self.opened.log,
                mark=SaidMarkFile(data / "replica" / "said"),
            ),
            most_ms=MOST_MS,
            seconds=self.ticks,
        )

    def close(self) -> None:
        """Stop in good order."""
        self.opened.close()
        self.replica.close()
        self.following.close()
        self.database.close()

    def states(self) -> list[object]:
        """Return what is so about everybody, as this process sees it."""
        at = to_us(self.house.clock.now())
        return [self.consents.state_of(person, at) for person in PEOPLE]


@pytest.fixture
def house(
    postgresql_server: Postgresql, tmp_path: Path, catalogue: Catalogue
) -> Iterator[tuple[TeaHouse, str]]:
    with postgresql_server.database() as name:
        url = postgresql_server.url(name).render_as_string(hide_password=False)
        with moved(TeaHouse(tmp_path / "tea", catalogue), url) as made:
            yield made, url


def step(house: TeaHouse, random: Random) -> None:
    """Let something happen at the process that writes."""
    with suppress(InvalidInputError, ConflictError):  # not everything fits everybody at any time
        act(house, random, random.choice(PEOPLE))


def act(house: TeaHouse, random: Random, person: PersonKey) -> None:
    standing = house.consents.standing_of(person)
    match random.randrange(8):
        case 0 | 1 | 2:
            house.answer(random.choice((NEARBY, PLACE)), person=person)
        case 3 if any(one.event.act is Act.GIVE for one in standing.values()):
            item = next(one for one, entry in standing.items() if entry.event.act is Act.GIVE)
            house.consents.withdraw(person, item, surface="app", steps=1)
        case 4:
            house.consents.restrict(person, on=random.random() < 0.5)
        case 5:
            born = house.clock.now().date().replace(year=random.choice((1990, 2011, 2015)))
            house.consents.know(person, birth_date=born)
        case 6:
            house.consents.merge(person, random.choice(PEOPLE), method="sign-in")
        case _ if random.random() < 0.3:
            house.erase(person, proof=random.random() < 0.5)
            house.consents.open()  # as the service does
        case _:
            house.clock.pass_by(timedelta(minutes=1))


@pytest.mark.parametrize(
    ("seed", "looks"), [(30, 10), pytest.param(31, 120, marks=pytest.mark.slow)]
)
def test_states_are_equal_after_each_look(
    house: tuple[TeaHouse, str], tmp_path: Path, seed: int, looks: int
) -> None:
    tea, url = house
    random = Random(seed)
    with closing(Follower(tea, tmp_path / "other", url)) as follower:
        for _ in range(looks):
            for _ in range(random.randrange(1, 4)):
                step(tea, random)
            follower.following.look()
            at = to_us(tea.clock.now())
            assert follower.states() == [tea.consents.state_of(one, at) for one in PEOPLE]
            assert follower.consents.seen() == tea.consents.seen()


def test_what_was_said_while_it_was_down_is_taken_over(
    house: tuple[TeaHouse, str], tmp_path: Path
) -> None:
    tea, url = house
    follower = Follower(tea, tmp_path / "other", url)
    follower.following.look()
    day = tea.clock.now().date()
    for year, orderly in ((1990, True), (2011, False)):
        if orderly:
            follower.close()
        else:  # killed: nothing tells how far it had come
            follower.opened.close()
            follower.replica.close()
            follower.database.close()
        tea.consents.know(LIN, birth_date=day.replace(year=year))
        follower.open()
        follower.following.look()
        at = to_us(tea.clock.now())
        assert follower.consents.state_of(LIN, at) == tea.consents.state_of(LIN, at)
    follower.close()


def test_the_age_of_the_state_counts_from_before_the_last_whole_look(
    house: tuple[TeaHouse, str], tmp_path: Path
) -> None:
    tea, url = house
    with closing(Follower(tea, tmp_path / "other", url)) as follower:
        following, ticks = follower.following, follower.ticks
        with pytest.raises(StaleStateError):
            following.behind_ms()
        following.look()
        ticks.now += 2.5
        assert 2500 <= following.behind_ms() <= 2501
        assert following.left_s == pytest.approx(0.5)
        tea.answer(NEARBY)
        follower.replica.close()
        follower.replica.path.unlink()
        follower.replica.path.mkdir()
        with pytest.raises(Exception, match="cannot be used now"):
            following.look()
        ticks.now += 1.0
        assert following.left_s == 0
        with pytest.raises(StaleStateError):
            following.behind_ms()


class AskedMeanwhile:
    """A follower's states; something happens once what is so about somebody was read."""

    def __init__(self, follower: Follower, happens: Callable[[], object]) -> None:
        self.states, self.happens = follower.consents, happens

    def seen(self, *, by: int = 0) -> Seen:
        return self.states.seen(by=by)

    def at_hand(self, person: PersonKey) -> bool:
        return self.states.at_hand(person)

    def state_before(self, person: PersonKey, at: int, *, position: int | None = None) -> State:
        found = self.states.state_before(person, at, position=position)
        self.happens()
        return found


def test_an_answer_is_as_old_as_the_look_that_it_rests_on(
    house: tuple[TeaHouse, str], tmp_path: Path
) -> None:
    tea, url = house
    with closing(Follower(tea, tmp_path / "other", url)) as follower:
        following, ticks = follower.following, follower.ticks

        def edition() -> Edition:
            served = tea.desk.served
            return Edition(version=Version(served.version), register=served.register)

        def behind_ms(happens: Callable[[], object]) -> int | None:
            """Ask 2.5 seconds after a look."""
            following.look()
            ticks.now += 2.5
            desk = DecisionDesk(
                books=Books(edition, tea.catalogue),
                states=AskedMeanwhile(follower, happens),
                clock=tea.clock,
                as_of=following.as_of,
            )
            return desk.answer(GUEST, Request(activity=ActivityId("nearby"))).behind_ms

        def withdrawn() -> None:
            tea.consents.restrict(GUEST, on=True)
            following.look()

        def late() -> None:
            ticks.now += 1
            following.look()

        # What was acknowledged meanwhile, and is known by now, is not in it.
        assert behind_ms(withdrawn) == 2501
        with pytest.raises(StaleStateError):
            behind_ms(late)


def test_maps_and_tiles_come_along(house: tuple[TeaHouse, str], tmp_path: Path) -> None:
    tea, url = house
    with closing(Follower(tea, tmp_path / "other", url)) as follower:
        tea.consents.restrict(LIN, on=True)
        values = {"what": "test", "by": "cli", "single_person": True}
        tea.opened.log.append([tea.recorder.draft(Kind.CONFIGURATION, values)] * 300)
        follower.following.follow_tree()
        size = tea.records()
        signed = tea.opened.log.publish()
        tag = tea.opened.payloads.tag(LIN)
        assert tag is not None
        assert follower.opened.log.last(tag) == tea.opened.log.last(tag)
        assert follower.opened.log.last(tag)[0] == size == signed.checkpoint.size
        full = "tile/entries/000"
        ours = (tea.log_place / "evidence" / "log" / full).read_bytes()
        assert (tmp_path / "other/data/evidence/log" / full).read_bytes() == ours
        assert not (tmp_path / "other/data/evidence/log/checkpoint").exists()


def test_what_nobody_takes_is_not_recorded(house: tuple[TeaHouse, str], tmp_path: Path) -> None:
    tea, url = house
    with closing(Follower(tea, tmp_path / "other", url)) as follower:
        drafts: list[Draft] = []
        with pytest.raises(NoLeaderError):
            follower.opened.log.append(drafts)


def test_whoever_waits_for_their_records_waits_no_longer_than_so(
    house: tuple[TeaHouse, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Event()

    def hangs(drafts: object) -> Appended:
        del drafts
        answers.wait(10)
        raise NoLeaderError

    monkeypatch.setattr(followed, "ANSWER_S", 0.05)
    monkeypatch.setattr("tests.following.test_level.nobody_takes", hangs)
    with closing(Follower(house[0], tmp_path / "second", house[1])) as follower:
        began_s = monotonic()
        with pytest.raises(NoLeaderError):
            follower.opened.log.append([Draft(kind=Kind.DECISION, payload=b"{}")])
        assert monotonic() - began_s < 5
        answers.set()
