"""Third parties over the interface: an agreement lapses in use, joint handlers, makers of SDKs."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from tests.doors.http.asking_kit import ACCOUNT, SAMPLE, Asking, keys_of
from tests.doors.http.test_provisions import BODY, ITEMS
from tests.doors.service_kit import start

from chengnuo.base.canonical import Tree
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.standing import ActRefusedError, DossierStateError
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.ports.api_keys import ApiScope
from chengnuo.usecases.api_keys import ApiKeys
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.seen import Actor

LAST_DAY = "2026-12-20"
BEFORE = datetime(2026, 12, 20, 15, 59, 59, 999_999, tzinfo=UTC)
AFTER = datetime(2026, 12, 20, 16, 0, tzinfo=UTC)
"""The first instant of the 21st in Beijing."""
STAFF = Actor(id="acc-staff", party=Party.STAFF)
REVIEWER = Actor(id="acc-reviewer", party=Party.REVIEWER)
JOINT, ENTRUSTED = "tongqu-partner", "customs-broker"
REQUEST: dict[str, Tree] = {
    "right": "delete",
    "received-on": "2026-11-20",
    "proved": "signed-in",
    "text": "请删除我的报名信息",
}


@dataclass(frozen=True, kw_only=True)
class House:
    """A service whose register can be changed, and programs with keys."""

    asking: Asking
    folder: Path

    @property
    def desk(self) -> DossierDesk:
        found = self.asking.kit.service.services.dossiers
        assert found is not None
        return found

    def expires(self, last: str) -> None:
        """Let the agreement with the recipient abroad end on a day, and put that in force."""
        file = self.folder / "agreements" / "sentry-dpa.yaml"
        lines = [
            f"expires: {last}" if line.startswith("expires:") else line
            for line in file.read_text("utf-8").splitlines()
        ]
        file.write_text("\n".join(lines) + "\n", "utf-8")
        self.asking.kit.service.services.register.load(by="cli")

    def at(self, instant: datetime) -> None:
        """Let it be an instant, and the service look at what has fallen due."""
        self.asking.kit.clock.at = instant
        self.asking.kit.service.services.sweep()

    def barriers(self) -> set[tuple[str, str]]:
        """Return what stands in the way of providing abroad: rule and article."""
        answer = self.asking.post(BODY, path="/v1/provisions").json()
        assert answer["mayGo"] is not bool(answer["barriers"])
        return {(one["rule"], one["article"]) for one in answer["barriers"]}

    def decided(self) -> tuple[str, set[tuple[str, str]]]:
        """Return the answer to a decision about it."""
        body = {name: BODY[name] for name in ("person", "activity", "recipient", "recent")}
        said = self.asking.post(body | {"age": "18+", "account": "active"}).json()
        return said["outcome"], {(one["rule"], one["article"]) for one in said["by"]}

    def states(self, sort: str) -> list[str]:
        """Return the states of the dossiers of a sort."""
        found = self.desk.queue(STAFF, [sort], open_only=False)
        return [one.state.id for one in found]

    def partner(self, recipient: str) -> "Partner":
        """Return a program of a recipient."""
        scopes = frozenset({ApiScope.DOSSIER_READ, ApiScope.DOSSIER_WRITE})
        name = f"of-{recipient}"
        secret = self.asking.keys.make(name, scopes, by="cli", recipient=recipient).secret
        return Partner(asking=self.asking, secret=secret)


@dataclass(frozen=True, kw_only=True)
class Partner:
    """A program of a recipient."""

    asking: Asking
    secret: str

    def post(self, verb: str, **body: Tree) -> httpx.Response:
        path = f"/v1/dossiers:{verb}" if verb else "/v1/dossiers"
        return self.asking.post(body, path=path, authorization=f"Bearer {self.secret}")

    def hand_over(self, recipient: str, **more: Tree) -> httpx.Response:
        fields = {**REQUEST, "recipient": recipient}
        opening = {"sort": "joint-request", "what": "hand-over", "fields": fields}
        return self.post("", **opening, person=ACCOUNT, **more)

    def listed(self, **more: Tree) -> list[str]:
        return [one["id"] for one in self.post("list", **more).json()["dossiers"]]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    folder = tmp_path / "register"
    shutil.copytree(SAMPLE, folder)
    kit = start(tmp_path / "data", register=str(folder))
    keys = ApiKeys(store=keys_of(kit), tokens=kit.service.services.tokens, clock=kit.clock)
    scopes = frozenset({ApiScope.PROVISION_WRITE, ApiScope.DECIDE})
    asking = Asking(kit=kit, keys=keys, secret=keys.make("orders", scopes, by="cli").secret)
    yield House(asking=asking, folder=folder)
    kit.service.close()


def test_an_agreement_that_lapses_in_use_stops_what_goes_there_at_that_instant(
    house: House,
) -> None:
    for item in ITEMS:
        house.asking.agree(item)
    house.expires(LAST_DAY)
    lapsed = ("entrusting-agreement", "PIPL-21")
    house.at(BEFORE)
    assert house.barriers() == set()
    assert house.decided()[0] == "permit"
    assert house.states("agreement-term") == ["running-out"]
    house.at(AFTER)
    assert house.barriers() == {lapsed}
    assert house.decided() == ("refuse", {lapsed})
    assert house.states("agreement-term") == ["lapsed"]
    house.expires("2028-12-31")
    house.at(AFTER)
    assert house.barriers() == set()
    assert house.decided()[0] == "permit"
    assert house.states("agreement-term") == ["renewed"]
    seen = house.desk.queue(STAFF, ["agreement-term"], open_only=False)[0]
    assert [act.what for act in seen.dossier.acts] == ["open", "lapse", "renew"]
    assert all(act.position is not None for act in seen.dossier.acts)
    clock = seen.clocks[0]
    assert (str(clock.deadline.on), clock.is_late(AFTER)) == (LAST_DAY, True)


def test_an_agreement_is_told_of_once_and_two_months_ahead(house: House) -> None:
    house.expires("2027-02-01")
    house.at(datetime(2026, 12, 2, 15, 59, tzinfo=UTC))
    assert house.states("agreement-term") == []
    for _ in range(2):
        house.at(datetime(2026, 12, 2, 16, 0, tzinfo=UTC))
        assert house.states("agreement-term") == ["running-out"]


def test_a_request_that_a_joint_handler_got_is_handed_over_forwarded_and_answered(
    house: House,
) -> None:
    partner = house.partner(JOINT)
    opened = partner.hand_over(JOINT, key="r-1")
    assert opened.status_code == 200, opened.text
    wanted = opened.json()["id"]
    assert partner.hand_over(JOINT, key="r-1").json()["id"] == wanted
    assert opened.json()["state"]["id"] == "received"
    assert opened.json()["acts"][0]["withheld"] == ["text"]
    assert [one["on"] for one in opened.json()["clocks"]] == ["2026-12-11"]
    desk = house.desk
    said = {"wanted": "删除报名信息", "answer-by": "2026-12-05"}
    desk.act(DossierId(wanted), "forward", STAFF, said)
    done = partner.post(
        "act", dossier=wanted, what="acknowledge", fields={"done-on": "2026-11-20"}
    ).json()
    assert done["state"]["id"] == "done"
    answer = {"answered-by": "both", "outcome": "done", "answered-on": "2026-11-20"}
    desk.act(DossierId(wanted), "answer", STAFF, answer)
    seen = partner.post("get", dossier=wanted).json()
    assert [(act["what"], act["party"]) for act in seen["acts"]] == [
        ("hand-over", "partner"),
        ("forward", "staff"),
        ("acknowledge", "partner"),
        ("answer", "staff"),
    ]
    assert seen["acts"][-1]["fields"]["answered-by"] == "both"
    evidence = house.asking.kit.service.services.evidence
    kinds = [one.leaf.kind for one in evidence.mine(house.asking.person)]
    assert kinds.count(Kind.DOSSIER_ACT) == 4


def test_what_is_declined_needs_reasons_and_silence_becomes_late(house: House) -> None:
    partner = house.partner(JOINT)
    wanted = DossierId(partner.hand_over(JOINT).json()["id"])
    declined = {"answered-by": "recipient", "outcome": "declined", "answered-on": "2026-11-20"}
    refused = partner.post("act", dossier=wanted, what="answer", fields=declined)
    assert (refused.status_code, refused.json()["code"]) == (422, "dossier-act-refused")
    said = {"wanted": "删除报名信息", "answer-by": "2026-12-05"}
    house.desk.act(wanted, "forward", STAFF, said)
    house.at(datetime(2026, 12, 12, 1, tzinfo=UTC))
    seen = partner.post("get", dossier=wanted).json()
    assert [one["late"] for one in seen["clocks"]] == [True, True]


def test_a_recipient_speaks_for_itself_and_sees_its_own_alone(house: House) -> None:
    mine, other = house.partner(JOINT), house.partner(ENTRUSTED)
    wanted = mine.hand_over(JOINT).json()["id"]
    for_another = other.hand_over(JOINT)
    assert (for_another.status_code, for_another.json()["code"]) == (422, "dossier-field")
    for no_joint in (other.hand_over(ENTRUSTED), mine.hand_over(ENTRUSTED)):
        assert (no_joint.status_code, no_joint.json()["code"]) == (422, "dossier-act-refused")
    assert mine.listed() == mine.listed(person=ACCOUNT) == [wanted]
    assert other.listed() == other.listed(person=ACCOUNT) == []
    for body in ({"dossier": wanted}, {"dossier": wanted, "person": ACCOUNT}):
        hidden = other.post("get", **body)
        assert (hidden.status_code, hidden.json()["code"]) == (404, "no-such-dossier")
    assert mine.listed(person="somebody-else") == []
    assert house.states("joint-request") == ["received"]


def test_an_sdk_is_asked_about_answered_by_its_maker_and_approved_by_nobody_without_inspection(
    house: House,
) -> None:
    partner, other = house.partner("getui"), house.partner(ENTRUSTED)
    asked = {
        "recipient": "getui",
        "sdk-version": "3.3.9",
        "why": "new",
        "answer-by": "2026-12-20",
    }
    wanted = house.desk.open("sdk-vetting", "ask", STAFF, asked).dossier.id
    assert other.post("get", dossier=wanted).status_code == 404
    answers: dict[str, Tree] = {
        "purposes": "推送",
        "kinds": "设备标识，每次启动一次",
        "asked-permissions": "无",
        "starts": "after-consent",
        "updates": "none",
        "switches": "each",
        "own-sdks": "无",
        "hosts": "push.example",
        "kept-in": "中国上海",
        "goes-abroad": False,
        "kept-for": "三十日",
        "rights-channel": "privacy@getui.example",
        "minors": "mode",
        "others": "无",
        "incident-contact": "值班岗 021-00000000",
    }
    short = {name: value for name, value in answers.items() if name != "hosts"}
    missing = partner.post("act", dossier=wanted, what="answer", fields=short)
    assert (missing.status_code, missing.json()["code"]) == (422, "dossier-field")
    done = partner.post("act", dossier=wanted, what="answer", fields=answers).json()
    assert done["state"]["id"] == "answered"
    assert done["acts"][-1]["fields"] == answers
    made_up = {"kit": "0123456789abcdef"}
    for act, fields in (("inspect", made_up), ("inspect", {"kit": "nonsense"})):
        with pytest.raises(ActRefusedError, match="no inspection of this number"):
            house.desk.act(wanted, act, STAFF, fields)
    late = partner.post("act", dossier=wanted, what="approve", fields={"until": "2027-01-01"})
    assert (late.status_code, late.json()["code"]) == (403, "dossier-not-yours")
    with pytest.raises(DossierStateError):
        house.desk.act(wanted, "approve", REVIEWER, {"until": "2027-01-01"})
