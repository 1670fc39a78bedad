"""How to complain and whom to ask: every channel that the register names, and by when one hears."""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.dossier.service_figures import IN_APP, ServiceFigures
from chengnuo.domain.dossier.sorts.complaint_choices import CHANNELS, CONTENT
from chengnuo.domain.register.app import App
from chengnuo.domain.register.handler import Contacts
from chengnuo.doors.web.page_parts import Cell, Empty, Fact, Row, Section, Table, Words, said
from chengnuo.doors.web.register_words import Speaker

FIGURES_PAPER = "service-figures"
"""Name of the file with the figures."""
_CONTENT = {one.value: one.text for one in CONTENT}
_CHANNELS = {one.value: one.text for one in CHANNELS} | {IN_APP: Text("应用内", "in the app")}


def contact_sections(
    say: Speaker, app: App, figures: ServiceFigures | None = None
) -> tuple[Section, ...]:
    """Return the parts of the page: complaints, how they were answered, rights, the handler."""
    return tuple(_sections(say, app, figures))


def _sections(say: Speaker, app: App, figures: ServiceFigures | None) -> Iterator[Section]:
    handler = say.register.handler
    complaints = handler.complaints
    yield Section(
        anchor="complaints",
        name=say.t("centre.contact.complaints"),
        lead=say.t("centre.contact.complaints-lead", n=complaints.working_days),
        facts=(
            say.fact("centre.contact.in-app", say.text(complaints.path)),
            *_channels(say, complaints.contacts),
        ),
    )
    if figures is not None:
        yield _figures(say, app, figures)
        yield _hotline(say, figures)
    if app.rights:
        yield _rights(say, app)
    yield Section(
        anchor="handler",
        name=say.t("centre.contact.handler"),
        term=say.t("centre.contact.handler-term"),
        facts=(
            say.fact("centre.contact.company", say.text(handler.name)),
            say.fact("centre.contact.credit-code", handler.credit_code or ""),
            say.fact("centre.contact.address", say.text(handler.address)),
            *_channels(say, handler.contacts),
        ),
    )
    officer = handler.protection_officer
    if officer is not None:
        yield Section(
            anchor="officer",
            name=say.text(officer.title),
            facts=tuple(_channels(say, officer.contacts)),
        )
    if handler.representative is not None:
        yield Section(
            anchor="representative",
            name=say.t("centre.contact.representative"),
            facts=(
                say.fact("centre.contact.company", say.text(handler.representative.name)),
                *_channels(say, handler.representative.contacts),
            ),
        )


def _figures(say: Speaker, app: App, figures: ServiceFigures) -> Section:
    channels = (f"{say.text(_CHANNELS[channel])} {count}" for channel, count in figures.by_channel)
    days = figures.median_days
    return Section(
        anchor="complaint-figures",
        name=say.t("centre.contact.figures"),
        lead=say.t(
            "centre.contact.figures-lead",
            since=say.day(figures.since),
            until=say.day(figures.until),
        ),
        facts=(
            say.fact("centre.contact.received", str(figures.received), say.joined(channels)),
            say.fact("centre.contact.answered", str(figures.answered)),
            say.fact("centre.contact.late", str(figures.late)),
            say.fact(
                "centre.contact.median",
                say.t("word.none") if days is None else say.t("centre.contact.days", n=days),
            ),
            say.fact("centre.contact.stepped-up", str(figures.stepped_up)),
            *_content(say, figures),
        ),
        more=Words(
            text=say.t("centre.contact.figures-file"),
            href=f"/centre/files/{FIGURES_PAPER}.xlsx?app={app.app}",
        ),
    )


def _content(say: Speaker, figures: ServiceFigures) -> Iterator[Fact]:
    if figures.content:
        said_so = (f"{say.text(_CONTENT[what])} {count}" for what, count in figures.content)
        yield say.fact("centre.contact.rated", say.joined(said_so))


def _hotline(say: Speaker, figures: ServiceFigures) -> Section:
    rows = tuple(
        Row(
            cells=(
                said(f"{one.first:%Y-%m}"),
                said(str(one.calls)),
                said(f"{one.answered / one.calls:.1%}" if one.calls else "—"),
                said(str(one.mean_wait_s)),
                said(str(one.longest_wait_s)),
            )
        )
        for one in figures.hotline
    )
    heads = ("month", "calls", "by-person", "mean-wait", "longest-wait")
    return Section(
        anchor="hotline-figures",
        name=say.t("centre.contact.hotline"),
        lead=say.t(
            "centre.contact.hotline-lead",
            most=figures.most_wait_s,
            share=f"{figures.more_than:.0%}",
        ),
        tables=(
            Table(
                caption=say.t("centre.contact.hotline"),
                heads=tuple(say.t(f"centre.contact.{head}") for head in heads),
                rows=rows,
                numbers=(1, 2, 3, 4),
                empty=Empty(
                    name=say.t("centre.contact.no-calls"),
                    text=say.t("centre.contact.no-calls-text"),
                ),
            ),
        ),
    )


def _channels(say: Speaker, contacts: Contacts) -> Iterator[Fact]:
    if contacts.phone:
        yield _linked(say, "phone", contacts.phone, f"tel:{contacts.phone}")
    if contacts.email:
        yield _linked(say, "email", contacts.email, f"mailto:{contacts.email}")
    if contacts.url:
        href = contacts.url if contacts.url.startswith(("https://", "http://")) else ""
        yield _linked(say, "url", contacts.url, href)
    if contacts.post is not None:
        yield say.fact("centre.contact.post", say.text(contacts.post))


def _linked(say: Speaker, name: str, text: str, href: str) -> Fact:
    value: Cell = (Words(text=text, href=href),)
    return Fact(name=say.t(f"centre.contact.{name}"), value=value)


def _rights(say: Speaker, app: App) -> Section:
    rows = tuple(
        Row(
            cells=(
                said(say.t(f"right.{each.right}")),
                said(say.text(each.path), say.text(each.conditions)),
                said(
                    say.t("console.entry.days", n=each.working_days)
                    if each.working_days
                    else say.t("console.entry.at-once")
                ),
            )
        )
        for each in app.rights
    )
    heads = ("right", "right-path", "right-days")
    table = Table(
        caption=say.t("centre.contact.rights"),
        heads=tuple(say.t(f"console.entry.{head}") for head in heads),
        rows=rows,
    )
    return Section(
        anchor="rights",
        name=say.t("centre.contact.rights"),
        term=say.t("centre.contact.rights-term"),
        lead=say.t("centre.contact.rights-lead"),
        tables=(table,),
    )
