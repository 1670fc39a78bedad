"""Why an act on a consent is not recorded; each reason has a leaf. Nothing is recorded with any."""

from chengnuo.base.errors import ConflictError, InvalidInputError


class OtherVersionError(ConflictError):
    """What was shown is not what the register in force asks now."""

    code = "consent-other-version"

    def __init__(self, item: str, what: str) -> None:
        super().__init__(
            f"`{what}` shown for `{item}` is not that of the register in force; show it anew"
        )
        self.item = item
        self.what = what


class OtherAppError(InvalidInputError):
    """The item belongs to another app than the one that asks."""

    code = "consent-other-app"

    def __init__(self, item: str) -> None:
        super().__init__(f"`{item}` belongs to another app than the one that asked for it")
        self.item = item


class PromptAnsweredError(ConflictError):
    """This prompt was answered before."""

    code = "consent-prompt-answered"

    def __init__(self, item: str, position: int) -> None:
        super().__init__(f"the prompt for `{item}` was answered before, in record {position}")
        self.item = item
        self.position = position


class PromptLateError(ConflictError):
    """A prompt was answered long after it was shown."""

    code = "consent-prompt-late"

    def __init__(self, item: str) -> None:
        super().__init__(f"the prompt for `{item}` was shown too long ago; show it anew")
        self.item = item


class PromptFromFutureError(InvalidInputError):
    """A prompt is said to have been shown later than now."""

    code = "consent-prompt-future"

    def __init__(self, item: str) -> None:
        super().__init__(f"the prompt for `{item}` is said to have been shown later than now")
        self.item = item


class GuardianNeededError(InvalidInputError):
    """A child under fourteen cannot consent alone (PIPL Art. 31)."""

    code = "guardian-needed"

    def __init__(self, item: str) -> None:
        super().__init__(f"`{item}` needs a guardian's consent; expected one to act")
        self.item = item


class GuardianNotNeededError(InvalidInputError):
    """A guardian consents for somebody who decides alone, or to what only children are asked."""

    code = "guardian-not-needed"

    def __init__(self, item: str) -> None:
        super().__init__(f"`{item}` is not for a guardian to decide for this individual")
        self.item = item


class NotAGuardianError(ConflictError):
    """Whoever is to act cannot be the guardian: the child, a minor, or of unknown age."""

    code = "not-a-guardian"

    def __init__(self) -> None:
        super().__init__("a guardian is an adult with an account of their own")


class GuardianRelationEndedError(ConflictError):
    """The relation of this guardian is over, and their own word does not bring it back."""

    code = "guardian-relation-ended"

    def __init__(self) -> None:
        super().__init__("this guardian's relation to the child was ended; the operator states it")


class NoGuardianRelationError(ConflictError):
    """The child has no such guardian, or it was said before that the relation is over."""

    code = "no-guardian-relation"

    def __init__(self) -> None:
        super().__init__("the child has no such guardian whose relation could be ended")


class OtherGuardianRefusedError(ConflictError):
    """Another guardian of the child said no, and a no stands until whoever said it takes it back.

    Nothing is told of who that is.
    """

    code = "other-guardian-refused"

    def __init__(self, item: str) -> None:
        super().__init__(f"another guardian said no to `{item}`; nothing was recorded")
        self.item = item


class NothingAskedError(ConflictError):
    """Nothing waits for a guardian's decision that could be taken back."""

    code = "nothing-asked"

    def __init__(self, item: str) -> None:
        super().__init__(f"`{item[:120]}` does not wait for a guardian")
        self.item = item


class NothingToWithdrawError(ConflictError):
    """There is no consent to this item that could be withdrawn."""

    code = "nothing-to-withdraw"

    def __init__(self, item: str) -> None:
        super().__init__(f"there is no consent to `{item[:120]}` to withdraw")
        self.item = item


class UndoTooLateError(ConflictError):
    """A withdrawal was made longer ago than it can be undone."""

    code = "undo-too-late"

    def __init__(self, position: int) -> None:
        super().__init__(f"the withdrawal in record {position} cannot be undone any more; ask anew")
        self.position = position


class UndoNotPossibleError(ConflictError):
    """A record is no withdrawal of this individual that still stands, with a consent before it."""

    code = "undo-not-possible"

    def __init__(self, position: int) -> None:
        super().__init__(f"record {position} is no withdrawal of this individual that still stands")
        self.position = position


class NoSuchSwitchError(InvalidInputError):
    """The register has no such switch."""

    code = "no-such-switch"

    def __init__(self, switch: str) -> None:
        super().__init__(f"the register has no switch `{switch[:120]}`")
        self.switch = switch


class NoSuchActivityError(InvalidInputError):
    """The register has no such activity."""

    code = "no-such-activity"

    def __init__(self, activity: str) -> None:
        super().__init__(f"the register has no activity `{activity[:120]}`")
        self.activity = activity


class EndPastError(InvalidInputError):
    """A consent for a time would have ended already."""

    code = "consent-end-past"

    def __init__(self, item: str) -> None:
        super().__init__(f"the end of the consent to `{item}` has passed; expected a later one")
        self.item = item


class NothingToEndError(ConflictError):
    """There is no consent to this item that has run out or was for one use."""

    code = "nothing-to-end"

    def __init__(self, item: str) -> None:
        super().__init__(f"no consent to `{item[:120]}` has run out")
        self.item = item


class NotYetFourteenError(ConflictError):
    """What guardians gave is handed over at fourteen, on a known birth date."""

    code = "not-yet-fourteen"

    def __init__(self) -> None:
        super().__init__("the individual is not known to be fourteen or over")


class SameIndividualError(InvalidInputError):
    """An individual is to be merged with themselves."""

    code = "same-individual"

    def __init__(self) -> None:
        super().__init__("both names are the same; expected two")


class NoLabelRequestError(InvalidInputError):
    """Nobody waits for the labels of this activity to be cleared."""

    code = "no-label-request"

    def __init__(self, activity: str) -> None:
        super().__init__(f"no request to clear the labels of `{activity}` is open")
        self.activity = activity


class NoSuchFollowUpError(InvalidInputError):
    """Nothing of the sort follows from this withdrawal, or not any more."""

    code = "no-such-follow-up"

    def __init__(self, withdrawal: int) -> None:
        super().__init__(f"nothing of the sort follows from the withdrawal in record {withdrawal}")
        self.withdrawal = withdrawal


class FollowUpNotDueError(ConflictError):
    """It is not due: the withdrawal can still be undone."""

    code = "follow-up-not-due"

    def __init__(self, withdrawal: int) -> None:
        super().__init__(
            f"what follows from the withdrawal in record {withdrawal} is not due while it "
            "can be undone"
        )
        self.withdrawal = withdrawal
