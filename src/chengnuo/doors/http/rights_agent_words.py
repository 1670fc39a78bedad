"""What the Data Rights Protocol calls things: what can be asked for, and where a request stands.

The protocol knows no answer in part. What was done in part is `denied` with `claim_not_covered`:
an agent that reads no further must not tell anybody that all is done. `pipl_outcome` says exactly
what it is. Nothing here tells an agent what the individual's information is.
"""

from datetime import date, datetime

import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Lang, Text
from chengnuo.domain.rights.machine import NEXT, Event, Stage
from chengnuo.domain.rights.request import (
    Asked,
    CancellationAsked,
    DeletionAsked,
    ExplanationAsked,
    Ground,
    ReadAsked,
    RestrictionAsked,
)
from chengnuo.doors.http.rights_envelope import ExerciseBody
from chengnuo.law.rights import Right
from chengnuo.usecases.rights.seen import RequestSeen

REGIME = "pipl"
VERIFY_PATH = "/centre/rights"


class ExerciseError(InvalidInputError):
    """An agent asks for what is not offered, or leaves out what has to be said of it."""

    code = "agent-exercise"

    def __init__(self, what: str) -> None:
        super().__init__(what)


class StatusBody(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a request stands (section 3.03), with our extension `pipl_outcome`."""

    request_id: str
    status: str
    received_at: datetime | None = None
    expected_by: date | None = None
    agent_request_id: str = ""
    processing_details: str = ""
    reason: str = ""
    verification_url: str = msgspec.field(name="user_verification_url", default="")
    results_url: str = ""
    expires_at: datetime | None = None
    pipl_outcome: str = ""


_PLAIN: dict[str, tuple[Right, Asked]] = {
    "deletion": (Right.DELETE, DeletionAsked(ground=Ground.WITHDRAWN)),
    "access": (Right.ACCESS, ReadAsked()),
    "access:categories": (Right.ACCESS, ReadAsked()),
    "access:specific": (Right.COPY, ReadAsked(formats=("json",))),
    "copy": (Right.COPY, ReadAsked(formats=("json", "csv"))),
    "restrict": (Right.RESTRICT, RestrictionAsked(on=True)),
    "refuse": (Right.REFUSE, RestrictionAsked(on=True)),
    "explain": (Right.EXPLAIN_RULES, ExplanationAsked()),
    "account_cancellation": (Right.CANCEL_ACCOUNT, CancellationAsked()),
}
"""What can be asked for without saying more."""
_MORE: dict[str, Right] = {"correction": Right.CORRECT, "transfer": Right.TRANSFER}
"""What can be asked for only with `pipl`, which says what shall be corrected, or where it goes."""
WITHDRAW = "withdraw"
"""Withdraws every consent in force, and asks that what was handled on them alone is deleted."""
EXERCISES = (*_PLAIN, *_MORE, WITHDRAW)


def asked_of(body: ExerciseBody) -> tuple[Right, Asked]:
    """Return what an agent asks for, of what is asked for as a request.

    Raises:
        ExerciseError: It is not offered, or has to be said more exactly.

    """
    if body.regime != REGIME:
        raise ExerciseError(f"the regime is not offered; expected `{REGIME}`")
    if body.exercise in _MORE:
        if body.pipl is None:
            raise ExerciseError(f"`{body.exercise}` takes `pipl`, which says what exactly")
        return _MORE[body.exercise], body.pipl.to_domain()
    found = _PLAIN.get(body.exercise)
    if found is None:
        raise ExerciseError(f"expected one of {', '.join(EXERCISES)}")
    right, asked = found
    return right, asked if body.pipl is None else body.pipl.to_domain()


def status_of(
    seen: RequestSeen, shown_id: str, *, public_url: str, agent_request_id: str = ""
) -> StatusBody:
    """Return where a request stands.

    Args:
        seen: The request.
        shown_id: Id under which the agent knows it.
        public_url: Address of this service.
        agent_request_id: The agent's own id of it, where it was just told.

    """
    stage = seen.stage
    waits = stage is Stage.NEEDS_IDENTITY
    status, reason = _STATUS.get(stage, ("in_progress", ""))
    if stage is Stage.REFUSED:
        reason = _why_refused(seen)
    expires = min((file.expires for file in seen.files), default=None)
    return StatusBody(
        request_id=shown_id,
        status=status,
        reason=reason,
        received_at=seen.request.received,
        expected_by=None if stage.is_final else seen.due.on,
        agent_request_id=agent_request_id,
        processing_details=_details(seen).in_lang(Lang.ZH),
        verification_url=f"{public_url}{VERIFY_PATH}" if waits else "",
        results_url=f"{public_url}{VERIFY_PATH}" if seen.files else "",
        expires_at=expires,
        pipl_outcome=stage.value if stage.is_final else "",
    )


def denied(shown_id: str, reason: str, *, at: datetime, agent_request_id: str) -> StatusBody:
    """Return the answer to what cannot be a request: nobody was found that it is about."""
    return StatusBody(
        request_id=shown_id,
        status="denied",
        reason=reason,
        received_at=at,
        agent_request_id=agent_request_id,
        processing_details=_NOBODY.in_lang(Lang.ZH),
    )


_STATUS: dict[Stage, tuple[str, str]] = {
    Stage.NEEDS_IDENTITY: ("in_progress", "need_user_verification"),
    Stage.FULFILLED: ("fulfilled", ""),
    Stage.PARTLY: ("denied", "claim_not_covered"),
    Stage.REFUSED: ("denied", "other"),
    Stage.TAKEN_BACK: ("revoked", ""),
}


def _why_refused(seen: RequestSeen) -> str:
    if any(one.event is Event.NOT_PROVED for one in seen.timeline):
        return "insuf_verification"
    by_law = seen.reply is not None and any(one.articles for one in seen.reply.refusals)
    return "claim_not_covered" if by_law else "other"


def _details(seen: RequestSeen) -> Text:
    if seen.stage is Stage.PARTLY:
        return _PARTLY
    if seen.stage in NEXT and seen.extended:
        return _EXTENDED
    if seen.stage in NEXT:
        return NEXT[seen.stage].action
    return _CLOSED


_PARTLY = Text(
    "已部分办理；未办理的部分及理由见个人信息中心的答复。",
    "Done in part; what was not done, and why, stands in the answer in the privacy centre.",
)
_CLOSED = Text("已办结，答复见个人信息中心。", "Closed; the answer stands in the privacy centre.")
_EXTENDED = Text(
    "办理期限已延长，理由见个人信息中心。",
    "The time for the answer was extended; the reasons stand in the privacy centre.",
)
_NOBODY = Text(
    "按所给的已核验的标识没有找到唯一的账户。",
    "No single account was found by the verified identifier that was given.",
)
