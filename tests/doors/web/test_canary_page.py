"""Drawing a canary value in the console: by a reviewer alone, with a reason, shown once."""

from collections.abc import Iterator
from hashlib import sha256

import pytest
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit, start
from tests.doors.web.test_incident_page import SHOP

from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.party import Party
from chengnuo.ports.accounts import Role
from chengnuo.usecases.dossier.seen import Actor

PAGE, LIST = "/console/canary-desk", "/console/canaries"
OWN = "traps.example.com"
WANTED = {"kind": "email", "own": OWN, "how": "接口", "reason": "查外泄渠道"}


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    made = start(tmp_path_factory.mktemp("canaries") / "d", register=str(SHOP / "register"))
    yield made
    made.service.close()


def recipient_of(kit: Kit) -> str:
    desk = kit.service.services.dossiers
    assert desk is not None
    return desk.known("recipients")[0]


def test_a_reviewer_draws_one_and_it_is_in_no_record(kit: Kit) -> None:
    reviewer, desk = staff_of(kit, Role.REVIEWER), kit.service.services.dossiers
    assert desk is not None
    assert PAGE in reviewer.get(LIST).text
    drawn = reviewer.submit(PAGE, PAGE, {**WANTED, "recipient": recipient_of(kit)})
    assert drawn.status_code in {200, 201}
    assert drawn.headers["cache-control"] == "no-store"
    (seen,) = desk.queue(Actor(id="x", party=Party.REVIEWER), ["canary"])
    dossier = desk.one(DossierId(seen.dossier.id), Actor(id="x", party=Party.REVIEWER)).dossier
    value = str(dossier.value("value"))
    assert value.endswith(f"@{OWN}")
    assert value in drawn.text
    assert value not in reviewer.get(PAGE).text
    made, handed = dossier.acts
    assert (made.by, made.party, made.fields["reason"]) == (
        "reviewer-of-the-log",
        Party.REVIEWER,
        WANTED["reason"],
    )
    assert handed.what == "hand-over"
    opened = sha256(f"{dossier.value('opening')}:{value}".encode()).hexdigest()
    assert dossier.value("commitment") == opened
    evidence = kit.service.services.evidence
    evidence.log.publish()
    payloads = [evidence.payloads.opened(one).payload or b"" for one in evidence.log.newest()]
    assert any(opened.encode() in one for one in payloads)
    assert not any(value.encode() in one for one in payloads)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        pytest.param({"reason": "x"}, "reason", id="no reason"),
        pytest.param({"own": ""}, "own", id="nothing of one's own"),
        pytest.param({"recipient": "nobody"}, "recipient", id="no such recipient"),
        pytest.param({"kind": "face"}, "kind", id="no such sort"),
    ],
)
def test_a_wrong_form_comes_back_as_typed(kit: Kit, wrong: dict[str, str], named: str) -> None:
    reviewer = staff_of(kit, Role.REVIEWER)
    sent = {**WANTED, "recipient": recipient_of(kit), "how": "已填的方式", **wrong}
    answer = reviewer.submit(PAGE, PAGE, sent)
    assert (answer.status_code, "已填的方式" in answer.text) == (400, True)
    assert f'href="#{named}"' in answer.text


@pytest.mark.parametrize("role", [Role.STAFF, Role.AUDITOR, Role.ADMIN])
def test_nobody_else_draws_one(kit: Kit, role: Role) -> None:
    browser = staff_of(kit, role)
    assert browser.get(PAGE).status_code == 403
    sent = {**WANTED, "recipient": recipient_of(kit)}
    assert browser.submit("/console/account", PAGE, sent).status_code == 403
    if role is not Role.ADMIN:
        assert PAGE not in browser.get(LIST).text
