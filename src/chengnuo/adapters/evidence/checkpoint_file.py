"""The file of the newest checkpoint of a log."""

from pathlib import Path

from chengnuo.adapters.evidence.file_system import FileSystem
from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.ports.evidence_log import LogDamagedError

CHECKPOINT = "checkpoint"


def read_checkpoint(files: FileSystem, folder: Path) -> SignedCheckpoint | None:
    """Return the checkpoint that lies in a log's folder, or None.

    Raises:
        LogDamagedError: The file is no checkpoint.

    """
    data = files.read(folder / CHECKPOINT)
    if data is None:
        return None
    try:
        return SignedCheckpoint.parse(data)
    except InvalidInputError as error:
        raise LogDamagedError(CHECKPOINT, str(error)) from error
