# ruff: noqa: E501  tables of attacks, one a line
"""Audit packs under attack: who holds the key changes them and signs anew, or tricks the ZIP."""

import io
import json
import re
import shutil
import zipfile
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.doors.clock_kit import StandingClock
from tests.verifier.asking import Asker, Said

from chengnuo.adapters.evidence.opening import open_log, open_signer
from chengnuo.adapters.evidence.place import Place
from chengnuo.domain.evidence.dsse import envelope_of, payload_of
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.pack import zip_of
from chengnuo.domain.governance.audit_pack import PREDICATE
from chengnuo.doors.cli.root import run
from chengnuo.ports.evidence_keys import Erasure, KeyClass
from chengnuo.ports.evidence_log import Draft
from chengnuo.ports.individuals import PersonKey
from chengnuo.wiring.program import Program

pytestmark = [pytest.mark.service, pytest.mark.real]
QUARTER, LAST = "2026Q4", "attestation.json"
FIRST_US = datetime(2026, 9, 30, 16, 0, tzinfo=UTC)  # 2026-10-01 00:00 in Beijing
WANG = PersonKey("a" * 64)
Files = dict[str, bytes]
Change = Callable[[Files], None]


def draft(number: int, kind: Kind = Kind.PROVISION, person: PersonKey | None = None) -> Draft:
    said = json.dumps({"act": f"第{number}次", "v": 1}, ensure_ascii=False, separators=(",", ":"))
    return Draft(
        kind=kind,
        payload=said.encode(),
        person=person,
        activity="order-delivery",
        recipient="courier-express" if kind is Kind.PROVISION else "",
    )


def grow(data: Path, at: datetime, *drafts: Draft, origin: str = "log.example/shop") -> str:
    """Append records of one instant, publish, and return the note of the checkpoint."""
    clock = StandingClock()
    clock.at = at
    opened = open_log(Place(data=data), clock=clock, origin=origin)
    try:
        opened.log.append(list(drafts))
        return opened.log.publish().text
    finally:
        opened.close()


def whole_log(data: Path, **said: str) -> str:
    """A log with records on both sides of the ends of a quarter, and within it."""
    second = timedelta(microseconds=1)
    grow(data, FIRST_US - second, draft(0), **said)
    grow(data, FIRST_US, draft(1), draft(2, person=WANG), **said)
    middle = FIRST_US + timedelta(days=30)
    note = grow(data, middle, *(draft(3 + one, Kind.ATTESTATION) for one in range(3)), **said)
    end = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    grow(data, end - second, draft(6), draft(7, person=WANG), **said)
    grow(data, end, draft(8), **said)
    return note


def pack_of(data: Path, out: Path, period: str = QUARTER) -> Path:
    asked = ["audit", "pack", "--period", period, "--data", str(data), "-o", str(out), "--force"]
    assert run(Program(), asked) == 0
    return out


@dataclass(frozen=True)
class Made:
    """A data folder whose quarter is over, its pack, and a checkpoint kept in the quarter."""

    data: Path
    pack: Path
    note: str

    @property
    def files(self) -> Files:
        with zipfile.ZipFile(self.pack) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def key(self) -> tuple[str, str]:
        return ("--key", str(open_signer(Place(data=self.data)).vkeys[0]))

    def signed(self, files: Files) -> bytes:
        """What an operator makes of changed files: the list signed anew with the real key."""
        old = json.loads(b64decode(json.loads(self.files[LAST])["payload"]))["predicate"]
        predicate = {name: value for name, value in old.items() if name != "chengnuo:evidence"}
        others = {name: data for name, data in files.items() if name != LAST}
        subject = [(name, sha256(data).hexdigest()) for name, data in sorted(others.items())]
        payload = payload_of(subject, PREDICATE, predicate)
        signed = open_signer(Place(data=self.data)).sign_by_all(payload)
        named = [(str(vkey), signature) for vkey, signature in signed]
        return zip_of(others | {LAST: envelope_of(payload, named)})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("attacked")
    note = whole_log(folder / "data")
    return Made(folder / "data", pack_of(folder / "data", folder / "pack.zip"), note)


class AfterTalk(Asker):
    """Asks once what was printed before is out of the way."""

    def __call__(self, what: object, *options: str) -> Said:
        self._capsys.readouterr()
        return super().__call__(what, *options)


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Asker:
    return AfterTalk(tmp_path, capsys)


def checked(pack: Path | bytes, folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What `chengnuo audit check --json` says, with its exit status."""
    path = pack if isinstance(pack, Path) else folder / "changed.zip"
    if isinstance(pack, bytes):
        path.write_bytes(pack)
    capsys.readouterr()
    status = run(Program(), ["audit", "check", str(path), "--json"])
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return said | {"status": status}


def part(files: Files, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files[f"parts/{name}.json"])
    return found


def put(files: Files, name: str, tree: dict[str, Any]) -> None:
    files[f"parts/{name}.json"] = json.dumps(tree, ensure_ascii=False).encode()


def test_a_quarter_begins_and_ends_in_beijing(made: Made, ask: Asker) -> None:
    said = ask(made.pack, *made.key())
    assert (said.code, said.status) == ("audit-whole", 0)
    assert said.messages[0]["records"] == 7  # not the one a microsecond before, nor the one after
    counted = {row["kind"]: row["count"] for row in part(made.files, "17-records")["rows"]}
    assert (counted["provision"], counted["attestation"]) == (4, 3)
    assert len(made.files["leaves.jsonl"].splitlines()) == 9
    assert "log-began" not in said.codes


def test_its_sheets_and_reports_are_those_of_its_json(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = checked(made.pack, tmp_path, capsys)
    assert (said["status"], said["differ"]) == (0, [])
    assert said["compared"] == sum(name.endswith((".xlsx", ".pdf", ".md")) for name in made.files)


def test_two_packs_of_a_closed_quarter_differ_in_proof_and_list_alone(
    made: Made, tmp_path: Path
) -> None:
    """The first was recorded, so the log is longer; nothing that people read depends on that."""
    data = shutil.copytree(made.data, tmp_path / "data")
    again = Made(data, pack_of(data, tmp_path / "again.zip"), "")
    before, after = made.files, again.files
    assert {name for name in before | after if before.get(name) != after.get(name)} == {
        LAST,
        "proof.json",
    }


def test_a_log_that_began_within_the_period_is_said(ask: Asker, tmp_path: Path) -> None:
    whole_log(tmp_path / "data")
    pack = pack_of(tmp_path / "data", tmp_path / "early.zip", "2026")
    said = ask(pack)
    assert said.code == "audit-whole"
    assert "log-began" in said.codes


def test_a_log_cut_short_is_told_by_a_kept_checkpoint(
    made: Made, ask: Asker, tmp_path: Path
) -> None:
    """The operator puts an older copy of the data folder back, and goes on from there."""
    data = tmp_path / "data"
    grow(data, FIRST_US, draft(0), draft(1))
    shutil.copytree(data, tmp_path / "old")
    kept = tmp_path / "kept.note"
    kept.write_text(
        grow(
            data,
            FIRST_US + timedelta(days=2),
            draft(2, Kind.ATTESTATION),
            *(draft(3 + one) for one in range(5)),
        ),
        "utf-8",
    )
    grow(tmp_path / "old", FIRST_US + timedelta(days=3), draft(4))
    short = pack_of(tmp_path / "old", tmp_path / "short.zip")
    said = ask(short, "--since", str(kept))
    assert (said.status, said.code) == (0, "audit-whole")
    newer = next(one for one in said.messages if one["code"] == "since-newer")
    assert "截短" in newer["zh"]
    grow(tmp_path / "old", FIRST_US + timedelta(days=4), *(draft(5 + one) for one in range(4)))
    other = pack_of(tmp_path / "old", tmp_path / "other.zip")
    assert ask(other, "--since", str(kept)).code in {"root", "forked"}
    good = tmp_path / "good.note"
    good.write_text(made.note, "utf-8")
    assert ask(made.pack, "--since", str(good)).code == "audit-whole"


def test_a_key_changed_in_the_period_is_followed(made: Made, ask: Asker, tmp_path: Path) -> None:
    data = shutil.copytree(made.data, tmp_path / "data")
    assert run(Program(), ["evidence", "rotate", "--data", str(data)]) == 0
    old, new = (str(one) for one in open_signer(Place(data=data)).vkeys)
    overlap = pack_of(data, tmp_path / "overlap.zip")
    assert run(Program(), ["evidence", "rotate", "--retire", "--data", str(data)]) == 0
    after = pack_of(data, tmp_path / "after.zip", "2026")
    stranger = str(open_signer(Place(data=_other(tmp_path))).vkeys[0])
    for pack in (overlap, after):
        for key in (old, new):
            assert ask(pack, "--key", key).code == "audit-whole"
        assert ask(pack, "--key", stranger).status > 0


def _other(folder: Path) -> Path:
    whole_log(folder / "another", origin="log.example/other")
    return folder / "another"


def test_erasing_somebody_leaves_the_pack_as_it_was(made: Made, ask: Asker, tmp_path: Path) -> None:
    data = shutil.copytree(made.data, tmp_path / "data")
    opened = open_log(Place(data=data), clock=StandingClock(), origin="log.example/shop")
    try:
        at = opened.log.append([draft(9, Kind.DELETION, WANG)]).first
        erased = [
            Erasure(key=one, at=datetime(2027, 1, 2, tzinfo=UTC), under="PIPL-47", position=at)
            for one in KeyClass
            if one is not KeyClass.OPEN
        ]
        for one in erased:
            opened.log.erase({WANG: one})
        opened.log.publish()
    finally:
        opened.close()
    pack = pack_of(data, tmp_path / "erased.zip")
    assert ask(pack, *made.key()).code == "audit-whole"
    files = Made(data, pack, "").files
    assert files["leaves.jsonl"] == made.files["leaves.jsonl"]
    assert "密钥销毁后，任何人都不能" in files["README.zh.md"].decode()
    assert not any(b"\xe7\xac\xac2\xe6\xac\xa1" in one for one in files.values())


def less_cited(files: Files) -> None:
    tree = part(files, "14-statements")
    tree["rows"].pop()
    tree["records"].pop()
    put(files, "14-statements", tree)


def not_called_complete(files: Files) -> None:
    less_cited(files)
    put(files, "14-statements", part(files, "14-statements") | {"complete": []})


def fewer_counted(files: Files) -> None:
    tree = part(files, "17-records")
    row = next(row for row in tree["rows"] if row["kind"] == "provision")
    row["count"] = 1
    put(files, "17-records", tree)


def row_gone(files: Files) -> None:
    tree = part(files, "17-records")
    tree["rows"] = [row for row in tree["rows"] if row["kind"] != "provision"]
    put(files, "17-records", tree)


def test_a_record_that_an_operator_leaves_out_is_refused(made: Made, ask: Asker) -> None:
    files = made.files
    less_cited(files)
    said = ask(made.signed(files), *made.key())
    assert (said.code, said.where) == ("left-out", "parts/14-statements.json")


def test_a_part_that_no_longer_says_it_is_complete_is_told(made: Made, ask: Asker) -> None:
    files = made.files
    not_called_complete(files)
    said = ask(made.signed(files), *made.key())
    assert "attestation" not in said.messages[0]["complete"]
    told = next(one for one in said.messages if one["code"] == "not-complete")
    assert (told["kind"], told["count"]) == ("attestation", 3)
    assert "可能被略去" in told["zh"]


def cell_of(workbook: bytes, sheet: int, place: str, value: str) -> bytes:
    book = load_workbook(io.BytesIO(workbook))
    book.worksheets[sheet][place] = value
    book.save(out := io.BytesIO())
    return out.getvalue()


def other_cell(files: Files) -> None:
    name = "parts/17-records.xlsx"
    files[name] = cell_of(files[name], 1, "C16", "0")


def hidden_note(files: Files) -> None:
    book = load_workbook(io.BytesIO(files["parts/17-records.xlsx"]))
    book.save(out := io.BytesIO())
    files["parts/17-records.xlsx"] = out.getvalue()


def other_line(files: Files) -> None:
    files["README.zh.md"] = files["README.zh.md"].replace("北京时间".encode(), "夏令时".encode())


def other_pages(files: Files) -> None:
    files["report.en.pdf"], files["report.zh.pdf"] = files["report.zh.pdf"], files["report.en.pdf"]


def more_to_read(files: Files) -> None:
    files["parts/00-summary.xlsx"] = files["parts/17-records.xlsx"]


def less_to_read(files: Files) -> None:
    del files["report.en.pdf"]


def other_period(files: Files) -> None:
    files["head.json"] = files["head.json"].replace(
        b"2026-10-01..2026-12-31", b"2026-09-01..2026-12-31"
    )


CHANGED: list[tuple[str, Change, str, str, str]] = [
    ("a cell", other_cell, "parts/17-records.xlsx", "期间内的日志记录!C16", "「0」"),
    ("a workbook written anew by another program", hidden_note, "parts/17-records.xlsx", "", "样式"),
    ("a line", other_line, "README.zh.md", "4", "夏令时"),
    ("the pages of a report", other_pages, "report.zh.pdf", "", "页面"),
    ("a workbook that no JSON tells", more_to_read, "parts/00-summary.xlsx", "", "没有 JSON"),
    ("a report taken out", less_to_read, "report.en.pdf", "", "没有这个文件"),
    ("another period in the head", other_period, "head.json", "period", "2026-09-01"),
    ("a count", fewer_counted, "parts/17-records.json", "provision", "写的是 1 条，日志的叶有 4 条"),
    ("a row of a count", row_gone, "parts/17-records.json", "provision", "日志的叶有 4 条"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "file", "where", "told"), [one[1:] for one in CHANGED], ids=[one[0] for one in CHANGED])  # fmt: skip
def test_what_people_read_otherwise_than_the_json_is_named(  # noqa: PLR0913, PLR0917
    made: Made,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: Change,
    file: str,
    where: str,
    told: str,
) -> None:
    files = made.files
    change(files)
    said = checked(made.signed(files), tmp_path, capsys)
    assert said["status"] == 1, said
    found = [one for one in said["differ"] if (one["file"], one["where"]) == (file, where)]
    assert found, said["differ"]
    assert told in found[0]["zh"]


def test_a_pack_of_another_version_is_undecided_where_it_differs(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = made.files
    files["head.json"] = re.sub(
        rb'"program":"[^"]*"', b'"program":"chengnuo 0.0.1"', files["head.json"]
    )
    other_cell(files)
    assert checked(made.signed(files), tmp_path, capsys)["status"] == 4


def test_what_is_not_verified_is_not_compared(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = made.files
    other_line(files)
    said = checked(zip_of(files), tmp_path, capsys)
    assert (said["status"], said["compared"]) == (1, None)
    assert said["verified"]["messages"][0]["code"] == "damaged"


def test_parts_of_another_service_are_refused(made: Made, ask: Asker, tmp_path: Path) -> None:
    data = _other(tmp_path)
    other = Made(data, pack_of(data, tmp_path / "other.zip"), "")
    for name, code in (
        ("parts/14-statements.json", "cited"),
        ("leaves.jsonl", "period"),
        ("proof.json", "swapped"),
    ):
        said = ask(made.signed(made.files | {name: other.files[name]}), *made.key())
        assert (said.status, said.code) == (1, code), name
    note = f"checkpoints/{made.note.splitlines()[1]}.note"
    foreign = other.files["proof.json"]
    stolen = json.loads(foreign)["checkpoint"].encode()
    assert ask(made.signed(made.files | {note: stolen}), *made.key()).status == 1


def entries(made: Made) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    with zipfile.ZipFile(made.pack) as archive:
        for info in archive.infolist():
            yield info, archive.read(info)


def tricked(made: Made, *more: tuple[zipfile.ZipInfo, bytes], without: str = "") -> bytes:
    with zipfile.ZipFile(out := io.BytesIO(), "w") as archive:
        for info, data in sorted([*entries(made), *more], key=lambda one: one[0].filename):
            if info.filename != without:
                archive.writestr(info, data)
    return out.getvalue()


def entry(name: str, *, mode: int = 0o100644, packed: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.create_system, info.external_attr, info.compress_type = 3, mode << 16, packed
    return info


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("more", "code"),
    [
        pytest.param((entry("head.json"), b"{}"), "pack", id="a name twice"),
        pytest.param((entry("../../etc/passwd"), b"x"), "pack", id="a path out of the folder"),
        pytest.param((entry("/etc/passwd"), b"x"), "pack", id="an absolute path"),
        pytest.param((entry("parts\\\\18.json"), b"x"), "pack", id="a backslash"),
        pytest.param((entry("parts/18.json", mode=0o120777), b"/etc/passwd"), "damaged", id="a symbolic link"),
        pytest.param((entry("parts/zero\u200bwidth.json"), b"{}"), "pack", id="a zero-width sign"),
        pytest.param((entry("parts/18-more.json"), b"{}"), "pack", id="a file more"),
        pytest.param((entry("HEAD.json"), b"{}"), "pack", id="a name that differs in case alone"),
        pytest.param((entry("zz.bin", packed=zipfile.ZIP_DEFLATED), bytes(300_000_000)), "limit", id="a bomb"),
        pytest.param((entry("nested/"), b""), "pack", id="a folder"),
    ],
)  # fmt: skip
def test_tricks_of_the_zip_are_refused(
    made: Made, ask: Asker, more: tuple[zipfile.ZipInfo, bytes], code: str
) -> None:
    said = ask(tricked(made, more), *made.key())
    assert (said.status > 0, said.code) == (True, code)


def test_names_that_differ_in_case_alone_are_refused_though_signed(made: Made, ask: Asker) -> None:
    """Where it is unpacked one would stand in the place of the other."""
    files = made.files | {"HEAD.json": made.files["head.json"]}
    assert ask(made.signed(files), *made.key()).code == "form"


def test_bytes_before_and_behind_the_zip_are_found(made: Made, ask: Asker) -> None:
    data = made.pack.read_bytes()
    assert ask(data + b"\0", *made.key()).code == "damaged"
    assert ask(b"PK" + data, *made.key()).code == "damaged"
