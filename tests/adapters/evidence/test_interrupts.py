"""An interrupt (Ctrl-C) at any point of publishing: nothing wrong is signed, the log goes on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.adapters.evidence.conftest import KitOf
from tests.adapters.evidence.log_kit import Kit, consents, extends_all, leaf_hashes
from tests.adapters.evidence.simulated_files import SimulatedFiles

from chengnuo.adapters.evidence.log import WritableLog
from chengnuo.domain.evidence.checkpoint import Checkpoint
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.engines.merkle.sparse_map import Entry, reference_root
from chengnuo.ports.evidence_log import Position

_FAR = 10**9
_PARTS = ("publish", "_extend", "_advance", "_begun", "_finish", "_settle")


class _Interrupted(SimulatedFiles):
    """Is interrupted once, at a step that is counted from when it is set."""

    left = _FAR

    def step(self, what: str) -> object:  # type: ignore[override]  # as in the base
        self.left -= 1
        if self.left == 0:
            raise KeyboardInterrupt
        return super().step(what)


def _maps_of(log: WritableLog, size: int) -> bytes:
    heads: dict[bytes, Entry] = {}
    for position in range(size):
        record = log.record(Position(position))
        tag = bytes.fromhex(record.leaf.tag)
        heads[tag] = Entry(tag, record.leaf.seq, position, leaf_hash(record.entry))
    return reference_root(heads)


def _hold_all_signed(kit: Kit, log: WritableLog) -> list[Checkpoint]:
    signed = kit.signed_checkpoints()
    assert extends_all(signed, leaf_hashes(log, log.status().size))
    assert [one.map_root for one in signed] == [_maps_of(log, one.size) for one in signed]
    return signed


def _publish_interrupted(
    kit: Kit, set_up: Callable[[WritableLog], None], *, records: int = 20
) -> bool:
    """Interrupt a publication or the closing, open again; tell whether it was interrupted."""
    log = kit.open()
    log.append(consents(range(3)))
    log.publish()
    log.append(consents(range(3, records)))
    set_up(log)
    interrupted = False
    try:
        log.publish()
    except KeyboardInterrupt:
        interrupted = True
    if isinstance(kit.files, _Interrupted):
        kit.files.left = _FAR  # from here on other threads take steps too
    log.append(consents([300]))
    size = log.publish().checkpoint.size
    assert size == log.status().size
    assert _hold_all_signed(kit, log)[-1].size == size
    log.append(consents([301]))
    try:
        log.close()
    except KeyboardInterrupt:
        interrupted = True
    again = kit.open()
    assert again.publish().checkpoint.size == size + 1
    _hold_all_signed(kit, again)
    again.close()
    kit.close()
    assert kit.problems() == []
    return interrupted


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("part", _PARTS)
def test_an_interrupt_around_a_part_of_publishing_is_made_up_for(
    either_kit_of: KitOf, tmp_path: Path, part: str, *, after: bool
) -> None:
    def set_up(log: WritableLog) -> None:
        publisher = log._publisher  # noqa: SLF001  to interrupt exactly there
        real = getattr(publisher, part)

        def once(*args: object, **more: object) -> None:
            setattr(publisher, part, real)
            if after:
                real(*args, **more)
            raise KeyboardInterrupt

        setattr(publisher, part, once)

    assert _publish_interrupted(either_kit_of(tmp_path), set_up)


def test_an_interrupt_at_any_step_of_the_disk_while_publishing_is_made_up_for(
    tmp_path: Path,
) -> None:
    number, interrupted = 0, True
    while interrupted:
        number += 1
        files = _Interrupted()

        def set_up(_: WritableLog, files: _Interrupted = files, number: int = number) -> None:
            files.left = number

        kit = Kit(tmp_path / str(number), files=files)
        interrupted = _publish_interrupted(kit, set_up, records=258)
    assert number > 8
