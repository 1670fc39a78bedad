"""Every sort of dossier through the console's forms, and who may do what in them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit, start
from tests.usecases.dossier.ways import WAYS, filled

from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.register.recipient import RecipientRole
from chengnuo.ports.accounts import Role

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
INDEX = "/console/dossiers"


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    made = start(tmp_path_factory.mktemp("dossiers") / "data", demo=True, register=str(SAMPLE))
    yield made
    made.service.close()


@pytest.fixture(scope="module")
def browsers(kit: Kit) -> dict[Party, Browser]:
    return {Party(role.value): staff_of(kit, role) for role in (Role.STAFF, Role.REVIEWER)}


@pytest.fixture(scope="module")
def rows(kit: Kit) -> dict[str, str]:
    register = kit.service.services.register.served.register
    return {
        "activities": register.activities[0].activity,
        "recipients": register.recipients[0].recipient,
        "agreements": register.agreements[0].agreement,
        "joint": next(
            one.recipient for one in register.recipients if one.role is RecipientRole.JOINT
        ),
        "stores": register.stores[0].store,
    }


def typed(fields: dict[str, Value]) -> dict[str, str | list[str]]:
    """Return fields as a browser sends them; instants as they are typed, in Beijing time."""

    def one(value: Value) -> str | list[str]:
        if isinstance(value, tuple):
            return list(value)
        if isinstance(value, bool):
            return "yes" if value else ""
        said = str(value)
        return f"{said[:10]}T10:00" if said.endswith("T02:00:00Z") else said

    return {name: one(value) for name, value in fields.items()}


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_every_sort_is_gone_through_by_its_forms(
    kit: Kit, browsers: dict[Party, Browser], rows: dict[str, str], sort: str
) -> None:
    path, place = f"/console/{SORTS[sort].path}", ""
    if sort == "joint-request":
        rows = rows | {"recipients": rows["joint"]}
    for number, (what, party, fields) in enumerate(WAYS[sort]):
        browser, sent = browsers[party], typed(filled(fields, rows))
        page = place or f"{path}/new/{what}"
        if not number and SORTS[sort].concerns != "nobody":
            sent["account"] = "4711"
        token = browser.form_token(page)
        to = f"{place}/{what}" if place else page
        answer = browser.client.post(
            to,
            data={"csrf_token": token, **sent},
            headers={"origin": browser.origin, "sec-fetch-site": "same-origin"},
        )
        assert answer.status_code == 303, (what, answer.text[-3000:])
        place = answer.headers["location"]
    reviewer = browsers[Party.REVIEWER]
    shown = reviewer.get(f"{place}?lang=zh").text
    last = SORTS[sort].act(WAYS[sort][-1][0])
    assert last is not None
    assert last.text.zh in shown
    assert "4711" not in shown
    assert place in reviewer.get(f"{path}?ended=yes").text
    never_open = all(state.final for state in SORTS[sort].states)
    assert (place in reviewer.get(path).text) is never_open
    english = reviewer.get(f"{place}?lang=en").text.replace("&#39;", "'")
    assert (last.text.en or "") in english
    assert kit.service.services.register.catalogue


def test_the_index_counts_what_is_open_and_late(kit: Kit, browsers: dict[Party, Browser]) -> None:
    page = browsers[Party.STAFF].get(INDEX).text
    for sort in SORTS.values():
        assert sort.text.zh in page
        assert f'href="/console/{sort.path}"' in page
    assert staff_of(kit, Role.AUDITOR).get(INDEX).status_code == 200
    admin = staff_of(kit, Role.ADMIN)
    assert admin.get(INDEX).status_code == 403
    assert INDEX not in admin.get("/console").text
    assert f'href="{INDEX}"' in page


def test_a_dossier_about_a_person_names_their_account_once(
    kit: Kit, browsers: dict[Party, Browser], rows: dict[str, str]
) -> None:
    new = "/console/minors-access/new/ask"
    assert kit.service.services.rights is not None
    sent = {"activity": rows["activities"], "reason": "核实举报", "until": "2027-01-01"}
    answer = browsers[Party.STAFF].submit(new, new, sent)
    assert answer.status_code == 400
    assert "涉及的账号：这一项没有填好" in answer.text


def test_a_missed_deadline_stands_among_the_findings(
    kit: Kit, browsers: dict[Party, Browser], rows: dict[str, str]
) -> None:
    new = "/console/complaints/new/take-down"
    sent = {
        "channel": "letter",
        "received-on": "2026-09-01",
        "cause": "rights",
        "activity": rows["activities"],
        "text": "没人理",
    }
    place = browsers[Party.STAFF].submit(new, new, sent).headers["location"]
    kit.clock.pass_by(timedelta(minutes=2))
    kit.run_controls()
    page = browsers[Party.STAFF].get("/console/findings?lang=zh").text
    assert f'href="{place}"' in page
    assert "答复：已过期限 2026-09-21" in page
    today = browsers[Party.STAFF].get("/console").text
    assert 'href="/console/complaints"' in today
    assert "件有期限已过" in today
    assert "期限都已遵守" in browsers[Party.STAFF].get("/console/board/duty-14").text


def test_an_assessment_that_is_dated_back_stands_among_the_findings(
    kit: Kit, browsers: dict[Party, Browser], rows: dict[str, str]
) -> None:
    register = kit.service.services.register.served.register
    old = min(register.assessments, key=lambda one: one.done)
    place = "/console/assessments/new/begin"
    for what, party, fields in WAYS["assessment"]:
        said = filled(fields, rows)
        if what == "begin":
            said["assessment"] = old.assessment
        browser = browsers[party]
        to = place if what == "begin" else f"{place}/{what}"
        answer = browser.client.post(
            to,
            data={"csrf_token": browser.form_token(place), **typed(said)},
            headers={"origin": browser.origin, "sec-fetch-site": "same-origin"},
        )
        assert answer.status_code == 303, answer.text
        place = answer.headers["location"]
    kit.clock.pass_by(timedelta(minutes=2))
    kit.run_controls()
    page = browsers[Party.STAFF].get("/console/findings?lang=zh").text
    assert f"登记簿写 {old.done.isoformat()} 完成" in page
    assert f'href="{place}"' in page


@pytest.mark.parametrize(
    ("sort", "what", "value"),
    [
        pytest.param("filing", "open", "9" * 5_000, id="more digits than are read"),
        pytest.param("filing", "open", str(2**53), id="no number of JSON"),
        pytest.param("incident", "discover", "0001-01-01T00:00", id="before all time"),
    ],
)
def test_a_value_that_no_browser_sends_is_a_wrong_field(
    browsers: dict[Party, Browser], rows: dict[str, str], sort: str, what: str, value: str
) -> None:
    new = f"/console/{SORTS[sort].path}/new/{what}"
    field = {"filing": "persons", "incident": "discovered-at"}[sort]
    sent = typed(filled(WAYS[sort][0][2], rows)) | {field: value}
    answer = browsers[Party.STAFF].submit(new, new, sent)
    assert answer.status_code == 400
    assert "这一项没有填好" in answer.text


def test_a_dossier_is_shown_and_worked_on_at_the_pages_of_its_own_sort_alone(
    browsers: dict[Party, Browser], rows: dict[str, str]
) -> None:
    staff, new = browsers[Party.STAFF], "/console/filings/new/open"
    place = staff.submit(new, new, typed(filled(WAYS["filing"][0][2], rows))).headers["location"]
    wanted = place.rpartition("/")[2]
    other = f"/console/complaints/{wanted}"
    assert staff.get(place).status_code == 200
    assert staff.get(other).status_code == 404
    reason = {"reason": "核实举报"}
    assert staff.submit(place, f"{other}/unmask", reason).status_code == 404
    assert staff.submit(place, f"{other}/accept").status_code == 404
    assert staff.get(place).status_code == 200
