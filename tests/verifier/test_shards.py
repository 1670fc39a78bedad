"""A log that has seen the checkpoints of the shards: what is said of them, and what is refused."""

import json
from base64 import b64decode
from dataclasses import replace

import pytest
from tests.verifier.asking import Asker
from tests.verifier.maker import Json, Made, Record, Signer, canonical, make, records

KEY = ("--key", Signer("first").vkey)
BASE = "log.example/all"


def shard(number: int, of: int, size: int) -> Made:
    origin = f"{BASE}/{number}-of-{of}"
    made = make(records(size), signers=[Signer(f"shard {number}", origin)])
    return replace(made, origin=origin)


SHARDS = [shard(number, 3, 10 * number) for number in (1, 2, 3)]


def seen(made: Made, **changed: object) -> Record:
    """The record that the newest checkpoint of a log was seen."""
    note = made.note()
    payload: Json = {
        "log": made.origin,
        "size": len(made.leaves),
        "root": b64decode(note.split("\n")[2]).hex(),
        "note": {"text": note},
    }
    return Record(
        kind="checkpoint-seen", person=None, activity=None, payload={**payload, **changed}
    )


def above(*found: Record) -> Json:
    """The proof that a log holds some records, with what they say."""
    made = make([*records(5), *found])
    return made.inclusion(*range(5, 5 + len(found)))


def test_a_checkpoint_above_all_shards_says_so_and_how_much_they_hold(ask: Asker) -> None:
    said = ask(above(*map(seen, SHARDS)), *KEY)
    assert (said.verdict, said.code) == ("proved", "inclusion")
    told = [(one["origin"], one["size"]) for one in said.messages if one["code"] == "seen"]
    assert told == [(made.origin, len(made.leaves)) for made in SHARDS]
    [whole] = [one for one in said.messages if one["code"] == "shards"]
    assert (whole["origin"], whole["of"], whole["size"]) == (BASE, 3, 60)


def test_a_shard_whose_checkpoint_is_missing_is_named(ask: Asker) -> None:
    said = ask(above(seen(SHARDS[0]), seen(SHARDS[2])), *KEY)
    assert said.verdict == "proved"
    [missing] = [one for one in said.messages if one["code"] == "shards-missing"]
    assert missing["left"] == "2"
    assert "shards" not in said.codes


def test_the_log_that_speaks_may_be_a_shard_itself(ask: Asker) -> None:
    lead = Signer("lead", f"{BASE}/1-of-3")
    made = make([*records(5), *map(seen, SHARDS[1:])], signers=[lead])
    proof = replace(made, origin=lead.name).inclusion(5, 6)
    said = ask(proof, "--key", lead.vkey)
    [whole] = [one for one in said.messages if one["code"] == "shards"]
    assert whole["size"] == 7 + 20 + 30


def test_of_two_checkpoints_of_a_shard_the_larger_counts(ask: Asker) -> None:
    said = ask(above(*map(seen, [*SHARDS, shard(2, 3, 15)])), *KEY)
    [whole] = [one for one in said.messages if one["code"] == "shards"]
    assert whole["size"] == 60


def test_what_is_seen_of_a_log_that_is_no_shard_is_passed_over(ask: Asker) -> None:
    other = make(records(4), signers=[Signer("other", "log.example/other")])
    said = ask(above(seen(replace(other, origin="log.example/other"))), *KEY)
    assert said.codes == {"inclusion"}


@pytest.mark.parametrize(
    "changed", [{"size": 11}, {"root": "0" * 64}, {"log": f"{BASE}/2-of-3"}], ids=str
)
def test_a_record_that_says_what_its_checkpoint_does_not_is_refused(
    ask: Asker, changed: Json
) -> None:
    said = ask(above(seen(SHARDS[0], **changed)), *KEY)
    assert (said.status, said.code) == (1, "seen-wrong")


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"note": {"text": "no checkpoint"}}, "checkpoint-form"), ({"size": -1}, "form")],
)
def test_a_record_of_another_form_is_refused(ask: Asker, changed: Json, code: str) -> None:
    assert ask(above(seen(SHARDS[0], **changed)), *KEY).code == code


def test_what_a_record_says_cannot_be_changed_afterwards(ask: Asker) -> None:
    proof = above(*map(seen, SHARDS))
    payload = json.loads(proof["disclosed"][1]["payload"]) | {"size": 21}
    proof["disclosed"][1]["payload"] = canonical(payload).decode()
    assert ask(proof, *KEY).code == "payload"
