"""Notifications about requests, and the agents that hand requests in."""

from functools import partial
from ipaddress import ip_network
from pathlib import Path

from chengnuo.adapters.connectors.callbacks import AgentCallbacks
from chengnuo.adapters.connectors.webhook import Target, WebhookSender
from chengnuo.adapters.data_folder import DataFolder
from chengnuo.adapters.evidence.rounds import Rounds
from chengnuo.adapters.notifying.hook import OPERATOR, HookToIndividual
from chengnuo.adapters.notifying.smtp import MailPlace, MailToStaff, Security
from chengnuo.adapters.settings_file import read_secret
from chengnuo.base.text import Lang
from chengnuo.domain.register.store import IdentifierKind
from chengnuo.doors.http.rights_agency import Agents
from chengnuo.doors.http.rights_envelope import Envelopes
from chengnuo.doors.rights_settings import AgentsSettings, NotifySettings, agent_keys
from chengnuo.ports.accounts import Role
from chengnuo.ports.clock import Clock
from chengnuo.ports.notifications import NotificationStore
from chengnuo.ports.secrets import Signer
from chengnuo.usecases.individual_entry import person_key
from chengnuo.usecases.rights.calling_back import CallingBack
from chengnuo.usecases.rights.desk import RightsDesk
from chengnuo.usecases.rights.looking_up import accounts_of
from chengnuo.usecases.rights.notifying import Notifying
from chengnuo.usecases.rights.room import Room
from chengnuo.usecases.rights.watching import Watching


def notifying(
    settings: NotifySettings,
    store: NotificationStore,
    *,
    signer: Signer,
    clock: Clock,
    public_url: str,
) -> Notifying:
    """Return what tells people, by the ways that are set."""
    staff, individual = None, None
    if settings.smtp_host:
        staff = MailToStaff(
            place=mail_place(settings),
            sender=settings.sender,
            addresses={Role.STAFF: settings.staff, Role.REVIEWER: settings.reviewer},
            clock=clock,
        )
    if settings.webhook:
        allowed = tuple(ip_network(one) for one in settings.webhook_allowed)
        target = Target(address=settings.webhook, allowed=allowed)
        individual = HookToIndividual(WebhookSender({OPERATOR: target}, signer=signer, clock=clock))
    return Notifying(
        store=store,
        staff=staff,
        individual=individual,
        clock=clock,
        public_url=public_url,
        lang=Lang(settings.lang),
    )


def mail_place(settings: NotifySettings) -> MailPlace:
    """Return the mail server of the settings."""
    password = settings.smtp_password_file
    return MailPlace(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=Security(settings.smtp_security),
        name=settings.smtp_name,
        password=read_secret(Path(password)) if password else "",
        ca_file=settings.smtp_ca_file,
    )


def notifying_rounds(settings: NotifySettings, desk: RightsDesk, telling: Notifying) -> Rounds:
    """Look now and then what came about, beside the service."""
    watching = Watching(desk=desk, notifying=telling)

    def look() -> None:
        watching.round()

    return Rounds(look, every_s=settings.every_s, name="notifying")


def agents_of(
    settings: AgentsSettings, room: Room, desk: RightsDesk, data: DataFolder, *, public_url: str
) -> Agents:
    """Return what agents may do.

    Raises:
        AgentKeyError: The key of one is none.

    """
    signer, tokens, clock = data.keys.signer, data.keys.tokens, room.keeper.clock
    networks = {
        agent: tuple(map(ip_network, one.allowed)) for agent, one in settings.callbacks.items()
    }

    def accounts(kind: IdentifierKind, value: str) -> tuple[str, ...]:
        return accounts_of(room.sources, room.served().register, kind, value)

    return Agents(
        envelopes=Envelopes(
            keys=agent_keys(settings), business=settings.business, signer=signer, since=clock.now()
        ),
        desk=desk,
        consents=room.consents,
        accounts=accounts,
        person=partial(person_key, tokens),
        tokens=tokens,
        clock=clock,
        public_url=public_url,
        calling=CallingBack(
            store=data.callbacks,
            sender=AgentCallbacks(allowed=networks, signer=signer, clock=clock),
            clock=clock,
        ),
        hosts={agent: one.hosts for agent, one in settings.callbacks.items()},
    )
