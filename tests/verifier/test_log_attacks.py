"""Every attack on a log is refused with its own code, and named."""

import json
import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from tests.verifier import maker
from tests.verifier.asking import Asker
from tests.verifier.maker import Made, Record, Signer, b64, make, records, write

FIRST = Signer("first")
KEY = ("--key", FIRST.vkey)
Files = dict[str, bytes]


def bundle_swapped(files: Files) -> Files:
    name = "tile/entries/000.p/30"
    rest, entries = files[name], []
    while rest:
        stop = 2 + int.from_bytes(rest[:2], "big")
        entries.append(rest[:stop])
        rest = rest[stop:]
    entries[3], entries[8] = entries[8], entries[3]
    return {name: b"".join(entries)}


CUT: list[tuple[str, Callable[[Files], Files], str, str]] = [
    (
        "bundle is cut at an entry",
        lambda f: {"tile/entries/000.p/30": f["tile/entries/000.p/30"][:-347]},
        "truncated",
        "tile/entries/000.p/30",
    ),
    (
        "bundle is gone",
        lambda _: {"tile/entries/000.p/30": b""},
        "truncated",
        "tile/entries/000.p/30",
    ),
    (
        "tile is cut",
        lambda f: {"tile/0/000.p/30": f["tile/0/000.p/30"][:-32]},
        "truncated",
        "tile/0/000.p/30",
    ),
    (
        "bundle has bytes after its end",
        lambda f: {"tile/entries/000.p/30": f["tile/entries/000.p/30"] + b"\0"},
        "damaged",
        "tile/entries/000.p/30",
    ),
    ("entries are exchanged", bundle_swapped, "reordered", "tile/entries/000.p/30"),
]


@pytest.mark.parametrize(
    ("change", "code", "where"), [pytest.param(*case[1:], id=case[0]) for case in CUT]
)
def test_a_file_that_does_not_fit_is_named(
    ask: Asker, tmp_path: Path, change: Callable[[Files], Files], code: str, where: str
) -> None:
    files = make(records(30)).files()
    said = ask(write(tmp_path / "log", files | change(files)), *KEY)
    assert (said.status, said.code, said.where) == (1, code, where)


def test_a_whole_log_is_whole(ask: Asker, tmp_path: Path) -> None:
    said = ask(write(tmp_path / "log", make(records(600)).files()), *KEY)
    assert (said.status, said.verdict, said.code) == (0, "whole", "log-whole")
    assert said.checked == {"entries": 600, "files": said.checked["files"], "chains": 4, "kept": 0}
    assert "key-unpinned" not in said.codes


def test_without_a_pinned_key_the_answer_says_where_the_key_is_from(
    ask: Asker, tmp_path: Path
) -> None:
    said = ask(write(tmp_path / "log", make(records(5)).files()))
    assert said.status == 0
    assert [m["key"] for m in said.messages if m["code"] == "key-unpinned"] == [FIRST.vkey]


def test_a_log_with_both_bundle_and_tile_gone_is_truncated(ask: Asker, tmp_path: Path) -> None:
    files = make(records(600)).files()
    for name in ("tile/entries/001", "tile/0/001"):
        del files[name]
    said = ask(write(tmp_path / "log", files), *KEY)
    assert (said.status, said.code, said.where) == (1, "truncated", "tile/entries/001")


def kept(folder: Path, made: Made, size: int | None = None, by: Signer = FIRST) -> tuple[str, str]:
    path = folder / "kept.note"
    path.write_text(made.note(size, by=[by]), encoding="utf-8")
    return "--since", str(path)


def other_log(count: int) -> Made:
    return make([Record(kind="decision", person="丁", step=7) for _ in range(count)])


def test_a_log_shorter_than_a_kept_checkpoint_is_truncated(ask: Asker, tmp_path: Path) -> None:
    long = make(records(30))
    short = make(records(20))
    said = ask(write(tmp_path / "log", short.files()), *KEY, *kept(tmp_path, long))
    assert (said.status, said.code) == (1, "truncated")
    assert "kept.note" in said.where


@pytest.mark.parametrize(
    "size", [30, 29, 1], ids=["same size", "not extended", "not from the first"]
)
def test_a_fork_is_refused_and_both_checkpoints_are_shown(
    ask: Asker, tmp_path: Path, size: int
) -> None:
    made, other = make(records(30)), other_log(30)
    said = ask(write(tmp_path / "log", made.files()), *KEY, *kept(tmp_path, other, size))
    assert (said.status, said.code, said.where) == (1, "forked", "kept.note")
    assert other.note(size) in said.messages[0]["notes"]
    assert made.note() in said.messages[0]["notes"]


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 512, 599, 600])
def test_a_kept_checkpoint_that_the_log_extends_is_fine(
    ask: Asker, tmp_path: Path, size: int
) -> None:
    made = make(records(600))
    said = ask(write(tmp_path / "log", made.files()), *KEY, *kept(tmp_path, made, size))
    assert (said.status, said.checked["kept"]) == (0, 1)


def test_a_kept_checkpoint_that_nobody_trusted_signed_proves_nothing(
    ask: Asker, tmp_path: Path
) -> None:
    made = make(records(9))
    since = kept(tmp_path, other_log(9), by=Signer("stranger"))
    said = ask(write(tmp_path / "log", made.files()), *KEY, *since)
    assert (said.code, said.where) == ("re-signed", "kept.note")


def test_a_log_signed_anew_by_another_key_is_refused(ask: Asker, tmp_path: Path) -> None:
    made = make(records(9), signers=[Signer("thief")])
    said = ask(write(tmp_path / "log", made.files()), *KEY)
    assert (said.status, said.code, said.where) == (1, "re-signed", "checkpoint")


def test_a_checkpoint_with_a_signature_of_other_text_is_refused(ask: Asker, tmp_path: Path) -> None:
    made = make(records(9))
    head, signature = made.note().split("\n\n")
    _, other = made.note(8).split("\n\n")
    said = ask(write(tmp_path / "log", made.files(f"{head}\n\n{other}")), *KEY)
    assert signature != other
    assert (said.status, said.code) == (1, "signature")


def test_a_key_that_the_pinned_one_endorsed_is_trusted(ask: Asker, tmp_path: Path) -> None:
    made = make(records(9), signers=[FIRST, Signer("second")])
    made.starts = (0, 4)
    assert ask(write(tmp_path / "log", made.files()), *KEY).code == "log-whole"


def test_a_key_with_a_forged_endorsement_is_refused(ask: Asker, tmp_path: Path) -> None:
    made = make(records(9), signers=[FIRST, Signer("second")])
    files = made.files()
    log = json.loads(files["log.json"])
    log["keys"][1]["endorsement"] = b64(bytes(64))
    said = ask(write(tmp_path / "log", files | {"log.json": maker.canonical(log)}), *KEY)
    assert (said.status, said.code, said.where) == (1, "endorsement", "log.json")


def test_a_key_does_not_become_trusted_by_endorsing_itself_from_a_stranger(
    ask: Asker, tmp_path: Path
) -> None:
    made = make(records(9), signers=[Signer("stranger"), Signer("second")])
    assert ask(write(tmp_path / "log", made.files()), *KEY).code == "re-signed"


def test_a_key_signs_only_while_it_is_in_force(ask: Asker, tmp_path: Path) -> None:
    made = make(records(20), signers=[FIRST, Signer("second")])
    made.starts = (0, 4)
    said = ask(write(tmp_path / "log", made.files(made.note(by=[FIRST]))), *KEY)
    assert (said.code, said.where) == ("re-signed", "checkpoint")


def test_another_log_in_its_place_is_swapped(ask: Asker, tmp_path: Path) -> None:
    stranger = Signer("first", name="log.example/other")
    made = make(records(9), signers=[stranger])
    made.origin = stranger.name
    folder = write(tmp_path / "log", made.files())
    assert ask(folder, *KEY).code == "swapped"
    assert ask(folder, "--origin", maker.ORIGIN).code == "swapped"
    assert ask(folder, "--origin", made.origin).code == "log-whole"


def test_a_root_that_is_signed_but_not_of_these_entries_is_refused(
    ask: Asker, tmp_path: Path
) -> None:
    made = make(records(9))
    said = ask(write(tmp_path / "log", made.files(made.note(root=bytes(32)))), *KEY)
    assert (said.status, said.code, said.where) == (1, "root", "checkpoint")


def test_a_map_that_is_signed_but_not_of_these_heads_is_refused(ask: Asker, tmp_path: Path) -> None:
    made = make(records(9))
    said = ask(write(tmp_path / "log", made.files(made.note(heads=made.map_root(8)))), *KEY)
    assert (said.status, said.code) == (1, "map")


def forged(index: int, **parts: object) -> Callable[[int, maker.Json], maker.Json]:
    return lambda at, leaf: {**leaf, **parts} if at == index else leaf


@pytest.mark.parametrize(("change", "code"), [
    pytest.param(forged(7, at=maker.START), "time", id="time goes back"),
    pytest.param(forged(7, prev="0" * 64), "chain", id="names another record before it"),
    pytest.param(forged(7, seq=9), "chain", id="a number is left out"),
    pytest.param(forged(7, seq=1), "leaf-form", id="a first one that names one before it"),
    pytest.param(forged(7, kind="gossip"), "leaf-form", id="a kind not of the set"),
    pytest.param(forged(7, name="X"), "leaf-form", id="a member not of the form"),
    pytest.param(forged(7, v=2), "version", id="a version to come"),
])  # fmt: skip
def test_a_leaf_that_does_not_keep_the_rules_is_named(
    ask: Asker, tmp_path: Path, change: Callable[[int, maker.Json], maker.Json], code: str
) -> None:
    said = ask(write(tmp_path / "log", make(records(9), change=change).files()), *KEY)
    assert (said.code, said.where) == (code, "#7")


def test_the_second_chain_of_a_leaf_is_held_to_its_order(ask: Asker, tmp_path: Path) -> None:
    def change(index: int, leaf: maker.Json) -> maker.Json:
        return (
            {**leaf, "also": {**leaf["also"], "seq": 9, "prev": "0" * 64}} if index == 3 else leaf
        )

    said = ask(write(tmp_path / "log", make(records(9), change=change).files()), *KEY)
    assert (said.code, said.where) == ("chain", "#3")


def test_too_few_witnesses_are_refused(ask: Asker, tmp_path: Path) -> None:
    one, two = Signer("w1", "witness.example/1", 4), Signer("w2", "witness.example/2", 4)
    made = make(records(9))
    made.witnesses = [one]
    folder = write(tmp_path / "log", made.files())
    names = ("--witness", one.vkey, "--witness", two.vkey)
    assert ask(folder, *KEY, *names).code == "quorum"
    assert ask(folder, *KEY, *names, "--quorum", "1").code == "log-whole"


def test_a_left_over_partial_tile_is_checked_too(ask: Asker, tmp_path: Path) -> None:
    files = make(records(300)).files()
    for name in ("tile/0/000", "tile/entries/000"):
        part = (
            files[name][:64]
            if "0/000" in name
            else b"".join(
                len(leaf).to_bytes(2, "big") + leaf for leaf in make(records(300)).leaves[:2]
            )
        )
        folder = write(tmp_path / "log", files | {f"{name}.p/2": part})
        assert ask(folder, *KEY).code == "log-whole"
        said = ask(write(tmp_path / "log", {f"{name}.p/2": part[:-1] + b"?"}), *KEY)
        assert (said.code, said.where) == ("damaged", f"{name}.p/2")
        write(tmp_path / "log", {f"{name}.p/2": part})


def test_a_file_that_belongs_to_nothing_is_reported(ask: Asker, tmp_path: Path) -> None:
    files = make(records(9)).files() | {"tile/0/007": b"", "tile/0/000.p/8~": b"x"}
    said = ask(write(tmp_path / "log", files), *KEY)
    extra = {m["where"] for m in said.messages if m["code"] == "extra-file"}
    assert (said.status, extra) == (0, {"tile/0/007", "tile/0/000.p/8~"})


def stamped(made: Made, size: int) -> Files:
    note = made.note(size)
    imprint = bytes.fromhex(
        "30310d300d06096086480165030402010500 0420".replace("30310d30", "303130")
    )
    return {
        f"stamps/{size}.note": note.encode(),
        f"stamps/{size}.tsr": b"\x30" + imprint + maker.sha256(note.encode()).digest(),
    }


def test_stamps_are_held_to_the_log(ask: Asker, tmp_path: Path) -> None:
    made = make(records(9))
    folder = write(tmp_path / "log", made.files() | stamped(made, 5))
    said = ask(folder, *KEY)
    told = [m for m in said.messages if m["code"] == "stamped"]
    assert (said.status, [m["where"] for m in told]) == (0, ["stamps/5.tsr"])
    imprint = maker.sha256(made.note(5).encode()).hexdigest()
    assert f"openssl ts -verify -digest {imprint} -in stamps/5.tsr" in told[0]["en"]
    write(folder, {"stamps/5.tsr": stamped(made, 4)["stamps/4.tsr"]})
    said = ask(folder, *KEY)
    assert (said.status, said.code, said.where) == (1, "stamp", "stamps/5.tsr")
    write(folder, stamped(made, 5) | {"stamps/5.note": other_log(9).note(5).encode()})
    (folder / "stamps/5.tsr").unlink()
    assert ask(folder, *KEY).code == "forked"


def flipped(ask: Asker, folder: Path, files: Files, bits: Callable[[], Iterable[int]]) -> None:
    """Flip bits of every byte of every file, one at a time; each is refused and the file named."""
    write(folder, files)
    for name, data in files.items():
        for at in range(len(data)):
            for bit in bits():
                wrong = bytearray(data)
                wrong[at] ^= 1 << bit
                (folder / name).write_bytes(wrong)
                said = ask(folder, *KEY)
                assert said.status in {1, 2}, (name, at, bit)
                assert name in said.where or name == "log.json", (name, at, bit, said)
        (folder / name).write_bytes(data)
    assert ask(folder, *KEY).status == 0


def test_a_flipped_bit_of_any_byte_of_any_file_is_found(ask: Asker, tmp_path: Path) -> None:
    chance = random.Random(3)
    flipped(ask, tmp_path / "log", make(records(1)).files(), lambda: [chance.randrange(8)])


@pytest.mark.slow
def test_every_flipped_bit_of_any_file_is_found(ask: Asker, tmp_path: Path) -> None:
    made = make(records(3))
    files = made.files() | {"stamps/2.note": made.note(2).encode()}
    flipped(ask, tmp_path / "log", files, lambda: range(8))
