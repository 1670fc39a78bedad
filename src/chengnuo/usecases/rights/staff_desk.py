"""What staff and programs do beside single requests: keep things back, find an account."""

from collections.abc import Mapping
from datetime import datetime

from chengnuo.domain.register.store import IdentifierKind
from chengnuo.ports.accounts import Account
from chengnuo.ports.rights_holds import HoldKept
from chengnuo.usecases.rights.holding import HoldSeen, keep_back, lift, seen_holds
from chengnuo.usecases.rights.labels import LabelDesk
from chengnuo.usecases.rights.looking_up import kinds_known, the_account
from chengnuo.usecases.rights.room import Room


class StaffDesk:
    """The part of `RightsDesk` that is about no single request."""

    def __init__(self, room: Room) -> None:
        """Make it."""
        self._room = room
        self.labels = LabelDesk(room)

    def holds(self) -> tuple[HoldSeen, ...]:
        """Return what staff keep back, newest first, with what they kept back once."""
        return seen_holds(self._room)

    def hold(  # noqa: PLR0913  what a hold is
        self,
        account: str,
        *,
        table: str = "",
        reason: str,
        until: datetime | None = None,
        by: Account,
        secret: bool = False,
    ) -> HoldKept:
        """Keep something of an individual back from deletion; in force and recorded on return.

        Raises:
            RightsHoldError: No account, a table that is not in the register, or an end in the past.
            RightsReasonError: The reason has a wrong length.

        """
        return keep_back(
            self._room, account, table=table, reason=reason, until=until, by=by, secret=secret
        )

    def lift(self, hold: str, by: Account, reason: str) -> HoldKept:
        """Lift a hold; the next sweep deletes what it alone kept back.

        Raises:
            NoSuchRightsHoldError: There is none that stands.
            RightsReasonError: The reason has a wrong length.
            FourEyesError: It takes a reviewer other than who set it.

        """
        return lift(self._room, hold, by, reason)

    def identifiers(self) -> tuple[IdentifierKind, ...]:
        """Return by what else than the account id somebody can be found, the least first."""
        known = kinds_known(self._room.served().register)
        return tuple(kind for kind in IdentifierKind if kind in known)

    def find(self, given: Mapping[IdentifierKind, str]) -> str:
        """Return the one account that all identifiers given belong to.

        Raises:
            RightsNoMatchError: No account has them all; `ask_next` says what could tell.
            RightsAmbiguousError: Several have them all.
            StoreUnavailableError: A store does not answer; nothing can be said.

        """
        return the_account(self._room.sources, self._room.served().register, given)
