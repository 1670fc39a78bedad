"""A file of a person, opened read-only as one buffer: nothing copied, nothing ever written.

The size is looked at before anything else; a file that shrinks while it is read ends the process
that reads it (SIGBUS), which is one reason why packages are worked on in a child.
"""

import mmap
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chengnuo.engines.archive.limits import (
    DEFAULT_LIMITS,
    Limits,
    NotAPackageError,
    PackageLimitError,
)


@contextmanager
def opened(path: Path, limits: Limits = DEFAULT_LIMITS) -> Iterator[memoryview]:
    """Give the bytes of a file, as long as the context lasts.

    Views of the buffer that outlive the context keep the file mapped until they go.

    Raises:
        NotAPackageError: It is no regular file, is empty, or cannot be opened.
        PackageLimitError: It is larger than what is worked on.

    """
    try:
        # A pipe or device must not be waited for.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise NotAPackageError("the file cannot be opened") from error
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise NotAPackageError("it is no regular file")
        if not found.st_size:
            raise NotAPackageError("the file is empty")
        if found.st_size > limits.package_bytes:
            raise PackageLimitError("the size in bytes", found.st_size, limits.package_bytes)
        mapped = mmap.mmap(handle, found.st_size, access=mmap.ACCESS_READ)
    finally:
        os.close(handle)
    view = memoryview(mapped)
    try:
        yield view
    finally:
        _close(view, mapped)


def _close(view: memoryview, mapped: mmap.mmap) -> None:
    try:
        view.release()
        mapped.close()
    except BufferError:
        return  # views of it are still held; it goes when they go
