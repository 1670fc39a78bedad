"""Whether an installation is one of several shards: the origin of its log says so."""

import logging
from dataclasses import replace
from pathlib import Path

from chengnuo.adapters.data_folder import DataFolder
from chengnuo.adapters.evidence.cosigner import KEY_FILE, SEEN, FileCosigner, FileSeen
from chengnuo.adapters.evidence.file_system import RealFiles
from chengnuo.adapters.evidence.log_keys import read_log_keys
from chengnuo.adapters.evidence.place import FOLDER, KEYS
from chengnuo.adapters.evidence.reading import PUBLIC
from chengnuo.adapters.keys import is_signature
from chengnuo.domain.evidence.note import VKey
from chengnuo.domain.evidence.shard import ShardedOrigin
from chengnuo.doors.settings import ServeSettings
from chengnuo.ports.clock import Clock
from chengnuo.ports.evidence_log import NoLogError
from chengnuo.ports.witnessing import WitnessKeyMissingError
from chengnuo.usecases.evidence.cosigning import Cosigning
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.evidence.seen_logs import has_seen
from chengnuo.usecases.individual_shards import ShardTokens

LOG = logging.getLogger("chengnuo.evidence")


def of_shard(data: DataFolder, settings: ServeSettings) -> DataFolder:
    """Return a data folder that names no individual of another shard, if it is of one."""
    origin = ShardedOrigin.parse(_origin(settings))
    if origin is None:
        return data
    tokens = ShardTokens(data.keys.tokens, origin.shard)
    return replace(data, keys=replace(data.keys, tokens=tokens))


def cosigning_of(
    settings: ServeSettings, origin: str, recorder: Recorder, clock: Clock
) -> Cosigning | None:
    """Return what cosigns for other logs; None if none are watched.

    Args:
        settings: They name the logs.
        origin: Of this installation's own log.
        recorder: Records what was seen, in the log that shows what was cosigned before.
        clock: Gives the time of a cosignature.

    Raises:
        VKeyMalformedError: A key of a log is none.
        KeyFileError: The key that cosigns cannot be made or read.

    """
    if not settings.evidence.witness_of:
        return None
    if is_used := has_seen(recorder.log):
        tell_missing_key(settings)
    data = Path(settings.data)
    return Cosigning(
        logs=tuple(VKey.parse(one) for one in settings.evidence.witness_of),
        cosigner=_cosigner(data / KEYS / KEY_FILE, origin, is_used=is_used),
        seen=FileSeen(data / FOLDER / SEEN, RealFiles()),
        recorder=recorder,
        clock=clock,
        verify=is_signature,
    )


def tell_missing_key(settings: ServeSettings) -> None:
    """Say in the log of the service that this host lacks the key that the witness cosigns with.

    The service goes on without it; only this witness is silent. For a host that follows, also
    before anything was cosigned: if it took over until then, it would make another key.
    """
    path = Path(settings.data) / KEYS / KEY_FILE
    if settings.evidence.witness_of and not path.exists():
        LOG.warning(
            "no checkpoint of another log is cosigned: %s", WitnessKeyMissingError(path.name)
        )


def _cosigner(path: Path, origin: str, *, is_used: bool) -> FileCosigner:
    """Return what cosigns, and say so where a key was made for it: other hosts lack that one."""
    was_there = path.exists()
    made = FileCosigner(path, origin, is_used=is_used)
    if not was_there and not is_used:
        LOG.warning("a key that cosigns was made, copy it to all hosts: %s", made.vkey)
    return made


def _origin(settings: ServeSettings) -> str:
    """Return the name of the log: that of the one there is, or of the one that shall be made."""
    try:
        return read_log_keys(RealFiles(), Path(settings.data) / FOLDER / PUBLIC).origin
    except NoLogError:
        return settings.evidence.origin
