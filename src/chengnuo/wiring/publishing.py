"""The part of the program that sets values of registers, publishes boards, checks audit packs."""

from pathlib import Path
from typing import TYPE_CHECKING

from chengnuo.wiring.knowledge import law_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from chengnuo.domain.finding.public_board import PublicBoard
    from chengnuo.doors.settings import ServeSettings
    from chengnuo.ports.backups import Backups
    from chengnuo.ports.pack_files import PackFiles
    from chengnuo.usecases.finding.control_tools import ControlTools
    from chengnuo.usecases.governance.board_tools import BoardTools
    from chengnuo.usecases.governance.pack_checking import PackChecking
    from chengnuo.usecases.operations.resweeping import Resweeping, Told
    from chengnuo.usecases.register_setting import RegisterSetting
    from chengnuo.usecases.registers import Registers


class Publishing:
    """The use cases that write or publish."""

    __slots__ = ()

    if TYPE_CHECKING:

        def registers(self) -> "Registers":  # noqa: D102  of the program
            ...

        def _with_data(self, data: Path | None, settings_file: Path | None) -> "ServeSettings": ...

    def register_setting(self) -> "RegisterSetting":
        """Return the use case of setting values of a register."""
        from chengnuo.adapters.register_editing.folder import FolderEditor
        from chengnuo.usecases.register_setting import RegisterSetting

        return RegisterSetting(registers=self.registers(), editor=FolderEditor())

    def board_tools(
        self, data: Path | None, settings_file: Path | None
    ) -> "AbstractContextManager[BoardTools]":
        """Open a data folder to publish its board.

        Raises:
            NoLogError: There is no log.
            LogLockedError: A service writes it.

        """
        from chengnuo.wiring.board_publishing import board_tools

        return board_tools(self._with_data(data, settings_file), law_catalogue())

    def control_tools(
        self, data: Path | None, settings_file: Path | None
    ) -> "AbstractContextManager[ControlTools]":
        """Open a data folder to run controls; beside a service, without recording.

        Raises:
            NoLogError: There is no log.

        """
        from chengnuo.wiring.dossiers import control_tools

        return control_tools(self._with_data(data, settings_file), law_catalogue())

    def board_pages(self) -> "Callable[[PublicBoard, Mapping[str, str]], Mapping[str, bytes]]":
        """Return what writes the pages of a published board."""
        from functools import partial

        from chengnuo.doors.web.public_board_page import public_files

        return partial(public_files, catalogue=law_catalogue())

    def put_board(self, folder: Path, files: "Mapping[str, bytes]") -> None:
        """Put a published board into a folder, whole or not at all.

        Raises:
            PlaceTakenError: The folder holds other things.
            PublicationNotWrittenError: The disk refused.

        """
        from chengnuo.adapters.board_folder import BoardFolder

        BoardFolder(folder).put(files)

    def hold_board_place(self, folder: Path) -> None:
        """Hold a folder to be fit for a board, before anything is recorded.

        Raises:
            PlaceTakenError: The folder holds other things.

        """
        from chengnuo.adapters.board_folder import BoardFolder

        BoardFolder(folder).refuse_other_things()

    def backups(self, data: Path | None, settings_file: Path | None) -> "Backups":
        """Return what makes, checks and puts back backups of an installation."""
        from chengnuo.wiring.backups import backups

        return backups(self._with_data(data, settings_file))

    def resweeping(
        self, data: Path | None, settings_file: Path | None, newer: Path | None
    ) -> "AbstractContextManager[tuple[Resweeping, Told]]":
        """Open a restored data folder to sweep it.

        Raises:
            NotRestoredError: It was not restored, or was swept.
            LogLockedError: Another process writes its log.
            WrappedKeyError: People were erased since, and the keys within open no more.

        """
        from chengnuo.wiring.backups import resweeping

        return resweeping(self._with_data(data, settings_file), law_catalogue(), newer)

    def pack_checks(self) -> "tuple[PackChecking, Callable[[Path], PackFiles]]":
        """Return what checks audit packs, and what opens one."""
        from chengnuo.adapters.pack_reading import pack_at
        from chengnuo.wiring.pack_checks import pack_checking

        return pack_checking(law_catalogue()), pack_at
