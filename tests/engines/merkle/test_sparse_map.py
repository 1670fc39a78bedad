"""The paged map held to its definition; it never proves a falsehood."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from chengnuo.engines.merkle.sparse_map import EMPTY, Entry, MapProof, PagedMap, reference_root


class Pages(dict[bytes, bytes]):
    """Pages in memory."""

    def page(self, path: bytes) -> bytes | None:
        return self.get(path)

    def keep(self, path: bytes, page: bytes) -> None:
        self[path] = page


# Keys that share long beginnings, so that subtrees go deep.
KEYS = st.builds(
    lambda zeros, rest, last: (bytes(zeros) + rest + bytes(32))[:31] + bytes((last,)),
    st.integers(0, 31),
    st.binary(max_size=32),
    st.integers(0, 3),
)
ENTRIES = st.builds(
    Entry, KEYS, st.integers(1, 9), st.integers(0, 99), st.binary(min_size=32, max_size=32)
)


@given(st.lists(st.lists(ENTRIES, max_size=12), max_size=6), KEYS)
def test_the_paged_map_equals_the_definition_after_every_change(
    rounds: list[list[Entry]], other: bytes
) -> None:
    paged = PagedMap(Pages())
    expected: dict[bytes, Entry] = {}
    for changes in rounds:
        step = {entry.key: entry for entry in changes}
        expected |= step
        root = paged.update(list(step.values()))
        assert root == paged.root() == reference_root(expected)
        for key in (*expected, other):
            proof = paged.proof(key)
            assert proof.root(key) == root
            present = proof.end is not None and proof.end.key == key
            assert present is (key in expected)
            if present:
                assert proof.end == expected[key]


def test_an_empty_map_has_nothing_and_says_so() -> None:
    paged = PagedMap(Pages())
    assert paged.root() == EMPTY
    assert paged.proof(bytes(32)) == MapProof(path=(), end=None)


@given(st.lists(ENTRIES, min_size=2, max_size=30, unique_by=lambda entry: entry.key), st.randoms())
def test_a_bent_proof_belongs_to_another_root(entries: list[Entry], random: Random) -> None:
    paged = PagedMap(Pages())
    root = paged.update(entries)
    asked = random.choice(entries)
    proof = paged.proof(asked.key)
    assert proof.root(asked.key) == root
    # Absence of what is there: no end but the true one folds to the root.
    for end in (None, random.choice([one for one in entries if one.key != asked.key])):
        assert MapProof(path=proof.path, end=end).root(asked.key) != root
    stale = asked._replace(seq=asked.seq + 1)
    assert MapProof(path=proof.path, end=stale).root(asked.key) != root
    place = random.randrange(len(proof.path))
    bent = list(proof.path)
    bent[place] = bytes(32) if bent[place] != bytes(32) else bytes((1,)) * 32
    assert MapProof(path=tuple(bent), end=proof.end).root(asked.key) != root
    assert MapProof(path=proof.path[:-1], end=proof.end).root(asked.key) != root
