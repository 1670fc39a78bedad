"""Somebody who types at a real terminal."""

import codecs
import os
import pty
import select
import signal
import subprocess
import time
from contextlib import suppress

from tests.doors.cli.beginning import COMMAND

_PRESSES = 10
_LAST_S = 120.0


class Typist:
    """Types at a real terminal, and reads what stands on it."""

    def __init__(self, *args: str) -> None:
        ours, theirs = pty.openpty()
        self._process = subprocess.Popen(  # noqa: S603 (our own program)
            [*COMMAND, *args], stdin=theirs, stdout=theirs, stderr=theirs
        )
        os.close(theirs)
        self._terminal = ours
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._read_to = 0
        self.said = ""

    def wait_for(self, words: str, *, within_s: float = 60) -> None:
        end = time.monotonic() + within_s
        while words not in self.said[self._read_to :]:
            ready, _, _ = select.select([self._terminal], [], [], max(end - time.monotonic(), 0))
            assert ready, f"no {words!r} in {self.said[self._read_to :]!r}"
            self.said += self._decode(os.read(self._terminal, 65536))
        self._read_to = self.said.index(words, self._read_to) + len(words)

    def type(self, line: str) -> None:
        os.write(self._terminal, f"{line}\n".encode())

    def interrupt(self) -> None:
        """Press Ctrl-C, and again as people do where nothing happens.

        The terminal is nobody's controlling one, so the signal is sent. One that comes between the
        question and the reading of its answer is only noticed with the next.
        """
        for _ in range(_PRESSES):
            self._process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=2)
                return

    def end(self) -> int:
        """Read what is left, and return the exit status."""
        while select.select([self._terminal], [], [], _LAST_S)[0]:
            try:
                part = os.read(self._terminal, 65536)
            except OSError:
                break
            if not part:
                break
            self.said += self._decode(part)
        os.close(self._terminal)
        try:
            return self._process.wait(timeout=60)
        finally:
            self._process.kill()
