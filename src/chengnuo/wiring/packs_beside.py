"""Audit packs, whose making is imported when one is made: that is seldom, and takes room."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from chengnuo.adapters.kept_packs import KeptPackFolder

if TYPE_CHECKING:
    from collections.abc import Callable

    from chengnuo.adapters.data_folder import DataFolder
    from chengnuo.adapters.evidence.opening import OpenedToRead, OpenedToWrite
    from chengnuo.doors.settings import ServeSettings
    from chengnuo.usecases.governance.audit_packs import AuditPacks
    from chengnuo.usecases.governance.auditing import Auditing


def packs_beside(
    settings: "ServeSettings", opened: "OpenedToRead | OpenedToWrite", data: "DataFolder"
) -> "Callable[[Auditing], AuditPacks]":
    """Return what gives what makes audit packs, once it knows what draws up working papers."""

    def packs(auditing: "Auditing") -> "AuditPacks":
        module = import_module("chengnuo.wiring.audit_packs")
        made: AuditPacks = module.audit_packs_of(settings, opened, data, auditing)
        return made

    return packs


def kept_packs_of(settings: "ServeSettings") -> KeptPackFolder:
    """Return where audit packs wait to be fetched."""
    return KeptPackFolder(Path(settings.data) / "packs")
