"""The use cases that the web doors call, joined for the service."""

from chengnuo.doors.http.security_log import SecurityLog
from chengnuo.doors.settings import ServeSettings
from chengnuo.doors.web.dossier_building import DueBeside
from chengnuo.doors.web.entry_building import entry_of, handover_of
from chengnuo.doors.web.outside import Outside
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.sweeping import sweep_of
from chengnuo.ports.accounts import Role
from chengnuo.usecases.dossier.complaint_figures import PublishedFigures
from chengnuo.usecases.finding.running import ControlRunner
from chengnuo.usecases.open_sessions import OpenSessions
from chengnuo.usecases.provider_sign_in import ProviderSignIn
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.saved_filters import SavedFilterDesk
from chengnuo.usecases.sign_in import SignIn
from chengnuo.usecases.staff_accounts import StaffAccounts


def services_of(
    outside: Outside,
    desk: Desk,
    settings: ServeSettings,
    due: DueBeside | None,
    controls: ControlRunner | None,
) -> Services:
    """Return what the handlers may call."""
    dossiers = None if due is None else due.desk
    sign_in = SignIn(
        accounts=outside.accounts,
        sessions=outside.sessions,
        failures=outside.failures,
        hasher=outside.hasher,
        sealer=outside.sealer,
        tokens=outside.tokens,
        clock=outside.clock,
        acts=outside.acts,
        totp_required=settings.demands_totp,
        watch=SecurityLog(),
    )
    return Services(
        register=desk,
        accounts=StaffAccounts(
            store=outside.accounts,
            sessions=outside.sessions,
            hasher=outside.hasher,
            tokens=outside.tokens,
            clock=outside.clock,
            acts=outside.acts,
        ),
        sign_in=sign_in,
        open_sessions=OpenSessions(
            sessions=outside.sessions, tokens=outside.tokens, clock=outside.clock
        ),
        provider=_provider(outside, sign_in, settings),
        entry=entry_of(outside),
        demo=outside.demo,
        evidence=outside.evidence,
        consents=outside.consents,
        tokens=outside.tokens,
        handover=handover_of(outside),
        sweep=sweep_of(outside, due, desk),
        controls=controls,
        complaint_figures=None if dossiers is None else PublishedFigures(dossiers),
        dossiers=dossiers,
        filters=_filters(outside),
        board_shelf=None if outside.public_boards is None else outside.public_boards.shelf,
        writers=outside.writers,
        planes=outside.planes,
        rights=None if outside.rights is None else outside.rights.desk,
        notifications=None if outside.rights is None else outside.rights.notifications,
    )


def _filters(outside: Outside) -> SavedFilterDesk | None:
    if outside.saved_filters is None:
        return None
    return SavedFilterDesk(store=outside.saved_filters, tokens=outside.tokens, clock=outside.clock)


def _provider(outside: Outside, sign_in: SignIn, settings: ServeSettings) -> ProviderSignIn | None:
    if outside.provider is None or settings.oidc is None:
        return None
    return ProviderSignIn(
        provider=outside.provider,
        flows=outside.flows,
        accounts=outside.accounts,
        sign_in=sign_in,
        tokens=outside.tokens,
        clock=outside.clock,
        role_map=tuple((group, Role(role)) for group, role in settings.oidc.roles.items()),
    )
