# ruff: noqa: E501  a table of forgeries, one a line
"""Audit packs: signed, all records of their period, each cited one, and every way to forge one."""

import io
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.verifier import maker
from tests.verifier.asking import Asker
from tests.verifier.maker import Json, Made, Record, Signer, make, records, write
from tests.verifier.test_folders import FIRST, KEY

from chengnuo.engines.merkle import reference
from chengnuo_verify import log

SECOND = 1_000_000
SIZE, FROM, TO = 40, 10, 29
MADE = make(records(SIZE))
OTHER = make([Record(step=9)] * SIZE)
WITH = make([Record(kind="request-state", person=None)] * SIZE)
Files = dict[str, bytes]


def at(index: int) -> int:
    return int(MADE.leaf(index)["at"])


def kinds(made: Made, first: int, last: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for index in range(first, last + 1):
        kind = made.leaf(index)["kind"]
        found[kind] = found.get(kind, 0) + 1
    return found


def cited(made: Made, *indexes: int) -> list[Json]:
    return [{"index": one, "leaf": maker.leaf_hash(made.leaves[one]).hex()} for one in indexes]


def part(made: Made, *indexes: int, complete: tuple[str, ...] = ()) -> bytes:
    return maker.canonical(
        {
            "type": "chengnuo-audit-part/1",
            "records": cited(made, *indexes),
            "complete": list(complete),
            "rows": [],
        }
    )


def of_kind(kind: str, first: int = FROM, last: int = TO) -> list[int]:
    return [one for one in range(first, last + 1) if MADE.leaf(one)["kind"] == kind]


def parts() -> Files:
    """What a pack has beside its list: two parts, one of them complete for provisions."""
    first, last = FROM - 1, TO + 1
    proof = MADE.inclusion(first, last, 2)
    return {
        "README.zh.md": "# 审计包\n".encode(),
        "checkpoints/20.note": MADE.note(20).encode(),
        "leaves.jsonl": b"".join(one + b"\n" for one in MADE.leaves[first : last + 1]),
        "parts/01-rules.json": part(MADE, 2, 12),
        "parts/02-given.json": part(MADE, *of_kind("provision"), complete=("provision",)),
        "parts/02-given.xlsx": b"PK",
        "proof.json": maker.canonical(proof),
    }


def predicate(**changed: Json) -> Json:
    said = {"from": at(FROM), "to": at(TO), "first": FROM - 1, "kinds": kinds(MADE, FROM, TO)}
    return said | changed


def signed(
    files: Files, signer: Signer = FIRST, *, recorded: bool = True, **changed: Json
) -> Files:
    """The files with the list of them signed, and recorded as the next record of the log."""
    said: Json = maker.statement() | {
        "predicateType": "urn:chengnuo:audit-pack:1",
        "predicate": predicate(**changed),
        "subject": [
            {"name": name, "digest": {"sha256": sha256(data).hexdigest()}}
            for name, data in files.items()
        ],
    }
    if recorded:
        payload: Json = {"statement": sha256(maker.canonical(said)).hexdigest()}
        longer = make([*records(SIZE), Record(kind="attestation", person=None, payload=payload)])
        said["predicate"]["chengnuo:evidence"] = longer.inclusion(SIZE)
    return files | {"attestation.json": maker.canonical(maker.envelope(said, signer))}


def pack(files: Files) -> bytes:
    with ZipFile(out := io.BytesIO(), "w", ZIP_STORED) as archive:
        for name in sorted(files):
            info = ZipInfo(name)
            info.create_system, info.external_attr = 3, 0o100644 << 16
            archive.writestr(info, files[name])
    return out.getvalue()


def test_a_pack_is_held_to_its_list_its_period_and_the_log(ask: Asker) -> None:
    said = ask(pack(signed(parts())), *KEY)
    assert (said.status, said.code) == (0, "audit-whole")
    first = said.messages[0]
    assert (first["records"], first["from"], first["to"]) == (20, at(FROM), at(TO))
    assert first["complete"] == "provision"
    assert "provision" in first["zh"]


def test_a_pack_that_was_taken_out_of_its_zip_is_verified_alike(ask: Asker, tmp_path: Path) -> None:
    assert ask(write(tmp_path / "pack", signed(parts())), *KEY).code == "audit-whole"


def test_a_pack_that_was_not_recorded_is_whole_and_that_is_said(ask: Asker) -> None:
    said = ask(pack(signed(parts(), recorded=False)), *KEY)
    assert (said.status, said.code) == (0, "audit-signed")
    assert "no-evidence" in said.codes


def began() -> Files:
    """A pack of a period that began before its log did."""
    return signed(
        {
            "leaves.jsonl": b"".join(one + b"\n" for one in MADE.leaves[: TO + 2]),
            "parts/01-rules.json": part(MADE, 2),
            "proof.json": maker.canonical(MADE.inclusion(0, TO + 1)),
        },
        **{"from": at(0) - 5, "first": 0, "kinds": kinds(MADE, 0, TO)},
    )


def test_where_the_log_began_within_the_period_is_said(ask: Asker) -> None:
    said = ask(pack(began()), *KEY)
    assert said.code == "audit-whole"
    (told,) = [one for one in said.messages if one["code"] == "log-began"]
    assert told["at"] == at(0)


def unsaid() -> Files:
    """A pack whose only part no longer says that it is complete for requests."""
    given = parts() | {"parts/02-given.json": part(WITH, *range(FROM, TO))}
    first, last = FROM - 1, TO + 1
    return signed(
        given
        | {
            "checkpoints/20.note": WITH.note(20).encode(),
            "leaves.jsonl": b"".join(one + b"\n" for one in WITH.leaves[first : last + 1]),
            "parts/01-rules.json": part(WITH, 12),
            "proof.json": maker.canonical(WITH.inclusion(first, last)),
        },
        recorded=False,
        kinds=kinds(WITH, FROM, TO),
    )


def test_a_kind_that_no_part_is_complete_for_is_said(ask: Asker) -> None:
    said = ask(pack(unsaid()), *KEY)
    assert said.code == "audit-signed"
    (told,) = [one for one in said.messages if one["code"] == "not-complete"]
    assert (told["kind"], told["count"]) == ("request-state", TO - FROM + 1)


@pytest.mark.parametrize(
    ("made", "size", "code"),
    [
        (MADE, 20, "audit-whole"),
        (MADE, FROM - 4, "audit-whole"),
        (MADE, SIZE, "audit-whole"),
        (OTHER, 21, "root"),
        (OTHER, 20, "forked"),
        (OTHER, SIZE, "forked"),
    ],
    ids=[
        "within",
        "before",
        "its own",
        "another history",
        "another beside one of the pack",
        "a fork",
    ],
)
def test_a_checkpoint_kept_from_before_is_held_to_the_leaves(
    ask: Asker, tmp_path: Path, made: Made, size: int, code: str
) -> None:
    kept = tmp_path / "kept.note"
    kept.write_bytes(made.note(size).encode())
    assert ask(pack(signed(parts())), *KEY, "--since", str(kept)).code == code


def test_a_kept_checkpoint_that_is_newer_is_said(ask: Asker, tmp_path: Path) -> None:
    kept = tmp_path / "kept.note"
    kept.write_bytes(make(records(SIZE + 9)).note(SIZE + 9).encode())
    said = ask(pack(signed(parts(), recorded=False)), *KEY, "--since", str(kept))
    assert said.code == "audit-signed"
    (told,) = [one for one in said.messages if one["code"] == "since-newer"]
    assert (told["size"], told["count"]) == (SIZE + 9, SIZE)


def test_without_a_key_the_one_in_the_pack_is_taken_and_that_is_said(ask: Asker) -> None:
    assert "key-unpinned" in ask(pack(signed(parts(), recorded=False))).codes


def lines(*left_out: int, swap: bool = False) -> bytes:
    kept = [MADE.leaves[one] for one in range(FROM - 1, TO + 2) if one not in left_out]
    if swap:
        kept[4], kept[5] = kept[5], kept[4]
    return b"".join(one + b"\n" for one in kept)


def one_byte(name: str) -> Callable[[], Files]:
    def changed() -> Files:
        files = signed(parts())
        data = bytearray(files[name])
        data[len(data) // 2] ^= 1
        return files | {name: bytes(data)}

    return changed


FORGED: list[tuple[str, Callable[[], Files], str, str]] = [
    *((f"a byte of {name}", one_byte(name), "damaged", name) for name in parts() if name != "proof.json"),
    ("a byte of proof.json", one_byte("proof.json"), "not-json", "proof.json"),
    ("a file removed", lambda: {n: d for n, d in signed(parts()).items() if n != "parts/02-given.xlsx"}, "missing", "parts/02-given.xlsx"),
    ("a file added", lambda: signed(parts()) | {"parts/03-more.json": b"{}"}, "pack", "parts/03-more.json"),
    ("files swapped", lambda: signed(parts()) | {"parts/01-rules.json": parts()["parts/02-given.json"]}, "damaged", "parts/01-rules.json"),
    ("an old list", lambda: signed(parts() | {"README.zh.md": b"new"}) | {"attestation.json": signed(parts())["attestation.json"]}, "damaged", "README.zh.md"),
    ("a stranger's list", lambda: signed(parts(), Signer("stranger")), "re-signed", "signatures"),
    ("a record left out", lambda: signed(parts() | {"leaves.jsonl": lines(15)}), "period", "leaves.jsonl"),
    ("a record left out and its place filled", lambda: signed(parts() | {"leaves.jsonl": lines(15, 30)}), "period", "leaves.jsonl"),
    ("records out of order", lambda: signed(parts() | {"leaves.jsonl": lines(swap=True)}), "period", "leaves.jsonl: #14"),
    ("names that differ in case alone", lambda: signed(parts() | {"readme.zh.md": b"x"}), "form", "attestation.json"),
    ("no records", lambda: signed(parts() | {"leaves.jsonl": b""}), "period", "leaves.jsonl"),
    ("a longer period than there are records of", lambda: signed(parts(), to=at(TO + 3)), "period", "leaves.jsonl"),
    ("an earlier beginning than there are records of", lambda: signed(parts(), **{"from": at(FROM - 3)}), "period", "leaves.jsonl"),
    ("a wrong count", lambda: signed(parts(), kinds={"decision": 1}), "period", "leaves.jsonl"),
    ("a record not cited in a part that says it is complete", lambda: signed(parts() | {"parts/02-given.json": part(MADE, *of_kind("provision")[1:], complete=("provision",))}), "left-out", "parts/02-given.json"),
    ("a record cited that the log has not", lambda: signed(parts() | {"parts/01-rules.json": part(OTHER, 12)}), "cited", "parts/01-rules.json"),
    ("a record cited without proof", lambda: signed(parts() | {"parts/01-rules.json": part(MADE, 3)}), "cited", "parts/01-rules.json"),
    ("a checkpoint of another log of this name", lambda: signed(parts() | {"checkpoints/20.note": OTHER.note(20).encode()}), "root", "checkpoints/20.note"),
    ("a checkpoint outside of the period", lambda: signed(parts() | {"checkpoints/5.note": MADE.note(5).encode()}), "period", "leaves.jsonl"),
    ("the proof of another log of this name", lambda: signed(parts() | {"proof.json": maker.canonical(OTHER.inclusion(FROM - 1, TO + 1))}), "period", ""),
]  # fmt: skip


@pytest.mark.parametrize(("change", "code", "where"), [one[1:] for one in FORGED], ids=[one[0] for one in FORGED])  # fmt: skip
def test_a_forged_pack_is_refused_by_what_is_wrong(
    ask: Asker, change: Callable[[], Files], code: str, where: str
) -> None:
    said = ask(pack(change()), *KEY)
    assert (said.status > 0, said.code) == (True, code)
    assert where in said.where


def test_a_byte_between_the_files_is_found(ask: Asker) -> None:
    data = bytearray(pack(signed(parts())))
    data[8] ^= 2  # a flag of a local header, which no reader heeds
    assert ask(bytes(data), *KEY).code == "damaged"


def test_the_log_that_signed_two_stories_is_found(ask: Asker) -> None:
    """The pack is of one log; its list was recorded in another of the same name and key."""
    files = parts()
    said: Json = maker.statement() | {
        "predicate": predicate(),
        "subject": [
            {"name": name, "digest": {"sha256": sha256(data).hexdigest()}}
            for name, data in files.items()
        ],
    }
    payload: Json = {"statement": sha256(maker.canonical(said)).hexdigest()}
    other = make(
        [*[Record(step=9)] * SIZE, Record(kind="attestation", person=None, payload=payload)]
    )
    said["predicate"]["chengnuo:evidence"] = other.inclusion(SIZE)
    files["attestation.json"] = maker.canonical(maker.envelope(said, FIRST))
    assert ask(pack(files), *KEY).code == "root"
    assert json.loads(files["attestation.json"])["payloadType"]


def test_a_period_that_is_not_over_is_told_up_to_the_last_record(ask: Asker) -> None:
    last = SIZE - 1
    files = parts() | {
        "leaves.jsonl": b"".join(one + b"\n" for one in MADE.leaves[FROM - 1 :]),
        "proof.json": maker.canonical(MADE.inclusion(FROM - 1, last, 2)),
        "parts/02-given.json": part(MADE, *of_kind("provision", FROM, last), complete=("provision",)),
    }  # fmt: skip
    said = ask(pack(signed(files, to=at(last) + 5, kinds=kinds(MADE, FROM, last))), *KEY)
    assert (said.code, said.messages[0]["to"]) == ("audit-whole", at(last))


@given(st.integers(1, 70), st.data())
def test_the_subtrees_before_a_leaf_grow_to_those_before_any_later_one(
    size: int, data: st.DataObject
) -> None:
    """Against the audit paths and roots of RFC 9162 as written there."""
    first = data.draw(st.integers(0, size - 1))
    last = data.draw(st.integers(first, size - 1))
    hashes = [maker.leaf_hash(b"%d" % number) for number in range(size)]
    shown = [{"index": one, "path": reference.inclusion(one, hashes)} for one in (first, last)]
    edge, right = (log.edge_of(one, size) for one in shown)
    for at in range(first, last):
        assert log.root_of(edge[::-1]) == reference.root(hashes[:at]) or not at
        log.grow(edge, at, hashes[at])
    assert edge == right
    log.grow(edge, last, hashes[last])
    assert log.root_of(edge[::-1]) == reference.root(hashes[: last + 1])
