"""Where publications are put: the one that holds now, and every one that ever did."""

from collections.abc import Mapping
from typing import Protocol

from chengnuo.base.errors import ConflictError, IntegrityError, InvalidInputError, UnavailableError


class PlaceTakenError(InvalidInputError):
    """The place holds other things than publications."""

    code = "publication-place-taken"

    def __init__(self, found: str) -> None:
        super().__init__(
            f"the folder to publish into holds `{found}`, which is no publication; "
            "expected an empty folder or an earlier publication"
        )
        self.found = found


class PublicationDamagedError(IntegrityError):
    """A kept publication is not what was published."""

    code = "publication-damaged"

    def __init__(self, publication: str, what: str) -> None:
        super().__init__(f"publication `{publication}` in the archive is damaged: {what}")
        self.publication = publication
        self.what = what


class PublicationExistsError(ConflictError):
    """Somebody else has just published under the same name."""

    code = "publication-exists"

    def __init__(self, publication: str) -> None:
        super().__init__(f"publication `{publication}` is in the archive already; read it again")
        self.publication = publication


class PublicationNotWrittenError(UnavailableError):
    """The place cannot be written to; what was there is still whole."""

    code = "publication-not-written"

    def __init__(self, reason: str) -> None:
        super().__init__(f"the publication was not written: {reason}; what was there is unchanged")
        self.reason = reason


class PublicationPlace(Protocol):
    """Keeps publications; each is there whole or not at all."""

    def publications(self) -> Mapping[str, bytes]:
        """Return the manifest of every kept publication by its name.

        Raises:
            PlaceTakenError: The place holds other things.
            PublicationDamagedError: A publication has no manifest.

        """
        ...

    def read(self, publication: str, path: str) -> bytes:
        """Return a file of a kept publication.

        Raises:
            PublicationDamagedError: There is no such file.

        """
        ...

    def keep(self, publication: str, files: Mapping[str, bytes]) -> None:
        """Keep a publication for good, whole or not at all.

        Raises:
            PublicationExistsError: There is one of this name.
            PublicationNotWrittenError: The place cannot be written to.

        """
        ...

    def show(self, publication: str, top: Mapping[str, bytes]) -> None:
        """Make a kept publication the current one, with the pages above it; again is no change.

        Raises:
            PublicationNotWrittenError: The place cannot be written to.

        """
        ...
