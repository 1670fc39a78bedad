"""Where the vettings of kits are kept; packages and papers lie beside, as for releases.

A change is made only from the state that whoever changes it has seen.
"""

from typing import Protocol

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.governance.kit_vetting import KitVetting, KitVettingId
from chengnuo.domain.governance.release import ReleaseState


class NoSuchKitVettingError(InvalidInputError):
    """There is no vetting of this id."""

    code = "no-such-kit-vetting"

    def __init__(self) -> None:
        super().__init__("no vetting of a kit has this id")


class KitStore(Protocol):
    """Keeps what is known of vettings."""

    def add(self, kit: KitVetting) -> None:
        """Keep a new one."""
        ...

    def one(self, kit: KitVettingId) -> KitVetting:
        """Return one.

        Raises:
            NoSuchKitVettingError: There is none of this id.

        """
        ...

    def every(self) -> tuple[KitVetting, ...]:
        """Return all, the newest first."""
        ...

    def in_state(self, state: ReleaseState) -> tuple[KitVetting, ...]:
        """Return those in a state, the oldest first."""
        ...

    def change(self, kit: KitVetting, *, was: ReleaseState) -> None:
        """Put one in the place of itself.

        Args:
            kit: As it is now.
            was: The state it was seen in.

        Raises:
            ReleaseChangedError: It is in another state by now.

        """
        ...
