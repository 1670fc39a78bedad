"""`chengnuo rights`: the plan over the sample shop, and the queue of a data folder."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path

import pytest
from tests.doors.http.rights_kit import KeptHere
from tests.usecases.rights.seen_kit import PERSON, TASK

from chengnuo.domain.rights.machine import Event, Stage
from chengnuo.domain.rights.request import AskedBy, DeletionAsked, Ground
from chengnuo.doors.cli.root import run
from chengnuo.law.rights import Right
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.rights.seen import Asker, RequestSeen
from chengnuo.usecases.rights.swept import SweepResult
from chengnuo.wiring.program import Program

pytestmark = pytest.mark.service
SHOP = Path(__file__).parents[3] / "examples" / "shop"
REGISTER = SHOP / "register"
Run = Callable[..., tuple[int, str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Queueing(Program):
    """The program over a desk in memory."""

    desk: KeptHere = field(default_factory=KeptHere)

    @contextmanager
    def rights_working(self, data: Path | None, settings_file: Path | None) -> Iterator[KeptHere]:  # type: ignore[override]
        assert settings_file is None
        assert data is not None
        yield self.desk

    rights_reading = rights_working  # type: ignore[assignment]


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command and returns its status, stdout and stderr."""

    def one(
        *arguments: str | Path, lang: str = "en", program: Program | None = None
    ) -> tuple[int, str, str]:
        status = run(program or Program(), ["--lang", lang, "rights", *map(str, arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return one


@dataclass(frozen=True)
class Shop:
    """The sample shop's database, the files beside it, and somebody in it."""

    database: Path
    connections: Path
    account: str
    account_file: Path

    def plan(self, *more: str | Path) -> tuple[str | Path, ...]:
        return (
            *("plan", "--person-file", self.account_file, "--register", REGISTER),
            *("--connections", self.connections, *more),
        )


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    folder = tmp_path_factory.mktemp("shop")
    database, uploads = folder / "shop.db", folder / "uploads"
    made = [sys.executable, str(SHOP / "make_database.py"), str(database), "--customers", "60"]
    subprocess.run(made, check=True, capture_output=True)  # noqa: S603  our own script
    uploads.mkdir()
    connections, account_file = folder / "connections.toml", folder / "person"
    connections.write_text(
        f'SHOP_DB = "sqlite:///{database}"\nSHOP_UPLOADS = "file://{uploads}"\n', encoding="utf-8"
    )
    with sqlite3.connect(database) as opened:
        ((account,),) = opened.execute(
            "SELECT customer_id FROM orders GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
        )
    account_file.write_text(f"{account}\n", encoding="utf-8")
    return Shop(database, connections, str(account), account_file)


def _counts(database: Path) -> str:
    with sqlite3.connect(database) as opened:
        return "\n".join(opened.iterdump())


def test_a_plan_shows_steps_rows_and_what_is_kept_and_changes_nothing(shop: Shop, ran: Run) -> None:
    before = _counts(shop.database)
    status, out, _ = ran(*shop.plan("--right", "delete"))
    assert status == 1  # what law keeps is refused, with its article
    assert "orders" in out
    assert "kept: ECL-31 · until" in out
    assert "refused: " in out
    assert "[PIPL-47" in out
    assert "to be told: " in out
    assert "rows in 2 stores. Nothing was changed." in out
    assert _counts(shop.database) == before


def test_the_json_of_a_plan_is_what_the_interface_gives_and_names_nobody(
    shop: Shop, ran: Run
) -> None:
    status, out, _ = ran(*shop.plan("--right", "delete", "--json"))
    found = json.loads(out)
    assert (status, found["trial"]) == (1, None)
    main = next(one for one in found["plan"]["stores"] if one["store"] == "main")
    assert {"delete", "change", "keep"} >= {one["fate"] for one in main["steps"]}
    assert not found["plan"]["blocked"]
    with sqlite3.connect(shop.database) as opened:
        name, nickname = opened.execute(
            "SELECT account_name, nickname FROM customers WHERE customer_id = ?", (shop.account,)
        ).fetchone()
    for personal in (name, nickname):
        assert personal not in out


def test_a_trial_carries_out_in_each_store_and_takes_all_back(shop: Shop, ran: Run) -> None:
    before = _counts(shop.database)
    _, out, _ = ran(*shop.plan("--right", "delete", "--trial", "--json"))
    found = json.loads(out)
    main = next(one for one in found["trial"] if one["store"] == "main")
    steps = next(one for one in found["plan"]["stores"] if one["store"] == "main")["steps"]
    deleted = sum(one["rows"] for one in steps if one["fate"] == "delete")
    assert (main["deleted"], main["refused"]) == (deleted, "")
    assert deleted > 0
    assert _counts(shop.database) == before
    _, out, _ = ran(*shop.plan("--right", "delete", "--trial"), lang="zh")
    assert f"试执行 main：删除 {deleted} 行" in out


def test_a_copy_of_everything_can_be_done_and_ends_with_0(shop: Shop, ran: Run) -> None:
    status, out, _ = ran(*shop.plan("--right", "access"))
    assert status == 0, out
    assert "read" in out


def test_a_store_that_does_not_answer_is_said_and_ends_with_3(
    shop: Shop, ran: Run, tmp_path: Path
) -> None:
    none = tmp_path / "none.toml"
    none.write_text(f'SHOP_DB = "sqlite:///{shop.database}"\n', encoding="utf-8")
    status, out, _ = ran(*shop.plan("--right", "delete")[:-3], none, "--right", "delete")
    assert status == 3
    assert "unavailable: " in out
    assert "SHOP_UPLOADS" in out
    assert "A store is blocked" in out


def test_the_account_id_is_read_from_stdin_and_never_printed(
    shop: Shop, ran: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    strange = "strange-account-of-nobody"
    monkeypatch.setattr(sys, "stdin", StringIO(f"{strange}\n"))
    arguments = shop.plan("--right", "access")
    status, out, err = ran(*("-" if one == shop.account_file else one for one in arguments))
    assert status == 0
    assert "nothing of this individual" in out
    assert strange not in out + err
    empty = tmp_path / "empty"
    empty.touch()
    for wrong in (
        ("--person", ""),
        ("--person", "x" * 201),
        ("--person-file", empty),
        ("--person", "a", "--person-file", shop.account_file),
        (),
    ):
        status, _, err = ran("plan", *wrong, "--right", "access", "--register", REGISTER)
        assert (status, "rights-person-given" in err) == (2, True), wrong


def _open(desk: KeptHere) -> RequestSeen:
    asker = Asker(
        person=PersonKey(PERSON),
        account="account-of-a-sample-person",
        by=AskedBy.INDIVIDUAL,
        app="",
        surface="centre",
        authenticated_at=None,
    )
    return desk.open(asker, Right.DELETE, DeletionAsked(ground=Ground.WITHDRAWN))


@pytest.fixture
def queueing() -> Queueing:
    return Queueing()


def test_the_queue_is_listed_with_the_days_that_law_leaves(ran: Run, queueing: Queueing) -> None:
    assert ran("status", "--data", "d", program=queueing)[:2] == (0, "no open requests\n")
    one = _open(queueing.desk)
    status, out, _ = ran("status", "--data", "d", program=queueing)
    assert status == 0
    for shown in ("15", "2026-12-18", "needs a plan", "delete", one.request.id):
        assert shown in out
    late = replace(one, days_left=-1)
    queueing.desk.kept[one.request.id] = late, queueing.desk.kept[one.request.id][1]
    assert ran("status", "--overdue", "--data", "d", program=queueing)[0] == 1
    _, out, _ = ran("status", "--data", "d", "--json", program=queueing)
    assert json.loads(out)["requests"][0]["daysLeft"] == -1
    _, out, _ = ran("status", "--stage", "parked", "--data", "d", "--json", program=queueing)
    assert json.loads(out) == {"requests": []}


def test_the_queue_is_worked_until_nothing_moves(ran: Run, queueing: Queueing) -> None:
    one = _open(queueing.desk)
    queueing.desk.moves = 3
    status, out, _ = ran("run", "--data", "d", program=queueing)
    assert (status, queueing.desk.moves) == (0, -1)
    assert one.request.id in out
    queueing.desk.move(one.request.id, Event.PLAN_FAILED)
    assert ran("run", "--data", "d", program=queueing)[0] == 1
    status, out, _ = ran("run", one.request.id, "--data", "d", "--json", program=queueing)
    assert (status, json.loads(out)["stage"]) == (1, "parked")
    assert ran("run", "rq-unknown", "--data", "d", program=queueing)[0] == 2


def test_one_request_is_shown_with_who_has_to_act(ran: Run, queueing: Queueing) -> None:
    one = _open(queueing.desk)
    status, out, _ = ran("show", one.request.id, "--data", "d", program=queueing)
    assert status == 0
    assert "needs a plan" in out
    assert "→ system: Look up the data and make the plan" in out
    assert "15 working days left" in out
    assert PERSON not in out


def test_what_is_to_be_done_by_hand_is_listed_and_said_to_be_done(
    ran: Run, queueing: Queueing
) -> None:
    _open(queueing.desk)
    assert "Destroy the paper files" in ran("tasks", "--data", "d", program=queueing)[1]
    done = ("done", TASK.id, "--note", "shredded", "--data", "d")
    assert ran(*done, program=queueing)[0] == 0
    assert ran(*done, program=queueing)[0] == 2
    assert ran("tasks", "--data", "d", program=queueing)[1] == "nothing has to be done by hand\n"
    assert "✓" in ran("tasks", "--all", "--data", "d", program=queueing)[1]


def test_a_plan_is_released_where_it_waits_for_that(ran: Run, queueing: Queueing) -> None:
    one = _open(queueing.desk)
    release = ("release", one.request.id, "--data", "d")
    assert ran(*release, program=queueing)[0] == 3
    queueing.desk.move(one.request.id, Event.PLANNED_FOR_RELEASE)
    status, out, _ = ran(*release, "--json", program=queueing)
    assert (status, json.loads(out)["stage"]) == (0, Stage.WAITING)


@pytest.mark.parametrize(
    ("result", "status"),
    [
        (SweepResult(withdrawn=2, expired=1, released=4), 0),
        (SweepResult(came_back=3), 1),
        (SweepResult(came_back=3, not_looked_at=("uploads",)), 3),
    ],
)
def test_a_sweep_says_what_came_back_and_where_nobody_could_look(
    result: SweepResult, status: int, ran: Run, queueing: Queueing
) -> None:
    queueing.desk.swept = result
    found = ran("sweep", "--data", "d", program=queueing)
    assert found[0] == status
    assert f"came back and is erased anew: {result.came_back} people" in found[1]
    _, out, _ = ran("sweep", "--data", "d", "--json", program=queueing)
    assert json.loads(out)["notLookedAt"] == list(result.not_looked_at)
    assert json.loads(out)["released"] == result.released
    assert f"because a hold is over: {result.released}" in found[1]


def test_a_data_folder_is_worked_alone_and_looked_at_beside_a_service(
    ran: Run, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    assert ran("status", "--data", data)[0] == 2  # there is no log
    assert run(Program(), ["evidence", "init", "--data", str(data)]) == 0
    ran("status", "--data", data)
    assert ran("run", "--data", data)[:2] == (0, "no open requests\n")
    with Program().evidence_writing(data, None):
        for writes in (("run",), ("sweep",), ("release", "rq-x"), ("done", "t", "--note", "x")):
            status, _, err = ran(*writes, "--data", data)
            assert status == 3, writes
            assert "`chengnuo serve` is running" in err
        assert ran("status", "--data", data)[:2] == (0, "no open requests\n")
        assert ran("tasks", "--data", data)[0] == 0
