"""The console over a real desk for requests, the database of a tea house, and real staff."""

import warnings
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
from litestar.exceptions.base_exceptions import LitestarDeprecationWarning
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit
from tests.usecases.evidence.tea_log import tea_log
from tests.usecases.rights.copy_kit import AT
from tests.usecases.rights.rights_house import LIN
from tests.usecases.rights.rights_house import RightsHouse as TeaHouse
from tests.usecases.rights.transfer_kit import DirectPeer, party, sending

from chengnuo.adapters.exports.transfer_box import X25519Box
from chengnuo.adapters.exports.transfer_folders import FolderInbox
from chengnuo.adapters.sql.rights_figures import SqlRightsFigures
from chengnuo.adapters.sql.uses import SqlUses
from chengnuo.domain.finding.rights_controls import CONTROLS
from chengnuo.domain.rights.request import RequestId
from chengnuo.doors.http.envelope import Envelope
from chengnuo.doors.web.app import build_app
from chengnuo.doors.web.console_board_pages import BoardHouse, board_pages
from chengnuo.doors.web.console_individual import individual_pages
from chengnuo.doors.web.console_pages import console_pages
from chengnuo.doors.web.console_rights import rights_pages
from chengnuo.doors.web.console_rights_house import RightsHouse
from chengnuo.doors.web.console_today_page import today_pages
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.accounts import Account, AccountId, Role
from chengnuo.usecases.consent.counts import counts_of
from chengnuo.usecases.finding.boards import BoardNow
from chengnuo.usecases.finding.source import Source
from chengnuo.usecases.rights.figures import RightsFigures
from chengnuo.usecases.rights.reading import RequestReading
from chengnuo.usecases.rights.received_desk import ReceivedDesk
from chengnuo.usecases.rights.receiving import fresh_offer
from chengnuo.usecases.rights.seen import FileSeen
from chengnuo.usecases.rights.transferring_in import TransferReceiver

QUEUE = "/console/rights"


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """A console over the requests of a tea house.

    Attributes:
        kit: The service that knows the staff.
        tea: The tea house: its desk, its database, its log.
        app: The pages.
        figures: Counts.
        received: What was moved here.

    """

    kit: Kit
    tea: TeaHouse
    app: Envelope
    figures: RightsFigures
    received: ReceivedDesk

    def browser(self, role: Role) -> Browser:
        """Return the browser of somebody of a role; from the second account on, four eyes bind."""
        known = staff_of(self.kit, role)
        return self._here(known.cookie("chengnuo-staff"))

    def second(self, role: Role) -> Browser:
        """Return the browser of one more account of a role."""
        services = self.kit.service.services
        account = Account(
            id=AccountId(f"second-{role}"),
            name=f"second.{role}",
            role=role,
            enabled=True,
            created_at=self.kit.clock.now(),
        )
        services.accounts.store.add(account, password_hash="none")  # noqa: S106  fits nothing
        return self._here(services.sign_in.open_for_identity(account).token)

    def move_here(self, folder: Path, catalogue: Catalogue) -> tuple[FileSeen, ...]:
        """Let another handler send what somebody has there; return the files."""
        there = tea_log(folder / "there", catalogue)
        text = fresh_offer(self.received.receiver, self.tea.person(LIN), AT)
        sent = sending(folder / "copy", there, catalogue, DirectPeer(self.received.receiver))
        sent.send(text)
        there.opened.close()
        return sent.files

    def _here(self, token: str) -> Browser:
        self.tea.accounts = self.kit.service.services.accounts.store.enabled_count()
        browser = Browser(self.app, origin=self.kit.web.public_url)
        browser.client.cookies.set("chengnuo-staff", token)
        return browser

    def press(self, browser: Browser, request: RequestId, act: str, **said: str) -> httpx.Response:
        """Press a button on a request's page."""
        page = f"{QUEUE}/{request}"
        return browser.submit(page, f"{page}/{act}", said)


def console_of(kit: Kit, tea: TeaHouse) -> Console:
    """Put the pages together."""
    services = replace(
        kit.service.services,
        tokens=tea.data.keys.tokens,
        register=tea.desk,
        consents=tea.consents,
        rights=tea.rights,
    )
    figures = RightsFigures(
        store=tea.data.rights,
        figures=SqlRightsFigures(tea.data.database),
        calendar=tea.room.calendar,
    )
    counts = counts_of(
        recorder=tea.recorder,
        uses=SqlUses(tea.data.database),
        figures=tea.data.consent_figures,
        consents=tea.consents,
        desk=tea.desk,
        clock=tea.clock,
        person=tea.person,
    )
    over_requests = Source(controls=CONTROLS, records=figures.of_period)
    board = BoardNow(sources=(over_requests,), clock=tea.clock)
    received = ReceivedDesk(
        receiver=TransferReceiver(
            inbox=FolderInbox(root=tea.folder / "received", sealer=tea.data.keys.sealer),
            box=X25519Box(),
            party=party("receiver"),
            address="https://tea.example",
            tokens=tea.data.keys.tokens,
            recorder=tea.recorder,
        )
    )
    house = RightsHouse(
        rights=tea.rights,
        register=tea.desk,
        figures=figures,
        reading=RequestReading(store=tea.data.rights, recorder=tea.recorder),
        received=received,
    )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=LitestarDeprecationWarning)
        app = build_app(
            services,
            kit.web,
            pages=[
                rights_pages(house),
                today_pages(tea.desk, board),
                console_pages(tea.desk, board),
                board_pages(BoardHouse(register=tea.desk, live=board, kept=None, desk=None)),
                individual_pages(tea.desk, counts.individuals),
            ],
        )
    return Console(kit=kit, tea=tea, app=app, figures=figures, received=received)
