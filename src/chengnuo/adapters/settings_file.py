"""The settings file: TOML, read as it is; what it means is said by whoever owns the settings."""

import tomllib
from pathlib import Path
from typing import ClassVar

from chengnuo.base.errors import InvalidInputError


class SettingsFileError(InvalidInputError):
    """The settings file cannot be read, or is not TOML."""

    code: ClassVar[str] = "settings-file"

    def __init__(self, file: Path, what: str) -> None:
        super().__init__(f"settings file `{file.name}`: {what}")
        self.file = file


def read_toml(file: Path) -> dict[str, object]:
    """Return what a TOML file holds.

    Raises:
        SettingsFileError: It cannot be read or is not TOML.

    """
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsFileError(file, str(error)) from error
    except OSError as error:
        raise SettingsFileError(file, error.strerror or "cannot be read") from error
