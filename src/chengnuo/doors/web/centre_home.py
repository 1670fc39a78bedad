"""The home of the privacy centre: six doors to what concerns oneself, then rules and explanations.

What somebody has to decide anew stands above them.
"""

from dataclasses import dataclass

from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.separate_consent import consent_sheets
from chengnuo.domain.register.app import App
from chengnuo.doors.web.centre_rights_lines import AT_ONCE, LineView
from chengnuo.doors.web.centre_waiting import WaitingView
from chengnuo.doors.web.page_parts import Figure
from chengnuo.doors.web.register_words import Speaker
from chengnuo.ports.individuals import Visitor

ABOUT = 5
"""Lines of what the centre is: they fit on one screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A way to a page.

    Attributes:
        href: Where it leads.
        name: What a person would call it.
        term: What the law calls it.
        what: What one finds there, in a sentence.
        figure: A number about it, or None.

    """

    href: str
    name: str
    term: str
    what: str
    figure: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """The home of the privacy centre.

    Attributes:
        app: Name of the app.
        doors: The ways to what concerns oneself.
        more: The ways to rules and explanations.
        changed: How much has to be decided anew, in words; or empty.
        open: The most urgent requests that are open, with the date of the answer.
        greeting: Words to a person who came in from the app, or empty.
        enter: Whether to show how one comes in.
        waiting: What waits for a guardian.
        about: What the centre is, line by line; empty for whoever has seen it.

    """

    app: str
    doors: tuple[Door, ...]
    more: tuple[Door, ...]
    changed: str
    open: tuple[LineView, ...]
    greeting: str
    enter: bool
    waiting: tuple[WaitingView, ...] = ()
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """How many consents of whoever has come in are in force, and how many are to decide anew."""

    given: int
    again: int


def home_page(  # noqa: PLR0913  what the page is made from
    say: Speaker,
    app: App,
    visitor: Visitor | None,
    chosen: Chosen | None,
    *,
    entry: bool,
    open_requests: tuple[LineView, ...] = (),
    waiting: tuple[WaitingView, ...] = (),
    known: bool = False,
) -> HomePage:
    """Return the home of the privacy centre.

    Args:
        say: The register in force, in one language.
        app: App that the page is about.
        visitor: The individual who came in, or None.
        chosen: What they have chosen, or None.
        entry: Whether individuals can come in at all.
        open_requests: What they have asked for that is not answered yet.
        waiting: What waits for a guardian.
        known: Whether they have seen what the centre is.

    """
    register = say.register
    activities = tuple(register.activities_of(app.app))
    kinds = {category for activity in activities for category in activity.categories}
    recipients = {each for activity in activities for each in activity.recipients}
    declared = Declared(register=register, catalogue=say.catalogue, app_id=app.app)
    asked = len(consent_sheets(declared))
    query = f"?app={app.app}" if len(register.apps) > 1 else ""
    return HomePage(
        app=say.text(app.name),
        doors=(
            _door(say, "information", query, _count(say, "kinds", len(kinds))),
            _door(
                say,
                "consents",
                "",
                None
                if chosen is None
                else Figure(name=say.t("centre.consents.figure"), count=str(chosen.given)),
            ),
            _door(say, "switches", "", None),
            _door(say, "recipients", query, _count(say, "parties", len(recipients))),
            _door(
                say,
                "rights",
                "",
                _count(say, "open", len(open_requests)) if open_requests else None,
            ),
            _door(say, "proofs", "", None, path="complaints" if visitor else "contact"),
        ),
        more=(
            _door(say, "rules", query, None),
            _door(say, "prompts", query, _count(say, "matters", asked)),
            _door(say, "decisions", "", None),
            _door(say, "prices", "", None),
            _door(say, "minors", query, None),
            _door(say, "handover", "", None),
            _door(say, "guardians", "", None),
            _door(say, "contact", query, None),
        ),
        changed=say.t("centre.home.changed", n=chosen.again) if chosen and chosen.again else "",
        open=open_requests[:AT_ONCE],
        greeting=say.t("centre.home.greeting", app=say.text(app.name)) if visitor else "",
        enter=visitor is None and entry,
        waiting=waiting,
        about=() if known else about_lines(say, app),
    )


def about_lines(say: Speaker, app: App) -> tuple[str, ...]:
    """Return what the centre is and what one can do in it, line by line."""
    places = {"app": say.text(app.name), "handler": say.text(say.register.handler.name)}
    return tuple(say.t(f"centre.about.line-{number}", **places) for number in range(1, ABOUT + 1))


def _door(say: Speaker, name: str, query: str, figure: Figure | None, *, path: str = "") -> Door:
    return Door(
        href=f"/centre/{path or name}{query}",
        name=say.t(f"centre.{name}.name"),
        term=say.t(f"centre.{name}.term"),
        what=say.t(f"centre.{name}.what"),
        figure=figure,
    )


def _count(say: Speaker, unit: str, count: int) -> Figure:
    return Figure(name=say.t(f"centre.home.{unit}"), count=str(count))
