"""A minor's request over HTTP, by a real desk: whatever refuses it, the reason is in writing."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from tests.doors.http.asking_kit import Asking, service_asked
from tests.running import run
from tests.usecases.rights.rights_house import LIN, REVIEWER, RightsHouse

from chengnuo.base.canonical import Tree
from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.rights.request import RequestId
from chengnuo.doors.http.rights import OPERATIONS, Rights
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.api_keys import ApiScope

pytestmark = pytest.mark.service
REASON = "核实后依法不能办理"
IN_WRITING = "以书面形式送达未成年人及其监护人"
DELETION: dict[str, Tree] = {
    "asker": {"person": LIN},
    "right": "delete",
    "asked": {"kind": "delete", "ground": "consent-withdrawn"},
}


@dataclass
class BackEnd:
    """A back end with a key, before the desk of a tea house."""

    tea: RightsHouse
    app: Rights
    secret: str

    def post(self, verb: str, body: object) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)  # type: ignore[arg-type]  # plain ASGI
            async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
                return await client.post(
                    f"/v1/rights:{verb}",
                    content=json.dumps(body).encode(),
                    headers={
                        "content-type": "application/json",
                        "authorization": f"Bearer {self.secret}",
                    },
                )

        return run(ask())

    def said(self, verb: str, body: object) -> dict[str, Tree]:
        answer = self.post(verb, body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Tree] = answer.json()
        return found

    def born(self, years: int) -> None:
        today = self.tea.clock.now().date()
        born = today.replace(year=today.year - years, day=1)
        self.tea.consents.know(self.tea.person(LIN), birth_date=born)


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    scopes = (ApiScope.RIGHTS_READ, ApiScope.RIGHTS_WRITE)
    made = service_asked(tmp_path_factory.mktemp("minors"), *scopes)
    yield made
    made.kit.service.close()


@pytest.fixture
def back_end(tmp_path: Path, catalogue: Catalogue, asking: Asking) -> Iterator[BackEnd]:
    tea = RightsHouse(tmp_path / "house", catalogue)
    tea.fill(LIN)
    decisions = asking.kit.service.decisions
    assert decisions is not None
    app = Rights(desk=tea.rights, gate=decisions.gate, person=tea.person)
    yield BackEnd(tea=tea, app=app, secret=asking.secret)
    tea.close()


def reasons_of(request: dict[str, Tree]) -> list[str]:
    """Return the reasons of a refusal that is in writing."""
    assert request["stage"] == "refused"
    reply = request["reply"]
    assert isinstance(reply, dict)
    assert IN_WRITING in str(reply["letter"])
    refusals = reply["refusals"]
    assert isinstance(refusals, list)
    assert refusals
    return [json.dumps(one, ensure_ascii=False) for one in refusals]


@pytest.mark.parametrize("years", [6, 13])
def test_a_child_who_asks_alone_is_told_in_writing_why_not(back_end: BackEnd, years: int) -> None:
    back_end.born(years)
    refused = back_end.said("open", DELETION)
    assert any("监护人" in one for one in reasons_of(refused))
    assert back_end.tea.rows_of(LIN) > 0


@pytest.mark.parametrize("years", [14, 17])
def test_no_program_refuses_a_minor_and_staff_only_with_reasons(
    back_end: BackEnd, years: int
) -> None:
    back_end.born(years)
    request = str(back_end.said("open", DELETION)["id"])
    assert not {"decline", "refuse"} & {path.partition(":")[2] for path in OPERATIONS}
    stale = {"person": LIN, "authenticatedAt": "2020-01-01T00:00:00Z"}
    for asker in ({"person": LIN}, stale):  # proof that is lacking or too old refuses nothing
        back_end.post("prove", {"id": request, "asker": asker})
        assert back_end.said("get", {"id": request})["reply"] is None
    rights = back_end.tea.rights
    for reason in ("", " ", "\u200b" * 9, "-" * 9):
        with pytest.raises(ChengnuoError) as bare:
            rights.decline(RequestId(request), REVIEWER, "no-ground", reason)
        assert bare.value.code == "rights-reason"
        assert back_end.said("get", {"id": request})["reply"] is None
    rights.decline(RequestId(request), REVIEWER, "no-ground", REASON)
    shown = back_end.said("get", {"id": request, "person": LIN})
    assert any(REASON in one for one in reasons_of(shown))
