"""The separate verifier as a process of its own, with bounds on time, memory and output.

It is run from the same environment, isolated (`-I`): no variable and no folder of whoever started
the service decides which verifier it is. It reads what everybody may read and writes nothing.

A verifier that is still at work when its time is over is ended. That says nothing of the log, so
the report is that it could not finish, with the command that has no bound on time.
"""

import json
import re
import resource
import shlex
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from time import monotonic
from typing import BinaryIO

import msgspec

from chengnuo.base.shapes import ready
from chengnuo.base.text import Text
from chengnuo.ports.log_verifier import VerifierReport, VerifierUnavailableError

TIME_LIMIT_S = 25.0
"""Less than a request of the service may take."""
MEMORY_LIMIT_BYTES = 2 << 30
OUTPUT_LIMIT_BYTES = 1 << 20
_PACKAGE = "chengnuo_verify"
_NAME = "chengnuo-verify"
_LAST_STATUS = 4
_UNFINISHED = 3
_NOT_A_NAME = re.compile(r"[^A-Za-z0-9._-]")


class _Message(msgspec.Struct, frozen=True):
    code: str
    zh: str
    en: str


class _Said(msgspec.Struct, frozen=True):
    """What the verifier prints with `--json`, as far as it is read here."""

    verdict: str
    messages: tuple[_Message, ...]
    checked: dict[str, int]


@dataclass(frozen=True, slots=True)
class VerifierProcess:
    """`LogVerifier` that runs `python -I -m chengnuo_verify`.

    Attributes:
        folder: The public part of the log.
        time_limit_s: How long one run may take.
        memory_limit_bytes: How much address space it may have.
        output_limit_bytes: How much it may print.

    """

    folder: Path
    time_limit_s: float = TIME_LIMIT_S
    memory_limit_bytes: int = MEMORY_LIMIT_BYTES
    output_limit_bytes: int = OUTPUT_LIMIT_BYTES

    def verify_log(self) -> VerifierReport:
        """See `LogVerifier.verify_log`."""
        return self._run(self.folder)

    def verify_file(self, name: str, data: bytes) -> VerifierReport:
        """See `LogVerifier.verify_file`."""
        plain = _NOT_A_NAME.sub("_", Path(name).name).lstrip(".-") or "file"
        with TemporaryDirectory(prefix="chengnuo-verify-") as folder:
            path = Path(folder) / plain[:100]
            path.write_bytes(data)
            return self._run(path, shown=name)

    def verify_path(self, path: Path, keys: Sequence[str]) -> VerifierReport:
        """See `LogVerifier.verify_path`."""
        return self._run(path, options=[f"--key={one}" for one in keys])

    def _run(self, what: Path, *, shown: str = "", options: Sequence[str] = ()) -> VerifierReport:
        began_s = monotonic()
        with TemporaryFile() as out:
            status = self._status(what, out, options)
            seconds = monotonic() - began_s
            if status is None:
                return self._unfinished(shown or str(what.resolve()), seconds)
            out.seek(0)
            printed = out.read(self.output_limit_bytes + 1)
        if len(printed) > self.output_limit_bytes:
            raise VerifierUnavailableError(f"it printed over {self.output_limit_bytes} bytes")
        return _report(printed, status, seconds)

    def _status(self, what: Path, out: BinaryIO, options: Sequence[str]) -> int | None:
        """Return how a run ended; None if it did not within its time."""
        command = [sys.executable, "-I", "-m", _PACKAGE, str(what.resolve()), "--json", *options]
        try:
            process = subprocess.Popen(  # noqa: S603  our own interpreter
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL
            )
        except OSError as error:
            raise VerifierUnavailableError(error.strerror or "no process can be made") from error
        with process:
            try:
                self._bound(process.pid)
                return process.wait(self.time_limit_s)
            except subprocess.TimeoutExpired:
                return None
            finally:
                process.kill()

    def _unfinished(self, shown: str, seconds: float) -> VerifierReport:
        limit, command = f"{self.time_limit_s:g}", f"{_NAME} {shlex.quote(shown)}"
        said = Text(
            f"核验没有在 {limit} 秒内完成，所以没有结论；这不表示日志有问题，只是内容较多。"
            f"请在命令行运行（不限时间）：{command}",
            f"The verifier did not finish within {limit} s, so there is no verdict. That is no sign"
            " of a fault: there is much to verify. Run it on the command line, where it has all the"
            f" time it needs: {command}",
        )
        return VerifierReport(
            status=_UNFINISHED,
            messages=(("verifier-unfinished", said),),
            checked=(),
            seconds=seconds,
            program=_program(),
        )

    def _bound(self, process: int) -> None:
        """Bound a process that has just been started; it may have ended already."""
        bounds = (
            (resource.RLIMIT_AS, self.memory_limit_bytes),
            (resource.RLIMIT_FSIZE, self.output_limit_bytes + 1),
        )
        try:
            for which, limit in bounds:
                resource.prlimit(process, which, (limit, limit))
        except ProcessLookupError:
            return


def _report(printed: bytes, status: int, seconds: float) -> VerifierReport:
    """Return what was said; a program that failed says nothing that can be read."""
    if not 0 <= status <= _LAST_STATUS or not printed:
        raise VerifierUnavailableError(f"it ended with status {status} and without an answer")
    try:
        said = msgspec.convert(json.loads(printed), ready(_Said))
    except (ValueError, RecursionError) as error:
        raise VerifierUnavailableError("its answer cannot be read") from error
    return VerifierReport(
        status=status,
        messages=tuple((one.code, Text(one.zh, one.en)) for one in said.messages),
        checked=tuple(said.checked.items()),
        seconds=seconds,
        program=_program(),
    )


def _program() -> str:
    try:
        return f"{_NAME} {version(_NAME)}"
    except PackageNotFoundError:  # it runs from its folder, without having been installed
        return _NAME
