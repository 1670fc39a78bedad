"""A document in JSON is read back to what every format makes of it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.documents.hostile import hostile_document

from chengnuo.adapters.documents.json_file import JsonWriter
from chengnuo.adapters.documents.publication_set import document_writers
from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.document_json import read_document
from chengnuo.ports.documents import DocumentWriter

WRITERS = [one for one in document_writers() if one.format in {"xlsx", "markdown", "html", "json"}]


@pytest.mark.parametrize("writer", WRITERS, ids=lambda one: one.format)
@pytest.mark.parametrize("lang", Lang)
def test_what_is_read_back_gives_the_same_bytes(writer: DocumentWriter, lang: Lang) -> None:
    document = hostile_document()
    found = read_document(JsonWriter().write(document, lang))
    assert found is not None
    assert found[1] is lang
    assert writer.write(found[0], lang) == writer.write(document, lang)


VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda one: st.lists(one) | st.dictionaries(st.text(max_size=8), one),
)


@given(st.binary(max_size=200) | VALUES.map(lambda one: json.dumps(one).encode()))
def test_anything_else_is_refused(data: bytes) -> None:
    assert read_document(data) is None


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"format": "other"},
        {"lang": "fr"},
        {"kind": "poem"},
        {"blocks": [{"type": "picture", "svg": "<svg/>"}]},
        {"blocks": 7},
        {"facts": {}},
    ],
)
def test_another_form_is_refused(change: dict[str, object]) -> None:
    tree = json.loads(JsonWriter().write(hostile_document(), Lang.ZH)) | change
    assert read_document(json.dumps(tree).encode()) is None
