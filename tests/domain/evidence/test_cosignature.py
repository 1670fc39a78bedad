"""Cosignatures of witnesses (C2SP tlog-cosignature) and what a quorum of them comes to."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from tests.domain.evidence.keys_kit import ORIGIN, Pair, note_by, verify, witness

from chengnuo.domain.evidence.cosignature import (
    Cosigned,
    cosigned_at,
    cosigned_message,
    with_cosignatures,
    witnessed,
)
from chengnuo.domain.evidence.note import Note, Signature, VKey

# Made with github.com/transparency-dev/formats, an implementation of others.
LOG = "example.com/vector-log+4516a1da+ARGkVJ4QEa2MOOLGBO6i7NVSJ1FQ97tIX+w+Ku0RZ6Em"
WITNESS = "witness.example.com/vector+416f103d+BK/QmJFVP3SKJOqAMhFxBQPtylo3sjwWibyFDAlZKK8B"
WHOLE = (
    "example.com/vector-log\n1234\nSBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=\n\n"
    "— example.com/vector-log RRah2qlLrSlk6J8DA1HmNewppUM15Quhs5cAIb1KjBsV3otVirJTW8AFVsQtJkT"
    "W1Zny7GuoAxZpI6bUPcpM68QOIgE=\n"
    "— witness.example.com/vector QW8QPQAAAABqwLUbDdj7sDNRIVjmjYgqFI6y4UJhPg/UAA8J8wAdqSd3q4P"
    "edRhkgXA4xFN/Jg5uWn7ZkBA+H/UHQs5d9hITdXmQAA==\n"
)
SECONDS = 1_791_014_171
# The example of C2SP tlog-cosignature; its key is not published, its form is.
SOFA_LINE = (
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJ"
    "sX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)
TEXT = f"{ORIGIN}\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
OWN = Pair(ORIGIN, "one")
EAST, WEST = witness("east"), witness("west")


def cosigned(*lines: Signature) -> Note:
    return with_cosignatures(note_by(TEXT, OWN), lines)


def test_a_cosignature_made_elsewhere_holds() -> None:
    key, note = VKey.parse(WITNESS), Note.parse(WHOLE)
    at = datetime.fromtimestamp(SECONDS, UTC)
    assert note.checked([VKey.parse(LOG)], verify).sound
    found = witnessed(note, [key], 1, verify)
    assert found.by == (Cosigned(witness=key, at=at),)
    assert found.enough


def test_the_published_line_holds_the_time_of_its_message() -> None:
    [line] = Note.parse(f"x\n\n{SOFA_LINE}").signatures
    assert int.from_bytes(line.blob[:8], "big") == 1_679_315_147
    assert cosigned_message("x\n", 1_679_315_147) == b"cosignature/v1\ntime 1679315147\nx\n"


@given(st.integers(0, 253_402_300_799))
def test_a_cosignature_tells_its_time(seconds: int) -> None:
    at = cosigned_at(EAST.cosigns(TEXT, seconds), TEXT, EAST.vkey, verify)
    assert at is not None
    assert int(at.timestamp()) == seconds


def test_a_changed_byte_anywhere_makes_it_wrong() -> None:
    line = EAST.cosigns(TEXT, SECONDS)
    for at in range(len(line.blob)):
        blob = bytearray(line.blob)
        blob[at] ^= 1
        found = witnessed(cosigned(replace(line, blob=bytes(blob))), [EAST.vkey], 1, verify)
        assert (found.by, found.bad, found.enough) == ((), (EAST.vkey,), False)


def test_a_cosignature_of_another_text_is_wrong() -> None:
    other = TEXT.replace("\n7\n", "\n8\n")
    assert witnessed(cosigned(EAST.cosigns(other, 1)), [EAST.vkey], 1, verify).bad == (EAST.vkey,)


def test_lines_of_unknown_witnesses_do_not_count() -> None:
    found = witnessed(cosigned(EAST.cosigns(TEXT, 1)), [WEST.vkey], 1, verify)
    assert (found.by, found.bad, found.enough) == ((), (), False)


def test_a_plain_signature_of_a_witness_is_no_cosignature() -> None:
    line = replace(EAST.line(TEXT), blob=EAST.line(TEXT).blob + bytes(8))
    assert witnessed(cosigned(line), [EAST.vkey], 1, verify).bad == (EAST.vkey,)


def test_a_key_of_another_use_is_no_witness() -> None:
    plain = Pair(EAST.name, EAST.word)
    line = plain.cosigns(TEXT, 1)
    assert cosigned_at(line, TEXT, plain.vkey, verify) is None


def test_a_time_past_all_years_is_not_taken() -> None:
    assert cosigned_at(EAST.cosigns(TEXT, 2**63), TEXT, EAST.vkey, verify) is None


def test_a_quorum_counts_each_witness_once() -> None:
    note = cosigned(EAST.cosigns(TEXT, 1))
    twice = replace(note, signatures=(*note.signatures, EAST.cosigns(TEXT, 2)))
    found = witnessed(twice, [EAST.vkey, EAST.vkey, WEST.vkey], 2, verify)
    assert [int(one.at.timestamp()) for one in found.by] == [2]
    assert not found.enough
    both = with_cosignatures(twice, [WEST.cosigns(TEXT, 3)])
    assert witnessed(both, [EAST.vkey, WEST.vkey], 2, verify).enough


def test_one_key_under_two_names_is_one_witness() -> None:
    alias = replace(EAST, name="alias.example")
    note = cosigned(EAST.cosigns(TEXT, 1), alias.cosigns(TEXT, 1))
    assert len(witnessed(note, [EAST.vkey, alias.vkey], 2, verify).by) == 1


def test_a_newer_cosignature_takes_the_place_of_an_older_one() -> None:
    older, newer = EAST.cosigns(TEXT, 1), EAST.cosigns(TEXT, 2)
    note = with_cosignatures(cosigned(older), [newer])
    assert note.signatures == (OWN.line(TEXT), newer)
    assert Note.parse(note.written) == note
