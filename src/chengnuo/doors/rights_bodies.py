"""What programs hand in about requests of individuals, as JSON; the only place of its wire names.

The account id stands in the body and nowhere else: paths and queries end up in the logs of every
proxy on the way. Unknown members are an error, so that nothing misspelt is passed over.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, ClassVar, Literal

import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.register.store import IdentifierKind
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import AskedBy
from chengnuo.doors.consent_bodies import MOST_LISTED, Aware
from chengnuo.doors.decision_bodies import AccountText, Id
from chengnuo.doors.rights_asked_bodies import AskedBody, Member, Said
from chengnuo.law.rights import Right
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.rights.seen import Asker

_MOST_PARTS = 10_000
MOST_PIECE = 1 << 20

RequestText = Annotated[str, msgspec.Meta(pattern="^rq-[A-Za-z2-7]{20}$")]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """A body in which an unknown member is an error."""


class WhoAsksError(InvalidInputError):
    """It is not said by exactly one account id or identifier who asks."""

    code: ClassVar[str] = "rights-who-asks"

    def __init__(self) -> None:
        super().__init__("give `person`, or to open or try a request `identifier`; not both")


class IdentifierBody(_Strict, frozen=True, kw_only=True):
    """Something else than the account id that somebody can be found by.

    Attributes:
        kind: What it is.
        value: As the store holds it.

    """

    kind: IdentifierKind
    value: AccountText


class WhoAsksBody(_Strict, frozen=True, kw_only=True):
    """Who makes a request or acts on one, as the operator's back end knows it.

    Exactly one of `person` and `identifier` is given; `identifier` only to open or try a request.

    Attributes:
        person: The account id of whose information it is.
        identifier: What the account is found by, where its id is not known.
        by: In which role somebody asks.
        app: App that they came from.
        guardian: Account id of the guardian who acts for a child.
        authenticated_at: When the individual last proved to the operator who they are.

    """

    person: AccountText | None = None
    identifier: IdentifierBody | None = None
    by: Literal["individual", "guardian", "close-relative", "agent", "staff"] = "individual"
    app: Id | None = None
    guardian: AccountText | None = None
    authenticated_at: Aware | None = None

    def to_asker(
        self,
        person: Callable[[str], PersonKey],
        find: Callable[[Mapping[IdentifierKind, str]], str] | None = None,
    ) -> Asker:
        """Return the value the use case takes.

        Args:
            person: Turns an account id into a key.
            find: Finds an account; None where only its id will do.

        Raises:
            WhoAsksError: Not exactly one of account id and identifier is given, or the id is due.

        """
        if (self.person is None) is (self.identifier is None):
            raise WhoAsksError
        account = self.person
        if self.identifier is not None and find is not None:
            account = find({self.identifier.kind: self.identifier.value})
        if account is None:
            raise WhoAsksError
        return Asker(
            person=person(account),
            account=account,
            by=AskedBy(self.by),
            app=self.app or "",
            surface="api",
            authenticated_at=self.authenticated_at,
            guardian=None if self.guardian is None else person(self.guardian),
        )


class OpenBody(_Strict, frozen=True, kw_only=True):
    """A request, as it is made or tried.

    Attributes:
        asker: Who asks.
        right: Which right.
        asked: What is asked for.
        mark: Of this one asking, made up by whoever hands it in; handed in again it is the request
            there is, even once that is closed. Of no meaning when a request is only tried.

    """

    asker: WhoAsksBody
    right: Right
    asked: AskedBody
    mark: Annotated[str, msgspec.Meta(pattern="^(?:[A-Za-z0-9][A-Za-z0-9._:-]{0,79})?$")] = ""


class ProveBody(_Strict, frozen=True, kw_only=True):
    """An individual has proved to the operator who they are, for a request that waits for it."""

    id: RequestText
    asker: WhoAsksBody


class CodeBody(_Strict, frozen=True, kw_only=True):
    """The pass code of a copy, for an individual who has signed in just now; it is told once."""

    id: RequestText
    asker: WhoAsksBody


class ListBody(_Strict, frozen=True, kw_only=True):
    """Which requests are wanted: of one individual, or of everybody by the days left.

    Attributes:
        person: Whose; left out, everybody's.
        stage: Only those at this stage; of everybody only.
        overdue: Only those over their time; of everybody only.
        limit: How many at the most.

    """

    person: AccountText | None = None
    stage: Stage | None = None
    overdue: bool = False
    limit: Annotated[int, msgspec.Meta(ge=1, le=MOST_LISTED)] = 200


class OneBody(_Strict, frozen=True, kw_only=True):
    """One request; with `person` only if it is theirs."""

    id: RequestText
    person: AccountText | None = None


class OwnBody(_Strict, frozen=True, kw_only=True):
    """One request of an individual."""

    id: RequestText
    person: AccountText


class AskerBody(_Strict, frozen=True, kw_only=True):
    """Whom a question is about, and who asks it."""

    asker: WhoAsksBody


class AccountBody(_Strict, frozen=True, kw_only=True):
    """An account id that somebody is about to make an account under."""

    person: AccountText


class NoticeBody(_Strict, frozen=True, kw_only=True):
    """A party outside has done what it was told; `notice` as it was sent to it."""

    notice: Member


class TasksBody(_Strict, frozen=True, kw_only=True):
    """Which tasks are wanted."""

    open_only: bool = True


class TaskDoneBody(_Strict, frozen=True, kw_only=True):
    """Somebody has done by hand what a task says."""

    task: Member
    note: Said = ""


class FileBody(_Strict, frozen=True, kw_only=True):
    """A piece of a file to take home, at most a megabyte of it.

    Attributes:
        id: The request.
        asker: Who takes it; they have signed in just now.
        part: Which file.
        start: First byte.
        length: How many bytes at the most.

    """

    id: RequestText
    asker: WhoAsksBody
    part: Annotated[int, msgspec.Meta(ge=1, le=_MOST_PARTS)] = 1
    start: Annotated[int, msgspec.Meta(ge=0, le=2**53)] = 0
    length: Annotated[int, msgspec.Meta(ge=1, le=MOST_PIECE)] = MOST_PIECE
