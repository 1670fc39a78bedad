"""A killed process leaves bytes that no sync has reached: they are synced before they count."""

from pathlib import Path

from tests.adapters.evidence.log_kit import Kit, consents, extends_all, leaf_hashes
from tests.adapters.evidence.simulated_files import SimulatedFiles

from chengnuo.adapters.evidence.log import WritableLog
from chengnuo.ports.evidence_log import LogUnavailableError


class _Killed(SimulatedFiles):
    """Ends the process at the next sync; the power stays, so what was written can be read."""

    ends = False

    def step(self, what: str) -> object:  # type: ignore[override]  # as in the base
        if self.ends and what == "sync":
            raise OSError(5, "the process is gone")
        return super().step(what)


def _gone(kit: Kit, log: WritableLog) -> None:
    """Let go of everything, finishing nothing."""
    log._closed = True  # noqa: SLF001  as a kill leaves it
    log._sequencer.close()  # noqa: SLF001  as above
    log._release()  # noqa: SLF001  as above
    kit.close()


def test_a_checkpoint_over_what_a_kill_left_unsynced_outlives_a_lost_power(tmp_path: Path) -> None:
    files = _Killed()
    kit = Kit(tmp_path, files=files)
    log = kit.open()
    log.append(consents([1]))
    log.publish()
    files.ends = True
    try:
        log.append(consents([2]))
    except LogUnavailableError:
        files.ends = False
    assert not files.ends
    _gone(kit, log)
    log = kit.open()
    size = log.publish().checkpoint.size
    leaves = leaf_hashes(log, size)
    assert size == 2
    _gone(kit, log)
    for seed in range(12):
        kit.files = files.survivor(seed)
        log = kit.open()
        assert log.status().size >= size
        assert extends_all(kit.signed_checkpoints(), leaves)
        _gone(kit, log)
