"""What the command line publishes the pledge board with: the use cases joined."""

from collections.abc import Callable
from dataclasses import dataclass

from chengnuo.domain.finding.public_board import PublicBoard
from chengnuo.usecases.governance.board_publishing import BoardAttesting, BoardFiles


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardTools:
    """The use cases.

    Attributes:
        board: Returns the board as the public sees it.
        files: Writes everything of a publication but its attestation.
        attesting: Binds the files and records that they were published.

    """

    board: Callable[[], PublicBoard]
    files: BoardFiles
    attesting: BoardAttesting
