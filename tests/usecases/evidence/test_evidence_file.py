"""Evidence files from a real log: what is in them, what they say, and that they verify."""

import io
import json
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import pytest
from tests.strategies.told_register import told_register
from tests.usecases.evidence.tea_log import ONE, OTHER, TeaLog, verified

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.public_part import public_part
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.leaf import Leaf
from chengnuo.domain.evidence.pack import pack
from chengnuo.domain.evidence.pack_readme import MOST_LISTED, PackFacts, readme
from chengnuo.domain.evidence.proof import Erased
from chengnuo.domain.evidence.schemas import PayloadRefusedError
from chengnuo.domain.register.canonical import canonical_bytes
from chengnuo.law.catalogue import UnknownDutyError
from chengnuo.ports.evidence_log import Position
from chengnuo.usecases.evidence import evidence_file, evidence_window
from chengnuo.usecases.evidence.evidence_file import Asking
from chengnuo.usecases.evidence.evidence_window import Window
from chengnuo.usecases.evidence.proving import NoChainError, WindowError

EVER = Window(start=0, end=2**53 - 1)
ASKING = Asking(by="individual", reason="own request")


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_person_gets_proof_receipts_notices_and_registers(tea: TeaLog) -> None:
    given, got = tea.consent(), tea.provision()
    tea.consent(person=OTHER)
    found = tea.files.of_person(ONE, EVER, ASKING)
    files = opened(found.data)
    notice, version = str(tea.payload(given)["notice"]), tea.in_force[-1].register
    assert set(files) == {
        "README.en.md",
        "README.zh.md",
        "manifest.json",
        f"notices/{notice}.json",
        f"notices/{notice}.txt",
        f"notices/registers/{version}.json",
        "proof.json",
        f"receipts/{given:010d}-consent-given.json",
        f"receipts/{got:010d}-provision.json",
    }
    assert (found.records, found.receipts) == (2, 2)
    assert sha256(files[f"notices/{notice}.json"]).hexdigest() == notice
    published = canonical_bytes(public_part(tea.register)) + b"\n"
    assert files[f"notices/registers/{version}.json"] == published


def test_the_manifest_names_every_other_file_with_its_hash(tea: TeaLog) -> None:
    tea.consent()
    files = opened(tea.files.of_person(ONE, EVER, ASKING).data)
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest["type"] == "chengnuo-evidence/1"
    assert manifest["files"] == {name: sha256(data).hexdigest() for name, data in files.items()}


def test_the_same_log_and_period_give_the_same_bytes(tea: TeaLog) -> None:
    tea.consent()
    tea.provision()
    tea.register_published()
    tea.opened.log.publish()
    assert tea.files.make_of_person(ONE, EVER) == tea.files.make_of_person(ONE, EVER)
    assert tea.files.make_of_duty("duty-1", EVER) == tea.files.make_of_duty("duty-1", EVER)


def test_a_pack_depends_on_its_files_only() -> None:
    files = {"proof.json": b"{}", "README.zh.md": b"x", "receipts/1.json": b"y"}
    packed = pack(files)
    assert packed == pack(dict(reversed(files.items())))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        infos = archive.infolist()
    assert [info.filename for info in infos] == sorted([*files, "manifest.json"])
    assert {(info.date_time, info.compress_type, info.create_system) for info in infos} == {
        ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED, 3)
    }


def test_the_proof_is_complete_and_discloses_the_period_only(tea: TeaLog) -> None:
    tea.consent()
    before = tea.opened.log.record(tea.provision()).leaf.at
    later = tea.consent(Kind.CONSENT_WITHDRAWN)
    window = Window(start=before + 1, end=2**53 - 1)
    files = opened(tea.files.of_person(ONE, window, ASKING).data)
    proof = json.loads(files["proof.json"])
    assert proof["claim"] == "complete"
    assert len(proof["chains"][0]["leaves"]) == 3
    assert [json.loads(one["payload"]) for one in proof["disclosed"]] == [tea.payload(later)]
    receipts = [name for name in files if name.startswith("receipts/")]
    assert receipts == [f"receipts/{later:010d}-consent-withdrawn.json"]


def test_every_part_of_a_file_is_of_one_checkpoint(tea: TeaLog) -> None:
    tea.consent()
    tea.provision()
    files = opened(tea.files.of_person(ONE, EVER, ASKING).data)
    proofs = [json.loads(files["proof.json"])]
    proofs += [
        json.loads(data)["chengnuo:evidence"]
        for name, data in files.items()
        if name.startswith("receipts/")
    ]
    assert len({proof["checkpoint"] for proof in proofs}) == 1


def test_a_file_is_recorded_before_it_is_handed_out(tea: TeaLog) -> None:
    tea.consent()
    found = tea.files.of_person(ONE, EVER, Asking(by="cli", reason="court order"))
    tea.opened.log.publish()
    record = next(tea.opened.log.newest())
    assert record.leaf.kind == "export"
    payload = tea.payload(record.position)
    assert payload["sha256"] == found.sha256 == sha256(found.data).hexdigest()
    assert (payload["by"], payload["reason"]) == ("cli", "court order")
    assert tea.opened.payloads.person(record) == ONE


def test_a_reason_that_cannot_be_recorded_gets_no_file(tea: TeaLog) -> None:
    tea.consent()
    with pytest.raises(PayloadRefusedError):
        tea.files.of_person(ONE, EVER, Asking(by="cli", reason=""))
    assert tea.opened.log.status().size == 1


def test_records_without_strictness_are_disclosed_without_receipts(tea: TeaLog) -> None:
    price = {"offer": "tea-1", "price_fen": 1200, "inputs": "a" * 64}
    tea.record(Kind.PRICE_QUOTED, price, person=ONE)
    found = tea.files.of_person(ONE, EVER, ASKING)
    files = opened(found.data)
    assert found.receipts == 0
    assert len(json.loads(files["proof.json"])["disclosed"]) == 1


def test_a_notice_shown_brings_its_notice(tea: TeaLog) -> None:
    item = "nearby/general"
    named = str(tea.payload(tea.consent(person=OTHER, item=item))["notice"])
    values = {"notice": named, "lang": "zh", "surface": "android"}
    tea.record(Kind.NOTICE_SHOWN, values, person=ONE, activity="nearby", item=item)
    assert f"notices/{named}.json" in opened(tea.files.of_person(ONE, EVER, ASKING).data)


def test_erased_payloads_are_said_to_be_erased_and_the_rest_verifies(tea: TeaLog) -> None:
    tea.consent()
    gone = tea.provision()
    values = {"ground": "PIPL-47", "stores": ["main"]}
    tea.eraser.content(ONE, under="PIPL-47", values=values, keep_until=None, keep_under="PIPL-56")
    files = opened(tea.files.of_person(ONE, EVER, ASKING).data)
    assert not any(name.endswith("-provision.json") for name in files)
    proof = json.loads(files["proof.json"])
    assert [(one["from"], one["to"], one["under"]) for one in proof["erased"]] == [
        (gone, gone, "PIPL-47")
    ]
    assert "依 PIPL-47 删除" in files["README.zh.md"].decode()
    assert "只在内容里的话" not in "".join(data.decode() for data in files.values())


def test_a_register_version_that_is_not_kept_is_said_to_be_missing(tea: TeaLog) -> None:
    tea.consent()
    version = tea.in_force[-1].register
    tea.versions.clear()
    files = opened(tea.files.of_person(ONE, EVER, ASKING).data)
    assert version in files["README.en.md"].decode()
    assert not any(name.startswith("notices/") for name in files)


def test_every_register_version_of_the_period_is_there(tea: TeaLog) -> None:
    tea.consent()
    other = (("individuals: 4000", "individuals: 4001"),)
    tea.serve(told_register(tea.catalogue, instead=other))
    tea.consent(Kind.CONSENT_WITHDRAWN)
    files = opened(tea.files.of_person(ONE, EVER, ASKING).data)
    versions = {name for name in files if name.startswith("notices/registers/")}
    assert versions == {f"notices/registers/{one}.json" for one in tea.versions}


def test_a_duty_gets_the_records_of_its_open_chains_only(tea: TeaLog) -> None:
    tea.consent()
    published = tea.register_published()
    tea.key_rotated()
    found = tea.files.of_duty("duty-1", EVER, Asking(by="cli", reason="inspection"))
    files = opened(found.data)
    proof = json.loads(files["proof.json"])
    assert proof["claim"] == "inclusion"
    assert [record["index"] for record in proof["records"]] == [published]
    assert not any(name.startswith("receipts/") for name in files)
    assert "撤回同意" in files["README.zh.md"].decode()  # in people's own chains
    tea.opened.log.publish()
    record = next(tea.opened.log.newest())
    assert tea.payload(record.position)["sha256"] == found.sha256
    assert record.ordinal == 0


def test_a_duty_takes_the_records_of_the_period_only(tea: TeaLog) -> None:
    first, second, third = (tea.register_published() for _ in range(3))
    at = tea.opened.log.record(second).leaf.at
    del first, third
    tea.opened.log.publish()
    found = tea.files.make_of_duty("PIPL-17", Window(start=at, end=at))
    proof = json.loads(opened(found.data)["proof.json"])
    assert [record["index"] for record in proof["records"]] == [second]


Ask = Callable[[TeaLog], object]


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        pytest.param(
            lambda tea: tea.files.of_duty("duty-1", Window(start=1, end=2), ASKING),
            "nothing-recorded",
            id="nothing in the period",
        ),
        pytest.param(
            lambda tea: tea.files.of_duty("action524-4.4", EVER, ASKING),
            "duty-not-recorded",
            id="no record shows it",
        ),
        pytest.param(
            lambda tea: tea.files.of_duty("duty-99", EVER, ASKING),
            UnknownDutyError.code,
            id="no such duty",
        ),
        pytest.param(
            lambda tea: tea.files.of_person(OTHER, EVER, ASKING), NoChainError.code, id="no chain"
        ),
        pytest.param(lambda _: Window(start=2, end=1), WindowError.code, id="an empty period"),
    ],
)
def test_what_cannot_be_given_is_refused_and_nothing_is_recorded(
    tea: TeaLog, ask: Ask, code: str
) -> None:
    tea.register_published()
    with pytest.raises(ChengnuoError) as refused:
        ask(tea)
    assert refused.value.code == code
    assert tea.opened.log.status().size == 1


@pytest.mark.parametrize(
    ("module", "bound", "most"),
    [
        pytest.param(evidence_file, "MOST_CHAIN", 1, id="records in the chain"),
        pytest.param(evidence_window, "MOST_RECORDS", 1, id="records of the period"),
        pytest.param(evidence_file, "MOST_RECEIPTS", 1, id="receipts"),
    ],
)
def test_more_than_the_bounds_is_refused(
    tea: TeaLog, monkeypatch: pytest.MonkeyPatch, module: ModuleType, bound: str, most: int
) -> None:
    tea.consent()
    tea.provision()
    monkeypatch.setattr(module, bound, most)
    with pytest.raises(ChengnuoError) as refused:
        tea.files.of_person(ONE, EVER, ASKING)
    assert refused.value.code == "evidence-file-too-large"


@pytest.mark.real
def test_the_verifier_accepts_evidence_files_and_refuses_one_with_a_member_changed(
    tea: TeaLog, tmp_path: Path
) -> None:
    tea.register_published()
    tea.consent()
    tea.provision()
    key = str(tea.opened.signer.vkeys[-1])
    found = tea.files.of_person(ONE, EVER, ASKING)
    duty = tea.files.of_duty("duty-14", EVER, ASKING)
    path = tmp_path / found.name
    for data in (found.data, duty.data):
        path.write_bytes(data)
        assert verified(path, "--key", key) == (0, "evidence-whole")
    names = opened(found.data)
    for name in names:
        if name == "manifest.json":
            continue
        changed = {**names, name: names[name].replace(b"a", b"b", 1) + b" "}
        path.write_bytes(written_as_it_is(changed))
        assert verified(path, "--key", key) == (1, "damaged"), name


def written_as_it_is(files: dict[str, bytes]) -> bytes:
    """Return a ZIP with the old manifest, so that its hashes no longer fit."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), files[name])
    return packed.getvalue()


@pytest.mark.real
def test_the_verifier_accepts_a_file_after_erasure(tea: TeaLog, tmp_path: Path) -> None:
    tea.consent()
    tea.provision()
    values = {"ground": "PIPL-47", "stores": ["main"]}
    tea.eraser.content(ONE, under="PIPL-47", values=values, keep_until=None, keep_under="PIPL-56")
    path = tmp_path / "evidence.zip"
    path.write_bytes(tea.files.of_person(ONE, EVER, ASKING).data)
    assert verified(path) == (0, "evidence-whole")


def pack_facts(*, listed: int, personal: bool) -> PackFacts:
    at = 1_764_313_000_000_001
    leaf = Leaf(at=at, kind="consent-given", item="nearby/general", seq=1, tag="ab" * 32, v=1)
    return PackFacts(
        subject=Text("一个人的记录", "records about one individual"),
        personal=personal,
        origin="log.example/tea",
        size=40,
        as_of=at + 1,
        start=at - 1,
        end=at,
        proved=12,
        listed=[(Position(index), leaf) for index in range(listed)],
        shown=1,
        receipts=1 if personal else 0,
        notices=1,
        registers=["ab" * 32],
        missing=["cd" * 32],
        erased=[Erased(on=at, under="PIPL-47", first=3, last=8)],
        elsewhere=() if personal else (Kind.CONSENT_GIVEN, Kind.NOTICE_SHOWN),
    )


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("personal", [True, False])
def test_the_head_of_a_file_reads_as_kept(
    lang: Lang, golden: Callable[[str, str | bytes], None], *, personal: bool
) -> None:
    name = "person" if personal else "duty"
    facts = pack_facts(listed=2, personal=personal)
    golden(f"evidence/readme-{name}.{lang.value}.md", readme(facts, lang))


def test_a_long_list_is_cut_and_says_how_much_more_there_is() -> None:
    text = readme(pack_facts(listed=MOST_LISTED + 7, personal=True), Lang.EN)
    assert "7 more are in `proof.json`." in text
    assert text.count("consent") <= text.count("Consent given") == MOST_LISTED
