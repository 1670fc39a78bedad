# ruff: noqa: E501  tables of cases and vectors, one in a line
"""The trees against published vectors and against the writer's reference, and leaf forms."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.verifier import maker

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.engines.merkle import reference, tiles
from chengnuo_verify.log import LEAF, Key, digest, map_root, path_root, read_leaf, root_of
from chengnuo_verify.reading import FORMS, WORDS, RefusedError, canonical, load

# The vectors of the Certificate Transparency test suite for RFC 6962 section 2.1.
LEAVES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATHS = [
    (0, 8, ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"]),
    (5, 8, ["bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
]  # fmt: skip
HASHES = [digest(LEAF, bytes.fromhex(leaf)) for leaf in LEAVES]


def test_the_roots_are_the_published_ones() -> None:
    assert root_of([]).hex() == EMPTY
    assert [root_of([b"".join(HASHES[:size])]).hex() for size in range(1, 9)] == ROOTS


@pytest.mark.parametrize(("index", "size", "path"), PATHS)
def test_the_paths_are_the_published_ones(index: int, size: int, path: list[str]) -> None:
    nodes = [bytes.fromhex(node) for node in path]
    assert path_root(HASHES[index], index, size, nodes).hex() == ROOTS[size - 1]


@given(st.integers(1, 600), st.data())
def test_a_path_leads_to_the_root_from_its_own_index_alone(size: int, data: st.DataObject) -> None:
    leaves = [sha256(number.to_bytes(2, "big")).digest() for number in range(size)]
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1))
    path = reference.inclusion(index, leaves)
    root = reference.root(leaves)
    assert path_root(leaves[index], index, size, path) == root
    assert (path_root(leaves[index], other, size, path) == root) is (other == index)


@pytest.mark.parametrize("size", [1, 255, 256, 257, 70_000 % 2048, 1024])
def test_the_edges_of_tiles_fold_to_the_root(size: int) -> None:
    leaves = [sha256(number.to_bytes(2, "big")).digest() for number in range(size)]
    edge = tiles.RightEdge()
    list(edge.extend(b"".join(leaves)))
    assert root_of([bytes(level) for level in edge.levels]) == reference.root(leaves)


@given(
    st.dictionaries(
        st.binary(min_size=32, max_size=32), st.binary(min_size=48, max_size=48), max_size=40
    )
)
def test_the_map_is_that_of_its_definition(heads: dict[bytes, bytes]) -> None:
    plain = {
        tag.hex(): (int.from_bytes(head[:8], "big"), int.from_bytes(head[8:16], "big"), head[16:])
        for tag, head in heads.items()
    }
    assert map_root(heads) == maker.map_node(plain, "")


def test_tags_that_part_only_at_their_last_bit_are_told_apart() -> None:
    heads = {bytes(31) + bytes((last,)): bytes(48) for last in (0, 1)}
    plain = {tag.hex(): (0, 0, bytes(32)) for tag in heads}
    assert map_root(heads) == maker.map_node(plain, "")


def test_the_kinds_are_those_of_the_writer() -> None:
    assert FORMS["kinds"] == [kind.value for kind in Kind] or set(FORMS["kinds"]) == {
        kind.value for kind in Kind
    }


def test_a_published_vkey_is_read() -> None:
    # From the C2SP signed-note documentation's implementation (golang.org/x/mod/sumdb/note).
    vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    assert Key(vkey).name == "PeterNeumann"


@pytest.mark.parametrize("text", [
    '"a b"', '"\\n"', '"\\u0001"', '"汉字"', '"\\"\\\\"', '"😀"',
])  # fmt: skip
def test_texts_in_their_canonical_spelling_are_read(text: str) -> None:
    leaf = maker.make([maker.Record()]).leaves[0]
    read_leaf(leaf.replace(b'"act-login"', text.encode()), "#0")


@pytest.mark.parametrize("text", [
    b'"\\u0041"', b'"\\u000a"', b'"\\/"', b'"\\u001F"', b'"\x01"', b'"\xff"', b'"\xed\xa0\x80"', b"1", b"null", b'"a" ',
])  # fmt: skip
def test_texts_in_another_spelling_are_refused(text: bytes) -> None:
    leaf = maker.make([maker.Record()]).leaves[0]
    with pytest.raises(RefusedError) as error:
        read_leaf(leaf.replace(b'"act-login"', text), "#0")
    assert error.value.args[0] == "leaf-form"


def test_names_are_sorted_by_utf_16_as_rfc_8785_shows() -> None:
    # The example of RFC 8785 section 3.2.3, its names by UTF-16 code units.
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    found = canonical(load(maker.canonical(dict.fromkeys(names, 1)), "x"))
    order = ["\\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert found.decode() == "{" + ",".join(f'"{name}":1' for name in order) + "}"


def test_every_code_has_a_known_verdict_and_both_languages() -> None:
    for code, words in WORDS["codes"].items():
        assert set(words) == {"verdict", "zh", "en"}, code
        assert words["verdict"] in WORDS["verdicts"]
