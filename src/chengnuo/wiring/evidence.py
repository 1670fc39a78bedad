"""The evidence log's adapters and use cases joined, for the command line and for the service."""

import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.data_folder import DataFolder
from chengnuo.adapters.evidence.opening import (
    OpenedToRead,
    OpenedToWrite,
    check_everything,
    has_log,
    open_log,
    open_reader,
    signed_by_log,
)
from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.evidence.rounds import Rounds
from chengnuo.adapters.evidence.verifier_process import VerifierProcess
from chengnuo.adapters.evidence.witnesses import HttpWitness
from chengnuo.adapters.keys import is_signature
from chengnuo.adapters.planes.opening import open_to_read
from chengnuo.adapters.planes.place import outdate_planes_of
from chengnuo.adapters.settings_file import read_secret
from chengnuo.adapters.statement_folder import StatementFolder
from chengnuo.adapters.working_calendar import load_working_calendar
from chengnuo.domain.evidence.note import VKey
from chengnuo.domain.register.reading import LoadedRegister, read_tree
from chengnuo.doors.settings import EvidenceSettings, ServeSettings, WrongSettingError
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.borders import BordersKept
from chengnuo.ports.clock import Clock
from chengnuo.ports.evidence_keys import KeyHolder
from chengnuo.ports.evidence_log import NoLogError
from chengnuo.usecases.evidence.log_keys import LogKeyChange
from chengnuo.usecases.evidence.proving import Prover
from chengnuo.usecases.evidence.recording import InForce, Recorder
from chengnuo.usecases.evidence.tools import Reading, Writing
from chengnuo.usecases.evidence.witnessing import Witnessing
from chengnuo.usecases.individual_entry import person_key
from chengnuo.usecases.versions import Versions
from chengnuo.wiring.database import data_folder, shared_database
from chengnuo.wiring.tracing import spans_of

if TYPE_CHECKING:
    from chengnuo.adapters.evidence.time_stamps import HttpAuthority

LOG = logging.getLogger("chengnuo.evidence")
VERIFY_LIMIT_S = 3600.0
"""How long the command line lets the verifier work; a request of the service has less time."""


def place_of(settings: ServeSettings) -> Place:
    """Return where the log lies and who holds the key above its keys.

    Raises:
        WrongSettingError: Two places are given for that key, or a token without what it needs.

    """
    given = settings.evidence.master_key_file
    master_key = os.environ.get("CHENGNUO_EVIDENCE_MASTER_KEY", "")
    token = _token_of(settings.evidence)
    if token is not None and (given or master_key):
        raise WrongSettingError(
            "evidence.token_library", "a master key is given too; expected one place for the key"
        )
    return Place(
        data=Path(settings.data),
        master_key_file=Path(given) if given else None,
        master_key=master_key,
        token=token,
        elsewhere=shared_database(settings),
    )


def _token_of(given: EvidenceSettings) -> Callable[[], KeyHolder] | None:
    if not given.token_library and not given.token_label:
        return None
    for name in ("token_library", "token_label"):
        if not getattr(given, name):
            raise WrongSettingError(f"evidence.{name}", "needed for a token")
    pin = os.environ.get("CHENGNUO_EVIDENCE_TOKEN_PIN", "")
    if not pin and given.token_pin_file:
        pin = read_secret(Path(given.token_pin_file))
    if not pin:
        raise WrongSettingError(
            "evidence.token_pin_file", "needed, unless CHENGNUO_EVIDENCE_TOKEN_PIN gives the PIN"
        )
    return partial(_token, given.token_library, given.token_label, pin, given.token_prefix)


@cache
def _token(library: str, label: str, pin: str, prefix: str) -> KeyHolder:
    """Return a token; a process logs in to it once, and is logged out when it ends."""
    try:
        module = import_module("chengnuo.adapters.evidence.key_holder_pkcs11")
    except ImportError as error:
        raise WrongSettingError(
            "evidence.token_library", "needs the extra `pkcs11` of this program"
        ) from error
    holder: KeyHolder = module.Pkcs11KeyHolder(library, token=label, pin=pin, prefix=prefix)
    return holder


def open_served_log(settings: ServeSettings, clock: Clock) -> OpenedToWrite:
    """Open the log of a service to write it; see `open_log`."""
    place = place_of(settings)
    if place.elsewhere is not None and place.is_of_one_host:
        LOG.warning("the epoch key lies in the data folder: no other host can follow or take over")
    return open_log(
        place,
        clock=clock,
        origin=settings.evidence.origin,
        spans=spans_of(settings),
    )


@contextmanager
def reading(settings: ServeSettings, catalogue: Catalogue) -> Iterator[Reading]:
    """Open a log to read it.

    Raises:
        NoLogError: There is none.

    """
    opened = open_reader(place_of(settings))
    data = data_folder(settings, SystemClock())
    try:
        yield _reading(settings, opened, data, catalogue)
    finally:
        data.close()
        opened.close()


@contextmanager
def writing(
    settings: ServeSettings, catalogue: Catalogue, *, origin: str, make: bool
) -> Iterator[Writing]:
    """Open a log to write it.

    Raises:
        NoLogError: There is none, and none shall be made.
        LogLockedError: A service writes it.

    """
    clock = SystemClock()
    named = origin or settings.evidence.origin
    opened = open_log(place_of(settings), clock=clock, origin=named, make=make)
    outdate_planes_of(Path(settings.data))
    data = data_folder(settings, SystemClock())
    try:
        read = _reading(settings, opened, data, catalogue)
        newest = _versions(data).latest()
        in_force = InForce(
            register="" if newest is None else newest.id, law=catalogue.version.digest
        )
        recorder = Recorder(log=opened.log, payloads=opened.payloads, in_force=lambda: in_force)
        yield Writing(
            reading=read,
            log=opened.log,
            recorder=recorder,
            keys=LogKeyChange(log=opened.log, signer=opened.signer, recorder=recorder),
            witnessing=witnessing_of(settings, opened),
            is_new=opened.is_new,
            statements=StatementFolder(Path(settings.data) / "statements"),
            key_holder=opened.holder,
        )
    finally:
        data.close()
        opened.close()


def check(settings: ServeSettings, on_records: Callable[[int], None]) -> Iterator[tuple[str, str]]:
    """Return everything that is wrong with a log: file and what.

    Raises:
        NoLogError: There is none.

    """
    place = place_of(settings)
    if not has_log(place):
        raise NoLogError(str(place.data))
    return check_everything(place, on_records=on_records)


def witnessing_of(settings: ServeSettings, opened: OpenedToWrite) -> Witnessing:
    """Return the use case of asking the witnesses and the authority of the settings.

    Raises:
        VKeyMalformedError: A witness's key is none.
        PlainAddressError: An address is plain http to another machine.
        WrongSettingError: An authority has no certificates to hold it to.

    """
    given = settings.evidence
    return Witnessing(
        log=opened.log,
        stamps=opened.stamps,
        witnesses=tuple(
            HttpWitness(VKey.parse(vkey), address, verify=is_signature)
            for vkey, address in given.witnesses.items()
        ),
        authorities=_authorities(settings),
        quorum=given.quorum,
    )


def witnessing_rounds(settings: ServeSettings, opened: OpenedToWrite) -> Rounds | None:
    """Return what asks the witnesses now and then; None if there is nobody to ask."""
    witnessing = witnessing_of(settings, opened)
    if not witnessing.witnesses and not witnessing.authorities:
        return None

    def ask() -> None:
        witnessing.ask()

    return Rounds(ask, every_s=60 * settings.evidence.witness_every_minutes)


def _authorities(settings: ServeSettings) -> "tuple[HttpAuthority, ...]":
    given = settings.evidence
    if not given.timestamp_url:
        return ()
    if not given.timestamp_roots:
        raise WrongSettingError("evidence.timestamp_roots", "needed with `timestamp_url`")
    # What reads time stamps takes megabytes, which a service without an authority does not need.
    from chengnuo.adapters.evidence.time_stamps import HttpAuthority, PinnedAuthority, read_roots

    pinned = PinnedAuthority(
        name=urlsplit(given.timestamp_url).hostname or "?",
        address=given.timestamp_url,
        roots=read_roots(Path(given.timestamp_roots)),
    )
    return (HttpAuthority(pinned, clock=SystemClock()),)


def _versions(data: DataFolder) -> Versions:
    return Versions(archive=data.versions, signer=data.keys.signer, clock=SystemClock())


def _reading(
    settings: ServeSettings,
    opened: OpenedToRead | OpenedToWrite,
    data: DataFolder,
    catalogue: Catalogue,
) -> Reading:
    place = place_of(settings)

    def register_of(version: str) -> LoadedRegister:
        kept = _versions(data).one(version)
        return read_tree(json.loads(kept.data), catalogue=catalogue, name=f"{kept.id[:12]}.json")

    return Reading(
        log=opened.log,
        payloads=opened.payloads,
        prover=Prover(log=opened.log, payloads=opened.payloads),
        stamps=opened.stamps,
        verifier=VerifierProcess(place.public, time_limit_s=VERIFY_LIMIT_S),
        person=partial(person_key, data.keys.tokens),
        is_signed=signed_by_log(place),
        register_of=register_of,
        catalogue=catalogue,
        api_keys=data.api_keys,
        consents=data.consents,
        tokens=data.keys.tokens,
        signer=data.keys.signer,
        kits=data.kits,
        sdk_dossiers=lambda: data.dossiers.every(["sdk-vetting"]),
        uses=data.uses,
        borders=BordersKept(store=data.borders, calendar=load_working_calendar),
        planes=partial(open_to_read, Path(settings.data)),
    )
