"""Strings that tell what code reads: URIs, keys of settings, names used by reflection, paths.

A string alone is weak evidence; handed to a call that reads by it, it says what the call reads.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from chengnuo.domain.observation.behaviour import Behaviour
from chengnuo.domain.observation.name_pattern import (
    ANY,
    first_known,
    folders_of,
    matches,
    packages_of,
)
from chengnuo.domain.observation.touching import Basis, Touched

SignId = NewType("SignId", str)
"""Table and text, as `setting android_id`."""

_STORAGE = "/sdcard"
_STORAGE_NAMES = (
    "/storage/emulated/0",
    "/storage/self/primary",
    "/mnt/sdcard",
    "/storage/sdcard0",
)
"""Other paths of the shared storage of the first user of a device."""
_BINARIES = ("/system/bin/", "/system/xbin/", "/vendor/bin/")


class Table(StrEnum):
    """What a string is."""

    URI = "uri"
    """Address of a content provider."""
    SETTING = "setting"
    """Key of the system's settings."""
    CLASS = "class"
    """Class that is asked for by its name."""
    METHOD = "method"
    """Method that is asked for by its name."""
    FIELD = "field"
    """Field that is asked for by its name."""
    PROPERTY = "property"
    """Property of the system."""
    PATH = "path"
    """File or folder."""
    COMMAND = "command"
    """Command of the shell."""
    SERVICE = "service"
    """Action or package of a service that another app offers."""
    PACKAGE = "package"
    """Id of another app; any one counts, so the table holds none."""
    PERMISSION = "permission"
    """Name of a permission; looked up in the catalogue of permissions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StringSign:
    """One string.

    Attributes:
        table: What it is.
        text: The string, a path with `*` for any run of characters.
        touched: What is read by it.
        permissions: Permissions that guard it in some version of the system.
        constants: Fields that hold it, as `Landroid/provider/CallLog$Calls;->CONTENT_URI`.
        behaviour: What it is the sign of, where nothing is read by it.
        basis: What the row was checked against.

    """

    table: Table
    text: str
    touched: Touched
    permissions: tuple[str, ...] = ()
    constants: tuple[str, ...] = ()
    behaviour: Behaviour | None = None
    basis: Basis

    @property
    def id(self) -> SignId:
        """Its id."""
        return SignId(f"{self.table} {self.text}")


@dataclass(frozen=True, slots=True, kw_only=True)
class StringSigns:
    """The rows by table and text.

    Attributes:
        texts: Rows by text, for each table.
        constants: Row of each field that holds one.
        patterns: Paths with `*`.

    """

    texts: Mapping[Table, Mapping[str, StringSign]]
    constants: Mapping[str, StringSign]
    patterns: tuple[StringSign, ...]

    def find(self, table: Table, text: str) -> StringSign | None:
        """Return what a string is the sign of, as a value of one table."""
        known = self.texts.get(table, {})
        match table:
            case Table.URI:
                address = text.partition("?")[0].partition("#")[0]
                return first_known(folders_of(address), known)
            case Table.CLASS:
                name = text.removeprefix("L").removesuffix(";") if text.endswith(";") else text
                return first_known(packages_of(name.replace("/", ".")), known)
            case Table.PATH:
                return self._path(text)
            case Table.COMMAND:
                return _command(text, known)
            case _:
                return known.get(text)

    def constant(self, class_name: str, field: str) -> StringSign | None:
        """Return what a field of the system holds.

        Args:
            class_name: Descriptor of the class.
            field: Name of the field.

        """
        return self.constants.get(f"{class_name}->{field}")

    def _path(self, text: str) -> StringSign | None:
        path = text
        for other in _STORAGE_NAMES:
            if path == other or path.startswith(f"{other}/"):
                path = _STORAGE + path.removeprefix(other)
        found = first_known(folders_of(path), self.texts.get(Table.PATH, {}))
        if found is not None and found.text.rstrip("/") == path.rstrip("/"):
            return found
        return next((each for each in self.patterns if matches(each.text, path)), found)


def _command(text: str, known: Mapping[str, StringSign]) -> StringSign | None:
    """Return the sign of a command: its longest beginning, in whole words."""
    words = text.removeprefix("sh -c").strip().strip("\"'").split()
    if words:
        for folder in _BINARIES:
            words[0] = words[0].removeprefix(folder)
    beginnings = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return first_known(beginnings, known)


def string_signs(signs: Iterable[StringSign]) -> StringSigns:
    """Return the table of some rows; ids are unique."""
    texts: dict[Table, dict[str, StringSign]] = {table: {} for table in Table}
    constants: dict[str, StringSign] = {}
    patterns: list[StringSign] = []
    for each in signs:
        if each.table is Table.PATH and ANY in each.text:
            patterns.append(each)
        texts[each.table][each.text.rstrip("/")] = each
        constants.update(dict.fromkeys(each.constants, each))
    return StringSigns(texts=texts, constants=constants, patterns=tuple(patterns))
