"""设置, to be looked at: people, stores, keys, the law, and every setting with where it is set.

Nothing is changed here: a setting is changed where it stands, by who runs the service, so that a
session that was taken over changes none. A secret is never shown, only that it is there. Keys and
settings are for admin and auditor.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency

from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.doors.settings import ServeSettings
from chengnuo.doors.texts import moment
from chengnuo.doors.version import VERSION
from chengnuo.doors.web.console_hub import HubPage, hub_router, hub_shown, speaker_of
from chengnuo.doors.web.console_hub_parts import table_section
from chengnuo.doors.web.form_parts import signed_in
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.page_parts import (
    Fact,
    Figure,
    Row,
    Section,
    Status,
    StatusKind,
    Words,
    said,
)
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.ports.accounts import Role
from chengnuo.ports.api_keys import ApiKeyStore
from chengnuo.ports.evidence_keys import KeyHolder
from chengnuo.usecases.register_desk import Desk

PATH = "/console/settings"
_WHO_SEES_ALL = frozenset({Role.ADMIN, Role.AUDITOR})
_SECRET = ("secret", "token", "pin", "password", "connection", "dsn")
"""A setting with one of these in its name is never shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsHouse:
    """What the page is made from.

    Attributes:
        desk: The register in force.
        settings: What the service was told.
        api_keys: Keys of programs; None where there are none.
        holder: Who holds the key above the keys of individuals.

    """

    desk: Desk
    settings: ServeSettings
    api_keys: ApiKeyStore | None
    holder: KeyHolder


GivenHouse = NamedDependency[SettingsHouse]


@get("/", guards=[requires(*sorted(ROLES))], sync_to_thread=True)
def settings(
    request: Asked, services: GivenServices, settings_house: GivenHouse, staff: GivenStaff
) -> Page:
    """Show how the service is set."""
    say = speaker_of(request, settings_house.desk)
    role = signed_in(staff).account.role
    page = settings_page(say, services, settings_house, role)
    return hub_shown(request, settings_house.desk, page)


def settings_pages(house: SettingsHouse) -> Router:
    """Return the route of 设置."""
    return hub_router(PATH, [settings], house.desk, settings_house=house)


def settings_page(say: Speaker, services: Services, house: SettingsHouse, role: Role) -> HubPage:
    """Return the page for a role."""
    people = tuple(_people(say, services))
    stores = tuple(_stores(say, house.settings))
    figures = [
        Figure(name=say.t("hub.accounts"), count=str(len(people)), href="#accounts"),
        Figure(name=say.t("hub.stores"), count=str(len(stores)), href="#stores"),
    ]
    sections = [
        table_section(
            say,
            "accounts",
            ("account", "role-alone", "state", "last"),
            people,
            goes_to=("/console/people", "people"),
        ),
        table_section(say, "stores", ("store", "connection", "tables"), stores),
        _keys(say, services, house),
        _law(say, house.desk),
    ]
    if role in _WHO_SEES_ALL:
        programs, told = tuple(_programs(say, house.api_keys)), tuple(_told(say, house.settings))
        figures += [
            Figure(
                name=say.t("hub.keys-of-programs"),
                count=str(len(programs)),
                href="#keys-of-programs",
            ),
            Figure(name=say.t("hub.told"), count=str(len(told)), href="#told"),
        ]
        sections += [
            table_section(
                say,
                "keys-of-programs",
                ("key", "scopes", "made", "state"),
                programs,
                goes_to=("/console/evidence", "evidence"),
            ),
            table_section(say, "told", ("setting", "value", "where"), told),
        ]
    return HubPage(
        name="settings",
        term=say.t("hub.settings-term"),
        lead=say.t("hub.settings-lead"),
        figures=tuple(figures),
        acts=tuple(_acts(say, role)),
        sections=tuple(sections),
    )


def _acts(say: Speaker, role: Role) -> Iterator[Link]:
    if role is Role.ADMIN:
        yield Link(href="/console/people", name=say.t("nav.people"))
    yield Link(href="/console/account", name=say.t("nav.account"))
    yield Link(href="/console/filters", name=say.t("nav.filters"))


def _people(say: Speaker, services: Services) -> Iterator[Row]:
    for one in services.accounts.store.accounts():
        kind = StatusKind.FINE if one.enabled else StatusKind.NONE
        word = say.t("hub.enabled" if one.enabled else "hub.disabled")
        second = one.has_totp or one.identity is not None
        yield Row(
            cells=(
                said(one.name),
                said(say.t(f"four-eyes.role-{one.role}")),
                (
                    Words(
                        status=Status(kind=kind, word=word),
                        notes=(say.t("hub.factor" if second else "hub.no-factor"),),
                    ),
                ),
                said("—" if one.last_sign_in_at is None else moment(one.last_sign_in_at)),
            )
        )


def _stores(say: Speaker, told: ServeSettings) -> Iterator[Row]:
    for store in say.register.stores:
        known = store.store in told.connections
        status = Status(
            kind=StatusKind.FINE if known else StatusKind.WARN,
            word=say.t("hub.connected" if known else "hub.not-connected"),
        )
        where = say.t("hub.connection-where", store=store.store)
        yield Row(
            cells=(
                (
                    Words(
                        text=say.text(store.name),
                        href=f"/console/register/stores/{store.store}",
                        notes=(store.store,),
                    ),
                ),
                (Words(status=status, notes=(where,)),),
                said(str(len(store.tables))),
            )
        )


def _keys(say: Speaker, services: Services, house: SettingsHouse) -> Section:
    log = services.evidence.log.keys()
    facts = [
        Fact(
            name=say.t("hub.log-key"),
            value=tuple(Words(text=str(one.vkey), code=True) for one in log.in_force),
        ),
        say.fact("hub.key-holder", house.holder.place),
    ]
    return Section(
        anchor="keys", name=say.t("hub.keys"), lead=say.t("hub.keys-lead"), facts=tuple(facts)
    )


def _law(say: Speaker, desk: Desk) -> Section:
    law = say.catalogue.version
    register = desk.served.version
    return Section(
        anchor="law",
        name=say.t("hub.law"),
        lead=say.t("hub.law-lead"),
        facts=(
            say.fact("hub.law-date", law.date),
            Fact(name=say.t("hub.law-digest"), value=(Words(text=law.digest, hash=True),)),
            Fact(name=say.t("frame.register-version"), value=(Words(text=register, hash=True),)),
            say.fact("hub.program", VERSION),
        ),
    )


def _programs(say: Speaker, store: ApiKeyStore | None) -> Iterator[Row]:
    for one in () if store is None else store.keys():
        over = one.revoked_at is not None
        status = Status(
            kind=StatusKind.NONE if over else StatusKind.FINE,
            word=say.t("hub.revoked" if over else "hub.in-force"),
        )
        whose = say.t("hub.key-of", who=one.recipient) if one.recipient else ""
        end = "" if one.expires_at is None else say.t("hub.until", day=moment(one.expires_at))
        yield Row(
            cells=(
                said(one.id, whose),
                tuple(Words(text=scope.value, code=True) for scope in sorted(one.scopes)),
                said(moment(one.made_at), end),
                (Words(status=status),),
            )
        )


def _told(say: Speaker, told: ServeSettings) -> Iterator[Row]:
    default = ServeSettings()
    for name in ServeSettings.__struct_fields__:
        value = getattr(told, name)
        if isinstance(value, msgspec.Struct):
            for inner in value.__struct_fields__:
                yield _setting(say, f"{name}.{inner}", getattr(value, inner), usual=False)
        else:
            yield _setting(say, name, value, usual=value == getattr(default, name))


def _setting(say: Speaker, name: str, value: object, *, usual: bool) -> Row:
    shown = _shown(say, name, value)
    variable = f"CHENGNUO_{name.replace('.', '__').upper()}"
    return Row(
        cells=(
            (Words(text=name, code=True),),
            (
                Words(
                    text=shown,
                    notes=(say.t("hub.usual"),) if usual else (),
                    code=shown == value,
                ),
            ),
            said(say.t("hub.where-set"), variable),
        )
    )


def _shown(say: Speaker, name: str, value: object) -> str:
    """Return a value as it may be shown: of a secret only whether it is there."""
    if value is None or value in ("", (), {}):
        return say.t("word.none")
    if any(part in name for part in _SECRET) and not name.endswith("_file"):
        return say.t("hub.set-hidden")
    if isinstance(value, bool):
        return say.yes_no(given=value)
    if isinstance(value, Mapping):
        return say.t("word.comma").join(sorted(str(key) for key in value))
    if isinstance(value, tuple | list):
        return say.t("word.comma").join(str(one) for one in value)
    return str(value)
