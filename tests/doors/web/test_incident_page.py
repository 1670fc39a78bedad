"""The page beside an incident: who is counted, which letters can be made, who may do it."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit, start

from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.party import Party
from chengnuo.ports.accounts import Role
from chengnuo.usecases.dossier.seen import Actor

SHOP = Path(__file__).parents[3] / "examples" / "shop"
DESK, LIST = "/console/incident-desk", "/console/incidents"
STAFF = Actor(id="acc-staff", party=Party.STAFF)
AT = "2026-11-20T02:00:00Z"
STEPS: tuple[tuple[str, Mapping[str, Value]], ...] = (
    (
        "set-scope",
        {"stores": ("main",), "tables": "main.customers", "from": "2020-01-01T00:00:00Z", "to": AT},
    ),
    ("contain", {"done-at": AT, "measures": "换了密钥"}),
    ("say-what-helps", {"kinds": "手机号码", "advice": "警惕电话", "contact": "400-000-0000"}),
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("shop") / "shop.db"
    command = [sys.executable, str(SHOP / "make_database.py"), str(made), "--customers", "60"]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  ours
    return made


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory, database: Path) -> Iterator[Kit]:
    patch = pytest.MonkeyPatch()
    patch.setenv("SHOP_DB", f"sqlite:///{database}")
    data = tmp_path_factory.mktemp("incidents") / "data"
    made = start(data, demo=True, register=str(SHOP / "register"))
    yield made
    made.service.close()
    patch.undo()


def incident(kit: Kit, *, drill: bool = False, steps: int = 3) -> DossierId:
    desk = kit.service.services.dossiers
    assert desk is not None
    said: dict[str, Value] = {
        "kind": "leak",
        "discovered-at": AT,
        "how": "monitoring",
        "what": "备份被下载",
        "drill": drill,
    }
    found = desk.open("incident", "discover", STAFF, said).dossier.id
    for what, fields in STEPS[:steps]:
        desk.act(found, what, STAFF, fields)
    return found


def graded(kit: Kit, wanted: DossierId) -> None:
    desk = kit.service.services.dossiers
    assert desk is not None
    said: dict[str, Value] = {
        "grade": "general",
        "activities": (desk.known("activities")[0],),  # type: ignore[index]
        "affected": 60,
        "cause": "密钥外泄",
        "harm": "骚扰电话",
    }
    desk.act(wanted, "grade", STAFF, said)


def post(browser: Browser, page: str, to: str, **sent: str) -> tuple[int, str, bytes]:
    token = browser.form_token(page)
    answer = browser.client.post(
        to,
        data={"csrf_token": token, **sent},
        headers={"origin": browser.origin, "sec-fetch-site": "same-origin"},
    )
    return answer.status_code, answer.text, answer.content


def test_people_are_counted_from_the_page(kit: Kit, database: Path) -> None:
    wanted, staff = incident(kit), staff_of(kit, Role.STAFF)
    page = f"{DESK}/{wanted}"
    assert page in staff.get(f"{LIST}/{wanted}").text
    assert "还没有计算" in staff.get(page).text
    assert post(staff, page, f"{page}/count")[0] == 303
    with sqlite3.connect(database) as opened:
        ((expected,),) = opened.execute(
            "SELECT count(*) FROM customers WHERE registered_at <= '2026-11-20 02:00:00'"
        )
    shown = staff.get(page).text
    assert f"<dd>{expected}</dd>" in shown.replace("<span>", "").replace("</span>", "")
    desk = kit.service.services.dossiers
    assert desk is not None
    act = desk.one(wanted, STAFF).dossier.acts[-1]
    assert (act.what, act.fields["at-least"]) == ("count-affected", expected)


def test_a_letter_is_refused_with_what_is_missing_and_then_handed_out(kit: Kit) -> None:
    wanted, staff = incident(kit), staff_of(kit, Role.STAFF)
    page = f"{DESK}/{wanted}"
    sent = {"kind": "people", "lang": "zh", "format": "html"}
    status, text, _ = post(staff, page, f"{page}/letter", **sent)
    assert (status, "可能造成的危害" in text) == (400, True)
    graded(kit, wanted)
    status, _, data = post(staff, page, f"{page}/letter", **sent)
    assert status in {200, 201}
    assert sha256(data).hexdigest() in staff.get(page).text
    english = post(staff, page, f"{page}/letter", **{**sent, "lang": "en"})[1]
    assert "What people can do" in english
    assert post(staff, page, f"{page}/letter", **{**sent, "kind": "nobody"})[0] == 400


def test_only_a_reviewer_takes_the_list_and_never_of_a_drill(kit: Kit) -> None:
    reviewer, staff = staff_of(kit, Role.REVIEWER), staff_of(kit, Role.STAFF)
    for drill in (False, True):
        wanted = incident(kit, drill=drill)
        page = f"{DESK}/{wanted}"
        assert post(staff, page, f"{page}/count")[0] == 303
        assert post(staff, page, f"{page}/people", reason="第五十七条")[0] == 403
        status, text, _ = post(reviewer, page, f"{page}/people", reason="第五十七条")
        if drill:
            assert (status, "演练" in text) == (400, True)
        else:
            assert status in {200, 201}
            assert {len(one) for one in text.split()} == {64}
            assert post(reviewer, page, f"{page}/people", reason="x")[0] == 400


def test_without_scope_there_is_no_button_and_no_count(kit: Kit) -> None:
    wanted, staff = incident(kit, steps=0), staff_of(kit, Role.STAFF)
    page = f"{DESK}/{wanted}"
    assert f"{page}/count" not in staff.get(page).text
    assert post(staff, page, f"{page}/count")[0] == 400


@pytest.mark.parametrize(("role", "reads"), [(Role.AUDITOR, 200), (Role.ADMIN, 403)])
def test_who_only_reads_does_nothing(kit: Kit, role: Role, reads: int) -> None:
    wanted, browser = incident(kit), staff_of(kit, role)
    page = f"{DESK}/{wanted}"
    assert browser.get(page).status_code == reads
    for act in ("count", "letter", "people"):
        assert post(browser, "/console/account", f"{page}/{act}")[0] == 403
