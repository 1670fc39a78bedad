"""The files of the log that others read: checkpoint, keys, tiles, stamps (C2SP tlog-tiles)."""

from typing import Protocol


class PublicLog(Protocol):
    """Gives the files of a log's public part by name."""

    def file(self, name: str) -> bytes | None:
        """Return the bytes of a file, or None if there is none.

        Args:
            name: As `docs/formats/evidence.md` spells it, with `/` between the parts. Whoever
                asks has checked the spelling; a name that leads out of the log has no file.

        """
        ...
