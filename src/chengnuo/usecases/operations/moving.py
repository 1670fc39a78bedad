"""Moving the database of a data folder: in which order, so that one side is in force at any time.

The bulk is brought over while the service goes on, in rounds: the second finds what changed during
the first. Then the folder is held, what is left is brought over, every row and the tree are held to
each other, the folder is marked, and only then the other side may be served. Whoever kills it finds
the folder in force before the mark, and after it nothing but to run it again: the other side is
refused until it is whole.
"""

from collections.abc import Callable
from dataclasses import dataclass

from chengnuo.ports.data_move import DataMove, MoveDiffersError, Round, Stage, Tell, TreeMoved
from chengnuo.ports.evidence_log import LogLockedError

_ROUNDS_HELD = 4
_REST = 4
"""How much longer than a round took it is waited for before the next, while a service writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """How a move ended.

    Attributes:
        to: Where to, without an account or a password.
        already: Whether it had ended before; then nothing was looked at.
        round: What was brought over last, every row of it held to the other side.
        tree: The tree over the records.
        held_s: For how long nobody could write.

    """

    to: str
    already: bool = False
    round: Round | None = None
    tree: TreeMoved | None = None
    held_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """The use case.

    Attributes:
        move: Both sides.
        seconds: Tells time that only grows.
        rest: Waits for some seconds.

    """

    move: DataMove
    seconds: Callable[[], float]
    rest: Callable[[float], None]

    def run(self, *, wait_s: float, tell: Tell, ready: Callable[[str], None]) -> Moved:
        """Move everything.

        Args:
            wait_s: How long to wait for the service to be stopped.
            tell: Told how far it is.
            ready: Told once, that only the service is waited for, and which process it is.

        Raises:
            LogLockedError: The service was not stopped in time; run it again.
            MoveDiffersError: What was read back is not the same; the folder stays in force.

        """
        move = self.move
        if move.stage is Stage.DONE:
            return Moved(to=move.to, already=True)
        if move.stage is Stage.BEGUN:
            for _ in range(2):
                move.bring_over(trusting=False, tell=tell)
        return self._switch(wait_s, tell, ready)

    def _switch(self, wait_s: float, tell: Tell, ready: Callable[[str], None]) -> Moved:
        until, said = self.seconds() + wait_s, False
        while True:
            began = self.seconds()
            try:
                with self.move.held():
                    began = self.seconds()
                    found, tree = self._settle(tell)
                    self.move.mark()
                    self.move.finish()
                    held_s = self.seconds() - began
            except LogLockedError as error:
                if self.seconds() > until:
                    raise
                if not said:
                    ready(error.holder)
                    said = True
                self.move.bring_over(trusting=True, tell=tell)
                self.rest(max(0.5, _REST * (self.seconds() - began)))
            else:
                return Moved(to=self.move.to, round=found, tree=tree, held_s=held_s)

    def _settle(self, tell: Tell) -> tuple[Round, TreeMoved]:
        """Bring over what is left while nobody writes.

        A round leaves what two ranges must not hold at once; the next finds it free.
        """
        found = self.move.bring_over(trusting=self.move.stage is Stage.BEGUN, tell=tell)
        for _ in range(_ROUNDS_HELD):
            if not found.left:
                return found, self.move.tree()
            found = self.move.bring_over(trusting=True, tell=tell)
        raise MoveDiffersError(", ".join(one.name for one in found.tables if one.left))
