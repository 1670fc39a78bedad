"""A change of the log's key is recorded, if need be when it is asked for again."""

import pytest
from tests.usecases.evidence.tea_log import TeaLog

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.ports.checkpoint_signing import KeysOverlapError, NoKeyToRetireError
from chengnuo.ports.evidence_log import LogUnavailableError
from chengnuo.usecases.evidence.log_keys import LogKeyChange
from chengnuo.usecases.evidence.recording import Recorder


@pytest.fixture(name="change")
def _change(tea: TeaLog) -> LogKeyChange:
    tea.register_published()
    tea.opened.log.publish()
    return LogKeyChange(log=tea.opened.log, signer=tea.opened.signer, recorder=tea.recorder)


def _recorded(tea: TeaLog) -> int:
    tea.opened.log.publish()
    return dict(tea.opened.log.status().kinds).get(Kind.KEY_ROTATED.value, 0)


def _failing_once(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Recorder.record

    def full(*_: object, **__: object) -> None:
        monkeypatch.setattr(Recorder, "record", real)
        raise LogUnavailableError("disk full")

    monkeypatch.setattr(Recorder, "record", full)


def test_a_new_key_whose_recording_failed_is_recorded_when_asked_again(
    tea: TeaLog, change: LogKeyChange, monkeypatch: pytest.MonkeyPatch
) -> None:
    _failing_once(monkeypatch)
    with pytest.raises(LogUnavailableError):
        change.rotate(by="cli")
    keys = change.signer.vkeys
    assert (len(keys), _recorded(tea)) == (2, 0)
    assert change.rotate(by="cli") == keys
    assert (change.signer.vkeys, _recorded(tea)) == (keys, 1)
    with pytest.raises(KeysOverlapError):
        change.rotate(by="cli")
    assert _recorded(tea) == 1


def test_a_retirement_whose_recording_failed_is_recorded_when_asked_again(
    tea: TeaLog, change: LogKeyChange, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = change.rotate(by="cli")
    _failing_once(monkeypatch)
    with pytest.raises(LogUnavailableError):
        change.retire(by="cli")
    assert change.signer.vkeys == (new,)
    assert change.retire(by="cli") == old
    assert _recorded(tea) == 2
    with pytest.raises(NoKeyToRetireError):
        change.retire(by="cli")
    assert change.rotate(by="cli")[0] == new
    assert change.retire(by="cli") == new
    assert _recorded(tea) == 4
