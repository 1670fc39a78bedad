"""Following the process that writes: the state of this process kept level by what is committed.

Every look reads how far everything was at one moment, takes in the records up to there, what the
operator said beside the log, destroyed keys and another register. What was acknowledged before a
look began is in the state once it has ended; so the state is at most as old as the begin of the
last look that came to its end. What was read rests on the last look that had come to its end before
it was read: a later one makes it no younger. That age is what every answer states, and beyond a
bound nothing is answered. Being woken only makes the next look come sooner.
"""

from collections.abc import Callable
from dataclasses import dataclass

from chengnuo.ports.following import (
    Follows,
    Holder,
    Outlook,
    OutlookSource,
    SaidMark,
    StaleStateError,
)
from chengnuo.usecases.consent.keeping import ConsentKeeper
from chengnuo.usecases.register_desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What is kept level.

    Attributes:
        source: The database of all.
        keeper: The state of consent of this process.
        desk: The register that this process serves.
        in_force: Tells the version of the register in force by the log; empty for none.
        noted: Called when records came, after the state has them.
        tree: Map and tree of the log in this process's folder.
        mark: How far what the operator said was taken over.

    """

    source: OutlookSource
    keeper: ConsentKeeper
    desk: Desk
    in_force: Callable[[], str]
    noted: Callable[[], None]
    tree: Follows
    mark: SaidMark


class Following:
    """Keeps the state level, and knows how old it can be."""

    def __init__(
        self,
        followed: Followed,
        *,
        most_ms: int,
        seconds: Callable[[], float],
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """Have looked at nothing yet.

        Args:
            followed: What is kept level.
            most_ms: How old the state may be at most for anything to be answered from it.
            seconds: A clock that nobody sets.
            changed: Called when another register came into force.

        """
        self._followed = followed
        self._most_ms = most_ms
        self._seconds = seconds
        self._changed = changed
        self._as_of: float | None = None
        self._held_s: Callable[[], float] = _not_held
        self._destroyed: bytes | None = None
        self._size = -1
        self._said = followed.mark.take()
        self.holder: Holder | None = None

    @property
    def left_s(self) -> float:
        """For how long still the state is young enough; 0 at least.

        However long nobody else can write: that may be given back, and what was said stands.
        """
        until = 0.0 if self._as_of is None else self._as_of + self._most_ms / 1000
        return max(0.0, until - self._seconds())

    def behind_ms(self) -> int:
        """Return how old the state can be at most now, in milliseconds, rounded up.

        It is the age of no answer: what that rests on was read before; see `as_of`.

        Raises:
            StaleStateError: It is older than it may be.

        """
        return 0 if self._held_s() > 0 else _ms(self._seconds() - self._young())

    def as_of(self, *, is_long: bool = False) -> Callable[[], int]:
        """Return what tells how old can be at most what is read from now on, once it was read.

        Call it before anything is read, and what it returns when the answer is ready: that tells
        the milliseconds since the begin of the last look that has come to its end by now, rounded
        up, so what passes until the answer is ready is counted too.

        Args:
            is_long: Whether an answer may take longer than the state may be old, as lists may.
                Then its age has no bound, but what is known at its end must be young enough still.

        Raises:
            StaleStateError: The state is older than it may be; what is returned raises it too.

        """
        now = self._seconds()
        is_held = self._held_s() > 0
        as_of = now if is_held else self._young()  # while it is held nobody else could write

        def behind_ms() -> int:
            if is_held and self._held_s() > 0:
                return 0
            behind = _ms(self._seconds() - as_of)
            if is_long:
                self.behind_ms()
            elif behind > self._most_ms:
                raise StaleStateError(self._most_ms)
            return behind

        return behind_ms

    def hold(self, left_s: Callable[[], float]) -> None:
        """Take the state as all there is for as long as nobody else can write.

        Call it after a look that began when that was so already. There is nobody to send on to.

        Args:
            left_s: Tells for how long still, in seconds; once another may have written, 0 for good.

        """
        self._held_s = left_s
        self.holder = None

    def end_hold(self) -> None:
        """Let the state grow old from now on: this process itself writes, and looks no more."""
        if self._held_s() > 0:
            self._as_of = self._seconds()
        self._held_s = _not_held

    def look(self) -> Outlook:
        """Bring the state up to what is committed now.

        Raises:
            ChengnuoError: It could not be; the state stays what it was, and grows old.

        """
        followed, began = self._followed, self._seconds()
        found = followed.source.look()
        self.holder = found.holder
        if found.destroyed == self._destroyed:
            followed.keeper.level()
        else:
            followed.keeper.catch_up()
            self._destroyed = found.destroyed
        if found.size != self._size:
            followed.noted()  # at once: answers name the position that the state has come to
        self._take_over(found.said)
        if found.size != self._size:
            self._serve(followed.in_force())
            self._size = found.size
        self._as_of = began
        return found

    def follow_tree(self) -> None:
        """Bring map and tree up to the log; nothing that is answered waits for it.

        Raises:
            ChengnuoError: The folder of the log cannot be written now.

        """
        self._followed.tree.follow()

    def close(self) -> None:
        """Keep how far what the operator said was taken over.

        Call it when nothing looks any more and the state of consent is closed: what is told as
        taken over must not go with the power.
        """
        if self._said is not None:
            self._followed.mark.keep(self._said)

    def _young(self) -> float:
        """Return the instant that the state is as of.

        Raises:
            StaleStateError: It is older than it may be.

        """
        as_of = self._as_of
        if as_of is None or _ms(self._seconds() - as_of) > self._most_ms:
            raise StaleStateError(self._most_ms)
        return as_of

    def _serve(self, version: str) -> None:
        served = self._followed.desk.current()
        if version and (served is None or served.version != version):
            self._followed.desk.serve(version)
            self._changed()

    def _take_over(self, said: int) -> None:
        """Take over what the operator has said since; everything, if that cannot be told."""
        followed, before = self._followed, self._said
        if before == said:
            return
        source = followed.source
        whole = before is None or before > said
        told = source.said_of_everybody() if whole else source.said_since(before or 0)
        for one in told:
            followed.keeper.know(one.person, one.known)
        self._said = said


def _not_held() -> float:
    return 0.0


def _ms(seconds: float) -> int:
    """Return whole milliseconds, rounded up."""
    return int(seconds * 1000) + 1
