"""Staff look at what is personal of a request, or use an account id; that is recorded first.

It stands in the individual's own chain with who, why and what, so that they see it in the privacy
centre (PIPL Arts. 51, 54). Somebody of whom nothing is recorded yet gets no chain by it: an id that
was mistyped must not become somebody.
"""

from dataclasses import dataclass

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.rights.request import Asked, RequestId
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights import RightsStore
from chengnuo.usecases.evidence.desk import IN_NOBODYS_CHAIN, checked_reason
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.rights.refusals import NoSuchRightsRequestError

READ_REQUEST = "rights-request"
"""What the record says was read: what an individual wrote in a request."""
TAKEN_IN = "rights-request-taken-in"
"""What the record says was done: a request was typed in for somebody."""
LOOKED_UP = "rights-account-looked-up"
"""What the record says was done: an account was looked for by a phone number or the like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestReading:
    """Opens what is personal of requests.

    Attributes:
        store: The requests.
        recorder: Records readings.

    """

    store: RightsStore
    recorder: Recorder

    def read(self, request: RequestId, *, by: str, reason: str) -> Asked | None:
        """Record who looks at what and why, then return what is asked for, whole.

        None once the request is closed: what is personal of it is erased by then.

        Raises:
            NoReasonError: The reason is too short or too long.
            NoSuchRightsRequestError: There is none.
            UnavailableError: It could not be recorded, or cannot be read.

        """
        given = checked_reason(reason)
        case = self.store.case(request)
        if case is None:
            raise NoSuchRightsRequestError
        self.note(PersonKey(case.request.person), READ_REQUEST, by=by, reason=given)
        secret = self.store.secret(request)
        return None if secret is None else secret.asked

    def note_look_up(self, *, by: str, reason: str) -> None:
        """Record that somebody looks an account up; see `note_look_up`."""
        note_look_up(self.recorder, by=by, reason=reason)

    def note(self, person: PersonKey, what: str, *, by: str, reason: str) -> None:
        """Record that somebody of the staff looks at or acts for an individual.

        Raises:
            NoReasonError: The reason is too short or too long.
            UnavailableError: It could not be recorded.

        """
        given = checked_reason(reason)
        known = self.recorder.payloads.tag(person) is not None
        said = {"what": what, "by": by, "reason": given if known else IN_NOBODYS_CHAIN}
        self.recorder.record(Kind.OPERATOR_READ, dict(said), person=person if known else None)


def note_look_up(recorder: Recorder, *, by: str, reason: str) -> None:
    """Record that somebody of the staff looks an account up by another identifier.

    It is recorded before anybody is found, so in nobody's chain, and without the identifier.

    Raises:
        NoReasonError: The reason is too short or too long.
        UnavailableError: It could not be recorded.

    """
    checked_reason(reason)
    said = {"what": LOOKED_UP, "by": by, "reason": IN_NOBODYS_CHAIN}
    recorder.record(Kind.OPERATOR_READ, dict(said))
