"""未成年人 in the console: how many are known, what waits, relations, audits, looks by staff.

Numbers and ways alone; nobody is named here.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from litestar import MediaType, Response, Router, get
from litestar.di import NamedDependency, Provide

from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.consent_notice import NoSuchConsentItemError
from chengnuo.domain.disclosure.prompts import prompt_by_id
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.sort import DossierSort
from chengnuo.domain.dossier.sorts.audit import AUDIT
from chengnuo.domain.dossier.sorts.minors_access import MINORS_ACCESS
from chengnuo.domain.dossier.standing import state_of
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.doors.texts import moment
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenLang, GivenServices
from chengnuo.doors.web.page_parts import (
    Empty,
    Fact,
    Row,
    Section,
    Table,
    Words,
    linked,
    said,
)
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.doors.web.who_reads import FOR_READERS
from chengnuo.doors.web.wording import Translate, wording
from chengnuo.usecases.consent.minor_figures import MinorOverview, minor_overview
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.register_desk import Desk

PATH = "/console/minors"
_OF_MINORS = "minors"
GivenRegister = NamedDependency[Desk]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinorsPage:
    """The page.

    Attributes:
        sections: Known minors, what waits, relations, audits, looks by staff.

    """

    sections: tuple[Section, ...]


@get("/", guards=[FOR_READERS], sync_to_thread=True)
def minors(
    request: Asked, lang: GivenLang, services: GivenServices, minors_desk: GivenRegister
) -> Page:
    """Show minors in numbers."""
    t = wording(lang)
    overview = minor_overview(services.consents)
    sections = [
        _known(t, overview),
        _waiting(t, lang, overview, minors_desk),
        _relations(t, overview),
    ]
    if services.dossiers is not None:
        sections += [_audits(t, lang, services.dossiers), _accesses(t, lang, services.dossiers)]
    html = render(
        "console/minors.html",
        frame=console_frame(request, minors_desk.current()),
        page=MinorsPage(sections=tuple(sections)),
    )
    return Response(html, media_type=MediaType.HTML)


def console_minor_pages(desk: Desk) -> Router:
    """Return the route of 未成年人 in the console."""

    def minors_desk() -> Desk:
        return desk

    return Router(
        path=PATH,
        route_handlers=(minors,),
        include_in_schema=False,
        dependencies={"minors_desk": Provide(minors_desk, sync_to_thread=False)},
    )


def _known(t: Translate, overview: MinorOverview) -> Section:
    return Section(
        anchor="known",
        name=t("minors.known"),
        lead=t("minors.known-lead" if overview.whole else "minors.not-whole"),
        facts=(
            Fact(name=t("minors.under-14"), value=said(str(overview.under_14))),
            Fact(name=t("minors.from-14"), value=said(str(overview.from_14))),
        ),
    )


def _waiting(t: Translate, lang: Lang, overview: MinorOverview, desk: Desk) -> Section:
    return Section(
        anchor="waiting",
        name=t("minors.waiting"),
        lead=t("minors.waiting-lead"),
        tables=(
            Table(
                caption=t("minors.waiting"),
                heads=(t("prompt.matter"), t("minors.children"), t("minors.oldest")),
                rows=tuple(
                    Row(
                        cells=(
                            said(_matter(desk, one.item, lang), one.item),
                            said(str(one.count)),
                            said(moment(one.since)),
                        )
                    )
                    for one in overview.waiting
                ),
                empty=Empty(
                    name=t("minors.nothing-waits"),
                    text=t("empty.guardian"),
                    href="/console/minors-access",
                    act=t("nav.minors-access"),
                ),
                numbers=(1,),
            ),
        ),
    )


def _matter(desk: Desk, item: ConsentItemId, lang: Lang) -> str:
    """Return what a child asks for; the bare id where the register asks for it no more."""
    served = desk.current()
    if served is None:
        return item
    try:
        found = prompt_by_id(served.register, desk.catalogue, item)
    except NoSuchConsentItemError:
        return item
    return found.title.in_lang(lang)


def _relations(t: Translate, overview: MinorOverview) -> Section:
    return Section(
        anchor="relations",
        name=t("minors.relations"),
        lead=t("minors.relations-lead"),
        facts=(
            Fact(name=t("guardians.stands"), value=said(str(overview.stand))),
            Fact(name=t("guardians.ended"), value=said(str(overview.ended))),
        ),
    )


def _audits(t: Translate, lang: Lang, dossiers: DossierDesk) -> Section:
    found = [one for one in dossiers.store.every([AUDIT.id]) if one.value("kind") == _OF_MINORS]
    return Section(
        anchor="audits",
        name=t("minors.audits"),
        lead=t("minors.audits-lead"),
        tables=(_dossiers(t, lang, AUDIT, found, t("minors.audits"), t("minors.no-audit")),),
        more=Words(text=t("minors.all-audits"), href=f"/console/{AUDIT.path}"),
    )


def _accesses(t: Translate, lang: Lang, dossiers: DossierDesk) -> Section:
    found = dossiers.store.every([MINORS_ACCESS.id])
    states = Counter(state_of(MINORS_ACCESS, one).id for one in found)
    return Section(
        anchor="accesses",
        name=t("minors.accesses"),
        lead=t("minors.accesses-lead"),
        facts=tuple(
            Fact(name=state.text.in_lang(lang), value=said(str(states[state.id])))
            for state in MINORS_ACCESS.states
        ),
        more=Words(text=t("minors.all-accesses"), href=f"/console/{MINORS_ACCESS.path}"),
    )


def _dossiers(  # noqa: PLR0913, PLR0917  what a table is made from
    t: Translate,
    lang: Lang,
    sort: DossierSort,
    found: Iterable[Dossier],
    caption: str,
    none: str,
) -> Table:
    return Table(
        caption=caption,
        heads=(t("minors.which"), t("minors.state")),
        rows=tuple(
            Row(
                cells=(
                    linked(str(one.value("title") or one.id), f"/console/{sort.path}/{one.id}"),
                    said(state_of(sort, one).text.in_lang(lang)),
                )
            )
            for one in found
        ),
        empty=Empty(name=none, text=t("empty.minors"), href="/console/audits", act=t("nav.audits")),
    )
