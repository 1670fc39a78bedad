"""The public part of a log's folder, read file by file for whoever serves it."""

from dataclasses import dataclass
from pathlib import Path

from chengnuo.adapters.evidence.file_system import FileSystem


@dataclass(frozen=True, slots=True)
class PublicFiles:
    """`PublicLog` over the folder that holds `checkpoint` and `log.json`."""

    folder: Path
    files: FileSystem

    def file(self, name: str) -> bytes | None:
        """See `PublicLog.file`."""
        path = self.folder / name
        parts = name.split("/")
        if not name.isprintable() or any(part in {"", ".", ".."} for part in parts):
            return None
        if not path.resolve().is_relative_to(self.folder.resolve()) or not path.is_file():
            return None
        return self.files.read(path)
