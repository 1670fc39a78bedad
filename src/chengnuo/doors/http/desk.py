"""What the JSON interface asks of the register's use cases.

Every method answers with a JSON tree whose form the use case owns and its room documents;
`version` is a version id, its first digits, or None for the version in force.
"""

from typing import Protocol

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang


class RegisterDesk(Protocol):
    """The register, read by outsiders."""

    def register_version(self) -> str:
        """Return the id of the version in force, or an empty string if none is loaded."""
        ...

    def law_version(self) -> str:
        """Return the version of the law catalogue."""
        ...

    def register_tree(self, version: str | None) -> Tree:
        """Return the register itself.

        Raises:
            UnknownVersionError: No such version.

        """
        ...

    def lists_tree(self, version: str | None, lang: Lang) -> Tree:
        """Return both lists.

        Raises:
            UnknownVersionError: No such version.

        """
        ...

    def rules_tree(self, version: str | None, lang: Lang) -> Tree:
        """Return the processing rules.

        Raises:
            UnknownVersionError: No such version.

        """
        ...

    def diff_tree(self, old: str, new: str) -> Tree:
        """Return what differs between two versions.

        Raises:
            UnknownVersionError: No such version.

        """
        ...

    def findings_tree(self, version: str | None) -> Tree:
        """Return what the check finds.

        Raises:
            UnknownVersionError: No such version.

        """
        ...

    def law_tree(self, entry: str) -> Tree:
        """Return one entry of the law catalogue, by its id.

        Raises:
            InvalidInputError: No such entry.

        """
        ...

    def law_set_tree(self, name: str | None) -> Tree:
        """Return the entries of one set, or of all.

        Raises:
            InvalidInputError: No such set.

        """
        ...
