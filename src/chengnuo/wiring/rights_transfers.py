"""Moving copies between handlers: both sides, set up on one data folder with one key."""

from pathlib import Path
from urllib.parse import urlsplit

from chengnuo.adapters.data_folder import DataFolder
from chengnuo.adapters.exports.transfer_box import X25519Box
from chengnuo.adapters.exports.transfer_folders import FolderInbox, FolderOutbox
from chengnuo.adapters.exports.transfer_peer import HttpPeer
from chengnuo.doors.settings import ServeSettings
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.rights.exporting import RightsExports
from chengnuo.usecases.rights.transferring import TransferSender
from chengnuo.usecases.rights.transferring_in import Party, TransferReceiver

_SENT, _RECEIVED = "transfers", "received"
_THIS_MACHINE = frozenset({"", "localhost", "127.0.0.1", "::1"})


def transfer_sender(
    settings: ServeSettings,
    data: DataFolder,
    desk: Desk,
    *,
    copies: RightsExports,
    recorder: Recorder,
) -> TransferSender:
    """Return the sending side.

    An installation that only this machine reaches, as one on trial, may hand over to another of
    the same machine; any other speaks https to public addresses only.
    """
    return TransferSender(
        exports=copies,
        outbox=FolderOutbox(root=Path(settings.data) / _SENT, sealer=data.keys.sealer),
        box=X25519Box(),
        peer=HttpPeer(own_network=_host(settings) in _THIS_MACHINE),
        party=_party(settings, data, desk),
        recorder=recorder,
    )


def transfer_receiver(
    settings: ServeSettings, data: DataFolder, desk: Desk, *, recorder: Recorder, public_url: str
) -> TransferReceiver:
    """Return the receiving side.

    Args:
        settings: What the service was told.
        data: Its data folder.
        desk: The register in force.
        recorder: Records what is received.
        public_url: Where other handlers reach the service.

    """
    return TransferReceiver(
        inbox=FolderInbox(root=Path(settings.data) / _RECEIVED, sealer=data.keys.sealer),
        box=X25519Box(),
        party=_party(settings, data, desk),
        address=public_url,
        tokens=data.keys.tokens,
        recorder=recorder,
    )


def _party(settings: ServeSettings, data: DataFolder, desk: Desk) -> Party:
    served = desk.current()
    host = _host(settings) or "chengnuo.invalid"
    return Party(
        name=host if served is None else served.register.handler.name.zh,
        key_name=host,
        signer=data.keys.signer,
    )


def _host(settings: ServeSettings) -> str:
    return urlsplit(settings.public_url).hostname or ""
