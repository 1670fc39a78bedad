# ruff: noqa: E501  tables of cases and vectors, one in a line
"""Every attack on a proof, a receipt, an evidence file or an attestation is refused by name."""

import json
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from tests.verifier import maker
from tests.verifier.asking import Asker
from tests.verifier.maker import START, Json, Made, Record, Signer, b64, make, records, tag_of

from chengnuo_verify import log

FIRST = Signer("first")
KEY = ("--key", FIRST.vkey)
MADE = make(records(40))
SECOND = 1_000_000
NODE = b64(bytes(32))


def edited(value: Json, change: Callable[[Json], object]) -> Json:
    """A copy in which one thing is changed."""
    copy: Json = json.loads(json.dumps(value))
    change(copy)
    return copy


def test_each_claim_that_holds_is_said_to_hold(ask: Asker) -> None:
    assert ask(MADE.inclusion(3, 7), *KEY).code == "inclusion"
    assert ask(MADE.complete(tag_of("甲")), *KEY).code == "complete"
    assert ask(MADE.complete(tag_of("乙")), *KEY).messages[0]["count"] == 15
    nobody = ask(MADE.complete(tag_of("无")), *KEY)
    assert (nobody.verdict, nobody.messages[0]["count"]) == ("proved", 0)
    absent = ask(MADE.absent(tag_of("甲"), START, START + 39 * SECOND, recipient="r-9"), *KEY)
    assert (absent.status, absent.verdict) == (0, "absent")


@pytest.mark.parametrize("person", ["甲", "乙", "丙", "无"])
@pytest.mark.parametrize("start", [0, 7, 20, 39])
def test_an_absence_may_stop_at_the_first_record_before_its_window(
    ask: Asker, person: str, start: int
) -> None:
    asked = MADE.absent(tag_of(person), START + start * SECOND, START + 40 * SECOND, kind="export")
    assert ask(asked, *KEY).verdict == "absent"


INCLUSION: list[tuple[str, Callable[[Json], object], str]] = [
    ("the index is another", lambda p: p["records"][0].update(index=4), "reordered"),
    ("the index is past the end", lambda p: p["records"][0].update(index=40), "reordered"),
    ("a step of the path is another", lambda p: p["records"][0]["path"].__setitem__(2, NODE), "proof"),
    ("the path is too short", lambda p: p["records"][0]["path"].pop(), "proof-size"),
    ("the path is too long", lambda p: p["records"][0]["path"].append(NODE), "proof-size"),
    ("the leaf is another's", lambda p: p["records"][0].update(leaf=MADE.leaves[5].decode()), "proof"),
    ("the leaf has a space", lambda p: p["records"][0].update(leaf=p["records"][0]["leaf"] + " "), "leaf-form"),
    ("the payload is another", lambda p: p["disclosed"][0].update(payload="{}"), "payload"),
    ("the salt is another", lambda p: p["disclosed"][0].update(salt=NODE), "payload"),
    ("the sealed bytes are others", lambda p: p["disclosed"][0].update(sealed=NODE), "payload"),
    ("the payload is of a leaf not shown", lambda p: p["disclosed"][0].update(leaf="0" * 64), "payload"),
    ("the checkpoint is of another size", lambda p: p.update(checkpoint=MADE.note(39)), "proof"),
    ("the checkpoint is a stranger's", lambda p: p.update(checkpoint=MADE.note(by=[Signer("thief")])), "re-signed"),
    ("the origin is another", lambda p: p.update(origin="log.example/other"), "swapped"),
    ("the version is to come", lambda p: p.update(type="chengnuo-proof/2"), "version"),
    ("the claim is unknown", lambda p: p.update(claim="truth"), "form"),
    ("nothing is claimed", lambda p: p.update(records=[]), "form"),
    ("the hash is spelled otherwise", lambda p: p["records"][0]["path"].__setitem__(0, "A" * 42 + "B="), "form"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code"), [pytest.param(*case[1:], id=case[0]) for case in INCLUSION]
)
def test_a_proof_of_inclusion_is_refused_when(
    ask: Asker, change: Callable[[Json], object], code: str
) -> None:
    said = ask(edited(MADE.inclusion(3), change), *KEY)
    assert said.code == code
    assert said.status in {1, 2}


COMPLETE: list[tuple[str, Callable[[Json], object], str]] = [
    ("the newest record is left out", lambda p: p["chains"][0]["leaves"].pop(0), "chain"),
    ("one in the middle is left out", lambda p: p["chains"][0]["leaves"].pop(3), "chain"),
    ("the oldest is left out", lambda p: p["chains"][0]["leaves"].pop(), "short"),
    ("all are left out", lambda p: p["chains"][0]["leaves"].clear(), "short"),
    ("two are exchanged", lambda p: p["chains"][0]["leaves"].insert(1, p["chains"][0]["leaves"].pop(2)), "chain"),
    ("the head is an older one", lambda p: p["chains"][0]["map"]["end"].update(seq=3), "proof-map"),
    ("the map says nothing", lambda p: p["chains"][0]["map"].update(end=None), "proof-map"),
    ("the map's path is cut", lambda p: p["chains"][0]["map"]["path"].pop(), "proof-map"),
    ("the map's path is longer than a tag", lambda p: p["chains"][0]["map"].update(path=[NODE] * 257), "proof-map"),
    ("the tag is another's", lambda p: p["chains"][0].update(tag=tag_of("乙")), "proof-map"),
    ("the tag is nobody's", lambda p: p["chains"][0].update(tag=tag_of("无")), "proof-map"),
    ("the head's path is cut", lambda p: p["chains"][0]["path"].pop(), "proof-size"),
    ("there is no chain", lambda p: p["chains"].clear(), "form"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code"), [pytest.param(*case[1:], id=case[0]) for case in COMPLETE]
)
def test_a_proof_of_completeness_is_refused_when(
    ask: Asker, change: Callable[[Json], object], code: str
) -> None:
    said = ask(edited(MADE.complete(tag_of("甲")), change), *KEY)
    assert said.code == code


def test_a_record_added_to_nobodys_chain_is_refused(ask: Asker) -> None:
    proof = edited(
        MADE.complete(tag_of("无")),
        lambda p: p["chains"][0].update(leaves=[MADE.leaves[0].decode()]),
    )
    assert ask(proof, *KEY).code == "chain"


def absence(**asked: str | None) -> Json:
    return MADE.absent(tag_of("甲"), START + 20 * SECOND, START + 35 * SECOND, **asked)


ABSENT: list[tuple[str, Callable[[Json], object], str]] = [
    ("the window is inverted", lambda p: p["question"].update({"from": START + 36 * SECOND}), "window"),
    ("the window ends after the log", lambda p: p["question"].update(to=START + 41 * SECOND), "window"),
    ("the kind is unknown", lambda p: p["question"].update(kind="gossip"), "window"),
    ("the last record is not shown", lambda p: p["records"].clear(), "window"),
    ("the last record is not the last", lambda p: p["records"].__setitem__(0, MADE.record(38)), "window"),
    ("the open chain stops within the window", lambda p: p["chains"][1]["leaves"].pop(), "short"),
    ("the individual's chain stops before the window", lambda p: p["chains"][0]["leaves"].pop(), "short"),
    ("the open chain is left out", lambda p: p["chains"].pop(1), "form"),
    ("the open chain is another's", lambda p: p["chains"].__setitem__(1, p["chains"][0]), "form"),
    ("the question is left out", lambda p: p.pop("question"), "form"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code"), [pytest.param(*case[1:], id=case[0]) for case in ABSENT]
)
def test_a_proof_of_absence_is_refused_when(
    ask: Asker, change: Callable[[Json], object], code: str
) -> None:
    assert ask(absence(recipient="r-9"), *KEY).verdict == "absent"
    assert ask(edited(absence(recipient="r-9"), change), *KEY).code == code


def test_an_absence_that_is_none_says_what_there_is(ask: Asker) -> None:
    said = ask(
        MADE.absent(tag_of("乙"), START + 20 * SECOND, START + 35 * SECOND, recipient="r-7"), *KEY
    )
    assert (said.status, said.verdict, said.code) == (1, "found", "found")


def test_an_absence_at_both_ends_of_its_window_counts_them_in(ask: Asker) -> None:
    at = MADE.leaf(25)["at"]
    assert ask(MADE.absent(tag_of("乙"), at, at, recipient="r-7"), *KEY).code == "found"
    assert ask(MADE.absent(tag_of("乙"), at + 1, at + 1, recipient="r-7"), *KEY).code == "absent"
    assert ask(MADE.absent(tag_of("乙"), at - 1, at - 1, recipient="r-7"), *KEY).code == "absent"


def test_an_absence_that_a_batch_may_break_is_undecided(ask: Asker) -> None:
    said = ask(absence(recipient="r-2"), *KEY)
    assert (said.status, said.verdict, said.code) == (4, "undecided", "batch")
    assert said.messages[0]["at"] == MADE.leaf(29)["at"]
    assert ask(absence(recipient=None), *KEY).code == "batch"


def nameless(person: str | None) -> Made:
    """A log where number 25, of the asked individual or a batch, does not say to whom."""
    made = records(40)
    made[25] = Record(kind="provision", person=person, item="phone")
    return make(made)


@pytest.mark.parametrize(("person", "where"), [("甲", "chains[0]"), (None, "chains[1]")])
def test_an_absence_that_a_provision_without_recipient_may_break_is_undecided(
    ask: Asker, person: str | None, where: str
) -> None:
    made = nameless(person)
    window = (tag_of("甲"), START + 20 * SECOND, START + 28 * SECOND)
    said = ask(made.absent(*window, recipient="r-9"), *KEY)
    assert (said.status, said.verdict, said.code) == (4, "undecided", "unnamed")
    named = {name: said.messages[0][name] for name in ("at", "seq")}
    assert (said.where, named) == (where, {name: made.leaf(25)[name] for name in ("at", "seq")})
    assert ask(made.absent(*window, kind="export", recipient="r-9"), *KEY).code == "absent"


def test_a_provision_without_recipient_of_another_item_leaves_an_absence_whole(ask: Asker) -> None:
    window = (tag_of("甲"), START + 20 * SECOND, START + 28 * SECOND)
    proof = nameless("甲").absent(*window, recipient="r-9", item="address")
    assert ask(proof, *KEY).code == "absent"


def test_a_batch_of_any_kind_leaves_an_absence_of_that_kind_undecided(ask: Asker) -> None:
    made = records(40)
    made[25] = Record(kind="export", person=None)
    window = (tag_of("甲"), START + 20 * SECOND, START + 28 * SECOND)
    said = ask(make(made).absent(*window, kind="export"), *KEY)
    assert (said.status, said.code, said.where) == (4, "batch", "chains[1]")


def test_an_own_record_that_names_no_activity_may_be_of_the_one_asked_about(ask: Asker) -> None:
    made = records(40)
    made[25] = Record(kind="provision", person="甲", recipient="r-9", activity=None)
    window = (tag_of("甲"), START + 20 * SECOND, START + 28 * SECOND)
    said = ask(make(made).absent(*window, recipient="r-9", activity="delivery"), *KEY)
    assert (said.status, said.code, said.where) == (4, "unnamed", "chains[0]")


def test_a_record_that_matches_is_found_even_beside_a_doubtful_one(ask: Asker) -> None:
    made = records(40)
    made[24] = Record(kind="provision", person="甲", recipient="r-9")
    made[25] = Record(kind="provision", person="甲")
    window = (tag_of("甲"), START + 20 * SECOND, START + 28 * SECOND)
    assert ask(make(made).absent(*window, recipient="r-9"), *KEY).code == "found"


def test_what_was_erased_is_said_and_not_proved(ask: Asker) -> None:
    gone = {"on": START, "under": "PIPL 47", "from": 1, "to": 3}
    said = ask({**MADE.complete(tag_of("甲")), "erased": [gone]}, *KEY)
    assert said.status == 0
    assert "erased" in said.codes


@pytest.mark.parametrize(("name", "value"), [
    ("dct:identifier", "urn:chengnuo:log.example/shop:5"),
    ("chengnuo:at", "2025-11-28T07:00:00.000000Z"),
    ("chengnuo:record", {"number": 4, "said": "别的"}),
    ("chengnuo:record", {"number": True, "said": "样例"}),
])  # fmt: skip
def test_a_receipt_must_say_what_the_log_recorded(ask: Asker, name: str, value: object) -> None:
    receipt = MADE.receipt(4)
    assert ask(receipt, *KEY).code == "receipt-whole"
    said = ask(receipt | {name: value}, *KEY)
    assert (said.status, said.code, said.where) == (1, "receipt", name)


def test_a_receipt_needs_its_payload(ask: Asker) -> None:
    receipt = edited(MADE.receipt(4), lambda r: r["chengnuo:evidence"].update(disclosed=[]))
    assert ask(receipt, *KEY).code == "form"


def pack(**parts: dict[str, bytes]) -> bytes:
    return maker.evidence_file(MADE.complete(tag_of("甲")), [MADE.receipt(4)], **parts)


def test_an_evidence_file_that_holds_is_said_to_hold(ask: Asker) -> None:
    said = ask(pack(), *KEY)
    assert (said.status, said.code, said.messages[0]["count"]) == (0, "evidence-whole", 5)


@pytest.mark.parametrize(("parts", "code", "where"), [
    pytest.param({"late": {"notices/n-1.html": b"<p>"}}, "damaged", "notices/n-1.html", id="a notice is another"),
    pytest.param({"late": {"notices/n-2.html": b"<p>"}}, "form", "manifest.json.files.notices/n-2.html", id="a file is not named"),
    pytest.param({"changed": {"tool.exe": b"MZ"}}, "pack", "tool.exe", id="a file of no known place"),
    pytest.param({"late": {"manifest.json": b"{}"}}, "form", "manifest.json.type", id="an empty manifest"),
    pytest.param({"changed": {"receipts/9.json": b"[]"}}, "form", "receipt", id="a receipt that is none"),
    pytest.param({"changed": {"proof.json": maker.canonical(edited(MADE.complete(tag_of("甲")), lambda p: p["chains"][0]["leaves"].pop()))}}, "short", "chains[0]", id="its proof does not hold"),
])  # fmt: skip
def test_an_evidence_file_is_refused_when(
    ask: Asker, parts: dict[str, dict[str, bytes]], code: str, where: str
) -> None:
    said = ask(pack(**parts), *KEY)
    assert (said.code, said.where) == (code, where)


def test_an_evidence_file_with_a_file_too_few_is_refused(ask: Asker) -> None:
    listing = json.loads(maker.zipfile.ZipFile(maker.io.BytesIO(pack())).read("manifest.json"))
    listing["files"]["notices/gone.html"] = "0" * 64
    assert ask(pack(late={"manifest.json": maker.canonical(listing)}), *KEY).code == "pack"


def test_an_evidence_file_of_another_day_is_refused(ask: Asker) -> None:
    assert ask(maker.pack({"manifest.json": b"{}"}, (2026, 1, 1, 0, 0, 0)), *KEY).code == "pack"


def test_a_bomb_is_not_unpacked(ask: Asker) -> None:
    said = ask(maker.pack({"manifest.json": bytes(50_000_000)}), *KEY)
    assert (said.status, said.code) == (3, "limit")


def test_a_zip_of_too_many_files_is_not_unpacked(ask: Asker) -> None:
    said = ask(maker.pack({f"notices/{n}": b"" for n in range(10_001)}), *KEY)
    assert (said.status, said.code) == (3, "limit")


def test_a_cut_zip_is_damaged(ask: Asker) -> None:
    said = ask(pack()[:-30], *KEY)
    assert (said.status, said.code) == (1, "damaged")


def test_two_files_of_one_pack_must_not_contradict_each_other(ask: Asker) -> None:
    other = make([Record(step=7) for _ in range(40)])
    both = maker.evidence_file(MADE.complete(tag_of("甲")), [other.receipt(4)])
    assert ask(both, *KEY).code == "forked"


class CountedKey:
    """A real key that counts how often it is asked to verify a signature."""

    asked = 0

    def __init__(self, key: Ed25519PublicKey) -> None:
        self.key = key

    @classmethod
    def from_public_bytes(cls, data: bytes) -> "CountedKey":
        return cls(Ed25519PublicKey.from_public_bytes(data))

    def verify(self, signature: bytes, message: bytes) -> None:
        CountedKey.asked += 1
        self.key.verify(signature, message)


@pytest.mark.parametrize("notes", [1, 3])
def test_a_checkpoint_is_verified_once_however_many_receipts_rest_on_it(
    ask: Asker, monkeypatch: pytest.MonkeyPatch, notes: int
) -> None:
    signers = [Signer(f"counted {notes}"), Signer(f"after {notes}")]
    witness = Signer(f"watch {notes}", "witness.example/1", 4)
    receipts = []
    for count in range(40, 40 + notes):
        made = make(records(count), signers=signers)
        made.witnesses = [witness]
        receipts += [made.receipt(index) for index in range(20)]
    pack = maker.evidence_file(made.complete(tag_of("甲")), receipts)
    monkeypatch.setattr(log, "Ed25519PublicKey", CountedKey)
    monkeypatch.setattr(CountedKey, "asked", 0)
    said = ask(pack, "--key", signers[0].vkey, "--witness", witness.vkey)
    assert (said.code, said.checked["payloads"]) == ("evidence-whole", 20 * notes)
    # Of each checkpoint the log's and the witness's signature, and once the key's endorsement.
    assert CountedKey.asked == 2 * notes + 1


def test_a_kept_checkpoint_convicts_a_receipt_of_a_fork(ask: Asker) -> None:
    other = make([Record(step=7) for _ in range(40)])
    file = ask.folder / "kept.note"
    file.write_text(other.note(), encoding="utf-8")
    said = ask(MADE.receipt(4), *KEY, "--since", str(file))
    assert (said.status, said.code) == (1, "forked")


def test_an_attestation_that_holds_is_said_to_hold(ask: Asker) -> None:
    made, paper = maker.attestation()
    said = ask(paper, "--key", made.signers[0].vkey)
    assert (said.status, said.code) == (0, "attested")
    assert ask(maker.envelope(maker.statement(), FIRST), *KEY).codes == {"attested", "no-evidence"}


def test_an_attestation_of_a_stranger_is_refused(ask: Asker) -> None:
    _, paper = maker.attestation(signer=Signer("stranger"))
    assert ask(paper, *KEY).code == "re-signed"
    assert ask(paper).code == "re-signed"
    assert ask(maker.envelope(maker.statement(), FIRST)).code == "re-signed"


def test_an_attestation_changed_after_it_was_signed_is_refused(ask: Asker) -> None:
    _, paper = maker.attestation()
    said = ask({**paper, "payload": b64(maker.canonical(maker.statement(result="fail")))}, *KEY)
    assert (said.status, said.code) == (1, "signature")


def test_a_statement_that_is_not_the_recorded_one_is_refused(ask: Asker) -> None:
    made, _ = maker.attestation()
    said = maker.statement(result="fail", **{"chengnuo:evidence": made.inclusion(7)})
    assert ask(maker.envelope(said, made.signers[0]), *KEY).code == "statement"
