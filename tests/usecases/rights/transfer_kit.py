"""Two handlers that move a copy from one to the other, each with keys and a place of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.usecases.evidence.tea_log import ONE, TeaLog
from tests.usecases.rights.copy_kit import AT, REQUEST, Found, explainer, exports, gather, small

from chengnuo.adapters.exports.transfer_box import X25519Box
from chengnuo.adapters.exports.transfer_folders import FolderInbox, FolderOutbox
from chengnuo.adapters.exports.transfer_peer import HttpPeer
from chengnuo.adapters.keys import AesSealer, Ed25519Signer, KeyedTokens
from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.rights.plan import Plan
from chengnuo.domain.rights.request import AskedBy, RightsRequest, TransferAsked
from chengnuo.domain.rights.transfer_messages import Offer
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.rights import Right
from chengnuo.ports.transfers import TransferPeer, TransferPeerRefusedError
from chengnuo.usecases.rights.seen import FileSeen
from chengnuo.usecases.rights.transferring import Asked, Transferred, TransferSender
from chengnuo.usecases.rights.transferring_in import Party, TransferReceiver

Answer = TypeVar("Answer")
PROVED = Asked(proved=True, before=0)


def party(name: str) -> Party:
    """A handler with a key made just now."""
    return Party(
        name=name, key_name=f"{name}.example", signer=Ed25519Signer(Ed25519PrivateKey.generate())
    )


def receiver(folder: Path, tea: TeaLog, address: str = "https://other.example") -> TransferReceiver:
    """The receiving side."""
    return TransferReceiver(
        inbox=FolderInbox(root=folder / "inbox", sealer=AesSealer(bytes(32))),
        box=X25519Box(),
        party=party("receiver"),
        address=address,
        tokens=KeyedTokens(b"other"),
        recorder=tea.recorder,
    )


def unchanged(_: int, data: bytes) -> bytes:
    return data


@dataclass
class DirectPeer:
    """A receiver in the same process, whose refusals look as over HTTP.

    Attributes:
        to: The receiver.
        at: Instant at which it acts.
        change: Changes pieces on their way.

    """

    to: TransferReceiver
    at: datetime = AT
    change: Callable[[int, bytes], bytes] = unchanged

    def manifest(self, offer: Offer, envelope: bytes) -> tuple[int, ...]:
        return self._asked(lambda: self.to.manifest(offer.id, offer.code, envelope, self.at))

    def piece(self, offer: Offer, part: int, start: int, data: bytes) -> int:
        changed = self.change(start, data)
        return self._asked(
            lambda: self.to.piece(offer.id, offer.code, part, start, changed, self.at)
        )[part - 1]

    def receipt(self, offer: Offer) -> bytes:
        return self._asked(lambda: self.to.receipt(offer.id, offer.code, self.at))

    @staticmethod
    def _asked(ask: Callable[[], Answer]) -> Answer:
        try:
            return ask()
        except ChengnuoError as error:
            raise TransferPeerRefusedError(error.code) from error


@dataclass(frozen=True, kw_only=True)
class Sending:
    """The sending side with a copy that is made."""

    sender: TransferSender
    plan: Plan
    files: tuple[FileSeen, ...]
    catalogue: Catalogue

    def send(
        self, text: str, *, asked: Asked = PROVED, beat: Callable[[], None] = lambda: None
    ) -> Transferred:
        return self.sender.send(
            self.plan,
            text,
            self.files,
            explainer(self.catalogue),
            ONE,
            AT,
            asked=asked,
            beat=beat,
        )


def sending(
    folder: Path,
    tea: TeaLog,
    catalogue: Catalogue,
    peer: TransferPeer | None = None,
    found: Found | None = None,
) -> Sending:
    """Make a copy for a transfer, ready to be sent."""
    found = found or small()
    asked = RightsRequest(
        id=REQUEST,
        right=Right.TRANSFER,
        person="one",
        by=AskedBy.INDIVIDUAL,
        app="shop",
        surface="centre",
        received=AT,
        asked=TransferAsked(offer=""),
    )
    made = exports(folder / "exports", tea)
    gather(made, found, asked)
    plan = found.plan(asked)
    done = made.make(plan, explainer(catalogue), ONE, AT)
    sender = TransferSender(
        exports=made,
        outbox=FolderOutbox(root=folder / "outbox", sealer=AesSealer(bytes(32))),
        box=X25519Box(),
        peer=peer or HttpPeer(own_network=True),
        party=party("sender"),
        recorder=tea.recorder,
    )
    return Sending(sender=sender, plan=plan, files=done.files, catalogue=catalogue)
