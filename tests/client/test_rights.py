"""Requests through the client, against a real service over the sample shop's own database."""

import io
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import pyzipper
from tests.doors.server_kit import Server, stop_what_still_runs

from chengnuo.adapters.clock import SystemClock
from chengnuo.base.digest import sha256_hex
from chengnuo.client.client import Client, ServiceRefusedError
from chengnuo.client.questions import QuestionTimeError
from chengnuo.client.rights import RightsClient
from chengnuo.client.rights_answers import Request
from chengnuo.client.rights_asked import Asker, Cancel, Delete, Explain, Identifier, Read
from chengnuo.doors.cli.root import run
from chengnuo.ports.api_keys import ApiScope
from chengnuo.wiring.program import Program

SHOP = Path(__file__).parents[2] / "examples" / "shop"


@dataclass(frozen=True)
class BackEnd:
    """A client of a running service, and somebody in the shop."""

    rights: RightsClient
    account: str
    database: Path

    def asker(self, *, ago: timedelta | None = timedelta()) -> Asker:
        at = None if ago is None else SystemClock().now() - ago
        return Asker(person=self.account, authenticated_at=at)

    def until_final(self, request: str) -> Request:
        until = time.monotonic() + 60
        while not (found := self.rights.get(request)).final:
            assert time.monotonic() < until, (found.stage, found.results)
            time.sleep(0.2)
        return found


@pytest.fixture(scope="module")
def back_end(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackEnd]:
    folder = tmp_path_factory.mktemp("rights")
    database, uploads = folder / "shop.db", folder / "uploads"
    made = [sys.executable, str(SHOP / "make_database.py"), str(database), "--customers", "60"]
    subprocess.run(made, check=True, capture_output=True)  # noqa: S603  our own script
    uploads.mkdir()
    (folder / "db").write_text(f"sqlite:///{database}", encoding="utf-8")
    (folder / "files").write_text(f"file://{uploads}", encoding="utf-8")
    (folder / "chengnuo.toml").write_text(
        "rights_every_s = 1\n[connections]\n"
        f'SHOP_DB = "{folder / "db"}"\nSHOP_UPLOADS = "{folder / "files"}"\n',
        encoding="utf-8",
    )
    server = Server.start(
        *("--settings", "chengnuo.toml", "--data", "data", "--register", str(SHOP / "register")),
        folder=folder,
    )
    address = server.address()
    with pytest.MonkeyPatch.context() as patch:
        key = folder / "key"
        with key.open("w") as out:
            patch.setattr(sys, "stdout", out)
            scopes = [word for scope in ApiScope for word in ("--scope", scope.value)]
            assert (
                run(Program(), ["keys", "make", "x", *scopes, "--data", str(folder / "data")]) == 0
            )
    with sqlite3.connect(database) as opened:
        ((account,),) = opened.execute(
            "SELECT customer_id FROM orders GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
        )
    with Client(address, key.read_text().strip(), timeout_s=30) as client:
        yield BackEnd(RightsClient(client), str(account), database)
    assert server.stop() == 0
    stop_what_still_runs()


@pytest.mark.real
def test_a_copy_is_asked_for_made_and_taken_home(back_end: BackEnd) -> None:
    rights, asker = back_end.rights, back_end.asker()
    made = rights.open(asker, "copy", Read(formats=("json",)))
    assert rights.open(asker, "copy", Read(formats=("json",))).id == made.id
    done = back_end.until_final(made.id)
    assert done.stage == "fulfilled", done
    assert done.reply is not None
    (file, *_) = done.files
    pieces = list(rights.pieces(made.id, back_end.asker(), part=file.part))
    whole = b"".join(one.content for one in pieces)
    assert (len(whole), sha256_hex(whole)) == (file.size, file.sha256)
    with pytest.raises(ServiceRefusedError) as refused:
        list(rights.pieces(made.id, back_end.asker(ago=timedelta(hours=1))))
    assert (refused.value.status, refused.value.problem.code) == (403, "rights-identity")
    with pytest.raises(ServiceRefusedError) as strange:
        rights.get(made.id, person="another-account")
    assert strange.value.problem.code == "rights-no-such-request"
    assert made.id in {one.id for one in rights.of(back_end.account)}


@pytest.mark.real
def test_a_copy_with_a_pass_code_opens_by_the_code_that_is_told_once(back_end: BackEnd) -> None:
    rights = back_end.rights
    made = rights.open(back_end.asker(), "copy", Read(formats=("json",), with_code=True))
    assert back_end.until_final(made.id).stage == "fulfilled"
    code = rights.code(made.id, back_end.asker())
    whole = b"".join(one.content for one in rights.pieces(made.id, back_end.asker()))
    with pyzipper.AESZipFile(io.BytesIO(whole)) as archive:
        with pytest.raises(RuntimeError):
            archive.read("export.json")
        assert archive.read("export.json", pwd=code.encode())
    with pytest.raises(ServiceRefusedError) as again:
        rights.code(made.id, back_end.asker())
    assert again.value.problem.code == "no-such-rights-export"


@pytest.mark.real
def test_a_deletion_is_planned_waits_and_is_taken_back(back_end: BackEnd) -> None:
    rights = back_end.rights
    asked = Delete(ground="consent-withdrawn")
    plan = rights.preview(back_end.asker(), "delete", asked)
    assert plan.rows > 0
    assert not plan.blocked
    assert {"ECL-31"} <= {one.duty for one in plan.kept}
    waits = rights.open(back_end.asker(ago=None), "delete", asked)
    assert (waits.stage, waits.next is not None) == ("needs-identity", True)
    assert waits.id in {one.id for one in rights.queue("needs-identity")}
    with pytest.raises(ServiceRefusedError) as refused:
        rights.prove(waits.id, back_end.asker(ago=timedelta(hours=1)))
    assert refused.value.problem.code == "rights-identity"
    assert rights.prove(waits.id, back_end.asker()).stage != "needs-identity"
    assert rights.take_back(waits.id, back_end.account).stage == "taken-back"
    assert rights.may_create_account(back_end.account)


@pytest.mark.real
def test_what_staff_have_to_do_and_publish_is_told(back_end: BackEnd) -> None:
    rights = back_end.rights
    assert rights.conditions(back_end.asker())
    made = rights.open(back_end.asker(), "explain-rules", Explain(question="为什么？"))
    until = time.monotonic() + 30
    while not (mine := [one for one in rights.tasks() if one.request == made.id]):
        assert time.monotonic() < until
        time.sleep(0.2)
    rights.task_done(mine[0].task, "我们只在您下单时使用该信息，用于送货。")
    assert back_end.until_final(made.id).stage == "fulfilled"
    with pytest.raises(ServiceRefusedError) as unknown:
        rights.acknowledge("no-such-notice")
    assert unknown.value.status == 404
    assert not rights.start_afresh(back_end.asker())


@pytest.mark.real
def test_a_request_is_tried_and_opened_for_whom_an_identifier_finds(back_end: BackEnd) -> None:
    with sqlite3.connect(back_end.database) as opened:
        ((name,),) = opened.execute(
            "SELECT account_name FROM customers WHERE customer_id = ?", (back_end.account,)
        )
    found_by = Identifier(kind="account-name", value=name)
    at = SystemClock().now()
    asker, rights = Asker(identifier=found_by, authenticated_at=at), back_end.rights
    assert rights.preview(asker, "access", Read()).rows > 0
    made = rights.open(asker, "explain-rules", Explain(question="按什么规则？"))
    assert made.id in {one.id for one in rights.of(back_end.account)}
    for wrong, code in (
        (Asker(identifier=Identifier(kind="phone", value="0")), "rights-no-match"),
        (Asker(identifier=found_by, person=back_end.account), "rights-who-asks"),
        (Asker(), "rights-who-asks"),
    ):
        with pytest.raises(ServiceRefusedError) as refused:
            rights.open(wrong, "access", Read())
        assert refused.value.problem.code == code
    with pytest.raises(ServiceRefusedError) as due:
        rights.prove(made.id, asker)  # the account id alone will do here
    assert due.value.problem.code == "rights-who-asks"


@pytest.mark.real
def test_what_does_not_go_with_the_right_or_has_no_time_zone_is_refused(back_end: BackEnd) -> None:
    with pytest.raises(ServiceRefusedError) as refused:
        back_end.rights.open(back_end.asker(), "delete", Cancel())
    assert refused.value.status == 422
    naive = Asker(person=back_end.account, authenticated_at=datetime(2026, 11, 28))  # noqa: DTZ001  the point
    with pytest.raises(QuestionTimeError):
        back_end.rights.open(naive, "access", Read())
