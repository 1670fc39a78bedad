"""Publishing the board in the console: four eyes, what was looked at, going back."""

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit, start

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.ports.accounts import Role

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
PAGE, PUBLIC = "/console/board/publish", "/centre/promises"
SEEN = re.compile(r'name="seen" value="([0-9a-f]{64})"')


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Kit]:
    made = start(tmp_path / "data", register=str(SAMPLE))
    made.run_controls()
    yield made
    made.service.close()


def seen_by(browser: Browser) -> str:
    found = SEEN.search(browser.get(PAGE).text)
    assert found is not None
    return found[1]


def ask(browser: Browser, step: str = "publish") -> int:
    said = {"step": step, "seen": seen_by(browser)}
    return browser.submit(PAGE, PAGE, said).status_code


def settle(browser: Browser) -> int:
    fields = {"seen": seen_by(browser)}
    return browser.submit(PAGE, f"{PAGE}/settle", fields).status_code


def recorded(kit: Kit) -> list[str]:
    """What was recorded about the public board, the newest first."""
    evidence, found = kit.service.services.evidence, []
    evidence.log.publish()
    for one in evidence.log.newest():
        payload = evidence.payloads.opened(one).payload
        if payload is None:
            continue
        said = json.loads(payload)
        if one.leaf.kind == Kind.ATTESTATION:
            found.append("attested")
        elif str(said.get("what", "")).startswith("board-"):
            found.append(said["what"])
    return found


def test_alone_it_is_published_at_once_and_anybody_can_verify_it(kit: Kit, tmp_path: Path) -> None:
    anyone = Browser(kit.service.app, origin=kit.web.public_url)
    assert "还没有公布" in anyone.get(f"{PUBLIC}/").text
    led = 'href="/centre/promises"'
    assert led not in anyone.get("/centre").text
    assert anyone.get(f"{PUBLIC}/index.html").status_code == 404
    alone = staff_of(kit, Role.ADMIN)
    assert "立即生效" in alone.get(PAGE).text
    assert ask(alone) == 303
    assert recorded(kit) == ["attested"]
    assert anyone.get(f"{PUBLIC}/").headers["location"].endswith("/index.html")
    shown = anyone.get(f"{PUBLIC}/index.html")
    assert shown.headers["content-type"].startswith("text/html")
    assert "十六项义务" in shown.text
    assert anyone.get("/centre").text.count(led) == 2  # above and below the page
    badge = anyone.get(f"{PUBLIC}/badge.svg")
    assert badge.headers["cross-origin-resource-policy"] == "cross-origin"
    archive = anyone.get(f"{PUBLIC}/board.zip").content
    with zipfile.ZipFile(io.BytesIO(archive)) as zipped:
        zipped.extractall(tmp_path / "out")
    key = json.loads((tmp_path / "out" / "board.json").read_bytes())["log"]["vkey"]
    command = [sys.executable, "-m", "chengnuo_verify", str(tmp_path / "out"), "--key", key]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603
    for name in ("state.json", "../state.json", "nothing.html"):
        assert anyone.get(f"{PUBLIC}/{name}").status_code in {400, 404}


def test_with_two_people_one_asks_and_a_reviewer_publishes(kit: Kit) -> None:
    asker, reviewer = staff_of(kit, Role.STAFF), staff_of(kit, Role.REVIEWER)
    anyone = Browser(kit.service.app, origin=kit.web.public_url)
    assert ask(asker) == 303
    assert anyone.get(f"{PUBLIC}/index.html").status_code == 404
    assert "等待复核" in asker.get(PAGE).text
    assert f'action="{PAGE}/settle"' not in asker.get(PAGE).text
    refused = asker.submit(PAGE, f"{PAGE}/settle", {"seen": "0" * 64})
    assert (refused.status_code, "复核" in refused.text) == (400, True)
    assert settle(reviewer) == 303
    assert anyone.get(f"{PUBLIC}/index.html").status_code == 200
    assert recorded(kit) == ["attested", "board-publish-asked"]
    statement = anyone.get(f"{PUBLIC}/attestation.json").text
    assert "four_eyes" not in statement  # it stands within the signed payload
    assert "与对外的相同" in reviewer.get(PAGE).text


def test_a_reviewer_does_not_publish_what_they_asked_for_themselves(kit: Kit) -> None:
    staff_of(kit, Role.STAFF)
    reviewer = staff_of(kit, Role.REVIEWER)
    assert ask(reviewer) == 303
    refused = reviewer.submit(PAGE, f"{PAGE}/settle", {"seen": "0" * 64})
    assert refused.status_code == 400
    assert reviewer.submit(PAGE, f"{PAGE}/drop").status_code == 303
    assert recorded(kit) == ["board-publish-dropped", "board-publish-asked"]


def test_what_nobody_looked_at_is_not_published(kit: Kit) -> None:
    alone = staff_of(kit, Role.ADMIN)
    refused = alone.submit(PAGE, PAGE, {"step": "publish", "seen": "0" * 64})
    assert (refused.status_code, "重新查看" in refused.text) == (400, True)
    assert recorded(kit) == []


def test_going_back_shows_the_publication_before_with_its_own_day(kit: Kit) -> None:
    alone = staff_of(kit, Role.ADMIN)
    assert ask(alone, "before") == 400  # there is none yet
    assert ask(alone) == 303
    first = alone.get(f"{PUBLIC}/board.json").json()
    kit.clock.pass_by(timedelta(minutes=20))
    kit.run_controls()
    assert ask(alone) == 303
    second = alone.get(f"{PUBLIC}/board.json").json()
    assert second["log"]["size"] > first["log"]["size"]
    assert ask(alone, "before") == 303
    assert alone.get(f"{PUBLIC}/board.json").json() == first
    assert recorded(kit)[0] == "board-before-shown"
    assert len(first["rows"]) == len(second["rows"]) >= 38


def test_an_auditor_looks_at_the_preview_and_does_nothing(kit: Kit) -> None:
    auditor = staff_of(kit, Role.AUDITOR)
    page = auditor.get(PAGE).text
    assert "审计人员只能查看" in page
    assert "<form" not in page.split("<main", 1)[1]
    preview = auditor.get(f"{PAGE}/preview/index.html")
    assert (preview.status_code, "承诺板" in preview.text) == (200, True)
    assert auditor.get(f"{PAGE}/preview/attestation.json").status_code == 404
    proofs = re.findall(r'href="(proof-[^"]+)"', preview.text)
    assert len(proofs) >= 30
    assert auditor.get(f"{PAGE}/preview/{proofs[0]}").json()["claim"] == "inclusion"
    assert auditor.post(PAGE, {"step": "publish", "seen": "0" * 64}).status_code == 403
