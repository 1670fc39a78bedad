"""A copy holds what was found, in every format, encrypted, recorded, and whole or not at all."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
import pyzipper  # type: ignore[import-untyped]  # ships no types
from pyld import jsonld  # type: ignore[import-untyped]  # ships no types
from tests.usecases.evidence.tea_log import ONE, TeaLog
from tests.usecases.rights.copy_kit import (
    AT,
    CHILDREN,
    ONE_CUSTOMER,
    REQUEST,
    Found,
    explainer,
    exports,
    gather,
    request,
    small,
    whole,
)

from chengnuo.adapters.exports import folder as folder_module
from chengnuo.adapters.exports.folder import FolderExports
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.rights.export_contents import UnknownFormatError
from chengnuo.domain.rights.plan import Belongs, ColumnAction, ColumnFate, RowFate, Step
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.record_source import PAGE
from chengnuo.ports.rights_exports import (
    ExportBrokenError,
    ExportOtherOrderError,
    ExportTooLargeError,
    NoSuchExportError,
)
from chengnuo.usecases.rights.exporting import ExportIncompleteError, RightsExports
from chengnuo.usecases.rights.exporting_view import RightsView


@pytest.fixture
def made(tmp_path: Path, tea: TeaLog) -> RightsExports:
    return exports(tmp_path / "exports", tea)


def files(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def copy(
    made: RightsExports, catalogue: Catalogue, found: Found, **how: object
) -> dict[str, bytes]:
    asked = request()
    gather(made, found, asked, **how)
    made.make(found.plan(asked), explainer(catalogue), ONE, AT, **how)  # type: ignore[arg-type]  # keywords as given
    return files(whole(made))


def test_a_small_copy_is_as_a_person_has_read_it(
    made: RightsExports, catalogue: Catalogue, golden: Callable[[str, str | bytes], None]
) -> None:
    found = copy(made, catalogue, small())
    golden("rights/export/index.html", found["index.html"])
    golden("rights/export/export.json", found["export.json"])
    assert sorted(found) == [
        "csv/main.children_profiles-1.csv",
        "csv/main.customers-1.csv",
        "export.json",
        "export.jsonld",
        "html/main.children_profiles-1-0001.html",
        "html/main.customers-1-0001.html",
        "index.html",
        "json-ld/main.children_profiles-1.jsonld",
        "json-ld/main.customers-1.jsonld",
        "style.css",
        "xlsx/main.children_profiles-1.xlsx",
        "xlsx/main.customers-1.xlsx",
    ]


def test_every_format_holds_the_same_rows(made: RightsExports, catalogue: Catalogue) -> None:
    found = copy(made, catalogue, small())
    tables = {one["table"]: one for one in json.loads(found["export.json"])["tables"]}
    expected = ['父女 & "daughter" <b>', AT.isoformat(), 7]
    assert [list(row.values()) for row in tables["children_profiles"]["data"]] == [
        expected,
        ["=1+1", None, -5],
    ]
    assert tables["addresses"]["data"] == []
    assert tables["children_profiles"]["withheldBecauseOthers"] == 11

    text = found["csv/main.children_profiles-1.csv"].decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        list(CHILDREN),
        [expected[0], expected[1], "7"],
        ["'=1+1", "", "-5"],
    ]

    book = openpyxl.load_workbook(io.BytesIO(found["xlsx/main.children_profiles-1.xlsx"]))
    cells = list(book.worksheets[0].iter_rows(values_only=True))
    assert cells[1:] == [tuple(expected), ("=1+1", None, -5)]
    assert all(cell.data_type != "f" for row in book.worksheets[0].iter_rows() for cell in row)

    triples = jsonld.to_rdf(json.loads(found["json-ld/main.children_profiles-1.jsonld"]))
    values = {one["object"]["value"] for one in triples["@default"]}
    assert values == {expected[0], AT.isoformat(), "7", "=1+1", "-5"}


def test_the_linked_data_say_purpose_basis_and_recipients(
    made: RightsExports, catalogue: Catalogue
) -> None:
    found = copy(made, catalogue, small())
    expanded = jsonld.expand(json.loads(found["export.jsonld"]))
    nickname = next(
        node for node in expanded if node.get("@id", "").endswith("main.customers:nickname")
    )
    contexts = nickname["https://w3id.org/dpv#hasContext"]
    assert contexts
    for context in contexts:
        assert context["https://w3id.org/dpv#hasPurpose"]
        basis = context["https://w3id.org/dpv#hasLegalBasis"][0]["@id"]
        assert any(node.get("@id") == basis for node in expanded)


def test_pages_have_no_script_and_only_addresses_within(
    made: RightsExports, catalogue: Catalogue
) -> None:
    found = copy(made, catalogue, small())

    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.tags: list[tuple[str, dict[str, str | None]]] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.tags.append((tag, dict(attrs)))

    for name in (one for one in found if one.endswith(".html")):
        reader = Reader()
        reader.feed(found[name].decode())
        tags = [tag for tag, _ in reader.tags]
        assert not {"script", "img", "iframe", "b"} & set(tags), name
        assert tags.count("h1") == tags.count("main") == tags.count("title") == 1
        assert ("html", {"lang": "zh-CN"}) in reader.tags
        assert tags.count("caption") == tags.count("table")
        assert all(at.get("scope") == "col" for tag, at in reader.tags if tag == "th")
        folder = name.rpartition("/")[0]
        for _, attributes in reader.tags:
            address = attributes.get("href")
            if address is not None:
                joined = address.removeprefix("../") if "../" in address else f"{folder}/{address}"
                assert joined.removeprefix("/") in found, (name, address)


def test_sensitive_values_are_masked_until_step_up(
    made: RightsExports, catalogue: Catalogue
) -> None:
    found = Found().add(
        "real_name_records", ("full_name", "id_number"), [("样例", "11010118900101000X")]
    )
    data = copy(made, catalogue, found, masked=True)
    assert all(b"11010118900101000X" not in one for one in data.values())
    table = json.loads(data["export.json"])["tables"][0]
    assert table["data"][0]["id_number"] == "110***********000X"
    assert json.loads(data["export.json"])["masked"] is True


def test_what_is_handed_out_was_recorded_with_its_hash(
    made: RightsExports, catalogue: Catalogue, tea: TeaLog
) -> None:
    asked, found = request(), small()
    gather(made, found, asked)
    with pytest.raises(NoSuchExportError):
        made.file(REQUEST, 1, AT)
    done = made.make(found.plan(asked), explainer(catalogue), ONE, AT)
    assert done.files[0].sha256 == hashlib.sha256(whole(made)).hexdigest()
    assert done.files[0].size == len(whole(made))
    records = [one for one in _records(tea) if one[0] is Kind.EXPORT]
    assert [one[1]["sha256"] for one in records] == [done.files[0].sha256]
    made.make(found.plan(asked), explainer(catalogue), ONE, AT)
    assert len([one for one in _records(tea) if one[0] is Kind.EXPORT]) == 1


def _records(tea: TeaLog) -> list[tuple[Kind, dict[str, object]]]:
    tea.opened.log.publish()
    return [
        (Kind(record.leaf.kind), dict(tea.payload(record.position)))
        for record in tea.opened.log.newest()
    ]


def test_the_files_open_with_the_pass_code_and_are_refused_without(
    made: RightsExports, catalogue: Catalogue
) -> None:
    asked, found = request(("json",), with_code=True), small()
    gather(made, found, asked)
    assert not made.has_code(REQUEST, AT)
    with pytest.raises(NoSuchExportError):
        made.take_code(REQUEST, AT)
    made.make(found.plan(asked), explainer(catalogue), ONE, AT)
    code = made.take_code(REQUEST, AT)
    assert len(code.replace("-", "")) == 20
    with pyzipper.AESZipFile(io.BytesIO(whole(made))) as archive:
        for wrong in (None, b"", made.fresh_code().encode()):
            with pytest.raises(RuntimeError):
                archive.read("export.json", pwd=wrong)
        archive.setpassword(code.encode())
        assert json.loads(archive.read("export.json"))["format"] == "chengnuo-export"


def test_a_pass_code_is_shown_once_and_kept_sealed_until_then(
    made: RightsExports, catalogue: Catalogue, tmp_path: Path
) -> None:
    asked, found = request(("json",), with_code=True), small()
    gather(made, found, asked)
    made.make(found.plan(asked), explainer(catalogue), ONE, AT)
    kept = {path: path.read_bytes() for path in (tmp_path / "exports").rglob("*") if path.is_file()}
    assert made.has_code(REQUEST, AT)
    code = made.take_code(REQUEST, AT)
    assert not any(code.encode() in content for content in kept.values())
    assert not made.has_code(REQUEST, AT)
    with pytest.raises(NoSuchExportError):
        made.take_code(REQUEST, AT)
    assert [path.name for path in kept if not path.exists()] == ["code"]
    made.make(found.plan(asked), explainer(catalogue), ONE, AT)
    assert whole(made)


def test_a_copy_whose_pass_code_is_lost_is_made_anew_and_never_without_one(
    made: RightsExports, catalogue: Catalogue
) -> None:
    asked, found = request(("json",), with_code=True), small()
    gather(made, found, asked)
    assert made.place.forget_code(REQUEST)
    with pytest.raises(NoSuchExportError):
        made.make(found.plan(asked), explainer(catalogue), ONE, AT)
    assert not made.is_gathered(asked)
    gather(made, found, asked)
    made.make(found.plan(asked), explainer(catalogue), ONE, AT)
    assert made.take_code(REQUEST, AT)


def test_the_pass_code_goes_with_the_copy(made: RightsExports, catalogue: Catalogue) -> None:
    asked, found = request(("json",), with_code=True), small()
    gather(made, found, asked)
    made.make(found.plan(asked), explainer(catalogue), ONE, AT)
    assert made.expire(AT + timedelta(days=8)) == 1
    with pytest.raises(NoSuchExportError):
        made.take_code(REQUEST, AT)


def test_nothing_of_a_person_stands_readable_on_the_disk(
    made: RightsExports, catalogue: Catalogue, tmp_path: Path
) -> None:
    copy(made, catalogue, small())
    kept = [path for path in (tmp_path / "exports").rglob("*") if path.is_file()]
    assert len(kept) == 4
    for path in kept:
        assert b"sample-name" not in path.read_bytes()
        assert b"customers" not in path.read_bytes()


def large(rows: int = 3 * PAGE) -> Found:
    found = Found()
    for start in range(0, rows, PAGE):
        page = [(f"item {n}" * 20, AT, n) for n in range(start, start + PAGE)]
        found.add("children_profiles", CHILDREN, page)
    return found.add("customers", ("account_name",), [("sample-name",)])


def parted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chengnuo.usecases.rights.exporting.LEAST_PART_BYTES", 1)
    monkeypatch.setattr("chengnuo.usecases.rights.exporting._INDEX_BYTES", 60_000)


def test_parts_open_alone_and_together_hold_every_row(
    made: RightsExports, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    parted(monkeypatch)
    asked, found = request(("json", "html"), part_bytes=2_500_000), large()
    gather(made, found, asked)
    done = made.make(found.plan(asked), explainer(catalogue), ONE, AT)
    assert len(done.files) == 3
    seen: list[int] = []
    for file in done.files:
        assert file.size <= 2_500_000
        held = files(whole(made, file.part))
        index = json.loads(held["export.json"])
        assert index["parts"] == [one.name for one in done.files]
        assert all(one.name in held["index.html"].decode() for one in done.files)
        for name in (one for one in held if one.endswith(".jsonl")):
            seen += [json.loads(line)["child_id"] for line in held[name].splitlines()]
    assert seen == list(range(3 * PAGE))


def test_a_stop_goes_on_at_the_last_finished_part(
    made: RightsExports, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    parted(monkeypatch)
    asked, found = request(("json",), part_bytes=1_300_000), large()
    gather(made, found, asked)
    real, times = folder_module.PartMembers.__iter__, [0]

    def stops(self: folder_module.PartMembers) -> object:
        for member in real(self):
            times[0] += 1
            if times[0] == 6:
                raise OSError(28, "No space left on device")
            yield member

    monkeypatch.setattr(folder_module.PartMembers, "__iter__", stops)
    with pytest.raises(ExportTooLargeError):
        made.make(found.plan(asked), explainer(catalogue), ONE, AT)
    assert len(made.place.state(REQUEST).parts) == 1
    with pytest.raises(NoSuchExportError):
        made.file(REQUEST, 1, AT)
    first = (tmp_path / "exports" / REQUEST / "part-0001").read_bytes()

    done = made.make(found.plan(asked), explainer(catalogue), ONE, AT)
    assert len(done.files) > 1
    assert (tmp_path / "exports" / REQUEST / "part-0001").read_bytes() == first
    for file in done.files:
        assert hashlib.sha256(whole(made, file.part)).hexdigest() == file.sha256


def test_a_survey_that_was_stopped_leaves_nothing(
    made: RightsExports, catalogue: Catalogue, tmp_path: Path
) -> None:
    asked, found = request(), small()

    def stopped() -> None:
        with made.gathering(asked, AT) as taker:
            taker.take(found.pages[0])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert not made.is_gathered(asked)
    with pytest.raises(NoSuchExportError):
        made.make(found.plan(asked), explainer(catalogue), ONE, AT)
    gather(made, found, asked)
    assert not list((tmp_path / "exports" / REQUEST).glob("*.new"))
    assert made.make(found.plan(asked), explainer(catalogue), ONE, AT).rows == 3


def test_other_rows_than_planned_are_never_handed_out(
    made: RightsExports, catalogue: Catalogue
) -> None:
    asked = request()
    gather(made, small(), asked)
    plan = small().add("customers", ("account_name",), [("another",)]).plan(asked)
    with pytest.raises(ExportIncompleteError) as refused:
        made.make(plan, explainer(catalogue), ONE, AT)
    assert (refused.value.planned, refused.value.kept) == (2, 1)
    assert not made.is_gathered(asked)
    gather(made, small(), asked)
    assert made.make(small().plan(asked), explainer(catalogue), ONE, AT).rows == 3


def test_rows_that_show_nothing_of_the_individual_are_not_missed(
    made: RightsExports, catalogue: Catalogue
) -> None:
    asked = request(("json",))
    gather(made, small(), asked)
    plan = small().plan(asked)
    others = Step(
        table="children_profiles",
        group="alone-1",
        belongs=Belongs.ALONE,
        rows=5,
        fate=RowFate.READ,
        columns=(ColumnAction(column="call_name", category=None, fate=ColumnFate.WITHHELD),),
    )
    hidden = Step(
        table="login_methods", group="alone-0", belongs=Belongs.ALONE, rows=5, fate=RowFate.READ
    )
    store = replace(plan.stores[0], steps=(*plan.stores[0].steps, others, hidden))
    with_others = replace(plan, stores=(store, *plan.stores[1:]))
    assert made.make(with_others, explainer(catalogue), ONE, AT).rows == 3


def test_a_copy_larger_than_the_disk_is_refused_before_it_is_written(
    tmp_path: Path, tea: TeaLog, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, asked, found = exports(tmp_path / "exports", tea), request(), small()
    gather(made, found, asked)
    monkeypatch.setattr(FolderExports, "free_bytes", lambda _: 1_000)
    with pytest.raises(ExportTooLargeError, match="fewer formats"):
        made.make(found.plan(asked), explainer(catalogue), ONE, AT)
    assert not made.place.state(REQUEST).parts


def test_a_full_disk_refuses_rows_before_they_are_taken(tmp_path: Path, tea: TeaLog) -> None:
    made = exports(tmp_path / "exports", tea, reserve_bytes=1 << 60)
    with pytest.raises(ExportTooLargeError):
        gather(made, small(), request())


def test_another_order_for_the_same_request_is_refused(made: RightsExports) -> None:
    gather(made, small(), request(("json",)))
    with pytest.raises(ExportOtherOrderError):
        gather(made, small(), request(("csv",)))


def test_what_has_expired_is_gone_with_its_key(
    made: RightsExports, catalogue: Catalogue, tmp_path: Path
) -> None:
    copy(made, catalogue, small())
    later = AT + timedelta(days=7)
    assert made.expire(later - timedelta(seconds=1)) == 0
    with pytest.raises(NoSuchExportError):
        made.file(REQUEST, 1, later)
    assert made.expire(later) == 1
    assert not list((tmp_path / "exports").iterdir())
    with pytest.raises(NoSuchExportError):
        made.place.state(REQUEST)


def test_a_half_destroyed_copy_is_destroyed_by_the_next_sweep(
    made: RightsExports, catalogue: Catalogue, tmp_path: Path
) -> None:
    copy(made, catalogue, small())
    (tmp_path / "exports" / REQUEST / "key").unlink()
    with pytest.raises(NoSuchExportError):
        made.file(REQUEST, 1, AT)
    assert made.expire(AT) == 1


def test_a_changed_file_is_not_handed_out(
    made: RightsExports, catalogue: Catalogue, tmp_path: Path
) -> None:
    copy(made, catalogue, small())
    part = tmp_path / "exports" / REQUEST / "part-0001"
    written = bytearray(part.read_bytes())
    written[50] ^= 1
    part.write_bytes(written)
    with pytest.raises(ExportBrokenError):
        whole(made)


def test_ranges_are_slices_of_the_file(made: RightsExports, catalogue: Catalogue) -> None:
    copy(made, catalogue, small())
    data, stream = whole(made), made.file(REQUEST, 1, AT)
    assert b"".join(stream.read(1_000, 2_001)) == data[1_000:2_001]
    assert b"".join(stream.read(len(data) - 5, len(data) + 5)) == data[-5:]


def test_a_format_that_there_is_not_is_refused(made: RightsExports) -> None:
    with pytest.raises(UnknownFormatError):
        gather(made, small(), request(("pdf",)))


def test_a_view_shows_pages_masked_and_explained(made: RightsExports, catalogue: Catalogue) -> None:
    asked = request(())
    found = small().add(
        "real_name_records", ("full_name", "id_number"), [("样例", "ABCDEFGHIJKLMNOPQR")]
    )
    gather(made, found, asked)
    done = made.make(found.plan(asked), explainer(catalogue), ONE, AT)
    assert done.files == ()
    view, said = RightsView(place=made.place), explainer(catalogue)
    tables = {one.explained.table: at for at, one in enumerate(view.tables(REQUEST, said, AT))}
    at = tables["real_name_records"]
    masked = view.rows(REQUEST, table=at, page=0, explainer=said, at=AT, masked=True)
    assert masked == (("样例", "ABC***********OPQR"),)
    plain = view.rows(
        REQUEST, table=tables["customers"], page=0, explainer=said, at=AT, masked=False
    )
    assert plain == (ONE_CUSTOMER,)
    with pytest.raises(NoSuchExportError):
        view.rows(REQUEST, table=at, page=1, explainer=said, at=AT, masked=True)
