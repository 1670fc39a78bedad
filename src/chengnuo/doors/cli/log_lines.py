"""The lines that a service writes to standard error: text for people, or one JSON object each.

A line holds what a module of ours says of an event. Of an error that somebody else's module reports
it holds the kind and where it arose, never the error's own words, which may repeat what was sent.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Literal

Form = Literal["text", "json"]

OURS = "chengnuo"
_TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class Lines(logging.Formatter):
    """Text lines, without the words and the traceback of an error."""

    def __init__(self) -> None:
        """Take the form that is read by people."""
        super().__init__(_TEXT)

    def formatException(self, ei: object) -> str:  # noqa: N802  its name in `logging`
        """Return the kind of an error and where it arose."""
        return _error(ei)

    def formatStack(self, stack_info: str) -> str:  # noqa: N802  its name in `logging`
        """Return nothing: a stack shows lines of code only."""
        del stack_info
        return ""


class JsonLines(logging.Formatter):
    """One JSON object for each event: `at`, `level`, `logger`, `line`, and `error` if there is."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a line."""
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "line": record.getMessage(),
        }
        if record.exc_info:
            said["error"] = _error(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def _error(info: object) -> str:
    kind, _, trace = info if isinstance(info, tuple) else (None, None, None)
    if kind is None:
        return ""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return str(kind.__name__)
    code = trace.tb_frame.f_code
    return f"{kind.__name__} in {code.co_name}, line {trace.tb_lineno}"


def log_to_stderr(form: Form) -> None:
    """Write warnings of everybody, and what our own modules say, to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else Lines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger(OURS).setLevel(logging.INFO)
