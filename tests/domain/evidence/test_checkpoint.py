"""Checkpoints, the keys of a log, and when two checkpoints contradict each other."""

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.evidence.keys_kit import ORIGIN, Pair, endorsed, note_by, verify

from chengnuo.domain.evidence.checkpoint import (
    Checkpoint,
    CheckpointMalformedError,
    SignedCheckpoint,
    is_fork,
    is_signed,
)
from chengnuo.domain.evidence.log_keys import (
    LogKeyNotEndorsedError,
    LogKeys,
    LogKeysMalformedError,
    LogKeyUnknownError,
    trusted_keys,
)
from chengnuo.domain.evidence.note import COSIGNATURE, NoteMalformedError

# The example of C2SP tlog-checkpoint.
SOFA = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Z"
    "hcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
OURS = Checkpoint(origin=ORIGIN, size=7, root=b"\x01" * 32, map_root=b"\x02" * 32)
ONE, TWO, THREE = (Pair(ORIGIN, word) for word in ("one", "two", "three"))
HASHES = st.binary(min_size=32, max_size=32)
WORDS = st.text(st.characters(codec="utf-8", min_codepoint=32), min_size=1)
CHECKPOINTS = st.builds(
    Checkpoint,
    origin=WORDS,
    size=st.integers(0, 2**63 - 1),
    root=HASHES,
    map_root=st.none() | HASHES,
    extensions=st.lists(WORDS.filter(lambda line: not line.startswith("chengnuo-map"))).map(tuple),
)


def signed(checkpoint: Checkpoint, *pairs: Pair) -> SignedCheckpoint:
    return SignedCheckpoint.parse(note_by(checkpoint.text(), *pairs).written)


def test_the_published_checkpoint_is_read_and_written_the_same() -> None:
    found = SignedCheckpoint.parse(SOFA)
    assert (found.checkpoint.origin, found.checkpoint.size) == (
        "example.com/behind-the-sofa",
        20852163,
    )
    assert found.checkpoint.map_root is None
    assert found.checkpoint.text() == found.note.text
    assert found.text == SOFA


def test_ours_is_written_as_the_format_page_says() -> None:
    root, heads = (b64encode(one * 32).decode() for one in (b"\x01", b"\x02"))
    assert OURS.text() == f"{ORIGIN}\n7\n{root}\nchengnuo-map {heads}\n"


@given(CHECKPOINTS)
def test_a_checkpoint_reads_as_it_was_written(checkpoint: Checkpoint) -> None:
    assert Checkpoint.parse(checkpoint.text()) == checkpoint


@given(st.one_of(st.text(), CHECKPOINTS.map(Checkpoint.text)), st.data())
def test_any_text_is_a_checkpoint_that_is_written_the_same_or_is_refused(
    text: str, random: st.DataObject
) -> None:
    if text:
        at = random.draw(st.integers(0, len(text) - 1))
        text = text[:at] + random.draw(st.sampled_from("\n 0+A=é")) + text[at + 1 :]
    try:
        found = Checkpoint.parse(text)
    except CheckpointMalformedError:
        return
    assert found.text() == text


@pytest.mark.parametrize(
    "break_it",
    [
        pytest.param(lambda text: text.replace("\n7\n", "\n07\n"), id="a leading zero"),
        pytest.param(lambda text: text.replace("\n7\n", "\n+7\n"), id="a sign"),
        pytest.param(lambda text: text.replace("\n7\n", "\n-7\n"), id="below zero"),
        pytest.param(lambda text: text.replace("\n7\n", "\n\uff17\n"), id="a wide digit"),
        pytest.param(lambda text: text.replace("\n7\n", f"\n{2**63}\n"), id="past 63 bits"),
        pytest.param(lambda text: text.replace("\n7\n", "\n" + "9" * 5000 + "\n"), id="endless"),
        pytest.param(lambda text: text.replace("AQE=\n", "AQF=\n"), id="root with spare bits"),
        pytest.param(lambda text: text.replace("AQE=\nc", "AQ==\nc"), id="root of 31 bytes"),
        pytest.param(lambda text: text.replace("-map ", "-map  "), id="two spaces before the map"),
        pytest.param(lambda text: text.replace("-map A", "-map\nA"), id="an empty map"),
        pytest.param(lambda text: f"{text}{text.splitlines()[3]}\n", id="two maps"),
        pytest.param(lambda text: text.replace("chengnuo", "x\nchengnuo"), id="map in fifth line"),
        pytest.param(lambda text: f"{text}\n", id="an empty line"),
        pytest.param(lambda text: text[:-1], id="no newline at the end"),
        pytest.param(lambda text: "\n".join(text.split("\n")[:2]) + "\n", id="two lines"),
        pytest.param(lambda text: f"\n{text.partition(chr(10))[2]}", id="an empty origin"),
    ],
)
def test_what_is_not_a_checkpoint_is_refused(break_it: Callable[[str], str]) -> None:
    broken = break_it(OURS.text())
    assert broken != OURS.text()
    with pytest.raises(CheckpointMalformedError):
        Checkpoint.parse(broken)


def test_a_note_that_is_no_checkpoint_is_told_from_what_is_no_note() -> None:
    with pytest.raises(CheckpointMalformedError):
        SignedCheckpoint.parse(note_by("a poem\n", ONE).written)
    with pytest.raises(NoteMalformedError):
        SignedCheckpoint.parse(OURS.text())


def test_what_is_stamped_leaves_out_the_lines_of_others() -> None:
    alone = signed(OURS, ONE, TWO)
    beside = signed(OURS, ONE, Pair(f"{ORIGIN}2", "other"), TWO)
    assert beside.stamped() == alone.stamped() == alone.text.encode()


@pytest.mark.parametrize(
    ("other", "forked"),
    [
        pytest.param(OURS, False, id="the same"),
        pytest.param(replace(OURS, root=b"\x03" * 32), True, id="another root"),
        pytest.param(replace(OURS, map_root=b"\x03" * 32), True, id="another map"),
        pytest.param(replace(OURS, map_root=None), False, id="one says nothing of a map"),
        pytest.param(replace(OURS, size=8, root=b"\x03" * 32), False, id="another size"),
        pytest.param(replace(OURS, origin="x", root=b"\x03" * 32), False, id="another log"),
    ],
)
def test_two_checkpoints_of_one_size_cannot_differ(other: Checkpoint, forked: bool) -> None:
    assert is_fork(OURS, other) is is_fork(other, OURS) is forked


def test_keys_are_written_and_read_as_the_format_page_says() -> None:
    keys = endorsed(ONE, TWO)
    tree = json.loads(keys.text())
    assert set(tree) == {"keys", "origin", "v"}
    assert [set(key) for key in tree["keys"]] == [{"endorsement", "from", "until", "vkey"}] * 2
    assert (tree["keys"][0]["endorsement"], tree["keys"][1]["until"]) == (None, None)
    assert LogKeys.parse(keys.text()) == LogKeys.parse(keys.text().encode()) == keys
    assert [key.vkey for key in keys.in_force] == [TWO.vkey]


@pytest.mark.parametrize(
    "break_it",
    [
        pytest.param(lambda keys: keys.text()[:-1], id="cut short"),
        pytest.param(lambda keys: keys.text().replace('"v":1', '"v":2'), id="another version"),
        pytest.param(lambda keys: keys.text().replace('"v":1', '"v":1,"x":0'), id="another member"),
        pytest.param(lambda keys: keys.text().replace('"v":1', '"v":1,"v":1'), id="v twice"),
        pytest.param(
            lambda keys: keys.text().replace('"from":10', '"from":9,"from":10'), id="from twice"
        ),
        pytest.param(lambda keys: keys.text().replace('"from":10', '"from":10.5'), id="a fraction"),
        pytest.param(lambda keys: keys.text().replace('"from":10', '"from":-1'), id="below zero"),
        pytest.param(lambda keys: keys.text().replace('"from":0', '"from":1'), id="not from 0"),
        pytest.param(lambda keys: keys.text().replace('"until":20', '"until":5'), id="ends first"),
        pytest.param(lambda keys: keys.text().replace('"until":null', '"until":30'), id="all over"),
        pytest.param(lambda keys: keys.text().replace(ORIGIN, "x", 1), id="a key of another name"),
        pytest.param(lambda keys: keys.text().replace('=","from":10', '","from":10'), id="base64"),
        pytest.param(lambda keys: replace(keys, keys=()).text(), id="no key"),
        pytest.param(
            lambda keys: replace(keys, keys=keys.keys[1:]).text(), id="first one left out"
        ),
        pytest.param(
            lambda keys: replace(keys, keys=(*keys.keys[:2], keys.keys[1])).text(), id="one twice"
        ),
        pytest.param(
            lambda keys: replace(
                keys, keys=(*keys.keys[:2], replace(keys.keys[2], endorsement=None))
            ).text(),
            id="not endorsed",
        ),
        pytest.param(
            lambda keys: replace(
                keys, keys=(*keys.keys[:2], replace(keys.keys[2], endorsement=b"short"))
            ).text(),
            id="short endorsement",
        ),
        pytest.param(
            lambda _: endorsed(replace(ONE, algorithm=COSIGNATURE)).text(), id="a witness's key"
        ),
        pytest.param(lambda keys: " " * 65_536 + keys.text(), id="too large"),
        pytest.param(lambda _: "[" * 60_000, id="nested deeply"),
        pytest.param(lambda _: b"\xff\xfe", id="not UTF-8"),
    ],
)
def test_what_is_not_a_list_of_keys_is_refused(break_it: Callable[[LogKeys], str | bytes]) -> None:
    keys = endorsed(ONE, TWO, THREE)
    assert LogKeys.parse(keys.text()) == keys
    broken = break_it(keys)
    assert broken != keys.text()
    with pytest.raises(LogKeysMalformedError):
        LogKeys.parse(broken)


@pytest.mark.parametrize(
    ("pinned", "expected"),
    [
        pytest.param(None, (ONE, TWO, THREE), id="relying on the first"),
        pytest.param(ONE, (ONE, TWO, THREE), id="the first"),
        pytest.param(TWO, (TWO, THREE), id="a later one vouches for none before it"),
        pytest.param(THREE, (THREE,), id="the newest"),
    ],
)
def test_a_key_vouches_for_those_after_it(pinned: Pair | None, expected: tuple[Pair, ...]) -> None:
    keys = endorsed(ONE, TWO, THREE)
    found = trusted_keys(keys, None if pinned is None else pinned.vkey, verify)
    assert [key.vkey for key in found] == [pair.vkey for pair in expected]


def test_a_key_that_is_not_the_logs_is_not_relied_on() -> None:
    with pytest.raises(LogKeyUnknownError):
        trusted_keys(endorsed(ONE, TWO), THREE.vkey, verify)


def test_an_endorsement_by_another_than_the_key_before_is_refused() -> None:
    keys = endorsed(ONE, TWO, THREE)
    swapped = replace(keys.keys[2], endorsement=keys.keys[1].endorsement)
    with pytest.raises(LogKeyNotEndorsedError) as refused:
        trusted_keys(replace(keys, keys=(*keys.keys[:2], swapped)), THREE.vkey, verify)
    assert refused.value.vkey == THREE.vkey


@pytest.mark.parametrize(
    ("size", "pairs", "expected"),
    [
        pytest.param(0, (ONE,), True, id="the first, from its first size"),
        pytest.param(10, (ONE,), True, id="the first, at its last size"),
        pytest.param(11, (ONE,), False, id="the first, past its last size"),
        pytest.param(9, (TWO,), False, id="the second, before its first size"),
        pytest.param(10, (TWO,), True, id="the second, from its first size"),
        pytest.param(10, (ONE, TWO), True, id="both"),
        pytest.param(10, (THREE,), False, id="a key that is not the log's"),
        pytest.param(10, (TWO, THREE), True, id="a line of an unknown key beside"),
    ],
)
def test_a_checkpoint_needs_a_key_that_signs_at_its_size(
    size: int, pairs: tuple[Pair, ...], expected: bool
) -> None:
    trusted = trusted_keys(endorsed(ONE, TWO), None, verify)
    assert is_signed(signed(replace(OURS, size=size), *pairs), trusted, verify) is expected


def test_a_checkpoint_of_another_origin_is_not_signed_by_these_keys() -> None:
    trusted = trusted_keys(endorsed(ONE), None, verify)
    assert not is_signed(signed(replace(OURS, origin="other.example"), ONE), trusted, verify)


def test_a_wrong_line_of_a_trusted_key_spoils_the_checkpoint() -> None:
    trusted = trusted_keys(endorsed(ONE, TWO), None, verify)
    at = replace(OURS, size=10)
    wrong = replace(TWO.line(at.text()), blob=b"\0" * 64)
    note = note_by(at.text(), ONE)
    spoilt = replace(note, signatures=(*note.signatures, wrong))
    assert not is_signed(SignedCheckpoint(checkpoint=at, note=spoilt), trusted, verify)
