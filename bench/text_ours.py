"""Our search and mask over the file of a text, in a process of its own.

`pure` and `fast`, which is compiled, find values of a shape; `every` finds names, addresses and
words of health besides, as `chengnuo text find` does.

Prints the seconds of processor time of each, what was found, and the memory of the process.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.engines.text.cues_file import product_cues

from chengnuo.engines.jit import compiled
from chengnuo.engines.text.by_tables import (
    LOOPS,
    PARTS,
    Loops,
    Spans,
    search_by_arrays,
    search_by_loops,
)
from chengnuo.engines.text.cues import Cues
from chengnuo.engines.text.masking import partly
from chengnuo.wiring.program import Program

BLOCK = 1 << 18
ROUNDS = 9


def main() -> None:
    """Search and print."""
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    blocks = list(_blocks(text))
    if sys.argv[2] == "every":
        json.dump(_every(blocks), sys.stdout)
        return
    cues = product_cues()
    search = _way(sys.argv[2])
    search(blocks[0], cues)
    find = min(_timed(blocks, lambda block: search(block, cues)) for _ in range(ROUNDS))
    mask = partly()

    def hide(block: str) -> bytes:
        found = search(block, cues)
        return mask.many(block, found.start, found.end, found.kinds)

    both = min(_timed(blocks, hide) for _ in range(ROUNDS))
    spans: list[tuple[int, int]] = []
    at = 0
    for block in blocks:
        found = search(block, cues)
        spans += zip((found.start + at).tolist(), (found.end + at).tolist(), strict=True)
        at += len(block)
    answer = sha256(json.dumps(spans).encode()).hexdigest()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"find": find, "both": both, "count": len(spans), "answer": answer, "megabytes": peak}
    json.dump(told, sys.stdout)


def _every(blocks: list[str]) -> dict[str, float]:
    texts = Program().texts()
    count = sum(len(texts.hits(block)) for block in blocks)
    find = min(_timed(blocks, texts.hits) for _ in range(ROUNDS))
    return {"find": find, "count": count}


def _way(name: str) -> Callable[[str, Cues], Spans]:
    if name == "pure":
        return search_by_arrays
    ways: list[Any] = [compiled(loop, parts) for loop, parts in zip(LOOPS, PARTS, strict=True)]
    way = Loops(*ways)
    return lambda text, cues: search_by_loops(text, cues, way)


def _blocks(text: str) -> list[str]:
    """Return a text in blocks of whole lines."""
    blocks, at = [], 0
    while at < len(text):
        end = text.find("\n", at + BLOCK) + 1 or len(text)
        blocks.append(text[at:end])
        at = end
    return blocks


def _timed(blocks: list[str], done: Callable[[str], object]) -> float:
    begun = time.process_time()
    for block in blocks:
        done(block)
    return time.process_time() - begun


if __name__ == "__main__":
    main()
