"""What the JSON interface says of a register that is served, with the sample operator's."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from tests.doors.browser_kit import Browser
from tests.doors.service_kit import Kit, start

from chengnuo.domain.register.canonical import canonical_bytes
from chengnuo.ports.accounts import Account, AccountId, Role

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    made = start(tmp_path_factory.mktemp("shop") / "data", register=str(SAMPLE))
    made.service.services.accounts.store.add(
        Account(
            id=AccountId("auditor"),
            name="auditor.person",
            role=Role.AUDITOR,
            enabled=True,
            created_at=made.clock.now(),
        ),
        password_hash=None,
    )
    yield made
    made.service.close()


@pytest.fixture
def auditor(shop: Kit) -> Browser:
    services = shop.service.services
    account = services.accounts.store.account(AccountId("auditor"))
    browser = Browser(shop.service.app)
    browser.client.cookies.set("chengnuo-staff", services.sign_in.open_for_identity(account).token)
    return browser


@pytest.fixture
def changed(shop: Kit) -> str:
    """Keep a version in which one activity keeps its information for longer."""
    desk = shop.service.services.register
    register = desk.served.register
    first, *others = register.activities
    purpose = replace(first.purpose, zh=first.purpose.zh + "（改）")
    other = replace(register, activities=(replace(first, purpose=purpose), *others))
    return desk.versions.keep(canonical_bytes(other), by="cli", note="改了一处目的").id


def test_the_version_served_is_kept_signed_and_whole(auditor: Browser) -> None:
    served = auditor.get("/healthz").json()["registerVersion"]
    version = auditor.get(f"/v1/register/{served[:12]}").json()
    assert version["id"] == served
    document = auditor.get(f"/v1/register/{served}/document")
    assert sha256(document.content).hexdigest() == served
    key = bytes.fromhex(auditor.get("/v1/key").json()["publicKey"])
    assert key.hex() == version["publicKey"]
    message = b"chengnuo register v1\n" + served.encode()
    Ed25519PublicKey.from_public_bytes(key).verify(bytes.fromhex(version["signature"]), message)
    assert version["by"] == "service"
    assert version["position"] == 1


def test_a_change_is_told_in_words_with_what_is_asked_again(auditor: Browser, changed: str) -> None:
    served = auditor.get("/healthz").json()["registerVersion"]
    answer = auditor.get(f"/v1/diff/{served[:12]}/{changed[:12]}").json()
    assert (answer["before"], answer["after"]) == (served, changed)
    assert len(answer["changes"]) == 1
    assert answer["changes"][0]["row"]["kind"] == "activity"
    assert answer["changes"][0]["after"]["zh"].endswith("（改）")
    assert auditor.get(f"/v1/diff/{served[:12]}/{served[:12]}").json()["changes"] == []


def test_versions_come_newest_first(auditor: Browser, changed: str) -> None:
    versions = auditor.get("/v1/register").json()
    assert versions[0]["id"] == changed
    assert versions[0]["note"] == "改了一处目的"
    assert [one["position"] for one in versions] == sorted(
        (one["position"] for one in versions), reverse=True
    )


def test_findings_name_their_versions(auditor: Browser) -> None:
    answer = auditor.get("/v1/findings").json()
    health = auditor.get("/healthz").json()
    assert answer["registerVersion"] == health["registerVersion"]
    assert answer["lawVersion"] == health["lawVersion"]
    assert answer["rulesRun"] >= 60
    for finding in answer["findings"]:
        assert finding["duties"]
        assert finding["message"]["zh"]
        assert finding["fix"]["zh"]


def test_every_document_can_be_had_by_anybody_in_both_languages(shop: Kit) -> None:
    browser = Browser(shop.service.app)
    kinds = [one["kind"] for one in browser.get("/v1/documents").json()]
    assert {"collection-list", "sharing-list", "processing-rules"} <= set(kinds)
    for kind in kinds:
        zh = browser.get(f"/v1/documents/{kind}?lang=zh")
        en = browser.get(f"/v1/documents/{kind}?lang=en")
        assert zh.status_code == en.status_code == 200
        assert zh.headers["content-type"].startswith("application/json")
        assert zh.json() != en.json()


def test_a_document_of_a_kept_version_is_that_of_then(shop: Kit, changed: str) -> None:
    browser = Browser(shop.service.app)
    path = "/v1/documents/processing-rules"
    assert "（改）" in browser.get(f"{path}?version={changed[:12]}").text
    assert "（改）" not in browser.get(path).text


@pytest.mark.parametrize(
    "path",
    [
        "/v1/documents/changes",
        "/v1/documents/nothing",
        "/v1/documents/collection-list?app=nothing",
        "/v1/documents/collection-list?version=fffffff",
    ],
)
def test_a_document_that_is_not_there_is_a_404(shop: Kit, path: str) -> None:
    assert Browser(shop.service.app).get(path).status_code == 404


@pytest.mark.parametrize("path", ["document", ""])
def test_the_register_itself_is_for_staff(shop: Kit, path: str) -> None:
    browser = Browser(shop.service.app)
    served = browser.get("/healthz").json()["registerVersion"]
    answer = browser.get(f"/v1/register/{served}/{path}".rstrip("/"))
    assert answer.status_code == (401 if path else 200)
