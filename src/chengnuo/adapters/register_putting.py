"""Files of a register's folder put in their places: whole, and several of them all or none.

New contents are written beside the files first. Of several files a journal is then put into the
folder by renaming it: from then on the change is made. Each content takes its place, and the
journal goes. A stop before the journal leaves the old folder. A stop after it leaves one that
whoever reads sees through the journal as the new one, and whoever writes next puts the rest in
place first. A file that somebody edited in between by hand stays as they left it.
"""

import fcntl
import json
import os
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, astuple, dataclass
from errno import EACCES, EAGAIN
from pathlib import Path

from chengnuo.base.digest import sha256_hex
from chengnuo.ports.register_editing import FileEdit
from chengnuo.ports.register_target import RegisterNotWrittenError

JOURNAL = ".chengnuo-pending.json"
_HEAD, _TAIL = ".chengnuo-", ".part"
READS_AFTER_S, WRITES_AFTER_S = 3.0, 10.0
"""For how long whoever reads waits for one who writes, and the other way round."""
_EVERY_S = 0.002


@dataclass(frozen=True, slots=True)
class _Step:
    """One file of a change: its name, what was written beside it, digests before and after.

    A digest or a name is empty where there is no file.
    """

    name: str
    beside: str
    before: str


def inside(folder: Path, name: str) -> Path:
    """Return a file of the folder.

    Raises:
        RegisterNotWrittenError: It would stand somewhere else.

    """
    if folder.is_file():
        if name != folder.name:
            raise RegisterNotWrittenError(folder.name, name)
        return folder.resolve()
    target = (folder / name).resolve()
    if not target.is_relative_to(folder.resolve()):
        raise RegisterNotWrittenError(folder.name, "outside of the folder")
    return target


def content_of(target: Path) -> bytes | None:
    """Return what a file holds; None where there is none.

    Raises:
        RegisterNotWrittenError: It cannot be read.

    """
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RegisterNotWrittenError(target.name, error.strerror or "OSError") from error


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep whoever else reads or writes the folder through this module waiting.

    Raises:
        BlockingIOError: Somebody else has held it for seconds; whoever was stopped has no end.

    """
    with ExitStack() as locks:
        # Where a file system has no locks, what is left is that each file is looked at before.
        if not _locked(folder, fcntl.LOCK_EX, locks):
            raise BlockingIOError(EAGAIN, os.strerror(EAGAIN))
        yield


@contextmanager
def still(folder: Path) -> Iterator[None]:
    """Keep whoever writes the folder through this module waiting while it is read, if they do.

    They do not where the file system has no locks or keeps them to one host, or where one who
    writes has stopped meanwhile; and git and editors take no lock.
    """
    with ExitStack() as locks:
        with suppress(OSError):
            _locked(folder, fcntl.LOCK_SH, locks)
        yield


def put(folder: Path, edits: Sequence[FileEdit]) -> None:
    """Put files in their places: all of them, or none; hold the folder meanwhile.

    Raises:
        OSError: It cannot be done; nothing is changed.

    """
    made: list[Path] = []
    steps: list[_Step] = []
    try:
        for edit in edits:
            target = inside(folder, edit.name)
            beside = _beside(target, edit.after, made)
            steps.append(_Step(edit.name, beside, _digest(edit.before)))
        if len(steps) == 1:
            _place(inside(folder, steps[0].name), steps[0].beside)
            return
        journal = json.dumps([asdict(one) for one in steps]).encode("utf-8")
        beside = _beside(folder / JOURNAL, journal, made)
        for place in {one.parent for one in made}:
            _sync(place)
        (folder / beside).rename(folder / JOURNAL)
    except OSError:
        for path in reversed(made):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        raise
    with suppress(OSError):
        settle(folder)


def settle(folder: Path) -> None:
    """Put in place what is left of a change that was made; hold the folder meanwhile.

    Raises:
        OSError: It cannot be done yet.

    """
    if not folder.is_dir():
        return
    for target, step in _left(folder):
        _place(target, step.beside)
    if (folder / JOURNAL).exists():
        (folder / JOURNAL).unlink()
        _sync(folder)
    for path in list(folder.rglob(f"{_HEAD}*{_TAIL}")):
        path.unlink(missing_ok=True)


def pending(folder: Path) -> Mapping[str, bytes | None]:
    """Return what files say that a change was made of and that do not say so yet; None: gone."""
    found: dict[str, bytes | None] = {}
    for target, step in _left(folder):
        content = content_of(target.with_name(step.beside)) if step.beside else None
        if content is not None or not step.beside:
            found[step.name] = content
    return found


def _locked(folder: Path, how: int, locks: ExitStack) -> bool:
    """Lock a folder; False if others have held it for seconds, True where there are no locks."""
    number = os.open(folder.parent if folder.is_file() else folder, os.O_RDONLY)
    locks.callback(os.close, number)
    until = time.monotonic() + (WRITES_AFTER_S if how == fcntl.LOCK_EX else READS_AFTER_S)
    while time.monotonic() < until:
        try:
            fcntl.flock(number, how | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_EVERY_S)
            continue
        except OSError:
            pass
        return True
    return False


def _left(folder: Path) -> Iterator[tuple[Path, _Step]]:
    """Yield the files of the journal that still say what they said before."""
    for step in _steps(folder):
        is_ours = Path(step.beside).name == step.beside and step.beside.startswith(_HEAD)
        with suppress(RegisterNotWrittenError):
            target = inside(folder, step.name)
            if (is_ours or not step.beside) and _digest(content_of(target)) == step.before:
                yield target, step


def _steps(folder: Path) -> list[_Step]:
    """Return what the journal says; nothing where there is none, or it is not one of ours."""
    try:
        steps = [_Step(**one) for one in json.loads((folder / JOURNAL).read_bytes())]
    except (OSError, ValueError, TypeError, RecursionError):
        return []
    return [one for one in steps if {type(each) for each in astuple(one)} == {str}]


def _digest(content: bytes | None) -> str:
    return "" if content is None else sha256_hex(content)


def _beside(target: Path, content: bytes | None, made: list[Path]) -> str:
    """Write a content beside its file, with the mode of that; return its name, none if it goes."""
    if content is None:
        if not os.access(target.parent, os.W_OK | os.X_OK):
            raise PermissionError(EACCES, os.strerror(EACCES))
        return ""
    if not target.parent.exists():
        target.parent.mkdir()
        made.append(target.parent)
    mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
    number, name = tempfile.mkstemp(dir=target.parent, prefix=_HEAD, suffix=_TAIL)
    made.append(Path(name))
    with os.fdopen(number, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(name).chmod(mode)
    return Path(name).name


def _place(target: Path, beside: str) -> None:
    if beside:
        target.with_name(beside).rename(target)
    else:
        target.unlink()
    _sync(target.parent)


def _sync(folder: Path) -> None:
    """Make a folder's list of files durable."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _umask() -> int:
    """Return the process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
