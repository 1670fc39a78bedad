"""`chengnuo evidence no-fault`: one file, whole by the verifier; a change of any byte is found."""

import io
import json
import random
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.doors.cli.incident_shop import REVIEWER, STAFF, lay
from tests.usecases.evidence.tea_log import verified

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.pack import manifest_of, unpacked, zip_of
from chengnuo.doors.cli.root import run
from chengnuo.usecases.evidence.evidence_window import Window
from chengnuo.usecases.evidence.recording import Rows
from chengnuo.wiring.program import Program

PERSON = "account-of-a-sample-person"
CATEGORY = "PI-BASIC-PHONE"
TYPE = "chengnuo-no-fault/1"
PAGE = Path(__file__).parents[3] / "verifier" / "web" / "verify.html"
Change = Callable[[dict[str, list[object]]], None]


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A data folder, and a no-fault file about somebody whose telephone went to a courier."""
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
        asked = {"activity": "order-fulfilment", "categories": [CATEGORY]}
        permit = {"outcome": "permit", "rules": ["basis"], "request": asked}
        record(Kind.DECISION, permit, person=person, rows=Rows(recipient=to))
        record(Kind.DECISION, {"outcome": "permit", "rules": ["basis"]}, person=person)
        other = {**given, "categories": ["PI-BASIC-EMAIL"]}
        record(Kind.PROVISION, other, person=person, rows=Rows(recipient=to))
        batch = {**given, "count": 7, "root": "0" * 64}
        record(Kind.PROVISION, batch, rows=Rows(recipient=to))
    out = folder / "no-fault.zip"
    asked = ["evidence", "no-fault", "--person", PERSON, "--category", CATEGORY]
    status = run(Program(), [*asked, "--reason", "法院要求", "-o", str(out), "--data", str(data)])
    assert status == 0
    return data, out


@pytest.fixture(scope="module")
def made(laid: tuple[Path, Path]) -> Path:
    """The no-fault file."""
    return laid[1]


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


Files = dict[str, bytes]
Paper = dict[str, Any]


def paper(files: Files, name: str) -> Paper:
    found: Paper = json.loads(files[name])
    return found


def put(files: Files, name: str, tree: Paper) -> None:
    files[name] = canonical_json(tree) + b"\n"


def without_touch(files: Files, kind: str) -> str:
    """Take the touch of a kind that names the category out of the trace; return its leaf."""
    tree = paper(files, "trace.json")
    (gone,) = [
        one for one in tree["touches"] if one["kind"] == kind and CATEGORY in one["categories"]
    ]
    left = [one for one in tree["touches"] if one != gone]
    put(files, "trace.json", {**tree, "touches": left})
    return str(gone["leaf"])


def stripped(files: Files, leaf: str) -> None:
    """Take what a record says out of the proof; that the record is there stays."""
    proof = paper(files, "proof.json")
    shown = [one for one in proof["disclosed"] if one["leaf"] != leaf]
    assert len(shown) == len(proof["disclosed"]) - 1
    put(files, "proof.json", {**proof, "disclosed": shown})


def leave_a_provision_out(files: Files, _: Path) -> None:
    without_touch(files, "provision")


def leave_a_permit_out(files: Files, _: Path) -> None:
    without_touch(files, "decision")


def hide_a_provision(files: Files, _: Path) -> None:
    stripped(files, without_touch(files, "provision"))


def hide_a_permit(files: Files, _: Path) -> None:
    stripped(files, without_touch(files, "decision"))


def hide_a_permit_as_erased(files: Files, _: Path) -> None:
    """The one forgery that the file has to own up to: it says that a record cannot be read."""
    hide_a_permit(files, _)
    put(files, "trace.json", {**paper(files, "trace.json"), "erased": 1})


def show_a_part_as_all(files: Files, data: Path) -> None:
    """Prove one record alone, and say that these are all."""
    with Program().incidents(data, None, writing=False) as room:
        (position, *_) = (one["position"] for one in paper(files, "trace.json")["touches"])
        files["proof.json"] = canonical_json(room.proof_of([position]).as_tree())
    leaf = json.loads(files["proof.json"])["disclosed"][0]["leaf"]
    tree = paper(files, "trace.json")
    left = [one for one in tree["touches"] if one["leaf"] == leaf]
    put(files, "trace.json", {**tree, "touches": left})


def speak_of_the_future(files: Files, _: Path) -> None:
    put(files, "trace.json", {**paper(files, "trace.json"), "to": 4_000_000_000_000_000})


def leave_it(_: Files, __: Path) -> None:
    pass


@pytest.mark.parametrize(
    ("forge", "code"),
    [
        pytest.param(leave_it, "no-fault-whole", id="nothing is forged"),
        pytest.param(leave_a_provision_out, "trace", id="a provision is left out"),
        pytest.param(leave_a_permit_out, "trace", id="a permit is left out"),
        pytest.param(hide_a_provision, "trace", id="a provision is left out with what it says"),
        pytest.param(hide_a_permit, "trace", id="a permit is left out with what it says"),
        pytest.param(hide_a_permit_as_erased, "no-fault-whole", id="owned up to as not readable"),
        pytest.param(show_a_part_as_all, "trace", id="a part is shown as all"),
        pytest.param(speak_of_the_future, "trace", id="a period ends after the seal"),
    ],
)
def test_who_holds_the_log_cannot_seal_a_file_that_leaves_something_out(
    laid: tuple[Path, Path],
    tmp_path: Path,
    forge: Callable[[Files, Path], None],
    code: str,
) -> None:
    file = tmp_path / "forged.zip"
    file.write_bytes(forged(laid, forge))
    assert verified(file)[1] == code


def test_an_older_proof_cannot_be_sealed_as_the_newest(
    laid: tuple[Path, Path], tmp_path: Path
) -> None:
    file, old = tmp_path / "stale.zip", unpacked(laid[1].read_bytes())["proof.json"]
    file.write_bytes(forged(laid, lambda files, _: files.update({"proof.json": old})))
    assert verified(file) == (1, "trace")


def forged(laid: tuple[Path, Path], forge: Callable[[Files, Path], None]) -> bytes:
    """Return the file made anew by whoever can write the log, changed, and sealed in it."""
    data, out = laid
    files = unpacked(out.read_bytes())
    del files["seal.json"], files["manifest.json"]
    with Program().incidents(data, None, writing=True) as room:
        maker, person = room.no_fault.files, room.affected.person(PERSON)
        maker.log.publish()
        window = Window(start=0, end=paper(files, "trace.json")["to"])
        files["proof.json"] = unpacked(maker.make_of_person(person, window).data)["proof.json"]
    forge(files, data)
    manifest = manifest_of(files, TYPE)
    said: dict[str, Tree] = {"scope": "x", "by": "cli", "reason": "法院要求"}
    said |= {"format": "chengnuo-no-fault", "sha256": sha256(manifest).hexdigest()}
    with Program().incidents(data, None, writing=True) as room:
        sealed = room.desk.recorder.record(Kind.EXPORT, said, person=person)
        assert sealed is not None
        room.no_fault.files.log.publish()
        seal = canonical_json(room.proof_of([sealed.first]).as_tree())
    return zip_of({**files, "manifest.json": manifest, "seal.json": seal})


@pytest.mark.real
@pytest.mark.needs("chromium")
@pytest.mark.parametrize(
    "forge", [leave_it, hide_a_provision, leave_a_permit_out, show_a_part_as_all, hide_a_permit]
)
def test_the_page_refuses_what_the_command_refuses(
    laid: tuple[Path, Path],
    tmp_path: Path,
    browser: Browser,
    forge: Callable[[Files, Path], None],
) -> None:
    data, file = forged(laid, forge), tmp_path / "forged.zip"
    file.write_bytes(data)
    page = browser.new_page()
    page.goto(PAGE.as_uri())
    page.set_input_files(
        "#picker", {"name": "f.zip", "mimeType": "application/zip", "buffer": data}
    )
    page.wait_for_selector("#result[data-code]")
    assert page.locator("#result").get_attribute("data-code") == verified(file)[1]
    page.close()


def test_a_name_that_leads_elsewhere_is_refused(made: Path, tmp_path: Path) -> None:
    file = tmp_path / "paths.zip"
    for name in ("notices/../../evil.txt", "notices/a/b.txt", "notices/..\\evil.txt"):
        files = unpacked(made.read_bytes())
        del files["seal.json"], files["manifest.json"]
        whole = {**files, name: b"x"}
        file.write_bytes(zip_of({**whole, "manifest.json": manifest_of(whole, TYPE)}))
        assert verified(file) == (1, "pack")
