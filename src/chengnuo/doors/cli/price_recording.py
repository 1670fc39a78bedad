"""Opening the evidence log for one record about prices, and closing it again at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import STOP_FIRST, advice_if_locked
from chengnuo.usecases.evidence.statements import StatementRecorder

_BY = "cli"
"""Who records, as records name it."""


@contextmanager
def recording(app: App, data: Path, settings_file: Path | None) -> Iterator[StatementRecorder]:
    """Give what records and signs: between two records a service may have the log.

    Raises:
        NoLogError: There is no log.

    """
    with (
        advice_if_locked(STOP_FIRST, app.lang),
        app.evidence_writing(data, settings_file) as writing,
    ):
        signer = writing.reading.signer
        if signer is None:
            raise RuntimeError("a log that is written has the key of its installation")
        yield StatementRecorder(
            recorder=writing.recorder, signer=signer, kept=writing.statements, by=_BY
        )
