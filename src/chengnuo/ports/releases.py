"""Where releases are kept: what is known of each, and the package, reports and attestation beside.

A change is made only from the state that whoever changes it has seen, so that two people who
decide at once do not both decide.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from chengnuo.base.errors import ConflictError, InvalidInputError, UnavailableError
from chengnuo.domain.governance.release import Release, ReleaseId, ReleaseState
from chengnuo.domain.register.ids import AppId


class NoSuchReleaseError(InvalidInputError):
    """There is no release of this id."""

    code = "no-such-release"

    def __init__(self) -> None:
        super().__init__("no release has this id")


class ReleaseChangedError(ConflictError):
    """A release was changed by somebody else in the meantime."""

    code = "release-changed"

    def __init__(self) -> None:
        super().__init__("the release was changed in the meantime; look at it again")


class PackageTooLargeError(InvalidInputError):
    """A package is larger than is taken."""

    code = "release-too-large"

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(f"the package is over {limit_bytes} bytes")
        self.limit_bytes = limit_bytes


class PackageNotKeptError(UnavailableError):
    """A package, or what belongs to it, cannot be written or read."""

    code = "release-not-kept"

    def __init__(self, why: str) -> None:
        super().__init__(f"what belongs to the release cannot be kept: {why}")
        self.why = why


class ReleasePaper(StrEnum):
    """What is kept beside a package."""

    REPORT = "report.json"
    PAGE_ZH = "report.zh.html"
    PAGE_EN = "report.en.html"
    ATTESTATION = "attestation.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPackage:
    """A package that was taken in.

    Attributes:
        sha256: Its SHA-256, counted while it came in.
        size: Its size in bytes.

    """

    sha256: str
    size: int


class ReleaseStore(Protocol):
    """Keeps what is known of releases."""

    def add(self, release: Release) -> None:
        """Keep a new release."""
        ...

    def one(self, release: ReleaseId) -> Release:
        """Return a release.

        Raises:
            NoSuchReleaseError: There is none of this id.

        """
        ...

    def every(self) -> tuple[Release, ...]:
        """Return all releases, the newest first."""
        ...

    def in_state(self, state: ReleaseState) -> tuple[Release, ...]:
        """Return the releases in a state, the oldest first."""
        ...

    def last_signed_off(self, app: AppId) -> Release | None:
        """Return the release of an app that was signed off last, or None."""
        ...

    def change(self, release: Release, *, was: ReleaseState) -> None:
        """Put a release in the place of itself.

        Args:
            release: As it is now.
            was: The state it was seen in.

        Raises:
            ReleaseChangedError: It is in another state by now.

        """
        ...


class ReleaseFiles(Protocol):
    """Keeps packages and what belongs to them."""

    async def take_in(self, release: ReleaseId, pieces: AsyncIterator[bytes]) -> KeptPackage:
        """Keep a package, durably, and count its SHA-256 as it comes in.

        Raises:
            PackageTooLargeError: It is larger than is taken; nothing is kept.
            PackageNotKeptError: It cannot be written; nothing is kept.

        """
        ...

    def package(self, release: ReleaseId) -> Path:
        """Return where the package of a release lies."""
        ...

    def keep(self, release: ReleaseId, paper: ReleasePaper, data: bytes) -> None:
        """Keep a paper of a release whole, in the place of an earlier one.

        Raises:
            PackageNotKeptError: It cannot be written.

        """
        ...

    def paper(self, release: ReleaseId, paper: ReleasePaper) -> bytes | None:
        """Return a paper of a release; None if there is none.

        Raises:
            PackageNotKeptError: It cannot be read.

        """
        ...

    def drop_package(self, release: ReleaseId) -> None:
        """Remove the package of a release; its papers stay."""
        ...
