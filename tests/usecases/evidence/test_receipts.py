"""Receipts from a real log: whose, with which terms, under which checkpoint, and verified."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.strategies.told_register import told_register
from tests.usecases.evidence.tea_log import ITEM, ONE, OTHER, TeaLog, verified

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.receipt import Receipt, receipt_bytes, receipt_tree
from chengnuo.ports.evidence_log import NoSuchRecordError, Position
from chengnuo.usecases.consent.guardians import about_another
from chengnuo.usecases.evidence.receipts import ReceiptErasedError
from chengnuo.usecases.evidence.recording import InForce

CONSENTS = [Kind.CONSENT_GIVEN, Kind.CONSENT_REFUSED, Kind.CONSENT_WITHDRAWN]


def receipt_of(tea: TeaLog, position: Position) -> Receipt:
    tea.opened.log.publish()
    return tea.receipts.receipt(position)


def remarks(receipt: Receipt) -> str:
    return " ".join(text.zh for text in receipt.remarks)


@pytest.mark.parametrize("kind", CONSENTS)
def test_a_consent_record_has_a_receipt_with_its_terms(tea: TeaLog, kind: Kind) -> None:
    receipt = receipt_of(tea, tea.consent(kind))
    assert receipt.terms is not None
    assert receipt.terms.notice_text is not None
    assert receipt.remarks == ()


def test_the_terms_are_those_of_the_register_that_the_leaf_names(tea: TeaLog) -> None:
    then = tea.consent()
    longer = (("{keep: P30D, from: collected,", "{keep: P60D, from: collected,"),)
    tea.serve(told_register(tea.catalogue, instead=longer))
    tree = receipt_tree(receipt_of(tea, then))
    assert "P30D" in json.dumps(tree["dpv:hasProcess"])


def test_a_register_that_is_not_kept_is_said_and_no_terms_are_made_up(tea: TeaLog) -> None:
    position = tea.consent()
    tea.versions.clear()
    receipt = receipt_of(tea, position)
    assert receipt.terms is None
    assert "没有这条记录所指的登记簿版本" in remarks(receipt)


def test_a_matter_with_other_terms_is_said_and_not_passed_off(tea: TeaLog) -> None:
    receipt = receipt_of(tea, tea.consent(fingerprint="0" * 64))
    assert receipt.terms is None
    assert "没有同一内容的事项" in remarks(receipt)


def test_a_matter_that_the_register_no_longer_has_is_said(tea: TeaLog) -> None:
    tea.serve(told_register(tea.catalogue, instead=(("recipients: [maps]", "recipients: []"),)))
    receipt = receipt_of(tea, tea.consent(Kind.CONSENT_WITHDRAWN, item="nearby/overseas:maps"))
    assert receipt.terms is None
    assert "没有同一内容的事项" in remarks(receipt)


def test_a_notice_with_another_hash_is_said_and_not_attached(tea: TeaLog) -> None:
    receipt = receipt_of(tea, tea.consent(notice="0" * 64))
    assert receipt.terms is not None
    tree: Any = receipt_tree(receipt)
    assert tree["dpv:hasNotice"]["chengnuo:sha256"] == "0" * 64
    assert "chengnuo:text" not in tree["dpv:hasNotice"]
    assert "与记录中的哈希不同" in remarks(receipt)


def test_another_state_of_the_law_catalogue_is_said(tea: TeaLog) -> None:
    tea.in_force.append(InForce(register=tea.in_force[-1].register, law="f" * 64))
    assert "法规目录" in remarks(receipt_of(tea, tea.consent()))


def test_a_record_without_consent_has_a_receipt_too(tea: TeaLog) -> None:
    receipt = receipt_of(tea, tea.provision())
    assert receipt.terms is None
    assert receipt.remarks == ()
    assert receipt_tree(receipt)["chengnuo:recipient"] == "maps"


def test_a_receipt_is_the_same_to_the_byte_under_one_checkpoint(tea: TeaLog) -> None:
    position = tea.consent()
    signed = tea.opened.log.publish()
    before = receipt_bytes(tea.receipts.receipt(position))
    for _ in range(5):
        tea.provision()
    tea.opened.log.publish()
    assert receipt_bytes(tea.receipts.receipt(position, under=signed)) == before
    assert receipt_bytes(tea.receipts.receipt(position)) != before


def test_nobody_gets_the_receipt_of_another(tea: TeaLog) -> None:
    position, theirs = tea.consent(), tea.consent(person=OTHER)
    tea.opened.log.publish()
    assert tea.receipts.own(ONE, position, kept_back=about_another(None)).index == position
    with pytest.raises(NoSuchRecordError):
        tea.receipts.own(ONE, theirs, kept_back=about_another(None))


def test_nobody_gets_a_record_about_nobody_as_their_own(tea: TeaLog) -> None:
    tea.consent()
    position = tea.key_rotated()
    tea.opened.log.publish()
    with pytest.raises(NoSuchRecordError):
        tea.receipts.own(ONE, position, kept_back=about_another(None))


def test_a_merge_is_in_both_chains_and_both_get_its_receipt(tea: TeaLog) -> None:
    tea.consent()
    tea.consent(person=OTHER)
    draft = tea.recorder.draft(Kind.ALIASES_MERGED, {"method": "sign-in"}, person=ONE, also=OTHER)
    position = tea.opened.log.append([draft]).first
    tea.opened.log.publish()
    one, other = (
        tea.receipts.own(person, position, kept_back=about_another(None)) for person in (ONE, OTHER)
    )
    assert receipt_bytes(one) == receipt_bytes(other)
    assert receipt_tree(one)["chengnuo:alsoTag"] != receipt_tree(one)["chengnuo:tag"]


def test_a_record_beyond_the_checkpoint_has_no_receipt_yet(tea: TeaLog) -> None:
    tea.consent()
    signed = tea.opened.log.publish()
    position = tea.consent()
    with pytest.raises(NoSuchRecordError):
        tea.receipts.receipt(position, under=signed)


def test_an_erased_payload_has_no_receipt(tea: TeaLog) -> None:
    position = tea.provision()
    values = {"ground": "PIPL-47", "stores": ["main"]}
    tea.eraser.content(ONE, under="PIPL-47", values=values, keep_until=None, keep_under="PIPL-56")
    tea.opened.log.publish()
    with pytest.raises(ReceiptErasedError) as refused:
        tea.receipts.receipt(position)
    assert refused.value.code == "receipt-erased"


@pytest.mark.real
def test_the_verifier_accepts_receipts_and_refuses_one_with_a_member_changed(
    tea: TeaLog, tmp_path: Path
) -> None:
    key = str(tea.opened.signer.vkeys[-1])
    made = {
        "consent": receipt_of(tea, tea.consent(item=ITEM)),
        "provision": receipt_of(tea, tea.provision()),
        "key": receipt_of(tea, tea.key_rotated()),
    }
    for name, receipt in made.items():
        path = tmp_path / f"{name}.json"
        path.write_bytes(receipt_bytes(receipt))
        assert verified(path, "--key", key) == (0, "receipt-whole")
    tree: Any = json.loads(receipt_bytes(made["consent"]))
    changes: list[tuple[str, Any]] = [
        ("chengnuo:at", "2025-01-01T00:00:00.000000Z"),
        ("dct:identifier", tree["dct:identifier"][:-1] + "7"),
        ("chengnuo:record", {**tree["chengnuo:record"], "steps": 1}),
    ]
    for name, value in changes:
        path = tmp_path / "changed.json"
        path.write_text(json.dumps({**tree, name: value}))
        assert verified(path, "--key", key) == (1, "receipt")
