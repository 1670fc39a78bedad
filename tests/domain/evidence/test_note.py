"""Signed notes and vkeys (C2SP signed-note), held to published notes and to their own form."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.evidence.keys_kit import Pair, note_by, verify

from chengnuo.domain.evidence.note import (
    COSIGNATURE,
    MOST_NOTE_BYTES,
    Note,
    NoteMalformedError,
    Signature,
    VKey,
    VKeyMalformedError,
    key_id,
)

# Published with the Go package that the format comes from (golang.org/x/mod/sumdb/note).
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PETER_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
    "otpRZb6KE6RyyBwJnAM=\n"
)
ENOCH_LINE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWL"
    "ox33WWd1RvMc+QQ=\n"
)
WHOLE = f"{TEXT}\n{PETER_LINE}{ENOCH_LINE}"
# The example of C2SP signed-note; its text has an empty line of its own.
VERSES = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\n"
    "ed è subito sera.\n\n"
    "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONr"
    "MouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
)
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Zs", "Zl", "Zp")), min_size=1
).filter(lambda name: "+" not in name and not any(one.isspace() for one in name))
LINES = st.builds(
    Signature,
    name=NAMES,
    key_id=st.binary(min_size=4, max_size=4),
    blob=st.binary(min_size=1, max_size=80),
)
TEXTS = st.text(
    st.one_of(st.just("\n"), st.characters(codec="utf-8", min_codepoint=32)), min_size=1
).map(lambda text: f"{text}\n")
NOTES = st.builds(Note, text=TEXTS, signatures=st.lists(LINES, min_size=1, max_size=4).map(tuple))


def test_published_signatures_hold() -> None:
    peter, enoch = VKey.parse(PETER), VKey.parse(ENOCH)
    note = Note.parse(WHOLE)
    assert note.text == TEXT
    assert note.checked([peter], verify).good == (peter,)
    assert note.checked([enoch, peter, enoch], verify).good == (enoch, peter)
    assert [str(peter), str(enoch)] == [PETER, ENOCH]


def test_the_last_empty_line_separates() -> None:
    note = Note.parse(VERSES)
    assert note.text.splitlines()[2:] == ["", "ed è subito sera."]
    assert [line.name for line in note.signatures] == ["quasimodo.example/salvatore"]
    assert note.written == VERSES


@given(NOTES)
def test_what_is_written_reads_as_what_it_was(note: Note) -> None:
    assert Note.parse(note.written) == note
    assert Note.parse(note.written.encode()) == note


@given(st.one_of(st.binary(), NOTES.map(lambda note: note.written.encode())), st.data())
def test_any_bytes_are_a_note_that_is_written_the_same_or_are_refused(
    data: bytes, random: st.DataObject
) -> None:
    if data:
        at = random.draw(st.integers(0, len(data) - 1))
        data = data[:at] + bytes((random.draw(st.integers(0, 255)),)) + data[at + 1 :]
    try:
        note = Note.parse(data)
    except NoteMalformedError:
        return
    assert note.written.encode() == data


@pytest.mark.parametrize(
    "break_it",
    [
        pytest.param(lambda _: TEXT, id="no signatures"),
        pytest.param(lambda _: f"{TEXT}\n", id="an empty line and no signatures"),
        pytest.param(lambda whole: whole[:-1], id="no newline at the end"),
        pytest.param(lambda whole: f"{whole}\n", id="an empty line at the end"),
        pytest.param(lambda whole: f"\x01{whole}", id="a control character"),
        pytest.param(lambda whole: whole.replace("\n", "\r\n"), id="carriage returns"),
        pytest.param(lambda whole: f"\ud800{whole}", id="a lone surrogate"),
        pytest.param(lambda whole: f"{whole}Unexpected line.\n", id="a line of another form"),
        pytest.param(lambda whole: whole.replace("— E", "- E"), id="a hyphen for the dash"),
        pytest.param(lambda whole: whole.replace("EnochRoot", "Enoch Root"), id="space in a name"),
        pytest.param(lambda whole: whole.replace("EnochRoot", "Enoch+Root"), id="plus in a name"),
        pytest.param(lambda whole: whole.replace("EnochRoot ", " "), id="an empty name"),
        pytest.param(lambda whole: whole.replace("+QQ=\n", "+QQ\n"), id="base64 without padding"),
        pytest.param(lambda whole: whole.replace("+QQ=\n", "+QR=\n"), id="base64 with spare bits"),
        pytest.param(lambda _: f"{TEXT}\n— EnochRoot rwz+eA==\n", id="a key id alone"),
        pytest.param(lambda whole: "x" * MOST_NOTE_BYTES + whole, id="too large"),
        pytest.param(lambda whole: "é" * (MOST_NOTE_BYTES // 2) + whole, id="too large in bytes"),
        pytest.param(lambda whole: whole.removeprefix(TEXT).lstrip(), id="no text"),
    ],
)
def test_what_is_not_a_note_is_refused(break_it: Callable[[str], str]) -> None:
    Note.parse(WHOLE)
    with pytest.raises(NoteMalformedError):
        Note.parse(break_it(WHOLE))


def test_bytes_that_are_not_utf8_are_refused() -> None:
    with pytest.raises(NoteMalformedError, match="UTF-8"):
        Note.parse(b"\xff" + WHOLE.encode())


def test_a_note_of_the_largest_size_is_read() -> None:
    filled = "x" * (MOST_NOTE_BYTES - len(WHOLE.encode())) + WHOLE
    assert len(Note.parse(filled).written.encode()) == MOST_NOTE_BYTES


def test_a_changed_text_makes_the_line_of_a_known_key_wrong() -> None:
    peter = VKey.parse(PETER)
    found = Note.parse(WHOLE.replace("answer", "riddle")).checked([peter], verify)
    assert (found.good, found.bad, found.sound) == ((), (peter,), False)


def test_one_wrong_line_of_a_known_key_spoils_the_note_and_one_of_another_does_not() -> None:
    peter = VKey.parse(PETER)
    other = Note.parse(WHOLE.replace("rwz+eB", "rwz+eC"))
    assert other.checked([peter], verify).sound
    enoch = VKey.parse(ENOCH)
    assert not other.checked([peter, enoch], verify).sound


def test_a_key_of_the_same_name_and_another_id_is_another_key() -> None:
    mine, theirs = Pair("log.example", "mine"), Pair("log.example", "theirs")
    found = note_by("text\n", theirs).checked([mine.vkey], verify)
    assert (found.good, found.bad) == ((), ())


def test_a_key_of_cosignatures_does_not_sign_the_text_itself() -> None:
    mine = Pair("log.example", "mine", COSIGNATURE)
    assert note_by("text\n", mine).checked([mine.vkey], verify).good == ()


def test_one_public_key_has_an_id_for_each_use() -> None:
    public = VKey.parse(PETER).public_key
    assert key_id("PeterNeumann", 1, public) != key_id("PeterNeumann", COSIGNATURE, public)


def test_every_part_of_a_vkey_but_the_whole_is_refused() -> None:
    parts = [
        PETER[start:end]
        for start in range(len(PETER))
        for end in range(start + 1, len(PETER) + 1)
        if (start, end) != (0, len(PETER))
    ]
    shifted = [PETER[:at] + chr(ord(PETER[at]) + 1) + PETER[at + 1 :] for at in range(len(PETER))]
    for text in (*parts, *shifted):
        with pytest.raises(VKeyMalformedError):
            VKey.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
            id="a longer key under its own id",
        ),
        pytest.param(
            "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            id="an unknown algorithm under its own id",
        ),
        pytest.param(PETER.replace("c74f20a3", "C74F20A3"), id="an id in capitals"),
        pytest.param(PETER.replace("PeterNeumann", "Peter Neumann"), id="a space in the name"),
        pytest.param(PETER.replace("PeterNeumann", "Peter\ud800"), id="a lone surrogate"),
    ],
)
def test_a_vkey_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(VKeyMalformedError):
        VKey.parse(text)


@given(NAMES, st.sampled_from([1, 4]), st.binary(min_size=32, max_size=32))
def test_a_vkey_reads_as_it_was_written(name: str, algorithm: int, public_key: bytes) -> None:
    vkey = VKey(name=name, algorithm=algorithm, public_key=public_key)
    assert VKey.parse(str(vkey)) == vkey
