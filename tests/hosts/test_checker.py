"""The checker finds every kind of broken promise, and nothing in a history that keeps them."""

from base64 import b64encode
from dataclasses import replace

import pytest
from tests.hosts.checker import violations
from tests.hosts.history import Deed, Found, Kind, Operation

from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.engines.merkle.reference import inclusion, root

LEAVES = tuple(leaf_hash(bytes([number])) for number in range(12))
KINDS = ("register-published", *("consent-given",) * 9, "decision", "decision")
MS = 1_000_000


def note(size: int, leaves: tuple[bytes, ...] = LEAVES) -> str:
    """Return a checkpoint in the form that a log signs; who signed it is the verifier's matter."""
    text = b64encode(root(leaves[:size])).decode()
    signature = b64encode(bytes(68)).decode()
    empty = b64encode(bytes(32)).decode()
    return f"lab.example\n{size}\n{text}\nchengnuo-map {empty}\n\n— lab.example {signature}\n"


def act(kind: Kind, began: int, position: int | None, mark: str = "", **more: object) -> Operation:
    fields: dict[str, object] = {
        "kind": kind, "host": "a", "person": "p", "mark": mark or f"m{began}", "position": position,
        "began": began * MS, "ended": (began + 5) * MS, "outcome": "ok",
    }  # fmt: skip
    return Operation(**(fields | more))  # type: ignore[arg-type]


def asked(began: int, answer: str, **more: object) -> Operation:
    return act("decide", began, None, answer=answer, **more)


def looked(began: int, text: str) -> Operation:
    return act("look", began, None, checkpoint=text)


GOOD = [
    act("give", 0, 1, "m0"),
    asked(10, "permit"),
    act("withdraw", 20, 2),
    asked(21, "permit"),
    asked(30, "refuse"),
    looked(35, note(5)),
    act("give", 40, 4, "m40"),
    act("give", 50, None, "m50", outcome="unknown"),
    act("withdraw", 60, 7),
    asked(70, "permit", stale_ns=10 * MS),
    act("record", 80, 10, answer="refuse"),
    act("request", 90, None, person="q", answer="rq-1"),
]
FOUND = Found(
    deeds={
        "p": (
            Deed(position=1, act="give", mark="m0"),
            Deed(position=2, act="withdraw", mark=""),
            Deed(position=4, act="give", mark="m40"),
            Deed(position=6, act="give", mark="m50"),
            Deed(position=7, act="withdraw", mark=""),
        )
    },
    requests={"q": ("rq-1",)},
    checkpoint=note(12),
    leaves=LEAVES,
    kinds=KINDS,
    proofs={at: tuple(inclusion(at, LEAVES)) for at in range(12)},
)
OTHER = (*LEAVES[:3], leaf_hash(b"another"), *LEAVES[4:])


def kinds_of(operations: list[Operation], found: Found = FOUND) -> set[str]:
    return {one.kind for one in violations(operations, found)}


def without(position: int) -> Found:
    left = tuple(one for one in FOUND.deeds["p"] if one.position != position)
    return replace(FOUND, deeds={"p": left})


def test_nothing_is_found_where_every_promise_is_kept() -> None:
    assert violations(GOOD, FOUND) == []


def test_an_unknown_act_need_not_have_happened() -> None:
    assert violations(GOOD, without(6)) == []


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        pytest.param(without(4), "lost", id="a consent"),
        pytest.param(without(7), "lost", id="a withdrawal"),
        pytest.param(replace(FOUND, requests={"q": ()}), "lost", id="a request"),
        pytest.param(replace(FOUND, kinds=KINDS[:10]), "lost", id="a record"),
        pytest.param(
            replace(FOUND, kinds=(*KINDS[:10], "export", "decision")), "lost", id="another record"
        ),
        pytest.param(
            replace(FOUND, requests={"q": ("rq-1", "rq-2")}), "twice", id="a request, twice"
        ),
        pytest.param(replace(FOUND, leaves=LEAVES[:9]), "unproved", id="cut off"),
        pytest.param(replace(FOUND, leaves=OTHER), "fork", id="another leaf"),
        pytest.param(replace(FOUND, checkpoint=note(12, OTHER)), "fork", id="another root"),
        pytest.param(replace(FOUND, checkpoint=note(12, OTHER)), "unproved", id="another end"),
        pytest.param(
            replace(FOUND, proofs=FOUND.proofs | {7: FOUND.proofs[6]}), "unproved", id="wrong proof"
        ),
        pytest.param(replace(FOUND, proofs={}), "unproved", id="no proof"),
    ],
)
def test_what_is_there_breaks_a_promise(found: Found, kind: str) -> None:
    assert kind in kinds_of(GOOD, found)


@pytest.mark.parametrize(
    ("operation", "kind"),
    [
        pytest.param(asked(26, "permit"), "stale permit", id="permit after a withdrawal"),
        pytest.param(
            asked(60 + 5 + 12, "permit", stale_ns=10 * MS), "stale permit", id="older than stated"
        ),
        pytest.param(
            asked(1, "permit", person="stranger"), "stale permit", id="permit without a consent"
        ),
        pytest.param(looked(95, note(9, OTHER)), "fork", id="a checkpoint of another log"),
        pytest.param(looked(95, note(4, OTHER)), "fork", id="a forked prefix"),
        pytest.param(act("record", 95, 11), "", id="a record in its order"),
        pytest.param(act("record", 95, 9), "out of order", id="a record before one that had ended"),
        pytest.param(act("record", 81, 10), "twice", id="one position for two records"),
    ],
)
def test_what_a_client_saw_breaks_a_promise(operation: Operation, kind: str) -> None:
    found = kinds_of([*GOOD, operation], replace(FOUND, kinds=(*KINDS[:9], *("decision",) * 3)))
    assert found == ({kind} if kind else set())


def test_a_permit_is_right_as_long_as_a_withdrawal_is_not_acknowledged() -> None:
    assert kinds_of([*GOOD, asked(24, "permit")]) == set()


def test_a_consent_that_was_not_begun_yet_permits_nothing() -> None:
    early = act("decide", 22, None, answer="permit", ended=24 * MS)
    after = act("decide", 26, None, answer="permit", ended=30 * MS)
    assert kinds_of([*GOOD, early]) == set()
    assert kinds_of([*GOOD, after]) == {"stale permit"}


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param(Deed(position=5, act="give", mark="m40"), id="a consent"),
        pytest.param(Deed(position=8, act="withdraw", mark=""), id="a withdrawal"),
    ],
)
def test_what_happened_twice_is_found(deed: Deed) -> None:
    deeds = tuple(sorted((*FOUND.deeds["p"], deed), key=lambda one: one.position))
    assert kinds_of(GOOD, replace(FOUND, deeds={"p": deeds})) == {"twice"}


def test_what_nobody_asked_for_is_found() -> None:
    deeds = (*FOUND.deeds["p"], Deed(position=8, act="give", mark="nobody's"))
    assert kinds_of(GOOD, replace(FOUND, deeds={"p": deeds})) == {"from nowhere"}


def test_an_act_acknowledged_under_another_mark_is_lost() -> None:
    deeds = FOUND.deeds["p"]
    wrong = tuple(replace(one, mark="m50") if one.position == 4 else one for one in deeds)
    assert "lost" in kinds_of(GOOD, replace(FOUND, deeds={"p": wrong}))
