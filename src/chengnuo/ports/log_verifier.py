"""The separate verifier, run as a process of its own on what the public can see of the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from chengnuo.base.errors import UnavailableError
from chengnuo.base.text import Text


class VerifierUnavailableError(UnavailableError):
    """The verifier could not be run, or gave no answer that can be read."""

    code = "verifier-unavailable"

    def __init__(self, what: str) -> None:
        super().__init__(f"the verifier could not be run: {what}")
        self.what = what


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifierReport:
    """What the verifier says.

    Attributes:
        status: Its exit status: 0 whole, 1 refused, 2 no log, 3 could not finish, 4 undecided.
        messages: Code and words of each thing it says, the verdict first.
        checked: What it counted, by name.
        seconds: How long it took.
        program: Name and version of what was run.

    """

    status: int
    messages: tuple[tuple[str, Text], ...]
    checked: tuple[tuple[str, int], ...]
    seconds: float
    program: str


class LogVerifier(Protocol):
    """Runs the verifier."""

    def verify_log(self) -> VerifierReport:
        """Verify the whole public log; one too large for the time there is has status 3.

        Raises:
            VerifierUnavailableError: It could not be run.

        """
        ...

    def verify_file(self, name: str, data: bytes) -> VerifierReport:
        """Verify a receipt, proof, evidence file or attestation.

        Raises:
            VerifierUnavailableError: It could not be run.

        """
        ...

    def verify_path(self, path: Path, keys: Sequence[str]) -> VerifierReport:
        """Verify a file or a folder where it lies.

        Args:
            path: The file, or the folder of files beside their attestation.
            keys: Keys to trust, as vkeys; none to take the one in the file.

        Raises:
            VerifierUnavailableError: It could not be run.

        """
        ...
