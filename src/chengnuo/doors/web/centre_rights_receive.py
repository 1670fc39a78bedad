"""接收转入: an individual has another handler move their information here (PIPL Art. 45 para. 3).

They make an offer, carry its text to the other handler and see here what came. The text lets
whoever has it send, once, so it is shown when it is made and never again. Files are for whoever
signed in during the last ten minutes.
"""

from dataclasses import dataclass
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter
from markupsafe import Markup

from chengnuo.domain.rights.identity import is_recent
from chengnuo.doors.http.audience import INDIVIDUAL, requires
from chengnuo.doors.http.evidence import person_of
from chengnuo.doors.web.centre_rights_asking import visitor_of
from chengnuo.doors.web.centre_rights_house import GivenHouse, House
from chengnuo.doors.web.centre_rights_request_view import FileView, size_of
from chengnuo.doors.web.centre_rights_requests import PartPath, answer_range
from chengnuo.doors.web.centre_rights_words import PATH, RightsSpeaker
from chengnuo.doors.web.page_parts import Fact, Status, StatusKind, Words, said
from chengnuo.doors.web.qr import qr_svg
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.usecases.rights.receiving import (
    ReceivedSeen,
    fresh_offer,
    receipt_of,
    received_by,
    received_file,
)
from chengnuo.usecases.rights.transferring_in import OFFERED_FOR, TransferReceiver

RECEIVE = f"{PATH}/receive"
_GUARDS = [requires(INDIVIDUAL)]
OfferPath = Annotated[str, PathParameter(pattern=r"^to-[a-z2-7]{20}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    """An offer that was made just now.

    Attributes:
        text: What is carried to the other handler.
        qr: The same as a QR code.
        facts: Until when it works, what is taken.

    """

    text: str
    qr: Markup
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedView:
    """A transfer for which something has come.

    Attributes:
        offer: Id of its offer.
        sender: Who sent it, as they say.
        status: Whether all of it is here and confirmed.
        facts: When, how much, whose key signed for it, until when it is kept.
        files: What can be taken home; none before it is confirmed.
        receipt: Where the receipt is; empty before.

    """

    offer: str
    sender: str
    status: Status
    facts: tuple[Fact, ...]
    files: tuple[FileView, ...]
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivePage:
    """The page 接收转入.

    Attributes:
        offer: The offer that was made just now; None otherwise.
        received: What came.
        may_take: Whether the sign-in is recent enough to take files.

    """

    offer: OfferView | None
    received: tuple[ReceivedView, ...]
    may_take: bool


@get("/receive", guards=_GUARDS, sync_to_thread=True)
def receive(request: Asked, house: GivenHouse) -> Page:
    """Show what came, and the way to an offer."""
    return _page(request, house, None)


@post("/receive", guards=_GUARDS)
async def make_offer(request: Asked, house: GivenHouse) -> Page:
    """Make an offer and show it, this once."""
    return await sync_to_thread(_offered, request, house)


@get("/receive/{offer:str}/files/{part:str}", guards=_GUARDS, sync_to_thread=True)
def take_received(
    request: Asked, house: GivenHouse, offer: OfferPath, part: PartPath
) -> Response[Any]:
    """Give one file that came in, or the range of it that is asked for."""
    if not _may_take(request, house):
        return go(RECEIVE)
    found = received_file(_receiver(house), offer, person_of(request), int(part))
    return answer_range(found, request.headers.get("range", ""), request.headers.get("if-range"))


@get("/receive/{offer:str}/receipt", guards=_GUARDS, sync_to_thread=True)
def transfer_receipt(request: Asked, house: GivenHouse, offer: OfferPath) -> Response[bytes]:
    """Give the signed receipt that the sender got."""
    written = receipt_of(_receiver(house), offer, person_of(request))
    name = f"chengnuo-receipt-{offer}.json"
    return Response(
        written,
        media_type="application/json",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


@post("/receive/{offer:str}/delete", guards=_GUARDS)
async def delete_received(request: Asked, house: GivenHouse, offer: OfferPath) -> Response[Any]:
    """Destroy what came in for an offer, with its key; the evidence stays."""
    await sync_to_thread(_receiver(house).destroy, offer, person_of(request))
    return go(RECEIVE)


ROUTES = (receive, make_offer, take_received, transfer_receipt, delete_received)


def _receiver(house: House) -> TransferReceiver:
    if house.receiver is None:
        raise NotFoundException
    return house.receiver


def _may_take(request: Asked, house: House) -> bool:
    return is_recent(visitor_of(request).authenticated_at, house.now())


def _offered(request: Asked, house: House) -> Page:
    say, receiver, now = house.speaker(request), _receiver(house), house.now()
    text = fresh_offer(receiver, person_of(request), now)
    takes = say.t("centre.rights.receive.takes-what", size=size_of(receiver.most_bytes))
    facts = (
        Fact(
            name=say.t("centre.rights.receive.until"),
            value=said(say.when(now + OFFERED_FOR)),
        ),
        Fact(name=say.t("centre.rights.receive.takes"), value=said(takes)),
    )
    qr = Markup(qr_svg(text))  # noqa: S704  made by us of our own text
    return _page(request, house, OfferView(text=text, qr=qr, facts=facts))


def _page(request: Asked, house: House, offer: OfferView | None) -> Page:
    say = house.speaker(request)
    came = received_by(_receiver(house), person_of(request))
    page = ReceivePage(
        offer=offer,
        received=tuple(_view(say, one) for one in came),
        may_take=_may_take(request, house),
    )
    return house.shown(request, "centre/rights_receive.html", page)


def _view(say: RightsSpeaker, one: ReceivedSeen) -> ReceivedView:
    is_whole = one.at is not None
    key = "whole" if is_whole else "coming"
    status = Status(
        kind=StatusKind.FINE if is_whole else StatusKind.NOTE,
        word=say.t(f"centre.rights.receive.{key}"),
    )
    size = size_of(sum(file.size for file in one.files))
    facts = [
        Fact(name=say.t("centre.rights.receive.at"), value=said(say.when(one.at))),
        Fact(name=say.t("centre.rights.receive.size"), value=said(size)),
        Fact(name=say.t("centre.rights.receive.key"), value=(Words(text=one.vkey, code=True),)),
        Fact(
            name=say.t("centre.rights.receive.kept"),
            value=said(say.when(one.files[0].expires)),
        ),
    ]
    place = f"{RECEIVE}/{one.offer}"
    files = tuple(
        FileView(
            href=f"{place}/files/{file.part}",
            name=file.name,
            facts=(
                Fact(
                    name=say.t("centre.rights.file.size"),
                    value=said(size_of(file.size)),
                ),
                Fact(
                    name=say.t("centre.rights.file.sha256"),
                    value=(Words(text=file.sha256, hash=True),),
                ),
            ),
        )
        for file in one.files
    )
    return ReceivedView(
        offer=one.offer,
        sender=one.sender,
        status=status,
        facts=tuple(facts if is_whole else facts[1:]),
        files=files if is_whole else (),
        receipt=f"{place}/receipt" if is_whole else "",
    )
