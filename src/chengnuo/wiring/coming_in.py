"""Who comes in by what: tokens of individuals, and an identity provider of staff."""

from functools import partial
from pathlib import Path

from chengnuo.adapters.demo_issuer import Ed25519DemoIssuer
from chengnuo.adapters.individual_tokens import ALGORITHMS, JwtReader
from chengnuo.adapters.key_set import KeySet, read_source
from chengnuo.adapters.oidc import OidcClient, OidcProvider
from chengnuo.adapters.settings_file import read_secret
from chengnuo.doors.settings import ServeSettings, WebSettings
from chengnuo.doors.web.sign_in_pages import PROVIDER_RETURN_PATH
from chengnuo.ports.clock import Clock
from chengnuo.usecases.register_desk import Desk


def demo_issuer(desk: Desk, clock: Clock) -> Ed25519DemoIssuer:
    """Return who issues tokens of sample individuals."""
    return Ed25519DemoIssuer(next(iter(_app_ids(desk)), "demo"), clock)


def token_reader(settings: ServeSettings, desk: Desk) -> JwtReader | None:
    """Return what reads the tokens of individuals; None where none are taken."""
    if settings.individuals is None:
        return None
    issuer = settings.individuals
    keys = KeySet(partial(read_source, issuer.jwks), algorithms=ALGORITHMS)
    return JwtReader(issuer.issuer, frozenset(issuer.audiences or _app_ids(desk)), keys)


def _app_ids(desk: Desk) -> tuple[str, ...]:
    served = desk.current()
    return () if served is None else tuple(app.app for app in served.register.apps)


def oidc_provider(settings: ServeSettings, web: WebSettings) -> OidcProvider | None:
    """Return the identity provider of staff; None for accounts of our own."""
    if settings.oidc is None:
        return None
    given = settings.oidc
    secret = given.client_secret
    if given.client_secret_file:
        secret = read_secret(Path(given.client_secret_file))
    return OidcProvider(
        OidcClient(
            issuer=given.issuer,
            client_id=given.client_id,
            client_secret=secret,
            redirect_uri=f"{web.public_url}{PROVIDER_RETURN_PATH}",
            role_claim=given.role_claim,
        )
    )
