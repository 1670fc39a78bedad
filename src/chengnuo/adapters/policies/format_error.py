"""What a reader of one format raises."""


class PolicyFormatError(ValueError):
    """The file is not what it says it is, or is more than is read; says why."""
