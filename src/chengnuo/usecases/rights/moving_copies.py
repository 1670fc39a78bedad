"""Moving a copy that was made to the handler that the individual named (PIPL Art. 45 para. 3)."""

from collections.abc import Sequence
from datetime import timedelta

from chengnuo.domain.rights.explaining import Explainer
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.plan import Plan
from chengnuo.domain.rights.request import TransferAsked
from chengnuo.law.rights import Right
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.rights.planner_values import Beat
from chengnuo.usecases.rights.refusals import RightsNoTransferError
from chengnuo.usecases.rights.room import Room
from chengnuo.usecases.rights.seen import FileSeen
from chengnuo.usecases.rights.transferring import Asked

_A_YEAR = timedelta(days=365)


def move_copy(  # noqa: PLR0913, PLR0917  what goes where, and on which facts
    room: Room,
    plan: Plan,
    asked: TransferAsked,
    files: Sequence[FileSeen],
    explainer: Explainer,
    beat: Beat,
) -> None:
    """Move a copy; whole and confirmed on return, and gone on with after a stop.

    Raises:
        RightsNoTransferError: Transfers are not set up here.
        TransferNotAllowedError: A condition is not met; nothing was sent.
        TransferPeerUnavailableError: The receiver does not answer; call again.

    """
    if room.transfers is None:
        raise RightsNoTransferError
    now, person = room.keeper.now(), PersonKey(plan.request.person)
    before = sum(
        one.request.right is Right.TRANSFER
        and one.stage is Stage.FULFILLED
        and one.request.received > now - _A_YEAR
        for one in room.store.of(room.names(person))
    )
    room.transfers.send(
        plan,
        asked.offer,
        files,
        explainer,
        person,
        now,
        asked=Asked(proved=True, before=before),
        beat=beat,
    )
