"""A published pledge board as a folder that any web server can serve, or a stick can carry.

It is written beside its place and renamed, so it is there whole or not at all. An earlier board in
its place is replaced; anything else that lies there is left alone, and the board refused.
"""

import json
import os
import secrets
import shutil
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from chengnuo.ports.publication_place import PlaceTakenError, PublicationNotWrittenError

ATTESTATION = "attestation.json"


@dataclass(frozen=True, slots=True)
class BoardFolder:
    """Puts a board into a folder."""

    folder: Path

    def refuse_other_things(self) -> None:
        """Hold the folder to be empty, not there, or an earlier board and nothing else.

        Raises:
            PlaceTakenError: It holds other things.

        """
        if self.folder.exists() and not self.folder.is_dir():
            raise PlaceTakenError(self.folder.name)
        if not self.folder.is_dir():
            return
        there = {one.name for one in self.folder.iterdir()}
        odd = sorted(there - _named_by(self.folder / ATTESTATION))
        if odd:
            raise PlaceTakenError(odd[0])

    def put(self, files: Mapping[str, bytes]) -> None:
        """Put a board in place of what is there, whole or not at all.

        Raises:
            PlaceTakenError: The folder holds other things.
            PublicationNotWrittenError: The disk refused; what was there is unchanged.

        """
        self.refuse_other_things()
        mark = secrets.token_hex(4)
        coming = self.folder.with_name(f".{self.folder.name}-new-{mark}")
        going = self.folder.with_name(f".{self.folder.name}-old-{mark}")
        try:
            coming.mkdir(parents=True)
            for name, data in files.items():
                with (coming / name).open("wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
            if self.folder.exists():
                self.folder.rename(going)
            coming.rename(self.folder)
        except OSError as error:
            if going.exists() and not self.folder.exists():
                going.rename(self.folder)
            raise PublicationNotWrittenError(error.strerror or "the disk refused") from error
        finally:
            shutil.rmtree(coming, ignore_errors=True)
            shutil.rmtree(going, ignore_errors=True)


def _named_by(attestation: Path) -> set[str]:
    """Return the files that an attestation names, and itself; none where there is none."""
    try:
        payload = b64decode(json.loads(attestation.read_bytes())["payload"])
        return {one["name"] for one in json.loads(payload)["subject"]} | {ATTESTATION}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
