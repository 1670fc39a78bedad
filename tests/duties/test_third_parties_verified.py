"""Publications, joint handlers, makers of SDKs and agreements, from the interface to the verifier.

What programs, recipients and the service itself do; the forms of staff are gone through elsewhere.
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.doors.http.asking_kit import ACCOUNT, Asking, keys_of
from tests.doors.http.test_publications import BODY, GENERAL, NAMING
from tests.doors.http.test_third_parties import JOINT, REQUEST
from tests.doors.service_kit import start
from tests.duties.duty_kit import (
    SAMPLE,
    Duties,
    acts_in,
    disclosed,
    forged,
    said_otherwise,
    without_act,
)
from tests.usecases.dossier.ways import WAYS

from chengnuo.domain.dossier.party import Party
from chengnuo.ports.accounts import Role
from chengnuo.ports.api_keys import ApiScope
from chengnuo.usecases.api_keys import ApiKeys

LAST_DAY, AFTER = "2026-12-20", datetime(2026, 12, 20, 16, 0, tzinfo=UTC)
"""The first instant of the 21st in Beijing."""


def asked(folder: Path, register: Path) -> Asking:
    kit = start(folder, demo=True, register=str(register))
    keys = ApiKeys(store=keys_of(kit), tokens=kit.service.services.tokens, clock=kit.clock)
    scopes = frozenset({ApiScope.PUBLICATION_WRITE})
    return Asking(kit=kit, keys=keys, secret=keys.make("lists", scopes, by="cli").secret)


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    made = asked(tmp_path_factory.mktemp("parties") / "data", SAMPLE)
    yield made
    made.kit.service.close()


@pytest.fixture(scope="module")
def duties(asking: Asking, tmp_path_factory: pytest.TempPathFactory) -> Duties:
    return Duties(kit=asking.kit, folder=tmp_path_factory.mktemp("out"))


def sweep(asking: Asking) -> None:
    assert asking.kit.service.services.sweep is not None
    asking.kit.service.services.sweep()


def whole(duties: Duties, file: bytes) -> None:
    verdict = duties.verified(file)
    assert (verdict.status, verdict.code) == (0, "evidence-whole"), verdict


def by_key(asking: Asking, secret: str, verb: str, **body: object) -> dict[str, Any]:
    path = f"/v1/dossiers:{verb}" if verb else "/v1/dossiers"
    answer = asking.post(body, path=path, authorization=f"Bearer {secret}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def partner(asking: Asking, recipient: str) -> str:
    scopes = frozenset({ApiScope.DOSSIER_READ, ApiScope.DOSSIER_WRITE})
    return asking.keys.make(f"of-{recipient}", scopes, by="cli", recipient=recipient).secret


def test_a_name_is_published_and_taken_down_with_a_proof_of_both(
    asking: Asking, duties: Duties
) -> None:
    def published() -> bool:
        return bool(asking.post(BODY, path="/v1/publications").json()["mayPublish"])

    def shown(file: bytes) -> list[dict[str, Any]]:
        return [one for one in disclosed(file) if "masks" in one]

    asking.agree(GENERAL)
    assert not published()
    before = duties.evidence_file("person", account=ACCOUNT)
    whole(duties, before)
    assert shown(before) == []
    asking.agree(NAMING)
    assert published()
    asking.withdraw(NAMING)
    assert not published()
    sweep(asking)
    desk = asking.kit.service.services.dossiers
    assert desk is not None
    (task,) = desk.store.every(["name-removal"], open_only=True)
    page = f"/console/name-removals/{task.id}"
    staff = duties.browser(Role.STAFF)
    steps = {what: fields for what, _, fields in WAYS["name-removal"]}
    said = {name: str(value) for name, value in steps["removed"].items()}
    assert staff.submit(page, f"{page}/removed", said).status_code == 303
    file = duties.evidence_file("person", account=ACCOUNT)
    whole(duties, file)
    (record,) = shown(file)
    assert record["masks"] == []
    acts = acts_in(file, task.id)
    assert [(one["what"], one["party"], one["by"] == "service") for one in acts] == [
        ("begin", "service", True),
        ("removed", "staff", False),
    ]
    for change, code in ((said_otherwise(task.id), "payload"), (without_act(task.id), "chain")):
        verdict = duties.verified(forged(file, change))
        assert (verdict.status, verdict.code) == (1, code)

    def with_another_mask(proof: dict[str, Any]) -> None:
        (gone,) = (one for one in proof["disclosed"] if '"masks"' in one["payload"])
        gone["payload"] = gone["payload"].replace('"masks":[]', '"masks":[{}]')

    verdict = duties.verified(forged(file, with_another_mask))
    assert (verdict.status, verdict.code) == (1, "payload")


def test_what_a_joint_handler_hands_over_and_does_stands_in_the_proof_of_the_individual(
    asking: Asking, duties: Duties
) -> None:
    secret = partner(asking, JOINT)
    fields = {**REQUEST, "recipient": JOINT}
    opened = by_key(
        asking,
        secret,
        "",
        sort="joint-request",
        what="hand-over",
        fields=fields,
        person=ACCOUNT,
    )
    wanted = opened["id"]
    page = f"/console/joint-requests/{wanted}"
    staff = duties.browser(Role.STAFF)
    said = {"wanted": "删除报名信息", "answer-by": "2026-12-05"}
    assert staff.submit(page, f"{page}/forward", said).status_code == 303
    done = {"done-on": "2026-11-20"}
    by_key(asking, secret, "act", dossier=wanted, what="acknowledge", fields=done)
    answer = {"answered-by": "recipient", "outcome": "done", "answered-on": "2026-11-20"}
    by_key(asking, secret, "act", dossier=wanted, what="answer", fields=answer)
    file = duties.evidence_file("person", account=ACCOUNT)
    whole(duties, file)
    acts = acts_in(file, wanted)
    assert [(one["what"], one["party"]) for one in acts] == [
        ("hand-over", "partner"),
        ("forward", "staff"),
        ("acknowledge", "partner"),
        ("answer", "partner"),
    ]
    assert [one["by"] for one in acts if one["party"] == "partner"] == [JOINT] * 3
    assert all("text" not in one["said"] for one in acts)
    assert str(REQUEST["text"]) not in str(disclosed(file))
    verdict = duties.verified(forged(file, without_act(wanted)))
    assert (verdict.status, verdict.code) == (1, "chain")


def test_what_the_maker_of_an_sdk_answers_is_shown_by_the_duty(
    asking: Asking, duties: Duties
) -> None:
    steps = {what: fields for what, _, fields in WAYS["sdk-vetting"]}
    recipient = "getui"
    question = {**steps["ask"], "recipient": recipient}
    wanted = duties.done("sdk-vetting", (("ask", Party.STAFF, question),))
    secret = partner(asking, recipient)
    by_key(asking, secret, "act", dossier=wanted, what="answer", fields=dict(steps["answer"]))
    file = duties.evidence_file("PIPL-21")
    whole(duties, file)
    acts = acts_in(file, wanted)
    assert [(one["what"], one["party"]) for one in acts] == [
        ("ask", "staff"),
        ("answer", "partner"),
    ]
    assert acts[-1]["by"] == recipient
    assert acts[-1]["said"].items() >= steps["answer"].items()
    verdict = duties.verified(forged(file, said_otherwise(wanted)))
    assert (verdict.status, verdict.code) == (1, "payload")


def test_an_agreement_that_the_service_saw_lapse_is_shown_by_its_duty(tmp_path: Path) -> None:
    register = tmp_path / "register"
    shutil.copytree(SAMPLE, register)
    row = register / "agreements" / "sentry-dpa.yaml"
    lines = [
        f"expires: {LAST_DAY}" if line.startswith("expires:") else line
        for line in row.read_text("utf-8").splitlines()
    ]
    row.write_text("\n".join(lines) + "\n", "utf-8")
    asking = asked(tmp_path / "data", register)
    sweep(asking)
    asking.kit.clock.at = AFTER
    sweep(asking)
    desk = asking.kit.service.services.dossiers
    assert desk is not None
    (term,) = desk.store.every(["agreement-term"])
    duties = Duties(kit=asking.kit, folder=tmp_path)
    file = duties.evidence_file("PIPL-21")
    whole(duties, file)
    acts = acts_in(file, term.id)
    assert [(one["what"], one["party"], one["by"]) for one in acts] == [
        ("open", "service", "service"),
        ("lapse", "service", "service"),
    ]
    assert acts[-1]["state"] == "lapsed"
    verdict = duties.verified(forged(file, said_otherwise(term.id)))
    assert (verdict.status, verdict.code) == (1, "payload")
    asking.kit.service.close()
