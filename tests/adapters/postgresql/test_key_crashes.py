"""Keys in PostgreSQL end at any step of an erasure: nothing is lost, what was erased is gone."""

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from tests.adapters.evidence.key_kit import KeysPlace, erasure, file_holding, person, raw, raws
from tests.adapters.evidence.test_key_vault_crashes import Crash, EndingHolder, Steps
from tests.servers.databases import Postgresql

from chengnuo.adapters.evidence import key_vault_epochs
from chengnuo.adapters.evidence.kept_keys import KeptKeys
from chengnuo.adapters.evidence.key_vault_schema import KeyRow
from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.key_rows import PostgresqlKeyRows, _Rows
from chengnuo.domain.evidence.kinds import KeyClass

pytestmark = pytest.mark.slow
PEOPLE = [person(number) for number in range(7)]
CONTENT_OF, PROOF_OF = PEOPLE[1], PEOPLE[4]
ERASURES = {CONTENT_OF: erasure(50), PROOF_OF: erasure(51, KeyClass.PROOF)}


class EndingRows(PostgresqlKeyRows):
    """Rows that end at a step: before a statement, before a commit, or just after one."""

    def __init__(self, database: PostgresqlDatabase, steps: Steps) -> None:
        super().__init__(database)
        self.steps = steps

    def execute(self, statement: str, values: Sequence[object] = ()) -> _Rows:
        self.steps.step()
        return super().execute(statement, values)

    def insert(self, rows: Iterable[KeyRow]) -> None:
        self.steps.step()
        super().insert(rows)

    @contextmanager
    def writing(self) -> Iterator[None]:  # type: ignore[override]  # a generator as well
        with super().writing():
            yield
            self.steps.step()
        self.steps.step()


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_vault_epochs, "_CHUNK", 2)


@pytest.fixture(scope="module")
def before(
    postgresql_server: Postgresql,
    postgresql_tables: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, Path]]:
    """A database with keys that others are copies of, and the folder of its epoch key."""
    folder = tmp_path_factory.mktemp("before")
    with postgresql_server.database(like=postgresql_tables) as name:
        with (
            closing(PostgresqlDatabase(url_of(postgresql_server, name))) as database,
            closing(KeysPlace(folder, database).vault()) as vault,
        ):
            vault.ready(PEOPLE, content=True)
        yield name, folder


def url_of(server: Postgresql, name: str) -> str:
    return server.url(name).render_as_string(hide_password=False)


def is_erased(place: KeysPlace, known: dict[object, tuple[int, bytes | None, bytes]]) -> bool:
    """Open what a crash left, hold it to what there was; tell whether it is erased."""
    expected = dict(known)
    with closing(place.vault()) as vault:
        erased = vault.erasures(CONTENT_OF) == (ERASURES[CONTENT_OF],)
        assert [one.key for one in vault.erasures(PROOF_OF)] == [KeyClass.PROOF] * erased
        if erased:
            ordinal, _, proof = expected[CONTENT_OF]
            expected[CONTENT_OF] = (ordinal, None, proof)
            del expected[PROOF_OF]
        found = {whose: vault.find(whose) for whose in PEOPLE}
        assert {whose: raw(keys) for whose, keys in found.items() if keys} == expected
        assert list(vault.check()) == []
    (epoch,) = file_holding(place.folder).opened().epochs()
    assert (epoch > 1) is erased
    return erased


def test_an_erasure_that_ends_at_any_step_is_whole_at_the_next_start(
    before: tuple[str, Path], postgresql_server: Postgresql, tmp_path: Path
) -> None:
    name, folder = before
    outcomes: list[bool] = []
    for step in range(1_000):
        here = Path(shutil.copytree(folder, tmp_path / f"run-{step}"))
        with (
            postgresql_server.database(like=name) as copy,
            closing(PostgresqlDatabase(url_of(postgresql_server, copy))) as database,
        ):
            steps = Steps()
            holder = EndingHolder(file_holding(here).opened(), steps)
            vault = KeptKeys(EndingRows(database, steps), holder)
            known = dict(raws(vault.ready(PEOPLE, content=True)))
            steps.end = steps.done + step
            with suppress(Crash):
                vault.erase(ERASURES)
                steps.end = sys.maxsize
            outcomes.append(is_erased(KeysPlace(here, database), {**known}))
        if steps.end == sys.maxsize:
            break
    assert len(outcomes) > 25
    assert outcomes == sorted(outcomes)
