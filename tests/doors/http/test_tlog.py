"""The log over HTTP: each file under its one name, entries for auditors, nothing beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import (
    SOMEBODY_ELSE,
    consent,
    individual_of,
    provide,
    staff_of,
)
from tests.doors.service_kit import Kit, start

from chengnuo.adapters.evidence.file_system import RealFiles
from chengnuo.adapters.evidence.public_files import PublicFiles
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.engines.merkle.tiles import pack_bundle, unpack_bundle
from chengnuo.ports.accounts import Role

FULL = 256


@pytest.fixture(scope="module")
def log_kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    """A service whose log has one full tile and a begun one."""
    made = start(tmp_path_factory.mktemp("log") / "data", demo=True)
    evidence = made.service.services.evidence
    values = {"outcome": "permit", "rules": ["basis"]}
    draft = evidence.recorder.draft(Kind.DECISION, values, person=SOMEBODY_ELSE)
    evidence.log.append([draft] * (FULL + 2))
    evidence.log.publish()
    yield made
    made.service.close()


@pytest.fixture(scope="module")
def anyone(log_kit: Kit) -> Browser:
    return Browser(log_kit.service.app)


@pytest.fixture(scope="module")
def auditor(log_kit: Kit) -> Browser:
    return staff_of(log_kit, Role.AUDITOR)


@pytest.mark.parametrize(
    ("path", "media_type", "keep"),
    [
        ("/tlog/checkpoint", "text/plain; charset=utf-8", "public, max-age=1"),
        ("/tlog/log.json", "application/json", "public, max-age=60"),
        (
            "/tlog/tile/0/000",
            "application/octet-stream",
            "public, max-age=31536000, immutable",
        ),
        ("/tlog/tile/1/000.p/1", "application/octet-stream", "public, max-age=60"),
    ],
)
def test_a_file_of_the_log_is_given_to_anyone(
    anyone: Browser, path: str, media_type: str, keep: str
) -> None:
    answer = anyone.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert answer.headers["cache-control"] == keep


def test_a_checkpoint_is_the_note_that_lies_in_the_folder(log_kit: Kit, anyone: Browser) -> None:
    folder = Path(log_kit.settings.data) / "evidence" / "log"
    assert anyone.get("/tlog/checkpoint").content == (folder / "checkpoint").read_bytes()
    assert anyone.get("/tlog/tile/0/000").content == (folder / "tile/0/000").read_bytes()


def test_who_has_a_file_already_gets_no_bytes_again(anyone: Browser) -> None:
    first = anyone.get("/tlog/tile/0/000")
    again = anyone.get("/tlog/tile/0/000", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = anyone.get("/tlog/tile/0/000", headers={"if-none-match": '"other"'})
    assert other.content == first.content


def test_the_head_of_a_file_says_its_length(anyone: Browser) -> None:
    whole = anyone.get("/tlog/tile/0/000")
    head = anyone.client.head("/tlog/tile/0/000")
    assert head.content == b""
    for name in ("content-length", "content-type", "etag", "cache-control"):
        assert head.headers[name] == whole.headers[name]


@pytest.mark.parametrize(
    "path",
    [
        "/tlog/tile/0/0",
        "/tlog/tile/0/x000/000",
        "/tlog/tile/00/000",
        "/tlog/tile/9/000",
        "/tlog/tile/0/000.p/256",
        "/tlog/tile/0/000.p/0",
        "/tlog/tile/0/000.p/01",
        "/tlog/tile/0/000/",
        "/tlog/tile/0//000",
        "/tlog//checkpoint",
        "/tlog/checkpoint/",
        "/tlog/tile/0/%2e%2e/%2e%2e/%2e%2e/keys.db",
        "/tlog/tile/0/..%2f..%2fcheckpoint",
        "/tlog/tile/..%2fcheckpoint",
        "/tlog/stamps/..%2fcheckpoint",
        "/tlog/stamps/%2e%2e%2flog.json",
        "/tlog/stamps/007.note",
        "/tlog/tile/0/\uff10\uff10\uff10",
        "/tlog/tile/0/000%00",
        "/tlog/tile/0/000%0a",
        "/tlog/index.db",
        "/tlog/../keys.db",
    ],
)
def test_another_spelling_or_another_place_is_not_found(anyone: Browser, path: str) -> None:
    assert anyone.get(path).status_code == 404


def test_a_tile_that_is_not_there_is_not_found(anyone: Browser) -> None:
    for path in ("/tlog/tile/0/000.p/3", "/tlog/tile/0/009", "/tlog/tile/2/000"):
        answer = anyone.get(path)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_begun_tile_that_gave_way_is_not_found(log_kit: Kit, anyone: Browser) -> None:
    evidence = log_kit.service.services.evidence
    width = evidence.status().published % FULL
    assert anyone.get(f"/tlog/tile/0/001.p/{width}").status_code == 200
    for _ in range(2):
        provide(log_kit, SOMEBODY_ELSE)
    assert anyone.get(f"/tlog/tile/0/001.p/{width}").status_code == 404
    assert anyone.get(f"/tlog/tile/0/001.p/{width + 2}").status_code == 200


def test_entries_are_for_the_auditor_alone(log_kit: Kit, auditor: Browser) -> None:
    path = "/tlog/tile/entries/000"
    answer = auditor.get(path)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-store"
    entries = unpack_bundle(answer.content)
    assert len(entries) == FULL
    assert pack_bundle(entries) == answer.content
    for role in (Role.STAFF, Role.REVIEWER, Role.ADMIN):
        assert staff_of(log_kit, role).get(path).status_code == 403
    assert Browser(log_kit.service.app).get(path).status_code == 401
    assert individual_of(log_kit)[0].get(path).status_code == 401


def test_entries_have_one_spelling_too(auditor: Browser) -> None:
    for name in ("0", "x000/000", "000.p/256", "..%2f0%2f000", "%2e%2e/0/000"):
        assert auditor.get(f"/tlog/tile/entries/{name}").status_code == 404


def test_a_stamped_checkpoint_is_given_by_its_size(log_kit: Kit, anyone: Browser) -> None:
    folder = Path(log_kit.settings.data) / "evidence" / "log"
    (folder / "stamps").mkdir(exist_ok=True)
    (folder / "stamps" / "7.tsr").write_bytes(b"\x30\x03")
    answer = anyone.get("/tlog/stamps/7.tsr")
    assert (answer.status_code, answer.content) == (200, b"\x30\x03")
    assert answer.headers["content-type"] == "application/timestamp-reply"
    (folder / "stamps" / "7.tsr").unlink()
    assert anyone.get("/tlog/stamps/7.tsr").status_code == 404


def test_no_name_leads_out_of_the_public_folder(tmp_path: Path) -> None:
    public = tmp_path / "log"
    public.mkdir()
    (tmp_path / "keys.db").write_bytes(b"secret")
    (public / "way-out").symlink_to(tmp_path / "keys.db")
    (public / "checkpoint").write_bytes(b"note")
    files = PublicFiles(public, RealFiles())
    assert files.file("checkpoint") == b"note"
    for name in ("../keys.db", "./checkpoint", "a//b", "", "way-out", "..", "checkpoint\n"):
        assert files.file(name) is None


def test_the_state_in_numbers_is_for_staff(log_kit: Kit) -> None:
    body = staff_of(log_kit, Role.ADMIN).get("/v1/evidence/status").json()
    assert body["size"] >= body["published"] > FULL
    assert body["kinds"]["decision"] == FULL + 2
    assert (body["recovered"], body["failed"]) == (False, False)
    assert Browser(log_kit.service.app).get("/v1/evidence/status").status_code == 401
    assert individual_of(log_kit)[0].get("/v1/evidence/status").status_code == 401


def test_an_individual_gets_the_receipts_of_their_own_chain_only(log_kit: Kit) -> None:
    browser, visitor = individual_of(log_kit)
    mine, not_mine = consent(log_kit, visitor.person), consent(log_kit, SOMEBODY_ELSE)
    listed = browser.get("/v1/evidence/receipts").json()
    assert [record["position"] for record in listed] == [mine]
    assert set(listed[0]) == {"position", "at", "kind", "seq", "activity", "item", "recipient"}
    more = [consent(log_kit, visitor.person) for _ in range(4)]
    newest = [*reversed(more), mine]
    for limit in (1, 2, 5):
        found: list[int] = []
        while leaf := browser.get(
            f"/v1/evidence/receipts?limit={limit}" + (f"&before={found[-1]}" if found else "")
        ).json():
            assert len(leaf) <= limit
            found += [record["position"] for record in leaf]
        assert found == newest
    for wrong in ("limit=0", "limit=1001", "before=x"):
        assert browser.get(f"/v1/evidence/receipts?{wrong}").status_code == 400
    receipt = browser.get(f"/v1/evidence/receipts/{mine}").json()
    assert receipt["chengnuo:evidence"]["records"][0]["index"] == mine
    refused = browser.get(f"/v1/evidence/receipts/{not_mine}")
    assert (refused.status_code, refused.json()["code"]) == (404, "no-such-record")
    assert browser.get("/v1/evidence/receipts/99999999").status_code == 404
    assert browser.get("/v1/evidence/receipts/-1").status_code == 400
    for role in (Role.STAFF, Role.AUDITOR, Role.ADMIN):
        answer = staff_of(log_kit, role).get(f"/v1/evidence/receipts/{mine}")
        assert answer.status_code == 401
