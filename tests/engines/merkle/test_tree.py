"""The fast tree held to the definition of RFC 6962, to published vectors, and to forgery."""

from hashlib import sha256
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.engines.merkle import reference
from chengnuo.engines.merkle.hashing import EMPTY_ROOT, leaf_hash, node_hash
from chengnuo.engines.merkle.tiles import RightEdge, node_in_tiles, widths
from chengnuo.engines.merkle.tree import (
    consistency_proof,
    extends,
    frontier_nodes,
    grow,
    includes,
    inclusion_proof,
    root_of,
)

# The eight leaves and the roots of every size that Certificate Transparency's own tests publish.
CT_LEAVES = (
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)
CT_ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def leaves(count: int, seed: int = 0) -> list[bytes]:
    return [sha256(b"%d/%d" % (seed, index)).digest() for index in range(count)]


def nodes_of(hashes: list[bytes]) -> dict[tuple[int, int], bytes]:
    found: dict[tuple[int, int], bytes] = {}
    frontier: list[bytes] = []
    for index, hashed in enumerate(hashes):
        for level, number, node in grow(frontier, index, hashed):
            found[level, number] = node
    return found


def test_the_roots_are_those_that_certificate_transparency_publishes() -> None:
    hashed = [leaf_hash(bytes.fromhex(leaf)) for leaf in CT_LEAVES]
    assert reference.root([]) == EMPTY_ROOT == sha256(b"").digest()
    for size, expected in enumerate(CT_ROOTS, 1):
        assert reference.root(hashed[:size]).hex() == expected
        edge = RightEdge()
        assert list(edge.extend(b"".join(hashed[:size]))) == []
        assert edge.root().hex() == expected


def test_a_node_is_no_leaf_of_its_children() -> None:
    one, two = leaves(2)
    assert node_hash(one, two) != leaf_hash(one + two)


def test_every_size_up_to_300_grows_proves_and_verifies_as_the_definition_says() -> None:
    everything = leaves(300)
    nodes = nodes_of(everything)

    def read(level: int, index: int) -> bytes:
        return nodes[level, index]

    roots = [reference.root(everything[:size]) for size in range(301)]
    frontier: list[bytes] = []
    for size in range(1, 301):
        list(grow(frontier, size - 1, everything[size - 1]))
        assert root_of(frontier) == roots[size]
        assert frontier == [nodes[node] for node in frontier_nodes(size)]
        for index in {0, size // 3, size // 2, size - 1}:
            proof = inclusion_proof(index, size, read)
            assert proof == reference.inclusion(index, everything[:size])
            assert includes(everything[index], index, size, roots[size], proof)
        for old in {1, size // 3 or 1, size // 2 or 1, size}:
            proof = consistency_proof(old, size, read)
            assert proof == reference.consistency(old, everything[:size])
            assert extends(old, size, roots[old], roots[size], proof)


def test_every_size_up_to_4096_proves_what_it_holds() -> None:
    everything = leaves(4096)
    nodes = nodes_of(everything)
    random = Random(4096)
    edge = RightEdge()

    def read(level: int, index: int) -> bytes:
        return nodes[level, index]

    roots = [EMPTY_ROOT]
    for size in range(1, 4097):
        list(edge.extend(everything[size - 1]))
        root = edge.root()
        roots.append(root)
        index = random.randrange(size)
        proof = inclusion_proof(index, size, read)
        assert includes(everything[index], index, size, root, proof)
        old = random.randrange(1, size + 1)
        assert extends(old, size, roots[old], root, consistency_proof(old, size, read))
        assert not includes(everything[index], index ^ 1, size, root, proof) or size == 1
        assert not extends(old, size, roots[old - 1], root, consistency_proof(old, size, read))


@given(st.integers(1, 2000), st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_a_proof_changed_in_one_place_proves_nothing(size: int, seed: int, random: Random) -> None:
    hashed = leaves(size, seed)
    nodes = nodes_of(hashed)
    root = reference.root(hashed)
    index = random.randrange(size)
    proof = inclusion_proof(index, size, lambda *node: nodes[node])
    assert not includes(hashed[index], index, size, root, [*proof, root])
    if proof:
        place = random.randrange(len(proof))
        bent = bytearray(proof[place])
        bent[random.randrange(32)] ^= 1 << random.randrange(8)
        assert not includes(
            hashed[index], index, size, root, [*proof[:place], bytes(bent), *proof[place + 1 :]]
        )
        assert not includes(hashed[index], index, size, root, proof[:-1])
        assert not includes(hashed[index], index, size, root, [*proof[:-1], proof[-1][:31]])


@pytest.mark.parametrize("size", [1, 255, 256, 257, 65_535, 65_536, 65_537, 70_001])
def test_tiles_hold_every_complete_node(size: int) -> None:
    hashed = leaves(size)
    random = Random(size)
    edge = RightEdge()
    tiles: dict[tuple[int, int], bytes] = {}
    start = 0
    while start < size:
        stop = min(size, start + random.randrange(1, 5000))
        for level, index, tile in edge.extend(b"".join(hashed[start:stop])):
            assert len(tile) == 256 * 32
            tiles[level, index] = tile
        start = stop
    tiles.update({(level, index): tile for level, index, tile in edge.partials()})
    assert edge.size == size
    assert edge.root() == reference.root(hashed)
    for level, nodes in widths(size):
        held = sum(len(tile) // 32 for place, tile in tiles.items() if place[0] == level)
        assert held == nodes

    def read(level: int, index: int) -> bytes:
        return node_in_tiles(level, index, size, lambda lv, ix, width: tiles[lv, ix][: width * 32])

    for index in {0, size // 2, size - 1, *(random.randrange(size) for _ in range(20))}:
        assert includes(hashed[index], index, size, edge.root(), inclusion_proof(index, size, read))
    for old in {1, size // 2 or 1, size - 1 or 1, size}:
        proof = consistency_proof(old, size, read)
        assert extends(old, size, reference.root(hashed[:old]), edge.root(), proof)


def test_an_edge_taken_up_again_goes_on_as_if_never_left() -> None:
    hashed = leaves(1000)
    whole, part = RightEdge(), RightEdge()
    list(whole.extend(b"".join(hashed)))
    list(part.extend(b"".join(hashed[:700])))
    again = RightEdge([bytes(level) for level in part.levels], part.full)
    assert again.size == 700
    list(again.extend(b"".join(hashed[700:])))
    assert again.root() == whole.root()
