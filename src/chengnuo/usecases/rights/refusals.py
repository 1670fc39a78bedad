"""Why something cannot be done with a request about rights; each reason has a code of its own."""

from chengnuo.base.errors import ConflictError, InvalidInputError, UnavailableError
from chengnuo.domain.register.store import IdentifierKind
from chengnuo.domain.rights.identity import Why


class NoSuchRightsRequestError(InvalidInputError):
    """There is no request of this id, or it is somebody else's; which of them is not told."""

    code = "rights-no-such-request"

    def __init__(self) -> None:
        super().__init__("there is no such request")


class NoSuchRightsTaskError(InvalidInputError):
    """There is no such task or notice, or it is settled."""

    code = "rights-no-such-task"

    def __init__(self) -> None:
        super().__init__("there is no such open task or notice")


class NoSuchRightsHoldError(InvalidInputError):
    """There is no such hold, or it was lifted."""

    code = "rights-no-such-hold"

    def __init__(self) -> None:
        super().__init__("there is no such hold that stands")


class RightsHoldError(InvalidInputError):
    """A hold names nobody, a table that the register does not have, or an end that is over."""

    code = "rights-hold"

    def __init__(self) -> None:
        super().__init__("a hold takes an account, a table of the register if any, a later end")


class IdentityNotProvedError(ConflictError):
    """Who asks has not proved strongly or recently enough who they are.

    Attributes:
        why: What is lacking.

    """

    code = "rights-identity"

    def __init__(self, why: Why) -> None:
        super().__init__(f"identity is not proved for this request: {why}")
        self.why = why


class RightsNoMatchError(InvalidInputError):
    """No account has the identifiers that were given; they are repeated nowhere.

    Attributes:
        ask_next: The next least identifier that could tell; None where there is none.

    """

    code = "rights-no-match"

    def __init__(self, ask_next: IdentifierKind | None) -> None:
        super().__init__(f"no account matches; ask next: {ask_next or 'account id'}")
        self.ask_next = ask_next


class RightsAmbiguousError(InvalidInputError):
    """Several accounts have the identifiers that were given; they are repeated nowhere.

    Attributes:
        ask_next: The next least identifier that could tell; None where there is none.

    """

    code = "rights-ambiguous"

    def __init__(self, ask_next: IdentifierKind | None) -> None:
        super().__init__(f"several accounts match; ask next: {ask_next or 'account id'}")
        self.ask_next = ask_next


class RightsExtendedError(ConflictError):
    """The time for the answer was extended before; it can be extended once."""

    code = "rights-extended"

    def __init__(self) -> None:
        super().__init__("the time for the answer was extended before, or the request is closed")


class RightsReviewError(ConflictError):
    """An automated decision that was refused is not decided by a person yet."""

    code = "rights-review-open"

    def __init__(self) -> None:
        super().__init__(
            "the request is about one automated decision; claim its review and decide it there"
        )


class RightsReasonError(InvalidInputError):
    """A reason is due and has to be 5 to 450 characters long."""

    code = "rights-reason"

    def __init__(self) -> None:
        super().__init__("a reason is due; expected 5 to 450 characters")


class RightsNoTransferError(ConflictError):
    """This installation is not set up to move copies to other handlers."""

    code = "rights-no-transfer"

    def __init__(self) -> None:
        super().__init__("transfers to other handlers are not set up here")


class RightsUnderWayError(UnavailableError):
    """The request is being worked on just now."""

    code = "rights-under-way"

    def __init__(self) -> None:
        super().__init__("the request is being worked on just now; try again in a minute")
