"""Port: the text of a privacy policy that a person has as a file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from chengnuo.base.errors import InvalidInputError


class UnreadablePolicyError(InvalidInputError):
    """The file is no text that can be looked through."""

    code = "unreadable-policy"

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"policy `{file}` cannot be read: {why}")
        self.file = file
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyText:
    """The text of a policy.

    Attributes:
        file: Name of the file, without folders.
        sha256: SHA-256 of the file, 64 hex digits.
        text: What people read; addresses of links stand in brackets after their words.

    """

    file: str
    sha256: str
    text: str


class PolicySource(Protocol):
    """Reads policies."""

    def read(self, path: Path) -> PolicyText:
        """Read a policy from a web page, Markdown or plain text.

        Raises:
            UnreadablePolicyError: The file cannot be read, is too large or holds no text.

        """
        ...
