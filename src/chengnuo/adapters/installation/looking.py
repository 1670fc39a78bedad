"""Looking at the files of an installation beside whoever runs it; nothing is changed or locked."""

import os
import re
import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.evidence.restored import FILE_NAME as RESTORED
from chengnuo.adapters.installation.door import Door
from chengnuo.adapters.installation.log_look import look_at_log
from chengnuo.adapters.installation.stores import Stores
from chengnuo.adapters.oidc import discovery_of
from chengnuo.adapters.planes.files import PlanesUnavailableError
from chengnuo.adapters.planes.place import MEMORY, check_owned, folder_by_default
from chengnuo.adapters.sql.migrating import known_revisions, newest_revision
from chengnuo.ports.installation import (
    DatabaseLook,
    DoorLook,
    FolderLook,
    HolderLook,
    LogLook,
    PlanesLook,
    RegisterLook,
    SecretFile,
)

_OWN_KEYS = ("tenant.key", "seal.key")
_ESCAPED = re.compile(rb"\\([0-7]{3})")
_MOUNTS = Path("/proc/self/mounts")
_MEMORY = frozenset({"tmpfs", "ramfs"})
_OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesOfInstallation:
    """`Installation` over files and addresses.

    Attributes:
        data: The data folder.
        register_folder: The register folder of the settings; empty for none.
        load: Reads a register folder and returns its version.
        place: Where the evidence log lies and who holds its epoch keys.
        signing_key: Where the key that signs register versions lies; None for the data folder.
        named: Files of secrets that settings name.
        planes_folder: As the setting `planes`.
        stores: What the database tells.
        at: The address that the service listens on.
        issuer: The identity provider's; empty for none.
        demo: Whether this is a demonstration.

    """

    data: Path
    register_folder: str
    load: Callable[[Path], str]
    place: Place
    signing_key: Path | None
    named: tuple[Path, ...]
    planes_folder: str
    stores: Stores
    at: Door
    issuer: str
    demo: bool

    def register(self) -> RegisterLook:
        """See `Installation.register`."""
        if self.register_folder:
            version = self.load(Path(self.register_folder))
        else:
            version = self.stores.kept_version()
        return RegisterLook(folder=self.register_folder, version=version)

    def folder(self) -> FolderLook:
        """See `Installation.folder`."""
        there = self.data.exists()
        found = _nearest(self.data)
        state = found.stat()
        return FolderLook(
            place=str(self.data),
            there=there,
            mode=stat.S_IMODE(state.st_mode),
            owner=state.st_uid,
            runs_as=os.geteuid(),
            writable=os.access(found, os.W_OK | os.X_OK),
            free_bytes=shutil.disk_usage(found).free,
            waits_for_sweep=(self.data / RESTORED).exists(),
        )

    def database(self) -> DatabaseLook:
        """See `Installation.database`."""
        found = self.stores.revisions()
        revision = max(found, default="") if found else ""
        return DatabaseLook(
            there=found is not None,
            revision=revision,
            known=revision in known_revisions(),
            newest=newest_revision(),
            verified=self.stores.is_verified(),
        )

    def log(self) -> LogLook:
        """See `Installation.log`."""
        look = look_at_log(self.place)
        return look if self.place.elsewhere is None else replace(look, writer=self.stores.writer())

    def secret_files(self) -> tuple[SecretFile, ...]:
        """See `Installation.secret_files`."""
        keys = self.data / "keys"
        made = {keys / name for name in _OWN_KEYS}
        made |= {*keys.glob("*.pem"), *keys.glob("*.key"), self.signing_key or keys / "signing.pem"}
        if self.place.master_key_file is not None:
            made.add(self.place.master_key_file)
        return tuple(_secret(path, own=path in made) for path in sorted({*made, *self.named}))

    def holder(self) -> HolderLook:
        """See `Installation.holder`.

        A file whose change was interrupted is not read: reading it would finish the change.
        """
        given = None if self.place.master_key else self.place.master_key_file
        file = given or self.data / "keys" / "epoch.key"
        in_file = self.place.token is None
        left = [file.with_name(f"{file.name}{end}") for end in (".new", ".old")]
        unfinished = in_file and any(one.exists() for one in left)
        there = not in_file or (not unfinished and file.exists())
        holder = self.place.holder()
        return HolderLook(
            place=holder.place,
            in_data_folder=holder.in_data_folder,
            forgets=holder.forgets,
            unfinished=unfinished,
            epochs=holder.epochs() if there else (),
            made=self.stores.epoch_made(),
            demo=self.demo,
            homeless=in_file and given is not None and not file.parent.is_dir(),
        )

    def planes(self) -> PlanesLook:
        """See `Installation.planes`."""
        if self.planes_folder == _OFF:
            return PlanesLook(off=True)
        folder = self._planes_folder()
        there, nearest = folder.is_dir(), _nearest(folder)
        return PlanesLook(
            off=False,
            place=str(folder),
            there=there,
            ours=not there or self._is_ours(folder),
            in_memory=_kind_of_file_system(nearest) in _MEMORY,
            beside_data=_nearest(self.data).stat().st_dev == nearest.stat().st_dev,
            free_bytes=shutil.disk_usage(nearest).free,
        )

    def door(self) -> DoorLook:
        """See `Installation.door`."""
        return self.at.look()

    def provider(self) -> str:
        """See `Installation.provider`."""
        if self.issuer:
            discovery_of(self.issuer)
        return self.issuer

    def _is_ours(self, folder: Path) -> bool:
        """Tell whether a folder is of the account of the data folder, and that one's to write."""
        try:
            check_owned(folder, by=self.data.stat().st_uid if self.data.exists() else None)
        except PlanesUnavailableError:
            return False
        return True

    def _planes_folder(self) -> Path:
        if self.planes_folder:
            return Path(self.planes_folder)
        if self.data.exists():
            return folder_by_default(self.data)
        return MEMORY / "chengnuo-…" if MEMORY.is_dir() else self.data / "planes"


def _nearest(path: Path) -> Path:
    """Return a path, or what is there of the folders above it."""
    found = path.absolute()
    while not found.exists():
        found = found.parent
    return found


def _secret(path: Path, *, own: bool) -> SecretFile:
    try:
        mode, there = stat.S_IMODE(path.stat().st_mode), True
    except FileNotFoundError:
        mode, there = 0, False
    return SecretFile(place=str(path), there=there, mode=mode, own=own)


def _kind_of_file_system(folder: Path) -> str:
    """Return what kind of file system a folder is on, as Linux lists what is mounted."""
    within = folder.resolve()
    best, kind = Path(), ""
    for line in _MOUNTS.read_bytes().splitlines():
        _, where, what, *_ = line.split(b" ")
        mount = Path(os.fsdecode(_ESCAPED.sub(lambda found: bytes([int(found[1], 8)]), where)))
        if within.is_relative_to(mount) and len(mount.parts) >= len(best.parts):
            best, kind = mount, what.decode("ascii", "replace")
    return kind
