"""The public pledge board of a running service: asked for by one person, published by another.

Four eyes bind once two accounts are enabled; before that what is asked for is done at once and
recorded as single person. Whoever publishes says which rows they saw: had a row changed meanwhile
it is refused, so that nobody publishes what nobody looked at. Going back shows the publication
before, with its own day on it; it takes a second person, too, because it could hide a new fault.
Every step stands in the log before it takes effect. No row can be left out.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from threading import RLock

from chengnuo.base.canonical import canonical_json
from chengnuo.base.digest import sha256_hex
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.board_json import PublishedBoard, read_published, row_statuses
from chengnuo.domain.finding.public_board import PublicBoard
from chengnuo.ports.accounts import Account, Role
from chengnuo.ports.board_shelf import (
    BoardAsked,
    BoardAskedError,
    BoardShelf,
    BoardStep,
    ShelfState,
)
from chengnuo.ports.clock import Clock
from chengnuo.usecases.evidence.file_requests import FourEyesError
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.governance.board_publishing import BOARD, BoardAttesting, BoardFiles
from chengnuo.usecases.staff_rules import is_single_person


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardDesk:
    """Publishes the board.

    Attributes:
        board: Returns the board as the public would see it now.
        files: Writes everything but the attestation.
        attesting: Binds and records.
        recorder: Records the steps.
        shelf: Keeps publications.
        enabled_accounts: Counts the accounts that are enabled.
        clock: Tells the time.

    """

    board: Callable[[], PublicBoard]
    files: BoardFiles
    attesting: BoardAttesting
    recorder: Recorder
    shelf: BoardShelf
    enabled_accounts: Callable[[], int]
    clock: Clock
    _deciding: AbstractContextManager[bool] = field(default_factory=RLock, repr=False)

    def single_person(self) -> bool:
        """Tell whether nobody could publish what somebody else asked for."""
        return is_single_person(self.enabled_accounts())

    def preview(self, name: str) -> bytes | None:
        """Return a file that would be published now, or None; there is no attestation yet."""
        return self.files.one(self.board(), name)

    def shown(self) -> Mapping[str, bytes] | None:
        """Return the files that the public is shown; None where nothing was published."""
        current = self.shelf.state().current
        return self.shelf.files(current) if current else None

    def published(self) -> PublishedBoard | None:
        """Return what the publication that is shown says; None where there is none."""
        shown = self.shown()
        return None if shown is None else read_published(shown[BOARD])

    def may_settle(self, by: Account) -> bool:
        """Tell whether an account may settle what waits."""
        asked = self.shelf.state().asked
        if asked is None:
            return False
        if self.single_person():
            return by.role is not Role.AUDITOR
        return by.role is Role.REVIEWER and by.id != asked.by

    def ask(self, step: BoardStep, by: Account, seen: str) -> int:
        """Ask for a step; where nobody could review it is done at once.

        Args:
            step: What is asked for.
            by: Who asks.
            seen: What `mark_of` said of the board that was looked at.

        Returns:
            Number of the publication that is shown from now on; 0 while a second person is due.

        Raises:
            BoardAskedError: Something waits already, there is none before, or a row has changed.
            LogUnavailableError: It could not be recorded; nothing was asked for.

        """
        with self._deciding:
            state = self.shelf.state()
            if state.asked is not None or (step is BoardStep.BEFORE and state.current <= 1):
                raise BoardAskedError
            board = self._as_seen(step, seen)
            if self.single_person():
                return self._done(state, step, by, board, four_eyes=False)
            self._record(f"board-{step}-asked", by)
            asked = BoardAsked(step=step, by=by.id, at=self.clock.now())
            self.shelf.set(replace(state, asked=asked))
            return 0

    def settle(self, by: Account, seen: str) -> int:
        """Do what somebody else asked for; returns the number of the publication shown.

        Raises:
            BoardAskedError: Nothing waits, or a row has changed since it was looked at.
            FourEyesError: Whoever settles is no reviewer, or asked for it.
            LogUnavailableError: It could not be recorded; nothing was published.
            PublicationNotWrittenError: The disk refused; what was shown is shown still.

        """
        with self._deciding:
            state = self.shelf.state()
            if state.asked is None:
                raise BoardAskedError
            if not self.may_settle(by):
                raise FourEyesError
            board = self._as_seen(state.asked.step, seen)
            other = state.asked.by != by.id
            return self._done(state, state.asked.step, by, board, four_eyes=other)

    def drop(self, by: Account) -> None:
        """Take back what one asked for oneself, or decline what somebody else did.

        Raises:
            BoardAskedError: Nothing waits.
            FourEyesError: Whoever declines neither asked for it nor may settle it.

        """
        with self._deciding:
            state = self.shelf.state()
            if state.asked is None:
                raise BoardAskedError
            if state.asked.by != by.id and not self.may_settle(by):
                raise FourEyesError
            self._record(f"board-{state.asked.step}-dropped", by)
            self.shelf.set(replace(state, asked=None))

    def _as_seen(self, step: BoardStep, seen: str) -> PublicBoard:
        board = self.board()
        if step is BoardStep.PUBLISH and mark_of(board) != seen:
            raise BoardAskedError
        return board

    def _done(
        self,
        state: ShelfState,
        step: BoardStep,
        by: Account,
        board: PublicBoard,
        *,
        four_eyes: bool,
    ) -> int:
        if step is BoardStep.BEFORE:
            number = state.current - 1
            self.shelf.files(number)  # which must be whole before it is shown
            self._record("board-before-shown", by, f"publication {number}")
        else:
            standing, at = self.attesting.recorded(board)
            files = self.files.of(standing, at)
            made = self.attesting.bound(standing, files, by.id, four_eyes=four_eyes)
            number = self.shelf.keep(made)
        self.shelf.set(ShelfState(current=number))
        return number

    def _record(self, what: str, by: Account, detail: str = "") -> None:
        said = {"detail": detail} if detail else {}
        self.recorder.record(
            Kind.CONFIGURATION,
            {"what": what, "by": by.id, "single_person": self.single_person(), **said},
        )


def mark_of(board: PublicBoard) -> str:
    """Return what tells one state of the rows from another, 64 hex digits."""
    return sha256_hex(canonical_json({"register": board.register, "rows": row_statuses(board)}))
