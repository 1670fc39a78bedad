"""The page beside an incident: who is counted, which letters can be made, who may do it."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from itertools import islice
from pathlib import Path

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit, start

from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.standing import ActRefusedError
from chengnuo.ports.accounts import Role
from chengnuo.usecases.dossier.seen import Actor
from chengnuo.usecases.individual_entry import person_key

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


def minors_there(kit: Kit, database: Path, *born: date) -> None:
    """Let customers of the shop be known to be so old;"""
    services = kit.service.services
    with sqlite3.connect(database) as opened:
        found = opened.execute("SELECT customer_id FROM customers ORDER BY 1").fetchall()
    for (account,), day in zip(found, born, strict=False):
        services.consents.know(person_key(services.tokens, str(account)), birth_date=day)


@pytest.mark.parametrize(
    ("born", "counted"),
    [
        pytest.param(date(2010, 5, 4), "from-14-to-17", id="MINOR-35, somebody of sixteen"),
        pytest.param(date(2016, 5, 4), "under-14", id="MINOR-35, a child"),
    ],
)
def test_an_incident_with_minors_is_not_closed_without_both_letters(
    kit: Kit, database: Path, born: date, counted: str
) -> None:
    """Counted from the store, through the forms: the minor's and the guardian's, or why not."""
    minors_there(kit, database, born)
    wanted, staff = incident(kit), staff_of(kit, Role.STAFF)
    page, dossier = f"{DESK}/{wanted}", f"{LIST}/{wanted}"
    desk = kit.service.services.dossiers
    assert desk is not None
    assert post(staff, page, f"{page}/count")[0] == 303
    assert desk.one(wanted, STAFF).dossier.value(counted) == 1
    graded(kit, wanted)
    told: dict[str, str] = {"done-at": "2026-11-20T11:00", "notice": "请改密码"}

    def enter(what: str, **fields: str) -> tuple[int, str]:
        return post(staff, dossier, f"{dossier}/{what}", **fields)[:2]

    def letter(kind: str) -> None:
        made = post(staff, page, f"{page}/letter", kind=kind, lang="zh", format="html")
        assert made[0] in {200, 201}, made[1][-500:]

    letter("people")
    assert enter("tell-people", **told, channels="app", told="60")[0] == 303
    reported = {"done-at": told["done-at"], "authority": "网信办", "report": "已报"}
    assert enter("report", **reported)[0] == 303
    assert enter("end-handling", **{"ended-at": "2026-11-20T12:00"})[0] == 303
    minors = {**told, "told-minors": "1", "told-guardians": "1"}
    for made in ("", "minor"):  # neither letter, then the minor's alone
        if made:
            letter(made)
        status, text = enter("tell-minors", **minors)
        assert (status, "致监护人的通知" in text) == (400, True)
        status, text = enter("close", report="总结")
        assert (status, "还没有告知未成年人和监护人" in text) == (400, True)
        assert not desk.one(wanted, STAFF).state.final
    letter("guardian")
    assert enter("close", report="总结")[0] == 400  # letters that nobody was told by
    assert enter("tell-minors", **minors)[0] == 303
    assert enter("close", report="总结")[0] == 303
    assert desk.one(wanted, STAFF).state.final


def test_why_no_letter_was_used_is_recorded_and_then_it_is_closed(kit: Kit, database: Path) -> None:
    minors_there(kit, database, date(2010, 5, 4))
    wanted = incident(kit)
    desk = kit.service.services.dossiers
    assert desk is not None
    staff, page = staff_of(kit, Role.STAFF), f"{DESK}/{wanted}"
    assert post(staff, page, f"{page}/count")[0] == 303
    graded(kit, wanted)
    why = "逐户打了电话，家长都已知道"
    people: dict[str, Value] = {"channels": ("app",), "told": 60, "no-letter": why}
    told: dict[str, Value] = {"done-at": AT, "notice": "请改密码"}
    desk.act(wanted, "tell-people", STAFF, {**told, **people})
    desk.act(wanted, "report", STAFF, {"authority": "网信办", "done-at": AT, "report": "已报"})
    desk.act(wanted, "end-handling", STAFF, {"ended-at": AT})
    minors: dict[str, Value] = {"told-minors": 1, "told-guardians": 1}
    with pytest.raises(ActRefusedError):
        desk.act(wanted, "tell-minors", STAFF, {**told, **minors})
    desk.act(wanted, "tell-minors", STAFF, {**told, **minors, "no-letter": why})
    assert desk.act(wanted, "close", STAFF, {"report": "总结"}).state.final
    evidence = kit.service.services.evidence
    newest = islice(evidence.log.newest(), 6)
    said = [(evidence.payloads.opened(one).payload or b"").decode() for one in newest]
    assert any(why in one and '"tell-minors"' in one for one in said)
