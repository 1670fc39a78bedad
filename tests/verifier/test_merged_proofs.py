"""Proofs over accounts that were merged: no chain is left out, and no falsehood is proved."""

import io
import json
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.verifier.asking import Asker
from tests.verifier.maker import START, Json, Made, Record, Signer, canonical, make, tag_of

from chengnuo_verify.__main__ import main

KEY = ("--key", Signer("first").vkey)
SECOND = 1_000_000
PEOPLE = "甲乙丙丁"
# 甲 is 乙, who is 丙; 丁 is nobody else. What was provided stands in the chain of 丙 alone.
MADE = make(
    [
        Record(person="丁"),
        Record(person="甲"),
        Record(person="丙"),
        Record(kind="aliases-merged", person="甲", also="乙"),
        Record(kind="aliases-merged", person="丙", also="乙"),
        Record(person="乙"),
        Record(kind="provision", person=None, recipient="r-7"),
        Record(kind="provision", person="丙", recipient="r-9"),
        Record(person="甲"),
        Record(person="丁"),
    ]
)


def window(person: str, recipient: str) -> Json:
    """A proof over the time after the merges."""
    return MADE.absent(tag_of(person), START + 7 * SECOND, START + 10 * SECOND, recipient=recipient)


def without(proof: Json, at: int) -> Json:
    """The proof without one of its chains."""
    return {**proof, "chains": proof["chains"][:at] + proof["chains"][at + 1 :]}


def short_of_a_merge(proof: Json) -> Json:
    """The proof, as if what came before the window did not matter."""
    first = {**proof["chains"][0], "leaves": proof["chains"][0]["leaves"][:1]}
    return {**proof, "chains": [first, proof["chains"][1]]}


def with_another(proof: Json) -> Json:
    """The proof with the chain of somebody else."""
    return {**proof, "chains": [*proof["chains"], MADE.chain(tag_of("丁"))]}


class Torn(Made):
    """A log whose map denies the chain that a merge joins."""

    def heads(self, size: int) -> dict[str, tuple[int, int, bytes]]:
        return {tag: one for tag, one in super().heads(size).items() if tag != tag_of("乙")}


def torn() -> Made:
    made = make([Record(person="甲"), Record(kind="aliases-merged", person="甲", also="乙")])
    return Torn(made.signers, made.leaves, made.payloads)


@pytest.mark.parametrize("person", "甲乙丙")
def test_of_any_merged_account_all_records_of_all_are_proved(ask: Asker, person: str) -> None:
    said = ask(MADE.complete(tag_of(person)), *KEY)
    assert (said.code, said.messages[0]["count"]) == ("complete", 7)
    tags = {one["tag"] for one in said.messages if one["code"] == "about-tag"}
    assert tags == {tag_of(one) for one in "甲乙丙"}


@pytest.mark.parametrize("person", "甲乙丙")
def test_what_stands_in_the_chain_of_a_merged_account_is_found(ask: Asker, person: str) -> None:
    assert ask(window(person, "r-9"), *KEY).code == "found"
    assert ask(window(person, "r-8"), *KEY).code == "absent"
    assert ask(window(person, "r-7"), *KEY).code == "batch"
    assert ask(window("丁", "r-9"), *KEY).code == "absent"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_chain_left_out_is_refused_with_words_of_its_own(ask: Asker, lang: str) -> None:
    said = ask(without(MADE.complete(tag_of("甲")), 1), *KEY)
    assert (said.status, said.verdict, said.code) == (1, "refused", "partial-chain")
    assert (said.where, said.messages[0]["seq"]) == ("chains[0]", 2)
    assert said.messages[0]["tag"] == tag_of("乙")
    assert tag_of("乙") in said.messages[0][lang]


def test_a_merge_before_the_window_joins_its_chains_too(ask: Asker) -> None:
    assert ask(window("乙", "r-8"), *KEY).code == "absent"
    said = ask(short_of_a_merge(window("乙", "r-8")), *KEY)
    assert (said.code, said.where) == ("short", "chains[0]")


def test_a_chain_of_somebody_else_is_refused(ask: Asker) -> None:
    assert ask(with_another(MADE.complete(tag_of("甲"))), *KEY).code == "form"


def test_a_chain_that_lacks_the_merge_that_joins_it_is_refused(ask: Asker) -> None:
    said = ask(torn().complete(tag_of("甲")), *KEY)
    assert (said.code, said.messages[0]["tag"]) == ("partial-chain", tag_of("乙"))


def verdict(paper: Json) -> str:
    """The code that the command gives a proof."""
    with TemporaryDirectory() as folder, redirect_stdout(io.StringIO()) as told:
        path = Path(folder, "proof.json")
        path.write_bytes(canonical(paper))
        main([str(path), "--json", *KEY])
    answer: dict[str, Any] = json.loads(told.getvalue())
    return str(answer["code"])


RECORD = st.one_of(
    st.builds(
        Record,
        kind=st.sampled_from(["provision", "export"]),
        person=st.sampled_from(PEOPLE),
        recipient=st.sampled_from(["r-1", "r-2"]),
        step=st.just(SECOND),
    ),
    st.permutations(PEOPLE).map(
        lambda two: Record(kind="aliases-merged", person=two[0], also=two[1], step=SECOND)
    ),
)
LOG = st.lists(RECORD, min_size=1, max_size=12)


def one_person(log: list[Record], person: str) -> set[str]:
    """Everybody whom merges make one with a person: the plain definition."""
    people = {person}
    for _ in PEOPLE:
        for record in log:
            if record.also and {record.person, record.also} & people:
                people |= {str(record.person), record.also}
    return people


@given(LOG, st.sampled_from(PEOPLE), st.integers(1, 12), st.integers(0, 12))
def test_an_absence_is_proved_if_and_only_if_it_is_so_in_every_chain(
    log: list[Record], person: str, first: int, more: int
) -> None:
    assume(first <= len(log))
    last = min(first + more, len(log))
    asked = (START + first * SECOND, START + last * SECOND)
    people = one_person(log, person)
    so = any(
        (record.kind, record.recipient) == ("provision", "r-1") and record.person in people
        for record in log[first - 1 : last]
    )
    proof = make(log).absent(tag_of(person), *asked, recipient="r-1")
    assert verdict(proof) == ("found" if so else "absent")


@given(LOG, st.sampled_from(PEOPLE), st.data())
def test_no_proof_that_leaves_a_joined_chain_out_holds(
    log: list[Record], person: str, data: st.DataObject
) -> None:
    made = make(log)
    assume(len(one_person(log, person)) > 1)
    complete = made.complete(tag_of(person))
    absent = made.absent(tag_of(person), START, START + SECOND, kind="incident")
    for proof, begin in ((complete, 1), (absent, 2)):
        assert verdict(proof) == proof["claim"]
        at = data.draw(st.integers(begin, len(proof["chains"]) - 1))
        assert verdict(without(proof, at)) == "partial-chain"
