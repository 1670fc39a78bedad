"""A folder with an attestation over its files: all of them, as they were signed."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from tests.verifier import maker
from tests.verifier.asking import Asker
from tests.verifier.maker import Json, Record, Signer, make, records, write
from tests.verifier.test_command import served

FIRST = Signer("first")
KEY = ("--key", FIRST.vkey)
FILES = {
    "index.html": "<p>承诺</p>".encode(),
    "assets/board.css": b"p{}",
    "data/board.json": b"{}",
}


BOARD = "urn:chengnuo:board:1"


def signed(
    files: dict[str, bytes], signer: Signer = FIRST, kind: str = "urn:other:1", **predicate: Json
) -> dict[str, bytes]:
    """The files, and an attestation over them that carries the proof of its own record."""
    return bound(files, records(7), signer, kind, recorded=True, **predicate)


def bound(
    files: dict[str, bytes],
    before: list[Record],
    signer: Signer = FIRST,
    kind: str = "urn:other:1",
    *,
    recorded: bool,
    **predicate: Json,
) -> dict[str, bytes]:
    """The files, and an attestation over them that a log has recorded after what it had before."""
    said = maker.statement(**predicate) | {
        "predicateType": kind,
        "subject": [
            {"name": name, "digest": {"sha256": sha256(data).hexdigest()}}
            for name, data in files.items()
        ],
    }
    payload: Json = {"statement": sha256(maker.canonical(said)).hexdigest()}
    made = make([*before, Record(kind="attestation", person=None, payload=payload)])
    if recorded:
        said["predicate"]["chengnuo:evidence"] = made.inclusion(len(before))
    return files | {"attestation.json": maker.canonical(maker.envelope(said, signer))}


def test_every_file_of_a_folder_is_held_to_the_attestation_beside_it(
    ask: Asker, tmp_path: Path
) -> None:
    said = ask(write(tmp_path / "board", signed(FILES)), *KEY)
    assert (said.status, said.code, said.messages[0]["count"]) == (0, "beside-whole", 3)
    assert "attested" in said.codes


@pytest.mark.real
def test_files_at_an_address_are_held_to_it_alike(ask: Asker, tmp_path: Path) -> None:
    folder = write(tmp_path / "board", signed(FILES))
    with served(folder, entries=True) as address:
        assert ask(address, *KEY).code == "beside-whole"
        (folder / "data/board.json").unlink()
        assert (ask(address, *KEY).code, ask(address, *KEY).where) == ("missing", "data/board.json")


def changed(folder: Path) -> None:
    (folder / "index.html").write_bytes("<p>承諾</p>".encode())


def removed(folder: Path) -> None:
    (folder / "assets/board.css").unlink()


def swapped(folder: Path) -> None:
    one, other = folder / "assets/board.css", folder / "data/board.json"
    held = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(held)


def older(folder: Path) -> None:
    write(folder, {"attestation.json": signed(FILES | {"index.html": b"old"})["attestation.json"]})


def strangers(folder: Path) -> None:
    write(folder, signed(FILES, Signer("stranger")))


def none_named(folder: Path) -> None:
    write(folder, signed({}))


def outside(folder: Path) -> None:
    (folder.parent / "secret").write_bytes(b"x")
    write(folder, {"attestation.json": signed({"../secret": b"x"})["attestation.json"]})


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        (changed, "damaged", "index.html"),
        (removed, "missing", "assets/board.css"),
        (swapped, "damaged", "assets/board.css"),
        (older, "damaged", "index.html"),
        (strangers, "re-signed", "signatures"),
        (none_named, "form", "attestation.json"),
        (outside, "form", "../secret"),
    ],
)
def test_a_folder_that_is_not_as_signed_is_refused_by_the_file(
    ask: Asker, tmp_path: Path, change: Callable[[Path], None], code: str, where: str
) -> None:
    folder = write(tmp_path / "board", signed(FILES))
    change(folder)
    said = ask(folder, *KEY)
    assert (said.status > 0, said.code, said.where) == (True, code, where)


def test_a_file_that_nobody_signed_is_named_and_no_more(ask: Asker, tmp_path: Path) -> None:
    folder = write(tmp_path / "board", signed(FILES) | {"assets/CNAME": b"x"})
    said = ask(folder, *KEY)
    assert (said.status, said.code) == (0, "beside-whole")
    assert [one["where"] for one in said.messages if one["code"] == "beside-extra"] == [
        "assets/CNAME"
    ]


ROWS = {"duty-1": "shown", "duty-2": "failing", "pledge-3": "not-shown"}
ENDS = {"shown": "passed", "failing": "failed", "not-shown": "not-shown"}
ENDLESS: Json = {
    "counts": {"shown": 1, "failing": 1, "stale": 0, "not-shown": 1, "not-applicable": 0},
    "record": None,
}


def row_of(name: str, status: str) -> Json:
    """A row and its one control, which bears its status."""
    ended = {"outcome": ENDS[status], "looked_at": None, "ran": None, "position": None}
    return {
        "id": name,
        "status": status,
        "proof": None,
        "controls": [{"id": f"of-{name}", "over": "register", **ended}],
    }


def board_folder(
    until: str = "2999-12-31", other: dict[str, Json] | None = None
) -> dict[str, bytes]:
    """A board published beside no log: its file, and the attestation of its rows and days."""
    said: Json = {"on": "2019-11-30", "until": until, "register": "1", "law": "2", "log": None}
    rows: Json = [row_of(name, status) for name, status in ROWS.items()]
    listed: Json = said | {"rows": rows} | ENDLESS | (other or {})
    files = {"board.json": maker.canonical(listed)}
    return bound(files, [], kind=BOARD, recorded=False, **said, rows=ROWS)


def test_a_board_says_its_rows_and_days_and_an_old_one_that_it_is_old(
    ask: Asker, tmp_path: Path
) -> None:
    said = ask(write(tmp_path / "board", board_folder()), *KEY)
    assert (said.status, said.code) == (0, "beside-whole")
    assert {"board-unlogged", "no-evidence"} <= said.codes
    told = next(one for one in said.messages if one["code"] == "board-says")
    assert [told[n] for n in ("on", "until", "shown", "failing", "stale", "not_shown")] == [
        *("2019-11-30", "2999-12-31"),
        *(1, 1, 0, 1),
    ]
    old = ask(write(tmp_path / "old", board_folder("2019-12-31")), *KEY)
    assert (old.status, old.code) == (0, "beside-whole")
    assert "board-old" in old.codes
    assert "board-says" not in old.codes


@pytest.mark.parametrize(
    "other",
    [
        {"rows": [row_of(n, "shown") for n in ROWS]},
        {"rows": [row_of("duty-1", "shown")]},
        {"rows": [row_of(n, s) for n, s in (*ROWS.items(), ("duty-1", "shown"))]},
        {"counts": {**ENDLESS["counts"], "failing": 0, "shown": 2}},
        {"register": "another"},
        {"log": {"origin": "x", "size": 1}},
        {"record": 1},
        {"until": "3000-01-01"},
        {"on": "2026-12-01"},
    ],
)
def test_a_board_whose_rows_or_days_are_not_the_signed_ones_is_refused(
    ask: Asker, tmp_path: Path, other: dict[str, Json]
) -> None:
    said = ask(write(tmp_path / "board", board_folder(other=other)), *KEY)
    assert (said.status > 0, said.code) == (True, "board")
