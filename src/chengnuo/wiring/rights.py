"""Requests about rights: the stores of the operator, the room of the use cases, the worker."""

import os
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from secrets import token_bytes, token_hex
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.connectors.opening import ConnectedStores
from chengnuo.adapters.connectors.webhook import Target, WebhookSender
from chengnuo.adapters.connectors.webhook_bodies import BodyForm, OutsideSender
from chengnuo.adapters.data_folder import DataFolder
from chengnuo.adapters.evidence.opening import (
    OpenedToRead,
    OpenedToWrite,
    open_log,
    open_reader,
)
from chengnuo.adapters.evidence.rounds import Rounds
from chengnuo.adapters.exports.folder import FolderExports
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.adapters.sqlite.rights_scratch import SqliteScratches
from chengnuo.adapters.working_calendar import load_working_calendar
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.store import Store
from chengnuo.doors.settings import ServeSettings
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.clock import Clock
from chengnuo.ports.evidence_keys import KeyVault
from chengnuo.ports.record_source import RecordSource
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.evidence.erasing import Eraser
from chengnuo.usecases.evidence.recording import InForce, Recorder
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.registers import Registers
from chengnuo.usecases.rights.desk import RightsDesk
from chengnuo.usecases.rights.exporting import RightsExports
from chengnuo.usecases.rights.keeping import CaseKeeper
from chengnuo.usecases.rights.planner import Planner
from chengnuo.usecases.rights.received_desk import ReceivedDesk
from chengnuo.usecases.rights.room import Room
from chengnuo.usecases.rights.transferring_in import TransferReceiver
from chengnuo.usecases.versions import Versions
from chengnuo.wiring.connectors import FACTORIES, Connections, connections_of
from chengnuo.wiring.database import data_folder
from chengnuo.wiring.evidence import place_of
from chengnuo.wiring.rights_transfers import transfer_receiver, transfer_sender
from chengnuo.wiring.tracing import spans_of

if TYPE_CHECKING:
    from chengnuo.ports.evidence_log import EvidenceLog

_AT_ONCE = 10
_SCRATCH, _EXPORTS = "rights", "exports"


class ServedStores:
    """The stores of whichever register is served when one is opened."""

    def __init__(
        self, stores: Callable[[], tuple[Store, ...]], connections: Mapping[str, str]
    ) -> None:
        self._stores, self._connections = stores, connections

    def open(self, store: str) -> RecordSource:
        """See `Sources.open`."""
        return ConnectedStores(self._stores(), self._connections, FACTORIES).open(store)


def rights_room(  # noqa: PLR0913  what the room stands on
    settings: ServeSettings,
    *,
    data: DataFolder,
    recorder: Recorder,
    vault: KeyVault,
    consents: ConsentDesk,
    desk: Desk,
    clock: Clock,
) -> Room:
    """Return the room of the use cases around requests."""
    folder = Path(settings.data)

    def stores() -> tuple[Store, ...]:
        return desk.served.register.stores

    sources = ServedStores(stores, Connections(settings.connections))
    exports = Path(settings.rights_exports) if settings.rights_exports else folder / _EXPORTS
    copies = RightsExports(
        place=FolderExports(root=exports, sealer=data.keys.sealer),
        recorder=recorder,
        tokens=data.keys.tokens,
        kept_for=timedelta(days=settings.rights_exports_days),
    )
    return Room(
        keeper=CaseKeeper(store=data.rights, recorder=recorder, clock=clock),
        outside=data.rights_outside,
        suppressions=data.suppressions,
        holds=data.holds,
        consents=consents,
        register=desk,
        planner=Planner(
            sources=sources, scratches=SqliteScratches(folder / _SCRATCH), random=token_bytes
        ),
        sources=sources,
        calendar=load_working_calendar(),
        tokens=data.keys.tokens,
        eraser=Eraser(log=recorder.log, vault=vault, recorder=recorder, clock=clock),
        enabled_accounts=data.accounts.enabled_count,
        sender=_sender(settings, data, clock),
        exports=copies,
        release_all=settings.rights_release == "all",
        owner=f"{socket.gethostname()}:{os.getpid()}:{token_hex(4)}",
        transfers=transfer_sender(settings, data, desk, copies=copies, recorder=recorder),
        spans=spans_of(settings),
    )


def rights_rounds(
    settings: ServeSettings, desk: RightsDesk, receiver: TransferReceiver, clock: Clock
) -> tuple[Rounds, ...]:
    """Start the worker and the sweep beside the service."""

    def work() -> None:
        for _ in range(_AT_ONCE):  # so that closing does not wait for a long queue
            if not desk.work():
                break

    def sweep() -> None:
        receiver.expire(clock.now())
        desk.sweep()

    return (
        Rounds(work, every_s=settings.rights_every_s, name="working on requests"),
        Rounds(sweep, every_s=60 * settings.rights_sweep_minutes, name="sweeping"),
    )


def _sender(settings: ServeSettings, data: DataFolder, clock: Clock) -> OutsideSender:
    targets = {
        recipient: Target(
            address=given.address, allowed=tuple(ip_network(one) for one in given.allowed)
        )
        for recipient, given in settings.notices.items()
    }
    forms = {name: BodyForm(given.form) for name, given in settings.notices.items()}
    sender = WebhookSender(targets, signer=data.keys.signer, clock=clock)
    return OutsideSender(forms=forms, sender=sender, clock=clock)


@contextmanager
def planner(register: Register, connections: Path | None) -> Iterator[Planner]:
    """Open the stores of a register to plan by; what was found is destroyed when it ends."""
    given = os.environ if connections is None else connections_of(connections)
    with TemporaryDirectory(prefix="chengnuo-rights-") as folder:
        yield Planner(
            sources=ConnectedStores(register.stores, given, FACTORIES),
            scratches=SqliteScratches(Path(folder)),
            random=token_bytes,
        )


@contextmanager
def desk_of(
    settings: ServeSettings, catalogue: Catalogue, *, writing: bool
) -> Iterator[RightsDesk]:
    """Open the requests of a data folder: to carry them out, or to look beside whoever writes.

    Raises:
        NoLogError: There is no log.
        LogLockedError: A service writes it, and it shall be written.

    """
    with opened_data(settings, catalogue, writing=writing) as (data, desk, recorder, vault):
        clock = SystemClock()
        consents = ConsentDesk(recorder=recorder, store=data.consents, desk=desk, clock=clock)
        room = rights_room(
            settings,
            data=data,
            recorder=recorder,
            vault=vault,
            consents=consents.open() if writing else consents,
            desk=desk,
            clock=clock,
        )
        yield RightsDesk(room).start() if writing else RightsDesk(room)


@contextmanager
def received(
    settings: ServeSettings, catalogue: Catalogue, *, recording: bool
) -> Iterator[ReceivedDesk]:
    """Open what was moved here; beside whoever writes, unless something is to be recorded.

    Raises:
        NoLogError: There is no log.
        LogLockedError: A service writes it, and something is to be recorded.

    """
    with opened_data(settings, catalogue, writing=recording) as (data, desk, recorder, _):
        url = settings.public_url
        yield ReceivedDesk(
            receiver=transfer_receiver(settings, data, desk, recorder=recorder, public_url=url)
        )


@contextmanager
def opened_data(
    settings: ServeSettings, catalogue: Catalogue, *, writing: bool
) -> Iterator[tuple[DataFolder, Desk, Recorder, KeyVault]]:
    """Open a data folder and its log: to write it, or to look beside whoever writes.

    Raises:
        NoLogError: There is no log.
        LogLockedError: A service writes it, and it shall be written.

    """
    with opened_with_log(settings, catalogue, writing=writing) as (opened, data, desk, recorder):
        yield data, desk, recorder, opened.vault


@contextmanager
def opened_with_log(
    settings: ServeSettings, catalogue: Catalogue, *, writing: bool
) -> Iterator[tuple[OpenedToRead | OpenedToWrite, DataFolder, Desk, Recorder]]:
    """Open a data folder as `opened_data` does, and give what was opened of the log, too."""
    clock, place = SystemClock(), place_of(settings)
    with ExitStack() as stack:
        opened = open_log(place, clock=clock, make=False) if writing else open_reader(place)
        stack.callback(opened.close)
        data = data_folder(settings, clock)
        stack.callback(data.close)
        desk = Desk(
            registers=Registers(source=RegisterFolder(), catalogue=catalogue, clock=clock),
            versions=Versions(archive=data.versions, signer=data.keys.signer, clock=clock),
            folder=None,
        )
        desk.open()
        recorder = Recorder(
            log=cast("EvidenceLog", opened.log),  # nothing is recorded by looking
            payloads=opened.payloads,
            in_force=lambda: _in_force(desk),
        )
        yield opened, data, desk, recorder


def _in_force(desk: Desk) -> InForce:
    served = desk.current()
    version = "" if served is None else served.version
    return InForce(register=version, law=desk.catalogue.version.digest)
