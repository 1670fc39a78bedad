"""The one error that leaves the reader of DEX files."""

from chengnuo.base.errors import InvalidInputError


class UnreadableDexError(InvalidInputError):
    """A file is not a DEX file that can be read as a whole.

    Attributes:
        name: The file.
        why: What is wrong with it, or what it is instead.

    """

    code = "unreadable-dex"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"DEX file `{name}` cannot be read: {why}")
        self.name = name
        self.why = why
