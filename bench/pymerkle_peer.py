"""The peer of the tree: `pymerkle` (GPL-3.0), run by its own Python as a process of its own.

Standard input: the leaves, each after its length in four bytes. Standard output: seconds for all of
them in its in-memory tree, the root in hex, its version. Nothing of ours imports it or this file.
"""

import sys
import time
from importlib.metadata import version


def entries(data: bytes) -> list[bytes]:
    """Return the leaves."""
    found: list[bytes] = []
    at = 0
    while at < len(data):
        stop = at + 4 + int.from_bytes(data[at : at + 4], "big")
        found.append(data[at + 4 : stop])
        at = stop
    return found


def main() -> None:
    """Measure and print."""
    from pymerkle import InmemoryTree  # noqa: PLC0415  only where it is installed

    leaves = entries(sys.stdin.buffer.read())
    tree = InmemoryTree(algorithm="sha256")
    since = time.process_time()
    for leaf in leaves:
        tree.append_entry(leaf)
    taken = time.process_time() - since
    sys.stdout.write(f"{taken} {tree.get_root().hex()} {version('pymerkle')}\n")


if __name__ == "__main__":
    main()
