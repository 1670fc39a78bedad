"""Files that settings come from: TOML, and secrets in files of their own, read as they are."""

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


def read_secret(file: Path) -> str:
    """Return the secret that a file holds, without white space around it.

    Raises:
        SettingsFileError: It cannot be read, or holds nothing.

    """
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        what = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise SettingsFileError(file, what or "cannot be read") from error
    if not secret:
        raise SettingsFileError(file, "holds no secret")
    return secret
