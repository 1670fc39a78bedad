"""The register browser: everything that is declared, and where information comes from and goes.

From a register to finished view models; the activity, the recipient, the store and the app each
have a page of their own in the modules beside this one.
"""

from dataclasses import dataclass

from chengnuo.domain.register.ids import AppId
from chengnuo.doors.web.console_map_view import MapView, given_to, kept_in, map_view
from chengnuo.doors.web.console_register_rows import other_rows, ways
from chengnuo.doors.web.page_parts import Empty, Figure, Row, Section, Table, linked, said
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPage:
    """The register at a glance."""

    figures: tuple[Figure, ...]
    map: MapView
    sections: tuple[Section, ...]
    ways: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """One row of the register.

    Attributes:
        kind: What it is, in a word.
        id: Its id in the register.
        title: Its name or purpose.
        lead: One sentence more, or empty.
        map: Where its information goes; None where that says nothing.
        sections: Everything else.
        edit_href: Where it is changed, or empty.

    """

    kind: str
    id: str
    title: str
    lead: str
    map: MapView | None
    sections: tuple[Section, ...]
    edit_href: str = ""


def register_page(say: Speaker) -> RegisterPage:
    """Return the register at a glance."""
    register = say.register
    categories = {item.category for activity in register.activities for item in activity.items}
    return RegisterPage(
        figures=(
            _figure(say, "activities", len(register.activities)),
            Figure(name=say.t("console.register.kinds"), count=str(len(categories)), measure=True),
            _figure(say, "recipients", len(register.recipients)),
            _figure(say, "stores", len(register.stores)),
            _figure(say, "apps", len(register.apps)),
        ),
        map=map_view(
            say, say.t("console.register.map"), register.activities, rows_href="#activities"
        ),
        sections=(
            _activities(say),
            _recipients(say),
            _stores(say),
            _apps(say),
            other_rows(say),
        ),
        ways=ways(say),
    )


def _figure(say: Speaker, kind: str, count: int) -> Figure:
    return Figure(name=say.t(f"console.register.{kind}"), count=str(count), href=f"#{kind}")


def _nothing(say: Speaker) -> Empty:
    return Empty(
        name=say.t("console.entry.none-rows"),
        text=say.t("console.entry.none-rows-text"),
        href="/console/register/changes",
        act=say.t("reg-change.title"),
    )


def _activities(say: Speaker) -> Section:
    register = say.register
    rows = tuple(
        Row(
            cells=(
                (say.activity_words(activity.activity),),
                said(say.text(register.service_by_id[activity.service].name)),
                say.kinds(activity),
                said(say.t(f"basis.{activity.basis}")),
                kept_in(say, activity),
                given_to(say, activity),
                said(say.keep(activity.retention)),
            ),
        )
        for activity in register.activities
    )
    heads = (
        "console.entry.activity",
        "console.entry.service",
        "console.entry.items",
        "console.entry.basis",
        "map.kept",
        "console.entry.recipients-of",
        "console.entry.keep",
    )
    return _section(say, "activities", heads, rows)


def _recipients(say: Speaker) -> Section:
    rows = tuple(
        Row(
            cells=(
                linked(
                    say.text(recipient.name),
                    f"/console/register/recipients/{recipient.recipient}",
                    say.text(recipient.company),
                ),
                said(say.t(f"role.{recipient.role}")),
                said(say.place(recipient.country)),
                said(say.text(recipient.purpose)),
                said(say.t(f"channel.{recipient.channel}"), recipient.sdk.name)
                if recipient.sdk
                else said(say.t(f"channel.{recipient.channel}")),
            ),
        )
        for recipient in say.register.recipients
    )
    heads = (
        "console.entry.recipient",
        "console.entry.role",
        "console.entry.country",
        "console.entry.what-for",
        "console.entry.channel",
    )
    return _section(say, "recipients", heads, rows)


def _stores(say: Speaker) -> Section:
    rows = tuple(
        Row(
            cells=(
                linked(say.text(store.name), f"/console/register/stores/{store.store}"),
                said(say.t(f"store-kind.{store.kind}")),
                said(say.text(store.region) or say.place(store.country)),
                said(say.yes_no(given=store.encrypted)),
                said(str(len(store.tables))),
            ),
        )
        for store in say.register.stores
    )
    heads = (
        "console.entry.store",
        "console.entry.kind",
        "console.entry.region",
        "console.entry.encrypted",
        "console.entry.tables",
    )
    return _section(say, "stores", heads, rows, numbers=(4,))


def _apps(say: Speaker) -> Section:
    register = say.register
    rows = tuple(
        Row(
            cells=(
                linked(say.text(app.name), f"/console/register/apps/{app.app}"),
                said(_services_in_short(say, app.app)),
                said(say.day(app.rules_effective)),
            ),
        )
        for app in register.apps
    )
    heads = ("console.entry.app", "console.entry.services", "console.entry.rules-since")
    return _section(say, "apps", heads, rows)


def _services_in_short(say: Speaker, app: AppId) -> str:
    services = [service for service in say.register.services if service.app == app]
    basic = sum(service.basic for service in services)
    return say.t("console.register.services-count", basic=basic, extended=len(services) - basic)


def _section(
    say: Speaker,
    anchor: str,
    heads: tuple[str, ...],
    rows: tuple[Row, ...],
    *,
    numbers: tuple[int, ...] = (),
) -> Section:
    name = say.t(f"console.register.{anchor}")
    table = Table(
        caption=name,
        heads=tuple(say.t(head) for head in heads),
        rows=rows,
        empty=_nothing(say),
        numbers=numbers,
    )
    return Section(anchor=anchor, name=name, tables=(table,))
