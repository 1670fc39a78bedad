"""The page of one app: its services, the ways to its rules and rights, how accounts end."""

from chengnuo.domain.register.app import App, Cancellation
from chengnuo.domain.register.ids import AppId
from chengnuo.doors.web.console_register import EntryPage
from chengnuo.doors.web.page_parts import Empty, Fact, Row, Section, Table, Words, said
from chengnuo.doors.web.register_words import Speaker


def app_page(say: Speaker, wanted: AppId, findings: Section) -> EntryPage:
    """Return the page of an app that the register holds."""
    app = say.register.app_by_id[wanted]
    sections = [findings, _identity(say, app), _services(say, app), _access(say, app)]
    sections.append(_rights(say, app))
    if app.cancellation is not None:
        sections.append(_cancellation(say, app.cancellation))
    return EntryPage(
        kind=say.t("console.entry.app"),
        id=wanted,
        title=say.text(app.name),
        lead="",
        map=None,
        sections=tuple(sections),
    )


def _identity(say: Speaker, app: App) -> Section:
    platforms = (
        ("Android", app.platforms.android),
        ("iOS", app.platforms.ios),
        ("HarmonyOS", app.platforms.harmony),
        (say.t("console.entry.mini-program"), app.platforms.mini_program),
        ("Web", app.platforms.web),
    )
    names = say.catalogue.app_types
    types = tuple(
        names[each].text.in_lang(say.lang) if each in names else each for each in app.app_types
    )
    return Section(
        anchor="app",
        name=say.t("console.entry.app"),
        facts=(
            Fact(
                name=say.t("console.entry.platforms"),
                value=tuple(
                    Words(text=given, code=True, notes=(platform,))
                    for platform, given in platforms
                    if given
                ),
            ),
            say.fact("console.entry.app-types", " · ".join(types) or say.text(app.other_type)),
            say.fact(
                "console.entry.audience",
                say.t(f"minors-audience.{app.audience.minors_under_14}"),
                say.text(app.audience.age_check),
            ),
            say.fact(
                "console.entry.unknown-age",
                say.t(f"unknown-age.{app.audience.taken_for}"),
                say.text(app.audience.low_risk),
            ),
            say.fact("console.entry.rules-since", say.day(app.rules_effective)),
        ),
    )


def _services(say: Speaker, app: App) -> Section:
    rows = tuple(
        Row(
            cells=(
                said(say.text(service.name)),
                said(say.t(f"console.entry.{'basic' if service.basic else 'extended'}")),
                said(say.yes_no(given=service.requires_account), say.text(service.account_reason)),
                tuple(
                    say.activity_words(activity)
                    for requirement in service.requires
                    for activity in requirement.any_of
                )
                or said(say.t("word.none")),
            )
        )
        for service in say.register.services
        if service.app == app.app
    )
    heads = ("service", "kind", "account", "requires")
    return _tabled(say, "services", heads, rows)


def _access(say: Speaker, app: App) -> Section:
    access = app.access
    level = say.t("console.entry.menu-level", n=access.lists_menu_level)
    return Section(
        anchor="access",
        name=say.t("console.entry.rules-access"),
        facts=(
            say.fact(
                "console.entry.rules-path",
                say.text(access.rules_path),
                say.t("console.entry.taps", n=access.rules_taps),
            ),
            say.fact("console.entry.list-one", say.text(access.collection_list_path), level),
            say.fact("console.entry.list-two", say.text(access.sharing_list_path), level),
        ),
    )


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
    return _tabled(say, "rights", ("right", "right-path", "right-days"), rows)


def _cancellation(say: Speaker, given: Cancellation) -> Section:
    cooling = given.cooling_off
    return Section(
        anchor="cancellation",
        name=say.t("console.entry.cancellation"),
        facts=(
            Fact(
                name=say.t("console.entry.cancel-conditions"),
                value=tuple(Words(text=say.text(each)) for each in given.conditions)
                or said(say.t("word.none")),
            ),
            say.fact(
                "console.entry.cooling-off",
                cooling.in_words(chinese=say.lang == "zh") if cooling else say.t("word.none"),
            ),
        ),
    )


def _tabled(say: Speaker, name: str, heads: tuple[str, ...], rows: tuple[Row, ...]) -> Section:
    title = say.t(f"console.entry.{name}")
    return Section(
        anchor=name,
        name=title,
        tables=(
            Table(
                caption=title,
                heads=tuple(say.t(f"console.entry.{head}") for head in heads),
                rows=rows,
                empty=Empty(
                    name=say.t("console.entry.none-rows"),
                    text=say.t("console.entry.none-rows-text"),
                    href="/console/register",
                    act=say.t("nav.register"),
                ),
            ),
        ),
    )
