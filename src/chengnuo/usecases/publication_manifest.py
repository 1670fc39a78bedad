"""The manifest of a publication: what it was made from, what came before, each file's digest."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chengnuo.base.canonical import Tree
from chengnuo.base.digest import Digest, sha256_hex
from chengnuo.ports.publication_place import PublicationDamagedError

FORMAT = "chengnuo-publication"
VERSION = 1
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A publication that the place holds.

    Attributes:
        id: Its folder in the archive.
        number: 1 for the first, without gaps.
        register: Version of the register.
        law: Version of the law catalogue.
        updated: Day on which the rules were last changed.
        effective: Day from which they apply.
        before: The publication before it, by its id; None for the first.
        files: Digest of every file by its path, the manifest apart.

    """

    id: str
    number: int
    register: Digest
    law: str
    updated: date
    effective: date
    before: str | None
    files: Mapping[str, Digest]


def _entry_tree(kept: Kept) -> dict[str, Tree]:
    return {
        "id": kept.id,
        "number": kept.number,
        "register": kept.register,
        "law": kept.law,
        "updated": kept.updated.isoformat(),
        "effective": kept.effective.isoformat(),
        "before": kept.before,
    }


def manifest_of(kept: Kept) -> bytes:
    """Return the manifest of a publication: what it is made from, and each file's digest."""
    tree: dict[str, Tree] = {"format": FORMAT, "version": VERSION, **_entry_tree(kept)}
    tree["files"] = [{"path": path, "sha256": digest} for path, digest in kept.files.items()]
    return _json(tree)


def top_manifest(kept: tuple[Kept, ...], current: Kept) -> bytes:
    """Return what names the current publication, and each kept one with its manifest's digest."""
    listed: list[Tree] = [
        _entry_tree(one) | {"manifest_sha256": sha256_hex(manifest_of(one))} for one in kept
    ]
    return _json(
        {"format": FORMAT, "version": VERSION, "current": current.id, "publications": listed}
    )


def _json(tree: dict[str, Tree]) -> bytes:
    return (json.dumps(tree, ensure_ascii=False, indent=2) + "\n").encode()


def read_manifest(name: str, data: bytes) -> Kept:
    """Read the manifest of the publication of a name.

    Raises:
        PublicationDamagedError: It is not one, or another publication's.

    """
    try:
        tree = json.loads(data)
        if tree["format"] != FORMAT or tree["version"] != VERSION or tree["id"] != name:
            raise PublicationDamagedError(name, "its manifest is another's, or of another form")
        return Kept(
            id=name,
            number=int(tree["number"]),
            register=Digest(str(tree["register"])),
            law=str(tree["law"]),
            updated=date.fromisoformat(tree["updated"]),
            effective=date.fromisoformat(tree["effective"]),
            before=None if tree["before"] is None else str(tree["before"]),
            files={str(each["path"]): Digest(str(each["sha256"])) for each in tree["files"]},
        )
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise PublicationDamagedError(name, "its manifest cannot be read") from error
