"""`chengnuo evidence`: what each command prints, writes and answers with its exit status."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.adapters.evidence.witness_kit import running_witness

from chengnuo.base.canonical import Tree
from chengnuo.base.instant import from_us
from chengnuo.domain.evidence.kinds import KeyClass, Kind
from chengnuo.domain.evidence.log_keys import LogKeys
from chengnuo.doors.cli.root import run
from chengnuo.ports.evidence_keys import Erasure
from chengnuo.ports.evidence_log import Position
from chengnuo.usecases.evidence.recording import NO_ROWS, Rows
from chengnuo.wiring.program import Program

ORIGIN = "ev.example/shop"
ACCOUNT = "account-of-a-sample-person"
WHY = "the individual asked"
DIGEST = "0" * 64
CONSENT: dict[str, Tree] = {
    "form": "explicit",
    "fingerprint": DIGEST,
    "notice": DIGEST,
    "lang": "zh",
    "surface": "app",
    "steps": 1,
}
GIVEN: dict[str, Tree] = {"categories": ["phone"], "purpose": "maps", "method": "api"}
BATCH: dict[str, Tree] = {**GIVEN, "count": 5, "root": DIGEST}
SOUND = Path(__file__).parents[2] / "corpus" / "register" / "sound.yaml"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command and returns its status, stdout and stderr."""

    def one(*arguments: str | Path, lang: str = "en") -> tuple[int, str, str]:
        status = run(Program(), ["--lang", lang, *(str(one) for one in arguments)])
        said = capsys.readouterr()
        assert ACCOUNT not in said.out + said.err
        return status, said.out, said.err

    return one


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose log has six records: one open, four of a person, one batch."""
    data = tmp_path_factory.mktemp("seeded") / "data"
    acts: list[tuple[Kind, dict[str, Tree], bool, Rows]] = [
        (Kind.CONFIGURATION, {"what": "made", "by": "cli", "single_person": True}, False, NO_ROWS),
        (Kind.CONSENT_GIVEN, CONSENT, True, Rows(activity="orders", item="orders/general")),
        (Kind.CONSENT_WITHDRAWN, CONSENT, True, Rows(activity="orders", item="orders/general")),
        (Kind.CONSENT_GIVEN, CONSENT, True, Rows(activity="orders", item="orders/general")),
        (Kind.PROVISION, GIVEN, True, Rows(recipient="courier")),
        (Kind.PROVISION, BATCH, False, Rows(recipient="bank")),
    ]
    with Program().evidence_writing(data, None, origin=ORIGIN, make=True) as writing:
        person = writing.reading.person(ACCOUNT)
        for kind, values, personal, rows in acts:
            concerns = person if personal else None
            writing.recorder.record(kind, values, person=concerns, rows=rows)
    return data


@pytest.fixture
def data(seeded: Path, tmp_path: Path) -> Path:
    """A copy of that folder, to be changed."""
    return Path(shutil.copytree(seeded, tmp_path / "data"))


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A settings file that keeps the epoch key out of the data folder."""
    file = tmp_path / "settings.toml"
    key = tmp_path / "other-disk" / "epoch.key"
    key.parent.mkdir()
    file.write_text(f'[evidence]\nmaster_key_file = "{key}"\n', "utf-8")
    return file


@pytest.mark.parametrize("command", ["status", "check", "rotate", "witness"])
def test_without_a_log_a_command_says_so_and_makes_nothing(
    ran: Run, tmp_path: Path, command: str
) -> None:
    status, out, err = ran("evidence", command, "--data", tmp_path / "none")
    assert (status, out) == (2, "")
    assert "no-evidence-log" in err
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_init_says_the_key_to_publish_and_warns_of_the_key_in_the_folder(
    ran: Run, tmp_path: Path, lang: str
) -> None:
    status, out, err = ran("evidence", "init", "--data", tmp_path, "--origin", ORIGIN, lang=lang)
    keys = LogKeys.parse((tmp_path / "evidence" / "log" / "log.json").read_bytes())
    assert status == 0
    assert str(keys.keys[0].vkey) in out
    assert ("公钥" in out, "警告" in err) == (lang == "zh",) * 2
    assert "master_key_file" in err


def test_init_does_not_warn_when_the_key_is_kept_elsewhere(
    ran: Run, tmp_path: Path, elsewhere: Path
) -> None:
    status, out, err = ran("evidence", "init", "--data", tmp_path / "d", "--settings", elsewhere)
    assert (status, err) == (0, "")
    assert "other-disk" in out


def test_init_says_that_a_master_key_of_the_environment_still_opens_old_backups(
    ran: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHENGNUO_EVIDENCE_MASTER_KEY", "ab" * 32)
    status, out, err = ran("evidence", "init", "--data", tmp_path, "--json")
    made = json.loads(out)
    assert (status, made["keysInDataFolder"], made["keysForget"]) == (0, False, False)
    assert "a backup from before a deletion still opens" in err


def test_init_again_changes_nothing_and_another_name_is_refused(ran: Run, tmp_path: Path) -> None:
    ran("evidence", "init", "--data", tmp_path, "--origin", ORIGIN)
    kept = (tmp_path / "evidence" / "log" / "log.json").read_bytes()
    for name in ((), ("--origin", ORIGIN)):
        status, out, _ = ran("evidence", "init", "--data", tmp_path, *name)
        assert status == 0
        assert "nothing was changed" in out
    status, _, err = ran("evidence", "init", "--data", tmp_path, "--origin", "other.example")
    assert status == 3
    assert "log-origin" in err
    assert (tmp_path / "evidence" / "log" / "log.json").read_bytes() == kept


def test_a_name_that_no_log_can_have_is_wrong_input(ran: Run, tmp_path: Path) -> None:
    status, _, err = ran("evidence", "init", "--data", tmp_path, "--origin", "two words")
    assert status == 2
    assert "vkey-malformed" in err


def test_init_as_json(ran: Run, tmp_path: Path) -> None:
    status, out, _ = ran("evidence", "init", "--data", tmp_path, "--json")
    made = json.loads(out)
    assert status == 0
    assert (made["new"], made["keysInDataFolder"]) == (True, True)
    assert [vkey.startswith(made["origin"]) for vkey in made["vkeys"]] == [True]


def test_of_a_merged_account_all_is_proved_until_the_other_key_is_destroyed(
    ran: Run, data: Path, tmp_path: Path
) -> None:
    with Program().evidence_writing(data, None) as writing:
        account, other = map(writing.reading.person, (ACCOUNT, "the other account"))
        draft = writing.recorder.draft(
            Kind.ALIASES_MERGED, {"method": "telephone"}, person=account, also=other
        )
        given = writing.recorder.draft(
            Kind.PROVISION, GIVEN, person=other, rows=Rows(recipient="courier")
        )
        writing.log.append([given, draft])
        writing.log.publish()
    whose = ("--person", ACCOUNT, "--data", data)
    status, out, _ = ran("evidence", "prove", *whose)
    assert (status, len(json.loads(out)["chains"])) == (0, 2)
    for recipient, found in (("printer", 0), ("courier", 1)):
        assert ran("evidence", "absence", "--recipient", recipient, *whose)[0] == found
    with Program().evidence_writing(data, None) as writing:
        at = writing.log.publish().checkpoint.size
        made = from_us(writing.log.record(Position(at - 1)).leaf.at)
        gone = Erasure(key=KeyClass.PROOF, at=made, under="PIPL-19", position=at)
        writing.log.erase({other: gone})
    for command in (("prove",), ("absence", "--recipient", "bank")):
        status, _, err = ran("evidence", *command, *whose)
        assert (status, "partial-chain" in err, "merged with this one" in err) == (3, True, True)
    file = tmp_path / "evidence.zip"
    asked = ("--person", ACCOUNT, "--reason", "own request", "--out", file)
    assert ran("evidence", "export", *asked, "--data", data)[0] == 0


@pytest.mark.parametrize("command", [("init",), ("rotate",), ("witness",)])
def test_while_another_process_writes_the_log_a_writing_command_says_so(
    ran: Run, data: Path, command: tuple[str, ...]
) -> None:
    with Program().evidence_writing(data, None):
        status, _, err = ran("evidence", *command, "--data", data)
        assert status == 3
        assert "log-locked" in err
        assert ran("evidence", "status", "--data", data)[0] == 0


@pytest.mark.parametrize(
    ("command", "zh", "en"),
    [
        (("init",), "请先停止服务", "stop it, run this command"),
        (("rotate",), "请先停止服务", "stop it, run this command"),
        (("witness",), "自行请见证方", "by itself"),
        (
            ("export", "--duty", "duty-6", "--reason", "court request", "--out", "e.zip"),
            "证据与审计 → 证据文件",
            "in its console",
        ),
    ],
)
def test_a_command_that_the_service_keeps_from_the_log_says_what_to_do_instead(
    ran: Run, data: Path, command: tuple[str, ...], zh: str, en: str
) -> None:
    with Program().evidence_writing(data, None):
        for lang, words in (("zh", zh), ("en", en)):
            status, _, err = ran("--lang", lang, "evidence", *command, "--data", data)
            assert (status, "log-locked" in err, words in err) == (3, True, True), err
        status, _, err = ran("--lang", "en", "evidence", *command, "--data", data, "--json")
        refused = json.loads(err)
        assert (status, refused["error"]) == (3, "log-locked")
        assert en in refused["advice"][0]


def test_an_empty_log_is_told_apart_from_a_broken_one(ran: Run, tmp_path: Path) -> None:
    ran("evidence", "init", "--data", tmp_path)
    status, out, _ = ran("evidence", "status", "--data", tmp_path)
    assert (status, "no checkpoint yet" in out) == (0, True)
    status, out, _ = ran("evidence", "check", "--data", tmp_path)
    assert (status, "no checkpoint yet" in out) == (0, True)
    status, _, err = ran("evidence", "rotate", "--data", tmp_path)
    assert (status, "nothing-signed" in err) == (3, True)


def test_status_tells_size_kinds_keys_and_growth(ran: Run, seeded: Path) -> None:
    status, out, _ = ran("evidence", "status", "--data", seeded, "--json")
    seen = json.loads(out)
    assert status == 0
    assert (seen["origin"], seen["size"], seen["published"]) == (ORIGIN, 6, 6)
    assert seen["kinds"] == {
        "configuration": 1,
        "consent-given": 2,
        "consent-withdrawn": 1,
        "provision": 2,
    }
    assert [day["size"] for day in seen["growth"]] == [6]
    assert (seen["witnessed"], seen["misbehaviour"]) == (None, [])
    _, out, _ = ran("evidence", "status", "--data", seeded, lang="zh")
    assert "记录：6 条" in out
    assert seen["keys"][0] in out


@pytest.mark.real
def test_a_whole_log_is_whole_for_us_and_for_the_verifier(ran: Run, seeded: Path) -> None:
    status, out, _ = ran("evidence", "check", "--data", seeded, "--json")
    checked = json.loads(out)
    assert (status, checked["whole"], checked["records"], checked["problems"]) == (0, True, 6, [])
    assert checked["verifier"]["messages"][0]["code"] == "log-whole"
    status, out, _ = ran("evidence", "check", seeded / "evidence" / "log", lang="zh")
    assert status == 0
    assert "完好" in out


@pytest.mark.real
def test_a_changed_payload_is_named_by_its_file(ran: Run, data: Path) -> None:
    segment = next(file for file in sorted((data / "evidence" / "wal").iterdir()) if file.is_file())
    written = bytearray(segment.read_bytes())
    at = written.index(b'"purpose"')
    written[at] ^= 1
    segment.write_bytes(written)
    status, out, _ = ran("evidence", "check", "--data", data)
    assert status == 1
    assert segment.name in out
    assert "not whole" in out
    assert ran("evidence", "check", "--data", data, "--public-only")[0] == 0


@pytest.mark.real
def test_a_changed_public_file_is_refused_by_both(ran: Run, data: Path) -> None:
    bundle = data / "evidence" / "log" / "tile" / "entries" / "000.p" / "6"
    bundle.write_bytes(bundle.read_bytes().replace(b"courier", b"couriel"))
    status, out, _ = ran("evidence", "check", "--data", data, "--json")
    checked = json.loads(out)
    assert status == 1
    assert [problem["file"] for problem in checked["problems"]] == ["log/tile/entries/000.p/6"]
    assert checked["verifier"]["status"] == 1
    assert ran("evidence", "check", "--data", data, "--public-only")[0] == 1


@pytest.mark.real
def test_a_folder_that_is_no_log_is_wrong_input(ran: Run, tmp_path: Path) -> None:
    assert ran("evidence", "check", tmp_path)[0] == 2


def test_a_foreign_log_folder_goes_alone(ran: Run, seeded: Path) -> None:
    status, out, err = ran("evidence", "check", seeded / "evidence" / "log", "--public-only")
    assert (status, out) == (2, "")
    assert "chengnuo-verify --since" in err


@pytest.mark.real
def test_the_log_is_held_to_checkpoints_that_were_kept(
    ran: Run, data: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    shutil.copy(data / "evidence" / "log" / "checkpoint", kept)
    with Program().evidence_writing(data, None) as writing:
        writing.recorder.record(
            Kind.CONFIGURATION, {"what": "later", "by": "cli", "single_person": True}
        )
    status, out, _ = ran("evidence", "check", "--data", data, "--against", kept)
    assert status == 0
    assert f"{kept}: agrees" in out


@pytest.mark.real
def test_a_log_that_was_cut_and_grown_anew_is_caught_by_a_kept_checkpoint(
    ran: Run, data: Path, tmp_path: Path
) -> None:
    before = Path(shutil.copytree(data, tmp_path / "before"))
    for folder, what in ((data, "one"), (before, "other")):
        with Program().evidence_writing(folder, None) as writing:
            writing.recorder.record(
                Kind.CONFIGURATION, {"what": what, "by": "cli", "single_person": True}
            )
    kept = data / "evidence" / "log" / "checkpoint"
    status, out, _ = ran("evidence", "check", "--data", before, "--against", kept, "--json")
    checked = json.loads(out)
    assert status == 1
    assert (checked["whole"], checked["problems"]) == (False, [])
    assert [held["agrees"] for held in checked["against"]] == [False]
    _, out, _ = ran("evidence", "status", "--data", before, "--json")
    (name,) = json.loads(out)["misbehaviour"]
    assert kept.read_text("utf-8") in (before / "evidence" / "misbehaviour" / name).read_text(
        "utf-8"
    )


def test_a_checkpoint_that_is_not_of_this_log_is_wrong_input_and_nothing_is_written(
    ran: Run, data: Path, tmp_path: Path
) -> None:
    own = (data / "evidence" / "log" / "checkpoint").read_text("utf-8")
    wrong = [own.replace(ORIGIN, "another.example"), "no note\n"]
    head, _, line = own.rpartition(" ")
    changed = f"{head} {line[:20]}{'A' if line[20] != 'A' else 'B'}{line[21:]}"
    for text in (*wrong, changed):
        kept = tmp_path / "kept"
        kept.write_text(text, "utf-8")
        status, out, err = ran("evidence", "check", "--data", data, "--against", kept)
        assert (status, out) == (2, "")
        assert "checkpoint-foreign" in err
        assert str(kept) in err
    assert not (data / "evidence" / "misbehaviour").exists()


def test_what_is_kept_of_somebody_is_shown_only_for_a_reason_recorded_first(
    ran: Run, data: Path
) -> None:
    for asked in (
        ("prove", "4", "--disclose"),
        ("prove", "--person", ACCOUNT, "--disclose"),
        ("receipt", "1"),
    ):
        status, out, err = ran("evidence", *asked, "--data", data)
        assert (status, out, "no-reason" in err) == (2, "", True)
    _, out, _ = ran("evidence", "status", "--data", data, "--json")
    before = json.loads(out)["size"]
    status, out, _ = ran(
        "evidence", "prove", "--person", ACCOUNT, "--disclose", "--reason", WHY, "--data", data
    )
    proof = json.loads(out)
    newest = json.loads(proof["chains"][0]["leaves"][0])
    assert (status, newest["kind"]) == (0, "operator-read")
    before_it = len(proof["chains"][0]["leaves"]) - 1
    read = [json.loads(one["payload"]) for one in proof["disclosed"]]
    assert f"the whole chain, {before_it} records" in [one.get("what") for one in read]
    _, out, _ = ran("evidence", "status", "--data", data, "--json")
    assert json.loads(out)["size"] == before + 1


def test_a_proof_goes_to_stdout_or_to_a_file_that_is_not_there(
    ran: Run, seeded: Path, data: Path, tmp_path: Path
) -> None:
    proof = tmp_path / "proof.json"
    status, out, err = ran(
        "evidence", "prove", "0", "4", "--data", data, "--disclose", "--reason", WHY
    )
    assert status == 0
    printed = json.loads(out)
    assert (printed["claim"], len(printed["records"]), len(printed["disclosed"])) == (
        "inclusion",
        2,
        2,
    )
    assert "2 records in the log" in err
    status, out, _ = ran("evidence", "prove", "0", "--data", seeded, "--out", proof, "--json")
    assert (status, json.loads(out)["records"]) == (0, 1)
    kept = proof.read_bytes()
    status, _, err = ran("evidence", "prove", "1", "--data", seeded, "--out", proof)
    assert (status, "output-exists" in err, proof.read_bytes() == kept) == (2, True, True)
    assert ran("evidence", "prove", "1", "--data", seeded, "--out", proof, "--force")[0] == 0
    assert proof.read_bytes() != kept


def test_a_proof_of_a_person_is_their_whole_chain(ran: Run, seeded: Path) -> None:
    status, out, _ = ran("evidence", "prove", "--person", ACCOUNT, "--data", seeded)
    (chain,) = json.loads(out)["chains"]
    assert (status, len(chain["leaves"])) == (0, 4)


@pytest.mark.parametrize(
    ("arguments", "status", "word"),
    [
        pytest.param(("99",), 2, "no-such-record", id="no such record"),
        pytest.param(("--person", "nobody"), 2, "no-chain", id="nobody by this id"),
        pytest.param((), 2, "POSITION", id="nothing asked"),
        pytest.param(("1", "--person", "nobody"), 2, "POSITION", id="both asked"),
        pytest.param(("1", "--out", "nowhere/p.json"), 3, "output-not-written", id="no folder"),
    ],
)
def test_what_cannot_be_proved_is_said(
    ran: Run, seeded: Path, arguments: tuple[str, ...], status: int, word: str
) -> None:
    got, out, err = ran("evidence", "prove", *arguments, "--data", seeded)
    assert (got, out) == (status, "")
    assert word in err


@pytest.mark.parametrize(
    ("recipient", "status", "outcome"),
    [
        pytest.param("nobody", 0, "absent", id="absent"),
        pytest.param("courier", 1, "found", id="found"),
        pytest.param("bank", 4, "undecided", id="a batch went there"),
    ],
)
def test_absence_answers_in_words_and_status_and_writes_its_proof(  # noqa: PLR0913, PLR0917  each is needed
    ran: Run, seeded: Path, tmp_path: Path, recipient: str, status: int, outcome: str
) -> None:
    asked = ("evidence", "absence", "--person", ACCOUNT, "--data", seeded, "--recipient", recipient)
    for lang, word in (("en", outcome), ("zh", _ZH[outcome])):
        got, out, _ = ran(*asked, lang=lang)
        assert (got, out.startswith(word)) == (status, True)
    file = tmp_path / "absence.json"
    got, out, _ = ran(*asked, "--out", file, "--json")
    assert (got, json.loads(out)["outcome"]) == (status, outcome)
    assert json.loads(file.read_bytes())["question"]["recipient"] == recipient


_ZH = {"absent": "没有", "found": "有", "undecided": "无法断定"}


def test_a_batch_that_the_answer_does_not_cover_is_named_by_number_and_time(
    ran: Run, seeded: Path
) -> None:
    asked = ("evidence", "absence", "--person", ACCOUNT, "--data", seeded, "--recipient", "bank")
    _, out, _ = ran(*asked)
    assert "number 1 of its chain" in out
    _, out, _ = ran(*asked, "--json")
    (batch,) = json.loads(out)["batches"]
    assert (batch["seq"], batch["recipient"]) == (1, "bank")


def test_a_window_of_dates_counts_at_beijing_time(ran: Run, seeded: Path) -> None:
    asked = ("evidence", "absence", "--person", ACCOUNT, "--data", seeded, "--json")
    days = ("--from", "2020-01-01", "--to", "2020-01-31")
    status, out, _ = ran(*asked, *days)
    question = json.loads(out)["proof"]["question"]
    assert status == 0
    assert (question["from"], question["to"]) == (1577808000000000, 1580486399999999)
    spoken = ("--from", "2020-01-01T00:00:00+08:00", "--to", "2020-01-31T15:59:59.999999Z")
    _, out, _ = ran(*asked, *spoken)
    assert json.loads(out)["proof"]["question"] == question


@pytest.mark.parametrize(
    ("options", "code"),
    [
        pytest.param(("--to", "2999-01-01"), "evidence-window", id="after the last record"),
        pytest.param(("--from", "2999-01-01"), "evidence-window", id="ends before it begins"),
        pytest.param(("--to", "2020-01-01T00:00:00"), "instant-malformed", id="no zone"),
        pytest.param(("--from", "1969-12-31"), "instant-malformed", id="before 1970"),
        pytest.param(("--from", "2020-02-30"), "instant-malformed", id="no such day"),
        pytest.param(("--from", "yesterday"), "instant-malformed", id="words"),
        pytest.param(("--kind", "gossip"), "gossip", id="no such kind"),
    ],
)
def test_a_wrong_window_or_kind_is_wrong_input(
    ran: Run, seeded: Path, options: tuple[str, ...], code: str
) -> None:
    status, out, err = ran("evidence", "absence", "--person", ACCOUNT, "--data", seeded, *options)
    assert (status, out) == (2, "")
    assert code in err


def test_a_receipt_is_read_on_stdout_and_written_as_json(
    ran: Run, data: Path, tmp_path: Path
) -> None:
    file = tmp_path / "receipt.json"
    asked = ("evidence", "receipt", "1", "--data", data, "--reason", WHY)
    status, out, _ = ran(*asked, "--out", file)
    assert status == 0
    assert "What it does not show" in out
    _, printed, _ = ran(*asked, "--json")
    kept, shown = json.loads(file.read_bytes()), json.loads(printed)
    assert kept["chengnuo:record"] == shown["chengnuo:record"]
    assert shown["dct:identifier"] == kept["dct:identifier"] == f"urn:chengnuo:{ORIGIN}:1"
    _, out, _ = ran(*asked, lang="zh")
    assert "它不能证明" in out


def test_there_is_no_receipt_of_what_is_not_there_or_erased(ran: Run, data: Path) -> None:
    status, _, err = ran("evidence", "receipt", "99", "--data", data)
    assert (status, "no-such-record" in err) == (2, True)
    with Program().evidence_writing(data, None) as writing:
        person = writing.reading.person(ACCOUNT)
        at = writing.log.status().checkpoint_at
        assert at is not None
        erasure = Erasure(key=KeyClass.CONTENT, at=at, under="PIPL-47", position=6)
        writing.log.erase({person: erasure})
    status, _, err = ran("evidence", "receipt", "4", "--reason", WHY, "--data", data)
    assert (status, "receipt-erased" in err) == (3, True)
    status, out, _ = ran("evidence", "prove", "4", "--disclose", "--reason", WHY, "--data", data)
    assert (status, json.loads(out)["disclosed"]) == (0, [])


@pytest.mark.parametrize(
    ("whom", "records"), [(("--person", ACCOUNT), 4), (("--duty", "duty-6"), 1)]
)
def test_an_export_is_recorded_before_it_is_written(
    ran: Run, data: Path, tmp_path: Path, whom: tuple[str, str], records: int
) -> None:
    file = tmp_path / "evidence.zip"
    asked = ("evidence", "export", *whom, "--reason", "a court asked", "--data", data)
    status, out, _ = ran(*asked, "--out", file, "--json")
    made = json.loads(out)
    assert (status, made["records"]) == (0, records)
    _, out, _ = ran("evidence", "receipt", "6", "--reason", WHY, "--data", data, "--json")
    recorded = json.loads(out)["chengnuo:record"]
    assert (recorded["sha256"], recorded["reason"]) == (made["sha256"], "a court asked")
    status, _, err = ran(*asked, "--out", file)
    assert (status, "output-exists" in err) == (2, True)
    _, out, _ = ran("evidence", "status", "--data", data, "--json")
    read = 1 if whom[0] == "--person" else 0  # reading that receipt was recorded too
    assert json.loads(out)["size"] == 7 + read


@pytest.mark.parametrize(
    ("options", "status", "word"),
    [
        pytest.param(("--duty", "duty-6", "--reason", "  x "), 2, "no-reason", id="no reason"),
        pytest.param(
            ("--duty", "duty-99", "--reason", "a court asked"), 2, "unknown-duty", id="no duty"
        ),
        pytest.param(("--reason", "a court asked"), 2, "--duty", id="neither"),
        pytest.param(
            ("--person", "nobody", "--reason", "a court asked"), 2, "no-chain", id="nobody"
        ),
        pytest.param(
            ("--duty", "duty-6", "--from", "2999-01-01", "--reason", "a court asked"),
            2,
            "evidence-window",
            id="wrong period",
        ),
    ],
)
def test_an_export_that_cannot_be_is_neither_recorded_nor_written(  # noqa: PLR0913, PLR0917  each is needed
    ran: Run, data: Path, tmp_path: Path, options: tuple[str, ...], status: int, word: str
) -> None:
    file = tmp_path / "evidence.zip"
    got, _, err = ran("evidence", "export", *options, "--data", data, "--out", file)
    assert got == status
    assert word in err
    nowhere = tmp_path / "nowhere" / "evidence.zip"
    asked = ("--duty", "duty-6", "--reason", "a court asked", "--data", data)
    assert ran("evidence", "export", *asked, "--out", nowhere)[0] == 3
    _, out, _ = ran("evidence", "status", "--data", data, "--json")
    assert (json.loads(out)["size"], file.exists()) == (6, False)


@pytest.mark.real
def test_a_key_is_changed_with_overlap_and_then_retired(ran: Run, data: Path) -> None:
    status, _, err = ran("evidence", "rotate", "--retire", "--data", data)
    assert (status, "log-key-only-one" in err) == (3, True)
    status, out, _ = ran("evidence", "rotate", "--data", data, "--json")
    change = json.loads(out)
    assert (status, change["retired"]) == (0, False)
    assert (data / "evidence" / "log" / "checkpoint").read_text("utf-8").count("\n— ") == 2
    status, _, err = ran("evidence", "rotate", "--data", data)
    assert (status, "log-keys-overlap" in err) == (3, True)
    status, out, _ = ran("evidence", "rotate", "--retire", "--data", data)
    assert status == 0
    assert f"retired: {change['old']}" in out
    assert ran("evidence", "check", "--data", data)[0] == 0


def test_without_witnesses_it_says_how_to_set_them(ran: Run, data: Path) -> None:
    for lang in ("zh", "en"):
        status, out, err = ran("evidence", "witness", "--data", data, lang=lang)
        assert (status, out) == (2, "")
        assert "docs/settings.md" in err


@pytest.fixture
def witnessed(data: Path, tmp_path: Path) -> Iterator[tuple[Path, Path, Callable[[int], None]]]:
    """The log, settings with a running witness, and a way to let it answer a bare status."""
    keys = LogKeys.parse((data / "evidence" / "log" / "log.json").read_bytes())
    with running_witness({ORIGIN: [keys.keys[0].vkey.public_key]}) as witness:
        file = tmp_path / "settings.toml"
        file.write_text(
            "[evidence]\nquorum = 1\n\n[evidence.witnesses]\n"
            f'"{witness.vkey}" = "{witness.address}"\n',
            "utf-8",
        )

        def answer(status: int) -> None:
            witness.knobs.status = status

        yield data, file, answer


@pytest.mark.real
def test_a_witness_cosigns_and_is_named_by_status(
    ran: Run, witnessed: tuple[Path, Path, Callable[[int], None]]
) -> None:
    data, file, _ = witnessed
    status, out, _ = ran("evidence", "witness", "--data", data, "--settings", file)
    assert status == 0
    assert "cosigned by 1, 1 needed" in out
    _, out, _ = ran("evidence", "status", "--data", data, "--json")
    assert json.loads(out)["witnessed"]["size"] == 6
    assert ran("evidence", "check", "--data", data)[0] == 0


@pytest.mark.real
@pytest.mark.parametrize(
    ("answer", "status", "code"),
    [
        pytest.param(500, 3, "witness-unavailable", id="it is out of order"),
        pytest.param(403, 3, "witness-refused", id="it does not know the key"),
        pytest.param(422, 1, "witness-saw-another", id="it holds another history"),
    ],
)
def test_a_witness_that_gives_nothing_is_named_with_why(
    ran: Run,
    witnessed: tuple[Path, Path, Callable[[int], None]],
    answer: int,
    status: int,
    code: str,
) -> None:
    data, file, let_answer = witnessed
    let_answer(answer)
    got, out, _ = ran("evidence", "witness", "--data", data, "--settings", file, "--json")
    asked = json.loads(out)
    assert (got, asked["reached"], asked["witnesses"][0]["error"]) == (status, False, code)
    _, out, _ = ran("evidence", "status", "--data", data, "--json")
    assert json.loads(out)["misbehaviour"] == []  # that it says so proves nothing


@pytest.mark.real
def test_a_publication_is_recorded_once_in_the_log_that_is_named(
    ran: Run, data: Path, tmp_path: Path
) -> None:
    published = ("register", "publish", tmp_path / "out", "--register", SOUND)
    for size in (7, 7):
        status, out, err = ran(*published, "--data", data)
        assert status == 0
        assert "was not recorded" not in err
        assert "recorded in the evidence log" in out
        _, out, _ = ran("evidence", "status", "--data", data, "--json")
        assert json.loads(out)["size"] == size
    status, _, err = ran(*published)
    assert status == 0
    assert "was not recorded" in err


def test_nothing_is_published_where_it_cannot_be_recorded(ran: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    status, _, err = ran(
        "register", "publish", out, "--register", SOUND, "--data", tmp_path / "none"
    )
    assert (status, "no-evidence-log" in err) == (2, True)
    assert not out.exists()


def test_an_error_is_said_in_the_language_of_the_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for lang, word in (("en", "error ["), ("zh", "错误 ["), ("xx", "Usage")):
        monkeypatch.setenv("CHENGNUO_LANG", lang)
        assert run(Program(), ["evidence", "status", "--data", str(tmp_path)]) == 2
        assert capsys.readouterr().err.startswith(word)
