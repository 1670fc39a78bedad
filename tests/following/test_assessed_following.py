"""What a process that follows knows of dossiers comes in the thread that follows alone."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copy, copytree
from threading import Event, Thread

import pytest
from tests.following.moved import moved
from tests.servers.databases import Postgresql
from tests.usecases.borders.assessed_house import AssessedHouse
from tests.waiting import until

from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.shared import SharedDatabase
from chengnuo.doors.settings import EvidenceSettings, ServeSettings
from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.dossier.assessed import KeptAssessments
from chengnuo.wiring.following_parts import Parts, parts_of
from chengnuo.wiring.program import Program

pytestmark = pytest.mark.real


@pytest.fixture
def url(postgresql_server: Postgresql) -> Iterator[str]:
    with postgresql_server.database() as name:
        yield postgresql_server.url(name).render_as_string(hide_password=False)


@pytest.fixture
def house(url: str, tmp_path: Path, catalogue: Catalogue) -> Iterator[AssessedHouse]:
    with moved(AssessedHouse(tmp_path / "tea", catalogue), url) as made:
        yield made


@pytest.fixture
def parts(house: AssessedHouse, url: str, tmp_path: Path) -> Iterator[Parts]:
    data, keys = tmp_path / "other", house.log_place / "keys"
    copytree(keys, data / "keys")
    (data / "evidence" / "log").mkdir(parents=True)
    copy(house.log_place / "evidence" / "log" / "log.json", data / "evidence" / "log")
    settings = ServeSettings(
        data=str(data),
        database=url,
        evidence=EvidenceSettings(master_key_file=str(keys / "epoch.key")),
    )
    with closing(PostgresqlDatabase(url)) as database:
        shared = SharedDatabase(database=database, holder="follower")
        with closing(parts_of(settings, Program().registers(), shared)) as made:
            yield made


def test_whoever_asks_waits_for_no_look(
    house: AssessedHouse, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_reading, goes_on, look = Event(), Event(), KeptAssessments._look  # noqa: SLF001

    def held(self: KeptAssessments, *upto: float) -> None:
        is_reading.set()
        assert goes_on.wait(10)
        look(self, *upto)

    house.begin("letters")
    level = parts.assessed.level()
    monkeypatch.setattr(KeptAssessments, "_look", held)
    following = Thread(target=parts.following.look)
    following.start()
    until(is_reading.is_set)
    found: list[int] = []
    asking = Thread(target=lambda: found.append(parts.assessed.level()))
    asking.start()
    asking.join(1)
    is_told = bool(found)
    goes_on.set()
    for one in (following, asking):
        one.join(10)
    assert is_told
    assert found == [level] == [0]
    assert parts.assessed.level() == house.kept.level()


def test_no_more_is_known_than_the_state_has_taken_in(
    house: AssessedHouse, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.begin("letters")
    keeper, first = parts.consents.keeper, house.kept.level()
    seen = keeper.level

    def overtaken() -> int:
        """Take in what there is, and let more be recorded before dossiers are looked at."""
        size = seen()
        house.agree(1)
        house.begin("letters")
        return size

    with monkeypatch.context() as patch:
        patch.setattr(keeper, "level", overtaken)
        parts.following.look()
    assert parts.assessed.level() == first == parts.consents.seen().position
    parts.following.look()
    assert parts.assessed.level() == house.kept.level() > first
