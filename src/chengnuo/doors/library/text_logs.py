"""Log records of Python's `logging` with the personal information in them masked."""

import logging
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from chengnuo.doors.library.text_masker import Masker

UNMASKED: Final = "[a message that could not be masked is left out]"
_OWN: Final = frozenset(logging.LogRecord("", 0, "", 0, "", None, None).__dict__) | {
    "message",
    "asctime",
    "taskName",
}
_PLAIN: Final = (str, bool, int, float, Decimal, type(None))


class LogMask(logging.Filter):
    """Masks what a record says before any handler writes it.

    The message with its arguments, the traceback, the stack and what was given by `extra` are
    masked; of the exception only its masked text stays, since handlers would print it anew. What
    cannot be masked is left out: the record is kept, its message is not. Put it on handlers: a
    filter of a logger does not see the records of the loggers below.
    """

    def __init__(self, masker: Masker) -> None:
        """Mask with a masker."""
        super().__init__()
        self._masker = masker
        self._formatter = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask a record, and let it pass."""
        extra = {name: value for name, value in record.__dict__.items() if name not in _OWN}
        try:
            record.msg = self._masker(record.getMessage())
            if record.exc_info:
                record.exc_text = self._formatter.formatException(record.exc_info)
            if record.exc_text:
                record.exc_text = self._masker(record.exc_text)
            if record.stack_info:
                record.stack_info = self._masker(record.stack_info)
            masked = self._masker.tree(_as_tree(extra))
        except Exception:  # noqa: BLE001  whatever it is, the values are not written
            record.msg, record.exc_text, record.stack_info = UNMASKED, None, None
            masked = dict.fromkeys(extra)
        record.args, record.exc_info = None, None
        if isinstance(masked, Mapping):
            record.__dict__.update(masked)
        return True


def _as_tree(value: object) -> object:
    """Return what handlers may print as a tree of plain values; anything else as its text."""
    if isinstance(value, Mapping):
        return {str(key): _as_tree(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_as_tree(each) for each in value]
    return value if isinstance(value, _PLAIN) else str(value)
