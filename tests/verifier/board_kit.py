"""A published board beside its log, as it should be, and as somebody who holds the key changes it.

Two rows stand on four controls: one passed on many and its record is disclosed, one passed on few,
one failed, and one looks at the register. The log also has a run of another day, whose proof a liar
can put in place of the newest.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from tests.verifier import maker
from tests.verifier.maker import Json, Made, Record, Signer, make
from tests.verifier.test_folders import BOARD, ENDLESS, FIRST, bound

START_DAY, UNTIL = "2025-11-28", "2025-12-29"
REGISTER, LAW = "7c1f90ab22e4", "2026-01"
Change = Callable[[Json], object]


def run(control: str, outcome: str, looked_at: int, wrong: int = 0) -> Record:
    payload: Json = {"control": control, "outcome": outcome, "looked_at": looked_at, "wrong": wrong}
    return Record(kind="control-run", person=None, activity=None, payload=payload)


ROWS = {"pledge-1": "shown", "pledge-8": "failing", "duty-2": "not-shown"}
SAID: Json = {
    "control": "pledge-board",
    "outcome": "failed",
    "looked_at": 3,
    "wrong": 1,
    "rows": [{"duty": duty, "status": status} for duty, status in ROWS.items()],
    "controls": [
        {"control": "many", "over": "records", "outcome": "passed", "rows": ["pledge-1"]},
        {"control": "few", "over": "records", "outcome": "passed", "rows": ["pledge-1"]},
        {"control": "late", "over": "records", "outcome": "failed", "rows": ["pledge-8"]},
        {
            "control": "declared",
            "over": "register",
            "outcome": "passed",
            "rows": ["pledge-1", "pledge-8"],
        },
        {"control": "new", "over": "records", "outcome": "not-shown", "rows": ["duty-2"]},
    ],
}
RUNS = [
    run("late", "passed", 40),
    run("many", "passed", 120),
    run("few", "passed", 3),
    run("late", "failed", 40, 2),
    run("declared", "passed", 17),
    Record(kind="control-run", person=None, activity=None, payload=SAID),
]
OLD, MANY, FEW, LATE, DECLARED, WHOLE = range(6)
LOG = make(RUNS)
SIZE = len(RUNS)


def ran(position: int) -> str:
    at = datetime.fromtimestamp(LOG.leaf(position)["at"] // 10**6, UTC)
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def control(name: str, over: str, outcome: str, looked_at: int | None, at: int | None) -> Json:
    return {
        "id": name,
        "over": over,
        "outcome": outcome,
        "looked_at": looked_at,
        "ran": None if at is None else ran(at),
        "position": at,
    }


def board() -> Json:
    """Return `board.json` as it should be."""
    declared = control("declared", "register", "passed", 17, DECLARED)
    controls = {
        "pledge-1": [
            control("many", "records", "passed", 120, MANY),
            control("few", "records", "passed", None, FEW),
            declared,
        ],
        "pledge-8": [control("late", "records", "failed", 40, LATE), {**declared}],
        "duty-2": [control("new", "records", "not-shown", 0, None)],
    }
    return {
        "on": START_DAY,
        "until": UNTIL,
        "register": REGISTER,
        "law": LAW,
        "log": {"origin": LOG.origin, "size": SIZE, "vkey": FIRST.vkey},
        "record": WHOLE,
        "counts": {name: list(ROWS.values()).count(name) for name in ENDLESS["counts"]},
        "rows": [
            {
                "id": row,
                "status": status,
                "proof": f"proof-{row}.json" if row != "duty-2" else None,
                "controls": controls[row],
            }
            for row, status in ROWS.items()
        ],
    }


def proofs(log: Made = LOG) -> dict[str, Json]:
    """Return the proofs beside it, by name."""
    made = {
        "proof-board.json": log.inclusion(WHOLE),
        "proof-pledge-1.json": log.inclusion(MANY, FEW, DECLARED),
        "proof-pledge-8.json": log.inclusion(LATE, DECLARED),
    }
    hidden = {log.hashes[at].hex() for at in (FEW, LATE)}
    for proof in made.values():
        proof["disclosed"] = [one for one in proof["disclosed"] if one["leaf"] not in hidden]
    return made


def folder(
    change: Change = lambda _: None,
    *,
    beside: Mapping[str, Json] | None = None,
    signed_so: Change = lambda _: None,
    recorded: bool = True,
) -> dict[str, bytes]:
    """Return a folder that is bound again after a change, by who holds the key of the log.

    Args:
        change: Changes `board.json`; what is signed says the same as it does then.
        beside: Proofs in place of the right ones.
        signed_so: Changes what is signed alone.
        recorded: Whether the log has a record of the attestation.

    """
    made = board()
    change(made)
    log = made["log"] and {name: made["log"][name] for name in ("origin", "size")}
    predicate = {name: made[name] for name in ("on", "until", "register", "law")} | {"log": log}
    predicate["rows"] = {one["id"]: one["status"] for one in made["rows"]}
    signed_so(predicate)
    papers = {"board.json": made, **(proofs() if beside is None else beside)}
    files = {name: maker.canonical(paper) for name, paper in papers.items()}
    return bound(files, RUNS, kind=BOARD, recorded=recorded, **predicate)


STRANGER = Signer("stranger")


def rows(made: Json, row: str) -> Json:
    return next(one for one in made["rows"] if one["id"] == row)


def of(made: Json, row: str, name: str) -> Json:
    return next(one for one in rows(made, row)["controls"] if one["id"] == name)


def counted(made: Json) -> None:
    """Make the counts right again."""
    stand = [one["status"] for one in made["rows"]]
    made["counts"] = {name: stand.count(name) for name in made["counts"]}
