"""What the commands of the pledge board are given beside what every command is."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from chengnuo.domain.finding.public_board import PublicBoard
from chengnuo.doors.cli.app import App
from chengnuo.usecases.finding.control_tools import ControlTools
from chengnuo.usecases.governance.board_tools import BoardTools


class BoardApp(App, Protocol):
    """The program as the commands of the board see it."""

    def board_tools(
        self, data: Path | None, settings_file: Path | None
    ) -> AbstractContextManager[BoardTools]:
        """Open a data folder to publish its board.

        Raises:
            NoLogError: There is no log.
            LogLockedError: A service writes it.

        """
        ...

    def control_tools(
        self, data: Path | None, settings_file: Path | None
    ) -> AbstractContextManager[ControlTools]:
        """Open a data folder to run controls; beside a service, without recording.

        Raises:
            NoLogError: There is no log.

        """
        ...

    def board_pages(self) -> Callable[[PublicBoard, Mapping[str, str]], Mapping[str, bytes]]:
        """Return what writes the pages of a published board."""
        ...

    def put_board(self, folder: Path, files: Mapping[str, bytes]) -> None:
        """Put a published board into a folder, whole or not at all.

        Raises:
            PlaceTakenError: The folder holds other things.
            PublicationNotWrittenError: The disk refused.

        """
        ...

    def hold_board_place(self, folder: Path) -> None:
        """Hold a folder to be fit for a board, before anything is recorded.

        Raises:
            PlaceTakenError: The folder holds other things.

        """
        ...
