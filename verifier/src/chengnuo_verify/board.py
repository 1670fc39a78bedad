"""A published pledge board: held to what was signed, to its own rule, and to the log's records."""

from collections.abc import Callable
from datetime import UTC, datetime
from time import strftime

from chengnuo_verify.reading import FORMS, Answer, Json, canonical, ensure, fit, load

WHERE, PROOF, GOOD_FOR = "board.json", "proof-board.json", 31  # days; the last is also a format's
Proved = Callable[[str, Json], dict[int, Json]]  # leaves of a proof by index; `said` if disclosed


def verify_board(data: bytes | None, signed: Json, proved: Proved, answer: Answer) -> None:
    """Hold a board to its attestation, rule and records; say how it stands, and what is not shown.

    The rule: a control that failed makes its row failing, and nothing else does but one that found
    something wrong before and could not run again. What is shown has a control that passed, and
    none over records that is stale or did not come to its end.
    """
    board = fit(load(data, WHERE), "board", WHERE)
    rows, log = board["rows"], board["log"]
    stand, all_of_them = {one["id"]: one["status"] for one in rows}, [one["status"] for one in rows]
    said = {name: board[name] for name in ("on", "until", "register", "law", "log")}
    counts = {name: all_of_them.count(name) for name in FORMS["statuses"]}
    whole = len(stand) == sum(counts.values()) and counts == board["counts"]
    ensure(whole and (said | {"rows": stand}).items() <= signed.items(), "board", WHERE)
    for row in rows:
        status, ends = row["status"], {(one["over"], one["outcome"]) for one in row["controls"]}
        every, lacking = {end for _, end in ends}, {("records", end) for end in FORMS["lacking"]}
        may_fail = "failed" in every or ("records", "could-not-run") in ends
        kept = may_fail if status == "failing" else "failed" not in every
        bare = status == "shown" and (every.isdisjoint(FORMS["good"]) or ends & lacking)
        ensure(kept and not bare, "board-rule", row["id"])
    controls = [(row["id"], one) for row in rows for one in row["controls"]]
    if any(one["code"] == "no-evidence" for one in answer.said):
        ran = [one for _, one in controls if (one["ran"], one["position"]) != (None, None)]
        ensure(
            not (log or ran or board["record"] or any(row["proof"] for row in rows)), "board", "log"
        )
        answer.say("board-unlogged")
    else:
        _recorded(board, controls, proved, answer)
    facts: Json = {name.replace("-", "_"): number for name, number in counts.items()}
    code = "board-old" if board["until"] < strftime("%Y-%m-%d") else "board-says"
    answer.say(code, on=board["on"], until=board["until"], **facts)


def _recorded(board: Json, controls: Json, proved: Proved, answer: Answer) -> None:
    """Hold a board to the record of what it says, and each control to the record of its run."""
    held, log = dict[int, Json](), ensure(board["log"], "board", "log")
    for name in dict.fromkeys([PROOF, *(row["proof"] for row in board["rows"] if row["proof"])]):
        held |= proved(name, log)
    whole = ensure(held.get(board["record"]), "board-record", PROOF)
    said = fit(load((whole["said"] or "").encode(), PROOF), "said", PROOF)
    ours = {(row, one["id"], one["over"], one["outcome"]) for row, one in controls}
    ours |= {(row["id"], "", "", row["status"]) for row in board["rows"]}
    stood = {(row["duty"], "", "", row["status"]) for row in said["rows"]}
    for one in said["controls"]:
        stood |= {(row, one["control"], one["over"], one["outcome"]) for row in one["rows"]}
    odd = " ".join(min(ours ^ stood, default=()))
    once = len(controls) == len({(row, one["id"]) for row, one in controls})
    ensure(once and not odd, "board-record", odd)
    days = [_shown(whole["at"] // 10**6 + 28_800 + n * 86_400)[:10] for n in (0, GOOD_FOR)]
    timely = board["on"] <= days[0] and board["until"] <= days[1]  # at +08:00
    law = (whole["law"] or "").startswith(f'"{board["law"][-12:]}')
    of = whole["register"] == canonical(board["register"]).decode()
    own = (whole["kind"], said["control"]) == ("control-run", "pledge-board")
    ensure(timely and law and of and own, "board-record", PROOF)
    hidden, of_control = set[str](), dict[int, str]()
    for row, one in controls:
        where, at = f"{row} {one['id']}", one["position"]
        if at is None:  # none of this register's version, or none at all
            never = (one["ran"], one["outcome"], one["looked_at"]) == (None, "not-shown", 0)
            declared = one["ran"] is None and one["over"] == "register"
            ensure(never or declared, "board-record", where)
            continue
        leaf = ensure(held.get(at), "board-record", where)
        same = leaf["kind"] == "control-run" and of_control.setdefault(at, one["id"]) == one["id"]
        current = one["over"] == "records" or leaf["register"] == whole["register"]
        ensure(
            same and current and one["ran"] == _shown(leaf["at"] // 10**6), "board-record", where
        )
        if leaf["said"] is None:
            hidden.add(one["id"])
            continue
        run = fit(load(leaf["said"].encode(), where), "run", where)
        ended = one["outcome"] in {run["outcome"], "stale"} and run["looked_at"] == one["looked_at"]
        ensure(ended and run["control"] == one["id"], "board-record", where)
    answer.say("board-held", count=len({one["id"] for _, one in controls}), hidden=len(hidden))


def _shown(second: int) -> str:
    return f"{datetime.fromtimestamp(second, UTC):%Y-%m-%dT%H:%M:%SZ}"
