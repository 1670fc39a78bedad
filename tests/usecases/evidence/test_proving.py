"""Of merged accounts all is proved together; where only a part can be found, nothing is."""

import io
import json
import zipfile
from pathlib import Path
from threading import Event, Thread

import pytest
from tests.usecases.evidence.tea_log import ONE, OTHER, TeaLog, verified

from chengnuo.base.canonical import Tree
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.leaf import open_tag
from chengnuo.domain.evidence.proof import Outcome, Proof, Question
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.evidence.evidence_file import Asking, EvidenceFile
from chengnuo.usecases.evidence.evidence_window import Window
from chengnuo.usecases.evidence.proving import PartialChainError, Prover

EVER = Window(start=0, end=2**53 - 1)
THIRD = PersonKey("third")
ASKING = Asking(by="individual", reason="own request")
DELETED: dict[str, Tree] = {"ground": "PIPL-47.3", "stores": ["main"], "residue": 0}
NOT_PROVED = {"README.en.md": "completeness is not proved", "README.zh.md": "不能证明完整"}


def _prover(tea: TeaLog) -> Prover:
    tea.opened.log.publish()
    return Prover(log=tea.opened.log, payloads=tea.opened.payloads)


def _question(prover: Prover, start: int = 0, recipient: str = "umeng") -> Question:
    end = prover.last_instant()
    return Question(kind=Kind.PROVISION, recipient=recipient, start=start, end=end)


def _merge(tea: TeaLog, one: PersonKey = ONE, other: PersonKey = OTHER) -> None:
    draft = tea.recorder.draft(Kind.ALIASES_MERGED, {"method": "telephone"}, person=one, also=other)
    tea.opened.log.append([draft])


def _begin_anew(tea: TeaLog) -> None:
    """Destroy the proof key; the individual comes back and a new chain begins."""
    tea.eraser.proof(ONE, under="PIPL-19", values=DELETED)
    tea.consent()


def _saying_so(found: EvidenceFile, tmp_path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(found.data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name, words in NOT_PROVED.items():
        text = files[name].decode()
        cannot = text.index("## What the log cannot" if "en" in name else "## 日志不能")
        assert text.index(words) > cannot
    path = tmp_path / "evidence.zip"
    path.write_bytes(found.data)
    assert verified(path)[0] == 0
    return files


def _kept(proof: Proof, tmp_path: Path) -> Path:
    path = tmp_path / "proof.json"
    path.write_text(json.dumps(proof.as_tree()), encoding="utf-8")
    return path


@pytest.mark.parametrize("whose", [ONE, OTHER, THIRD], ids=["first", "second", "third"])
def test_of_merged_accounts_completeness_is_proved_over_all_of_them(
    tea: TeaLog, tmp_path: Path, whose: PersonKey
) -> None:
    tea.consent()
    positions = [tea.provision(OTHER), tea.consent(person=THIRD)]
    _merge(tea)
    _merge(tea, OTHER, THIRD)
    tea.register_published()
    tea.provision(whose)
    prover = _prover(tea)
    proof, records = prover.complete(whose, disclose=True)
    assert [record.position for record in records] == [6, 4, 3, *reversed(positions), 0]
    assert (proof.about(), len(proof.chains), len(proof.disclosed)) == (6, 3, 6)
    assert verified(_kept(proof, tmp_path)) == (0, "complete")


def test_an_evidence_file_of_merged_accounts_is_complete_and_verifies(
    tea: TeaLog, tmp_path: Path
) -> None:
    tea.consent()
    tea.provision(OTHER)
    _merge(tea)
    found = tea.files.of_person(ONE, EVER, ASKING)
    path = tmp_path / "evidence.zip"
    path.write_bytes(found.data)
    assert (found.records, verified(path)) == (3, (0, "evidence-whole"))
    with zipfile.ZipFile(path) as archive:
        assert NOT_PROVED["README.en.md"] not in archive.read("README.en.md").decode()
        assert json.loads(archive.read("proof.json"))["claim"] == "complete"


@pytest.mark.parametrize("whose", [ONE, OTHER], ids=["first", "second"])
def test_of_merged_accounts_what_was_recorded_of_either_is_found(
    tea: TeaLog, tmp_path: Path, whose: PersonKey
) -> None:
    tea.consent()
    _merge(tea)
    begun = tea.opened.log.record(tea.register_published()).leaf.at
    tea.provision(OTHER)
    prover = _prover(tea)
    maps, umeng = (_question(prover, begun, recipient) for recipient in ("maps", "umeng"))
    proof, answer = prover.absent(whose, maps)
    assert (answer.outcome, len(answer.found)) == (Outcome.FOUND, 1)
    assert verified(_kept(proof, tmp_path)) == (1, "found")
    proof, answer = prover.absent(whose, umeng)
    assert answer.outcome is Outcome.ABSENT
    assert verified(_kept(proof, tmp_path)) == (0, "absent")


@pytest.mark.parametrize("comes_back", [False, True])
@pytest.mark.parametrize("whose", [ONE, OTHER], ids=["first", "second"])
def test_once_the_key_of_a_merged_account_is_destroyed_nothing_is_proved_of_the_other(
    tea: TeaLog, tmp_path: Path, whose: PersonKey, comes_back: bool
) -> None:
    gone = OTHER if whose == ONE else ONE
    tea.consent()
    tea.provision(OTHER)
    _merge(tea)
    tea.eraser.proof(gone, under="PIPL-19", values=DELETED)
    if comes_back:
        tea.provision(gone)
    tea.register_published()
    prover = _prover(tea)
    with pytest.raises(PartialChainError):
        prover.complete(whose, disclose=False)
    for start in (0, prover.last_instant()):
        with pytest.raises(PartialChainError):
            prover.absent(whose, _question(prover, start))
    files = _saying_so(tea.files.of_person(whose, EVER, ASKING), tmp_path)
    assert json.loads(files["proof.json"])["claim"] == "inclusion"


def test_a_merged_account_that_lost_an_earlier_chain_leaves_nothing_to_prove(tea: TeaLog) -> None:
    tea.eraser.proof(OTHER, under="PIPL-19", values=DELETED)
    tea.consent(person=OTHER)
    _merge(tea)
    prover = _prover(tea)
    with pytest.raises(PartialChainError):
        prover.absent(ONE, _question(prover))
    with pytest.raises(PartialChainError):
        prover.complete(ONE, disclose=False)


def test_after_a_proof_key_is_destroyed_a_new_chain_is_not_all_there_was(
    tea: TeaLog, tmp_path: Path
) -> None:
    tea.provision()
    _begin_anew(tea)
    prover = _prover(tea)
    with pytest.raises(PartialChainError):
        prover.complete(ONE, disclose=False)
    with pytest.raises(PartialChainError):
        prover.absent(ONE, _question(prover))
    files = _saying_so(tea.files.of_person(ONE, EVER, ASKING), tmp_path)
    assert len(json.loads(files["proof.json"])["records"]) == 1


def test_a_partial_file_of_a_period_without_records_verifies_too(
    tea: TeaLog, tmp_path: Path
) -> None:
    tea.provision()
    _begin_anew(tea)
    found = tea.files.of_person(ONE, Window(start=0, end=1), ASKING)
    assert found.records == 0
    _saying_so(found, tmp_path)


def test_an_absence_is_answered_while_the_log_grows_ever_on(tea: TeaLog) -> None:
    for _ in range(12):
        tea.consent()
    prover = _prover(tea)
    log, done = tea.opened.log, Event()
    real = log.record

    def record(position: Position) -> object:
        log.append([tea.recorder.draft(Kind.KEY_ROTATED, _ROTATED)])
        log.publish()  # a new checkpoint with every record that is walked
        return real(position)

    _ROTATED: dict[str, Tree] = {"key": "signing", "old": "a", "new": "b", "by": "cli"}  # noqa: N806
    question = _question(prover)
    log.record = record  # type: ignore[method-assign, assignment]
    answers = []

    def ask() -> None:
        proof, answer = prover.absent(ONE, question)
        answers.append((answer.outcome, proof.chains[1].tag))
        done.set()

    Thread(target=ask, daemon=True).start()
    assert done.wait(60)
    assert answers == [(Outcome.ABSENT, open_tag(Kind.PROVISION))]
