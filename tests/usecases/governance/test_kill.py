"""`kill -9` while a release is submitted or inspected: the next process ends as if it were not."""

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.domain.finding.inspection_kit import CLEAN
from tests.servers.databases import Postgresql
from tests.servers.over import move_house, note_database
from tests.usecases.governance.release_kit import Kit, kit_of

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.governance.release import Release, ReleaseState
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.releases import ReleasePaper

pytestmark = pytest.mark.real
ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "tests" / "packages" / "built" / "async-coroutine.apk"
PAPERS = (ReleasePaper.REPORT, ReleasePaper.PAGE_ZH, ReleasePaper.PAGE_EN)
PATIENCE_S = 120


Opens = Callable[[Path], Kit]


@pytest.fixture(scope="module")
def opens(catalogue: Catalogue, knowledge: Knowledge) -> Opens:
    """Opens a data folder in this process."""
    return lambda folder: kit_of(folder, catalogue, knowledge, CLEAN)


@dataclass(frozen=True, kw_only=True)
class Houses:
    """Data folders to be copied, with their databases where a server has them.

    Attributes:
        folder: Where they are: `new`, and `waiting` with a submitted release.
        server: The server; None where each folder has its own file.
        databases: The name of the database of each.

    """

    folder: Path
    server: Postgresql | None = None
    databases: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def copied(self, name: str, to: Path) -> Iterator[Path]:
        """Lay a copy of one, and of its database."""
        shutil.copytree(self.folder / name, to)
        if self.server is None:
            yield to
            return
        with self.server.database(like=self.databases[name]) as copy:
            note_database(to, self.server.url(copy).render_as_string(hide_password=False))
            yield to


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def houses(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, opens: Opens
) -> Iterator[Houses]:
    folder = tmp_path_factory.mktemp("houses")
    for name in ("new", "waiting"):
        kit = opens(folder / name)
        if name == "waiting":
            kit.submit(content=PACKAGE.read_bytes())
        kit.close()
    if request.param == "sqlite":
        yield Houses(folder=folder)
        return
    server: Postgresql = request.getfixturevalue("postgresql_server")
    with ExitStack() as stack:
        databases = {name: stack.enter_context(server.database()) for name in ("new", "waiting")}
        for name, database in databases.items():
            url = server.url(database).render_as_string(hide_password=False)
            move_house(folder / name, url)
        yield Houses(folder=folder, server=server, databases=databases)


@pytest.fixture(scope="module")
def whole(
    houses: Houses, tmp_path_factory: pytest.TempPathFactory, opens: Opens
) -> tuple[object, ...]:
    """What comes of it where nothing dies."""
    with houses.copied("waiting", tmp_path_factory.mktemp("whole") / "data") as folder:
        to_the_end(folder)
        return looked_at(opens(folder))


def started(folder: Path, step: str, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.usecases.governance.inspecting_process"]
    return subprocess.Popen(  # noqa: S603  our own module
        [*command, str(folder), step, *more], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def killed_at(step: str, folder: Path, *more: str) -> None:
    with started(folder, step, *more) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "there\n"
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL


def to_the_end(folder: Path) -> None:
    with started(folder, "none") as process:
        said, _ = process.communicate(timeout=PATIENCE_S)
    assert (said, process.returncode) == ("done\n", 0)


def looked_at(kit: Kit) -> tuple[object, ...]:
    """Return release, papers and records, as they stand on disk, and close."""
    try:
        release = only(kit)
        papers = [kit.desk.files.paper(release.id, paper) for paper in PAPERS]
        assert all(papers)
        assert kit.desk.files.package(release.id).read_bytes() == PACKAGE.read_bytes()
        return release, papers, recorded(kit)
    finally:
        kit.close()


def only(kit: Kit) -> Release:
    (release,) = kit.desk.store.every()
    return release


def recorded(kit: Kit) -> list[tuple[str, object]]:
    """Return kind and payload of every record, the newest first."""
    payloads = kit.desk.recorder.payloads
    return [
        (record.leaf.kind, json.loads(payloads.opened(record).payload or b"null"))
        for record in kit.opened.log.newest()
    ]


@pytest.mark.parametrize(
    "step", ["inspecting", pytest.param("kept", marks=pytest.mark.slow), "recorded"]
)
def test_a_release_whose_inspection_is_killed_ends_as_if_it_were_not(
    step: str, houses: Houses, whole: tuple[object, ...], tmp_path: Path, opens: Opens
) -> None:
    with houses.copied("waiting", tmp_path / "data") as folder:
        killed_at(step, folder)
        kit = opens(folder)
        assert only(kit).state is ReleaseState.INSPECTING
        results = [kind for kind, _ in recorded(kit) if kind == Kind.INSPECTION_RESULT]
        assert len(results) == (step == "recorded")
        kit.close()
        to_the_end(folder)
        assert looked_at(opens(folder)) == whole


def test_what_ends_well_is_inspected_and_recorded_once(whole: tuple[object, ...]) -> None:
    release, _, records = whole
    assert isinstance(release, Release)
    assert release.state is ReleaseState.INSPECTED
    assert isinstance(records, list)
    assert [kind for kind, _ in records].count(Kind.INSPECTION_RESULT) == 1


@pytest.mark.parametrize(("step", "records"), [("received", 0), ("submitted", 1)])
def test_a_submission_that_is_killed_is_known_recorded_once_and_inspected(
    step: str, records: int, houses: Houses, tmp_path: Path, opens: Opens
) -> None:
    with houses.copied("new", tmp_path / "data") as folder:
        killed_at(step, folder, str(PACKAGE))
        kit = opens(folder)
        assert only(kit).state is ReleaseState.RECEIVED
        assert submissions(kit) == records
        kit.close()
        to_the_end(folder)
        kit = opens(folder)
        assert only(kit).state is ReleaseState.INSPECTED
        assert submissions(kit) == 1
        kit.close()


def submissions(kit: Kit) -> int:
    told = [payload for kind, payload in recorded(kit) if kind == Kind.CONFIGURATION]
    return sum(isinstance(one, dict) and one["what"] == "release-submitted" for one in told)
