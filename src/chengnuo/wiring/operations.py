"""Looking over an installation: its settings read, and what looks at it put together."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.evidence.file_system import RealFiles
from chengnuo.adapters.evidence.log_keys import LOG_JSON
from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.installation.door import Door
from chengnuo.adapters.installation.looking import FilesOfInstallation
from chengnuo.adapters.installation.program import InstalledProgram
from chengnuo.adapters.installation.stores import FilesOfStores, Stores
from chengnuo.adapters.working_calendar import load_working_calendar
from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.register.canonical import version_of
from chengnuo.doors.settings import DEFAULT_PORT, ServeSettings, WrongSettingError, web_settings
from chengnuo.doors.version import VERSION
from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.operations.checkup import Checkup
from chengnuo.usecases.registers import Registers
from chengnuo.wiring.evidence import place_of

_EXTRA_OF_SCHEME = {
    "mysql": "mysql",
    "postgresql": "postgresql",
    "redis": "redis",
    "rediss": "redis",
    "s3": "s3",
}


def checkup(
    read: Callable[[], ServeSettings], registers: Registers, catalogue: Callable[[], Catalogue]
) -> Checkup:
    """Return the use case of looking over an installation.

    Args:
        read: Reads its settings.
        registers: The use cases on register folders.
        catalogue: Loads the law.

    """
    return Checkup(
        parts=InstalledProgram(needs=_needs(read)),
        catalogue=catalogue,
        calendar=load_working_calendar,
        clock=SystemClock(),
        installation=lambda: _installation(read(), registers),
    )


def _installation(settings: ServeSettings, registers: Registers) -> FilesOfInstallation:
    port = settings.port or DEFAULT_PORT
    web = web_settings(settings, port=port)
    key = settings.signing_key_file
    place, stores = _place(settings)
    return FilesOfInstallation(
        data=Path(settings.data),
        register_folder=settings.register,
        load=lambda folder: version_of(registers.load(folder).register),
        place=place,
        stores=stores,
        signing_key=Path(key) if key else None,
        named=tuple(Path(file) for file in _secret_files(settings) if file),
        planes_folder=settings.planes,
        at=Door(
            host=settings.host,
            port=port,
            named=settings.port is not None,
            name=urlsplit(web.public_url).netloc,
            running=VERSION,
            keys=lambda: RealFiles().read(place.public / LOG_JSON),
        ),
        issuer=settings.oidc.issuer if settings.oidc else "",
        demo=settings.demo,
    )


def _place(settings: ServeSettings) -> tuple[Place, Stores]:
    """Return where the log lies and what its database tells; a shared one is left as it is."""
    place = place_of(msgspec.structs.replace(settings, database=""))
    if not settings.database:
        return place, FilesOfStores(place.data)
    try:  # the driver is no part of the base install
        looking = import_module("chengnuo.adapters.postgresql.looking")
    except ModuleNotFoundError as error:
        raise WrongSettingError("database", "needs the extra `postgresql`") from error
    shared = looking.untouched(settings.database)
    stores: Stores = looking.SharedStores(shared)
    return replace(place, elsewhere=shared), stores


def _secret_files(settings: ServeSettings) -> tuple[str, ...]:
    return (
        *settings.connections.values(),
        settings.evidence.token_pin_file,
        settings.oidc.client_secret_file if settings.oidc else "",
        settings.notify.smtp_password_file if settings.notify else "",
        settings.prices.person_key_file if settings.prices else "",
    )


def _needs(read: Callable[[], ServeSettings]) -> dict[str, tuple[str, ...]]:
    """Return the settings that need an extra; of settings that cannot be read, none."""
    try:
        settings = read()
    except ChengnuoError:
        return {}
    needs: dict[str, tuple[str, ...]] = {}
    if settings.evidence.token_library:
        needs["pkcs11"] = ("[evidence] token_library",)
    if settings.database:
        needs["postgresql"] = ("database",)
    if settings.prices is not None:
        needs["price"] = ("[prices]",)
    if settings.traces is not None:
        needs["otel"] = ("[traces]",)
    for name, file in sorted(settings.connections.items()):
        extra = _EXTRA_OF_SCHEME.get(_scheme_in(Path(file)))
        if extra is not None:
            needs[extra] = (*needs.get(extra, ()), f"[connections] {name}")
    return needs


def _scheme_in(file: Path) -> str:
    """Return how the address in a file begins; what follows is a secret and stays there."""
    try:
        with file.open("rb") as held:
            head = held.read(32)
    except OSError:
        return ""
    return head.strip().split(b"://")[0].split(b"+")[0].decode("ascii", "replace")
