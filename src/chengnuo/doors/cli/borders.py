"""`chengnuo borders …`: whose information went abroad, and which route that asks for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
import msgspec

from chengnuo.base.columns import plain
from chengnuo.domain.register.model import Register
from chengnuo.doors.border_bodies import outlook_body
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.borders_text import count_as_text, route_as_text
from chengnuo.doors.cli.evidence_options import DATA, JSON, SETTINGS
from chengnuo.doors.cli.root import EXIT_FINDINGS
from chengnuo.law.civil import civil_date
from chengnuo.usecases.borders.looking import BordersLook
from chengnuo.usecases.borders.outlook import Outlook, RouteSeen, routes_of
from chengnuo.usecases.borders.reading import Reading
from chengnuo.usecases.decision.opening import edition_in_force

_FIRST_YEAR, _LAST_YEAR = 2021, 9000

YEAR = click.option(
    "--year",
    type=click.IntRange(_FIRST_YEAR, _LAST_YEAR),
    help="自然年（北京时间）；省略时为今年。 Civil year at +08:00; else this one.",
)


class RouteBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A recipient abroad with its route, as JSON."""

    recipient: str
    country: str
    route: str
    suffices: bool
    general: int
    sensitive: int
    reference: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A year as it was looked at.

    Attributes:
        outlook: How it stands.
        register: The register in force.
        routes: The recipients abroad.

    """

    outlook: Outlook
    register: Register
    routes: tuple[RouteSeen, ...]


@click.group()
def borders() -> None:
    """查看出境人数和所需的路径。 See whose information went abroad, and by which route."""


@borders.command("count")
@YEAR
@click.option(
    "--recount",
    is_flag=True,
    help="重读全部记录再数一遍，与计数核对。 Read every record again and compare.",
)
@DATA
@SETTINGS
@JSON
@click.pass_obj
def count(  # noqa: PLR0913  one for each option
    app: App,
    *,
    year: int | None,
    recount: bool,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Tell how many people's information went abroad since 1 January.

    People are counted once, whatever was sent to whom: by sort of information, by recipient, and
    apart what is exempt by an occasion. Reads only, also while a service writes; the register is
    the one in force. Exit status: 0; 1 a recount comes out otherwise; 2 there is no log.

    Example: chengnuo borders count --year 2026 --data ./data
    """
    with _looking(app, data, settings_file, year, recount=recount) as seen:
        again = seen.outlook.recounted
        differs = again is not None and again != seen.outlook.count
        if as_json:
            click.echo(_json(outlook_body(seen.outlook)))
        else:
            _say(count_as_text(seen.outlook, seen.register, app.lang))
    raise SystemExit(EXIT_FINDINGS if differs else 0)


@borders.command("route")
@YEAR
@DATA
@SETTINGS
@JSON
@click.pass_obj
def route(
    app: App, *, year: int | None, data: Path | None, settings_file: Path | None, as_json: bool
) -> None:
    """Tell which route the people counted this year ask for, why, and what is to be done by when.

    Every recipient abroad is held to it. Notice, separate consent, assessment and the standard of
    the recipient stay due on every route. Exit status: 0 the routes are enough; 1 one is not; 2
    there is no log.

    Example: chengnuo borders route --data ./data
    """
    with _looking(app, data, settings_file, year, recount=False) as seen:
        if as_json:
            bodies = tuple(map(_route_body, seen.routes))
            click.echo(_json({**_tree(outlook_body(seen.outlook)), "routes": bodies}))
        else:
            _say(route_as_text(seen.outlook, seen.routes, app.lang))
    raise SystemExit(0 if all(one.suffices for one in seen.routes) else EXIT_FINDINGS)


@contextmanager
def _looking(
    app: App, data: Path | None, settings_file: Path | None, year: int | None, *, recount: bool
) -> Iterator[Seen]:
    today = civil_date(app.registers().clock.now())
    with app.evidence_reading(data, settings_file) as reading:
        register = edition_in_force(reading).register
        look = BordersLook(
            kept=reading.borders,
            reading=Reading(
                log=reading.log,
                payloads=reading.payloads,
                register_of=reading.register_of,
                catalogue=reading.catalogue,
            ),
        )
        found = look.outlook(
            register, reading.catalogue, year=year or today.year, today=today, recount=recount
        )
        yield Seen(
            outlook=found,
            register=register,
            routes=routes_of(found, register, reading.catalogue),
        )


def _route_body(one: RouteSeen) -> RouteBody:
    until = one.border.until
    return RouteBody(
        recipient=one.recipient.recipient,
        country=one.recipient.country,
        route=one.border.route.value,
        suffices=one.suffices,
        general=one.heads.general,
        sensitive=one.heads.sensitive,
        reference=one.border.reference,
        until=None if until is None else until.isoformat(),
    )


def _tree(body: object) -> dict[str, object]:
    return msgspec.convert(msgspec.to_builtins(body), dict[str, object])


def _json(body: object) -> str:
    return msgspec.json.format(msgspec.json.encode(body), indent=2).decode()


def _say(text: str) -> None:
    click.echo("\n".join(map(plain, text.split("\n"))))
