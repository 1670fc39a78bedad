"""Port: a privacy policy that a person has as a file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from chengnuo.base.errors import InvalidInputError
from chengnuo.engines.policy.blocks import BlockText


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
        document: What people read; addresses of links stand in brackets after their words.

    """

    file: str
    sha256: str
    document: BlockText

    @property
    def text(self) -> str:
        """What people read, as one text."""
        return self.document.text


class PolicySource(Protocol):
    """Reads policies."""

    def read(self, path: Path) -> PolicyText:
        """Read a policy from a web page, Word document, PDF, Markdown or plain text.

        Raises:
            UnreadablePolicyError: The file cannot be read, is too large, is locked or damaged, is
                a PDF of pictures, or holds no text.

        """
        ...
