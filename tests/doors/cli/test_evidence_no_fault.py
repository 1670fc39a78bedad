"""`chengnuo evidence no-fault`: one file, whole by the verifier; a change of any byte is found."""

import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.doors.cli.incident_shop import REVIEWER, STAFF, lay
from tests.usecases.evidence.tea_log import verified

from chengnuo.base.canonical import canonical_json
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.pack import manifest_of, unpacked, zip_of
from chengnuo.doors.cli.root import run
from chengnuo.usecases.evidence.recording import Rows
from chengnuo.wiring.program import Program

PERSON = "account-of-a-sample-person"
CATEGORY = "PI-BASIC-PHONE"
TYPE = "chengnuo-no-fault/1"
PAGE = Path(__file__).parents[3] / "verifier" / "web" / "verify.html"
Change = Callable[[dict[str, list[object]]], None]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A no-fault file about somebody whose telephone went to a courier and into a batch."""
    folder = tmp_path_factory.mktemp("no-fault")
    data, _ = lay(folder)
    with Program().incidents(data, None, writing=True) as room:
        desk, person = room.desk, room.affected.person(PERSON)
        said = {"measure": "encryption", "what": "全盘加密", "owner": "安全部"}
        shown = desk.open("safeguard", "declare", STAFF, {**said, "first-due": "2027-03-31"})
        evidence = {"done-on": "2026-01-05", "evidence": "抽查通过", "next-due": "2027-03-31"}
        desk.act(shown.dossier.id, "show", REVIEWER, evidence)
        register = room.affected.in_force()
        assert register is not None
        to = str(register[0].recipients[0].recipient)
        given = {"categories": [CATEGORY], "purpose": "送货", "method": "api"}
        record = desk.recorder.record
        record(Kind.PROVISION, given, person=person, rows=Rows(recipient=to))
        other = {**given, "categories": ["PI-BASIC-EMAIL"]}
        record(Kind.PROVISION, other, person=person, rows=Rows(recipient=to))
        batch = {**given, "count": 7, "root": "0" * 64}
        record(Kind.PROVISION, batch, rows=Rows(recipient=to))
    out = folder / "no-fault.zip"
    asked = ["evidence", "no-fault", "--person", PERSON, "--category", CATEGORY]
    status = run(Program(), [*asked, "--reason", "法院要求", "-o", str(out), "--data", str(data)])
    assert status == 0
    return out


def test_it_holds_and_names_what_was_recorded(made: Path) -> None:
    assert verified(made) == (0, "no-fault-whole")
    files = unpacked(made.read_bytes())
    trace = json.loads(files["trace.json"])
    assert [one["kind"] for one in trace["touches"]].count("provision") == 1
    assert len(trace["batches"]) == 1
    measures = json.loads(files["measures.json"])["acts"]
    assert [one["what"] for one in measures] == ["show", "declare"]
    assert json.loads(files["controls.json"])["controls"]
    assert {"summary.zh.html", "summary.en.html", "summary.zh.pdf", "summary.en.pdf"} <= set(files)
    assert files["summary.zh.pdf"].startswith(b"%PDF")
    for lang, words in (("zh", ("六十九条", "不能说明")), ("en", ("Article 69", "cannot show"))):
        text = files[f"README.{lang}.md"].decode()
        assert [one for one in words if one not in text] == []
    assert PERSON.encode() not in b"".join(files.values())


def headers(data: bytes) -> list[int]:
    """Return places in the first headers of the ZIP and in its end, where no file stands."""
    central = data.rindex(b"PK\x01\x02")
    return [*range(4, 26, 4), *range(central + 4, central + 46, 5), len(data) - 1]


def test_any_changed_byte_is_found(made: Path, tmp_path: Path) -> None:
    data = made.read_bytes()
    draw = random.Random(69)
    for at in sorted({*draw.sample(range(len(data)), 30), *headers(data)}):
        changed = bytearray(data)
        changed[at] ^= 1 << draw.randrange(8)
        file = tmp_path / "changed.zip"
        file.write_bytes(bytes(changed))
        assert verified(file)[0] != 0, at


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("trace.json", lambda tree: tree["touches"].clear(), "seal"),
        ("measures.json", lambda tree: tree["acts"].clear(), "seal"),
        ("controls.json", lambda tree: tree["controls"].clear(), "seal"),
    ],
)
def test_a_manifest_made_anew_breaks_the_seal(
    made: Path,
    tmp_path: Path,
    name: str,
    change: Callable[[dict[str, list[object]]], None],
    code: str,
) -> None:
    files = unpacked(made.read_bytes())
    tree = json.loads(files[name])
    change(tree)
    files[name] = canonical_json(tree) + b"\n"
    seal = files.pop("seal.json")
    files.pop("manifest.json")
    whole = {**files, "manifest.json": manifest_of(files, TYPE), "seal.json": seal}
    file = tmp_path / "again.zip"
    file.write_bytes(zip_of(whole))
    assert verified(file) == (1, code)


def test_without_its_seal_it_is_no_evidence_file_either(made: Path, tmp_path: Path) -> None:
    files = unpacked(made.read_bytes())
    del files["seal.json"], files["manifest.json"]
    file = tmp_path / "unsealed.zip"
    file.write_bytes(zip_of({**files, "manifest.json": manifest_of(files, "chengnuo-evidence/1")}))
    assert verified(file) == (1, "pack")


def test_its_entries_are_in_order_and_of_one_day(made: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(made.read_bytes())) as archive:
        infos = archive.infolist()
    assert [one.filename for one in infos] == sorted(one.filename for one in infos)
    assert {one.date_time for one in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert zip_of(unpacked(made.read_bytes())) == made.read_bytes()


@pytest.mark.real
@pytest.mark.needs("chromium")
def test_the_page_that_verifies_says_the_same(made: Path, tmp_path: Path, browser: Browser) -> None:
    files = unpacked(made.read_bytes())
    trace = json.loads(files["trace.json"])
    trace["touches"].clear()
    files["trace.json"] = canonical_json(trace) + b"\n"
    seal = files.pop("seal.json")
    del files["manifest.json"]
    changed = zip_of({**files, "manifest.json": manifest_of(files, TYPE), "seal.json": seal})
    longer = bytearray(made.read_bytes())
    longer[10] ^= 1
    page = browser.new_page()
    page.goto(PAGE.as_uri())
    said = []
    for data in (made.read_bytes(), changed, bytes(longer)):
        page.evaluate("document.getElementById('result').removeAttribute('data-code')")
        file = {"name": "f.zip", "mimeType": "application/zip", "buffer": data}
        page.set_input_files("#picker", file)
        page.wait_for_selector("#result[data-code]")
        said.append(page.locator("#result").get_attribute("data-code"))
    page.close()
    assert said == ["no-fault-whole", "seal", "damaged"]
    for data, code in zip((changed, bytes(longer)), said[1:], strict=True):
        other = tmp_path / f"{code}.zip"
        other.write_bytes(data)
        assert verified(other) == (1, code)
