"""Why a door refuses a request before any use case is asked."""

from typing import ClassVar

from chengnuo.base.errors import InvalidInputError


class NotSignedInError(InvalidInputError):
    """The page or operation is for somebody who is signed in."""

    code: ClassVar[str] = "not-signed-in"

    def __init__(self) -> None:
        super().__init__("this needs a signed-in session")


class NotAllowedError(InvalidInputError):
    """The role of the signed-in person does not include this."""

    code: ClassVar[str] = "not-allowed"

    def __init__(self) -> None:
        super().__init__("the role of this account does not include this")


class FormRefusedError(InvalidInputError):
    """A form did not come from a page of ours that was shown to the same browser."""

    code: ClassVar[str] = "form-refused"

    def __init__(self) -> None:
        super().__init__("the form has no valid token or comes from another site; load it again")


class NotJsonError(InvalidInputError):
    """A body is not JSON of the expected form."""

    code: ClassVar[str] = "not-json"

    def __init__(self, what: str) -> None:
        super().__init__(f"the body is not what this operation takes: {what}")
        self.what = what


class TooManyRequestsError(InvalidInputError):
    """One address asks too often."""

    code: ClassVar[str] = "too-many-requests"

    def __init__(self) -> None:
        super().__init__("too many requests from this address; try again in a minute")
