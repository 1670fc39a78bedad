"""The roof: reads the settings, builds the adapters and hands the use cases to the doors.

The only module that knows every floor, and one of the few that may import inside functions:
a command pays for what it uses and for nothing else.
"""

import os
import sys
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from chengnuo.base.text import Lang

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chengnuo.adapters.data_folder import DataFolder
    from chengnuo.adapters.demo_issuer import Ed25519DemoIssuer
    from chengnuo.adapters.individual_tokens import JwtReader
    from chengnuo.adapters.oidc import OidcProvider
    from chengnuo.doors.settings import ServeSettings, WebSettings
    from chengnuo.doors.web.building import Outside, Service
    from chengnuo.law.catalogue import Catalogue
    from chengnuo.ports.clock import Clock
    from chengnuo.ports.publication_place import PublicationPlace
    from chengnuo.usecases.disclosure import Publisher
    from chengnuo.usecases.exchange import Exchange
    from chengnuo.usecases.register_desk import Desk
    from chengnuo.usecases.registers import Registers


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """The program as the doors see it; makes each use case when it is first asked for."""

    lang: Lang = Lang.ZH

    def in_lang(self, lang: Lang) -> Self:
        """Return the same program speaking a language."""
        return replace(self, lang=lang)

    def catalogue(self) -> "Catalogue":
        """Return the law catalogue."""
        return _catalogue()

    def registers(self) -> "Registers":
        """Return the use cases on register folders."""
        from chengnuo.adapters.clock import SystemClock
        from chengnuo.adapters.register_folder import RegisterFolder
        from chengnuo.usecases.registers import Registers

        return Registers(source=RegisterFolder(), catalogue=_catalogue(), clock=SystemClock())

    def exchange(self) -> "Exchange":
        """Return the use cases on other formats."""
        from chengnuo.adapters.formats.dpv import Dpv
        from chengnuo.adapters.formats.fideslang import Fideslang
        from chengnuo.adapters.register_writer import RegisterWriter
        from chengnuo.usecases.exchange import Exchange

        fideslang, dpv = Fideslang(_catalogue()), Dpv(_catalogue())
        return Exchange(
            readable={fideslang.name: fideslang},
            writable={fideslang.name: fideslang, dpv.name: dpv},
            target=RegisterWriter(),
        )

    def publisher(self) -> "Publisher":
        """Return the use case of publishing."""
        from chengnuo.adapters.documents.publication_set import publication_writers
        from chengnuo.usecases.disclosure import Publisher

        return Publisher(catalogue=_catalogue(), writers=publication_writers())

    def publication_place(self, folder: Path) -> "PublicationPlace":
        """Return a folder as a place for publications."""
        from chengnuo.adapters.publication_folder import PublicationFolder

        return PublicationFolder(folder)

    def read_settings(self, file: Path | None) -> "ServeSettings":
        """Return the settings of a TOML file and the environment.

        Raises:
            WrongSettingError: A key is unknown or a value has a wrong form.

        """
        from chengnuo.adapters.settings_file import read_toml
        from chengnuo.doors.settings import parse_settings

        return parse_settings({} if file is None else read_toml(file), os.environ)

    def service(self, settings: "ServeSettings", web: "WebSettings") -> "Service":
        """Return the service, ready to run.

        Raises:
            RegisterRefusedError: The register folder holds no register.
            DataNewerThanProgramError: A newer program wrote the data folder.

        """
        from chengnuo.adapters.clock import SystemClock
        from chengnuo.adapters.data_folder import open_data_folder
        from chengnuo.doors.web.building import build_service
        from chengnuo.usecases.register_desk import Desk
        from chengnuo.usecases.versions import Versions

        clock = SystemClock()
        signing_key = Path(settings.signing_key_file) if settings.signing_key_file else None
        folder = Path(settings.register) if settings.register else None
        registers = self.registers()
        if folder is not None:
            registers.load(folder)  # before anything is written
        data = open_data_folder(Path(settings.data), signing_key_file=signing_key, clock=clock)
        versions = Versions(archive=data.versions, signer=data.keys.signer, clock=clock)
        desk = Desk(registers=registers, versions=versions, folder=folder)
        desk.open()
        outside = _outside(data, settings, web, desk, clock)
        return build_service(outside, desk, settings=settings, web=web)


def _outside(
    data: "DataFolder", settings: "ServeSettings", web: "WebSettings", desk: "Desk", clock: "Clock"
) -> "Outside":
    from chengnuo.adapters.documents.publication_set import document_writers
    from chengnuo.adapters.passwords import Argon2Passwords
    from chengnuo.doors.web.building import Outside

    demo = _demo(desk, clock) if settings.demo else None
    return Outside(
        accounts=data.accounts,
        failures=data.accounts,
        sessions=data.sessions,
        flows=data.flows,
        individuals=data.individuals,
        hasher=Argon2Passwords(),
        sealer=data.keys.sealer,
        tokens=data.keys.tokens,
        clock=clock,
        sweep=data.sweep,
        token_reader=demo.reader() if demo else _token_reader(settings, desk),
        provider=_provider(settings, web),
        demo=demo,
        made_keys=data.keys.made,
        close=data.close,
        writers=document_writers(),
    )


def _demo(desk: "Desk", clock: "Clock") -> "Ed25519DemoIssuer":
    from chengnuo.adapters.demo_issuer import Ed25519DemoIssuer

    return Ed25519DemoIssuer(next(iter(_app_ids(desk)), "demo"), clock)


def _token_reader(settings: "ServeSettings", desk: "Desk") -> "JwtReader | None":
    if settings.individuals is None:
        return None
    from chengnuo.adapters.individual_tokens import ALGORITHMS, JwtReader
    from chengnuo.adapters.key_set import KeySet, read_source

    issuer = settings.individuals
    keys = KeySet(partial(read_source, issuer.jwks), algorithms=ALGORITHMS)
    return JwtReader(issuer.issuer, frozenset(issuer.audiences or _app_ids(desk)), keys)


def _app_ids(desk: "Desk") -> tuple[str, ...]:
    served = desk.current()
    return () if served is None else tuple(app.app for app in served.register.apps)


def _provider(settings: "ServeSettings", web: "WebSettings") -> "OidcProvider | None":
    if settings.oidc is None:
        return None
    from chengnuo.adapters.oidc import OidcClient, OidcProvider
    from chengnuo.adapters.settings_file import read_secret
    from chengnuo.doors.web.sign_in_pages import PROVIDER_RETURN_PATH

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


@lru_cache(maxsize=1)
def _catalogue() -> "Catalogue":
    from chengnuo.adapters.knowledge import load_catalogue

    return load_catalogue(_read_law_files, cache_folder=_cache_folder())


def _read_law_files(content: "Mapping[str, bytes]", digest: str) -> "Catalogue":
    from chengnuo.adapters.law_source import read_catalogue  # only when no compiled copy fits

    return read_catalogue(content, digest)


def _cache_folder() -> Path | None:
    """Return where compiled knowledge is kept: `CHENGNUO_CACHE`, or the person's own cache."""
    given = os.environ.get("CHENGNUO_CACHE")
    if given is not None:
        return Path(given) if given else None
    base = os.environ.get("XDG_CACHE_HOME")
    home = Path(base) if base else Path.home() / ".cache"
    return home / "chengnuo"


def main() -> None:
    """Run the command line; the console script's entry point."""
    from chengnuo.doors.cli.root import run

    sys.exit(run(Program()))
