"""What planes cannot take: a second writer, too many individuals or lanes."""

from chengnuo.base.errors import ConflictError, InvalidInputError


class PlanesLockedError(ConflictError):
    """Another process writes these planes."""

    code = "planes-locked"

    def __init__(self) -> None:
        super().__init__("another process writes the state of consent; expected one writer")


class BeyondPlanesError(InvalidInputError):
    """There are more individuals or lanes than planes can hold."""

    code = "planes-full"

    def __init__(self, what: str, count: int, most: int) -> None:
        super().__init__(f"the planes cannot hold {what} {count}; expected at most {most}")
        self.what = what
        self.count = count
        self.most = most


MOST_INDIVIDUALS = 1 << 40
