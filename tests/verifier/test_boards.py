"""A published board is held to the log, also against who holds the key that signs it.

Each case changes something and binds the folder again with the key of the log. What the log has
recorded stays as it is: that is what a liar cannot change without leaving another record.
"""

from pathlib import Path
from typing import TypeAlias

import pytest
from tests.verifier import board_kit as kit
from tests.verifier import maker
from tests.verifier.asking import Asker
from tests.verifier.board_kit import Change, board, counted, folder, of, proofs, rows
from tests.verifier.maker import Json, write
from tests.verifier.test_folders import KEY

Case: TypeAlias = tuple[str, dict[str, bytes], str]


def status(row: str, said: str) -> Change:
    def change(made: Json) -> None:
        rows(made, row)["status"] = said
        counted(made)

    return change


def told(row: str, name: str, **said: object) -> Change:
    return lambda made: of(made, row, name).update(said)


def both(*changes: Change) -> Change:
    def change(made: Json) -> None:
        for one in changes:
            one(made)

    return change


def without(row: str, name: str) -> Change:
    def change(made: Json) -> None:
        found = rows(made, row)
        found["controls"] = [one for one in found["controls"] if one["id"] != name]

    return change


def without_row(made: Json) -> None:
    made["rows"] = [one for one in made["rows"] if one["id"] != "pledge-8"]
    counted(made)


def mended(made: Json) -> None:
    """The failing control points at an older run of it, which passed, and its row is shown."""
    of(made, "pledge-8", "late").update(outcome="passed", position=kit.OLD, ran=kit.ran(kit.OLD))
    status("pledge-8", "shown")(made)


def unlogged(made: Json) -> None:
    made["log"] = None


def bare(made: Json) -> None:
    """Nothing is claimed of a log any more, and the failing row is shown."""
    made.update(log=None, record=None)
    for row in made["rows"]:
        row["proof"] = None
        for one in row["controls"]:
            one.update(ran=None, position=None)


def older() -> dict[str, Json]:
    found = kit.LOG.inclusion(kit.OLD, kit.DECLARED)
    return proofs() | {"proof-pledge-8.json": found}


def disclosed_otherwise() -> dict[str, Json]:
    """The record of the whole board, its payload rewritten: nothing fails."""
    found = proofs()
    one = found["proof-board.json"]["disclosed"][0]
    one["payload"] = one["payload"].replace("failing", "shown").replace("failed", "passed")
    return found


def undisclosed(name: str) -> dict[str, Json]:
    found = proofs()
    found[name]["disclosed"] = []
    return found


CASES: list[Case] = [
    ("a failing row is shown", folder(status("pledge-8", "shown")), "board-rule"),
    ("a failing row is stale", folder(status("pledge-8", "stale")), "board-rule"),
    ("a failing row does not apply", folder(status("pledge-8", "not-applicable")), "board-rule"),
    ("a row fails that does not", folder(status("pledge-1", "failing")), "board-rule"),
    ("nothing speaks for a shown row", folder(status("duty-2", "shown")), "board-rule"),
    ("a shown row is not shown", folder(status("pledge-1", "not-shown")), "board-record"),
    ("a failing row is left out", folder(without_row), "board-record"),
    (
        "the failing control is left out",
        folder(both(without("pledge-8", "late"), status("pledge-8", "shown"))),
        "board-record",
    ),
    (
        "a failing control is said to pass",
        folder(both(told("pledge-8", "late", outcome="passed"), status("pledge-8", "shown"))),
        "board-record",
    ),
    (
        "a failing control is said to be stale",
        folder(both(told("pledge-8", "late", outcome="stale"), status("pledge-8", "stale"))),
        "board-record",
    ),
    ("an older run that passed", folder(mended, beside=older()), "board-record"),
    (
        "a control is said to look elsewhere",
        folder(told("pledge-8", "late", over="register")),
        "board-record",
    ),
    (
        "a later instant",
        folder(told("pledge-8", "late", ran="2025-11-30T09:00:00Z")),
        "board-record",
    ),
    (
        "an instant before",
        folder(told("pledge-1", "few", ran="2025-01-01T00:00:00Z")),
        "board-record",
    ),
    ("no instant", folder(told("pledge-1", "few", ran=None)), "board-record"),
    ("another count", folder(told("pledge-1", "many", looked_at=121)), "board-record"),
    ("a count for a few", folder(told("pledge-1", "many", looked_at=None)), "board-record"),
    (
        "the run of another control",
        folder(told("pledge-1", "few", position=kit.MANY, ran=kit.ran(kit.MANY))),
        "board-record",
    ),
    (
        "the run of another, undisclosed",
        folder(both(told("pledge-8", "late", position=kit.FEW, ran=kit.ran(kit.FEW)))),
        "board-record",
    ),
    ("a position that no proof has", folder(told("pledge-1", "few", position=99)), "board-record"),
    ("no run at all", folder(told("pledge-8", "late", position=None, ran=None)), "board-record"),
    (
        "a run of one that never ran",
        folder(told("duty-2", "new", position=kit.OLD, ran=kit.ran(kit.OLD))),
        "board-record",
    ),
    ("a day after the log's", folder(lambda made: made.update(on="2025-11-29")), "board-record"),
    ("good for longer", folder(lambda made: made.update(until="2026-12-30")), "board-record"),
    ("another register", folder(lambda made: made.update(register="0" * 12)), "board-record"),
    ("another law", folder(lambda made: made.update(law="2027-01")), "board-record"),
    (
        "counts that are not so",
        folder(lambda made: made["counts"].update({"failing": 0, "shown": 2})),
        "board",
    ),
    (
        "a size that the proofs do not reach",
        folder(lambda made: made["log"].update(size=900)),
        "board-record",
    ),
    (
        "another origin",
        folder(lambda made: made["log"].update(origin="other.example/log")),
        "board-record",
    ),
    (
        "another record of the whole",
        folder(lambda made: made.update(record=kit.MANY)),
        "board-record",
    ),
    ("no record of the whole", folder(lambda made: made.update(record=None)), "board-record"),
    ("no log", folder(unlogged), "board"),
    ("no log and no record", folder(unlogged, recorded=False), "board"),
    ("no record of the attestation", folder(recorded=False), "board"),
    (
        "what is signed says other rows",
        folder(signed_so=lambda said: said["rows"].update({"pledge-8": "shown"})),
        "board",
    ),
    ("a row stands twice", folder(lambda made: made["rows"].append(made["rows"][0])), "board"),
    (
        "a control stands twice",
        folder(
            lambda made: rows(made, "pledge-8")["controls"].append(of(made, "pledge-8", "late"))
        ),
        "board-record",
    ),
    ("a status that there is not", folder(status("pledge-1", "excellent")), "board"),
    (
        "a proof that is not there",
        folder(lambda made: rows(made, "pledge-8").update(proof="proof-other.json")),
        "not-json",
    ),
    (
        "a row without its proof",
        folder(lambda made: rows(made, "pledge-1").update(proof=None)),
        "board-record",
    ),
    ("a payload that is rewritten", folder(beside=disclosed_otherwise()), "payload"),
    ("the whole is not disclosed", folder(beside=undisclosed("proof-board.json")), "not-json"),
]
NAMES = [name for name, _, _ in CASES]


def test_a_board_that_agrees_with_its_log_is_whole_and_says_what_is_not_disclosed(
    ask: Asker, tmp_path: Path
) -> None:
    said = ask(write(tmp_path / "board", folder()), *KEY)
    assert (said.status, said.code) == (0, "beside-whole")
    held = next(one for one in said.messages if one["code"] == "board-held")
    assert (held["count"], held["hidden"]) == (5, 2)
    assert "board-unlogged" not in said.codes


@pytest.mark.parametrize(("files", "code"), [case[1:] for case in CASES], ids=NAMES)
def test_who_holds_the_key_but_not_the_history_is_found_out(
    ask: Asker, tmp_path: Path, files: dict[str, bytes], code: str
) -> None:
    said = ask(write(tmp_path / "board", files), *KEY)
    assert (said.status > 0, said.code) == (True, code)


def test_a_board_that_gives_up_its_log_is_told_to_prove_nothing(ask: Asker, tmp_path: Path) -> None:
    change = both(bare, told("pledge-8", "late", outcome="passed"), status("pledge-8", "shown"))
    said = ask(write(tmp_path / "board", folder(change, beside={}, recorded=False)), *KEY)
    assert said.status == 0
    assert {"board-unlogged", "no-evidence"} <= said.codes
    assert "board-held" not in said.codes


FREE = {"title", "summary", "cites", "why", "looks_at", "fails_when", "how_often", "handler"}
"""Members that are words of the program or a name: no record says them."""
SELF = {"vkey", "fewest", "set", "format", "version"}
"""Members that a verifier takes from elsewhere, or that change nothing of what is said."""


def paths(value: Json, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the path of every member of a tree that holds no others."""
    if isinstance(value, dict):
        return [path for name, one in value.items() for path in paths(one, (*at, name))]
    if isinstance(value, list):
        return [path for number, one in enumerate(value) for path in paths(one, (*at, number))]
    return [at]


def changed(path: tuple[str | int, ...]) -> Change:
    def change(made: Json) -> None:
        *above, last = path
        for step in above:
            made = made[step]
        was = made[last]
        made[last] = was + 1 if isinstance(was, int) else 7 if was is None else f"{was}9"

    return change


@pytest.mark.parametrize("path", paths(board()), ids=str)
def test_no_member_is_changed_unnoticed(
    ask: Asker, tmp_path: Path, path: tuple[str | int, ...]
) -> None:
    files = folder(changed(path))
    said = ask(write(tmp_path / "board", files), *KEY)
    unproved = path[-1] in {"vkey", *FREE, *SELF} or path in UNSAID
    assert (said.status == 0) is unproved, said.code


UNSAID = {("rows", 1, "controls", 0, "looked_at"), ("rows", 0, "controls", 1, "looked_at")}
"""Counts of runs whose records are not disclosed: the verifier says how many those are."""


def test_no_proof_can_be_of_another_log(ask: Asker, tmp_path: Path) -> None:
    """Two trees of one size that the same key signed are a fork, and both are shown."""
    forked = maker.make([*kit.RUNS[:-1], kit.run("many", "passed", 9)])
    beside = proofs() | {"proof-pledge-1.json": forked.inclusion(kit.MANY, kit.FEW, kit.DECLARED)}
    assert ask(write(tmp_path / "fork", folder(beside=beside)), *KEY).code == "forked"
