"""第三方与 SDK: who gets information, with agreement, vetting, versions and supervision.

Beside each stands how often it was used of late; with very many uses that is a count that is kept.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from litestar import Router, get

from chengnuo.domain.dossier.sorts.supervision import SUPERVISION
from chengnuo.domain.register.recipient import Recipient
from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.doors.texts import moment
from chengnuo.doors.web.console_dossier_house import actor_of, path_of
from chengnuo.doors.web.console_hub import GivenRegister, HubPage, hub_router, hub_shown, speaker_of
from chengnuo.doors.web.console_hub_parts import table_section
from chengnuo.doors.web.console_lists import DAYS, GivenFigures
from chengnuo.doors.web.form_parts import signed_in
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.page_parts import Cell, Figure, Row, Status, StatusKind, Words, said
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.doors.web.who_reads import may_read
from chengnuo.ports.accounts import Account
from chengnuo.usecases.consent.kept_figures import KeptFigures
from chengnuo.usecases.consent.recounting import AsOf
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.register_desk import Desk

PATH = "/console/third-parties"
_HEADS = ("recipient", "role", "agreement", "vetting", "used")
_SORTS = ("supervision", "sdk-vetting", "agreement-term", "joint-request")
"""What is done about third parties, as dossiers."""


@get("/", guards=[requires(*sorted(ROLES))], sync_to_thread=True)
def third_parties(
    request: Asked,
    services: GivenServices,
    register_desk: GivenRegister,
    figures: GivenFigures,
    staff: GivenStaff,
) -> Page:
    """Show who gets information, and how each stands."""
    say, me = speaker_of(request, register_desk), signed_in(staff).account
    desk = services.dossiers if may_read(me.role) else None
    today = register_desk.served.report.on.isoformat()
    work = tuple(_work(desk, me))
    page = third_parties_page(say, today, work, _supervised(desk), figures.used(DAYS))
    return hub_shown(request, register_desk, page)


def third_party_pages(desk: Desk, counted: KeptFigures) -> Router:
    """Return the route of 第三方与 SDK."""
    return hub_router(PATH, [third_parties], desk, figures=counted)


def third_parties_page(
    say: Speaker,
    today: str,
    work: tuple[tuple[str, int, str], ...],
    supervised: frozenset[str] | None,
    counted: AsOf[dict[tuple[str, str], int]],
) -> HubPage:
    """Return the page.

    Args:
        say: Words.
        today: The civil day, as in ISO 8601.
        work: Sorts of dossier about third parties: id, how many are open, where they are.
        supervised: The recipients with a supervision that is open; None for who may not see it.
        counted: How often each activity and recipient was used of late, and as of when.

    """
    times = Counter[str]()
    for (_, recipient), count in counted.value.items():
        times[recipient] += count

    def party(one: Recipient) -> Row:
        row = _party(say, one, today, supervised)
        return replace(row, cells=(*row.cells, said(f"{times[one.recipient]:,}")))

    recipients = say.register.recipients
    kits = tuple(_kit(say, one) for one in recipients if one.sdk is not None)
    everybody = tuple(map(party, recipients))
    abroad = tuple(party(one) for one in recipients if one.is_overseas)
    return HubPage(
        name="third-parties",
        term=say.t("hub.third-parties-term"),
        lead=f"{say.t('hub.third-parties-lead')} "
        + say.t("consents.counted", at=moment(counted.at)),
        figures=(
            Figure(name=say.t("hub.parties"), count=str(len(everybody)), href="#parties"),
            Figure(name=say.t("hub.sdks"), count=str(len(kits)), href="#sdks"),
            Figure(name=say.t("hub.abroad"), count=str(len(abroad)), href="#abroad"),
            *(
                Figure(name=say.t(f"hub.work-{sort}"), count=f"{count:,}", href=href)
                for sort, count, href in work
            ),
        ),
        acts=(
            Link(href="/console/releases/kits", name=say.t("nav.kits")),
            Link(href="/console/responsibility", name=say.t("nav.responsibility")),
        ),
        sections=(
            table_section(say, "parties", _HEADS, everybody, numbers=(4,)),
            table_section(
                say,
                "sdks",
                ("sdk", "versions", "starts", "vetting"),
                kits,
                goes_to=("/console/releases/kits", "kits"),
            ),
            table_section(
                say,
                "abroad",
                _HEADS,
                abroad,
                numbers=(4,),
                goes_to=("/console/borders", "borders"),
            ),
        ),
    )


def _work(desk: DossierDesk | None, me: Account) -> Iterator[tuple[str, int, str]]:
    if desk is None:
        return
    actor = actor_of(me)
    for sort in _SORTS:
        if actor.party in desk.sorts[sort].reads:
            count = desk.store.count([sort], open_only=True)
            yield sort, count, path_of(desk.sorts[sort])


def _supervised(desk: DossierDesk | None) -> frozenset[str] | None:
    if desk is None:
        return None
    found = desk.store.every([SUPERVISION.id], open_only=True)
    return frozenset(str(one.value("recipient")) for one in found)


def _party(say: Speaker, one: Recipient, today: str, supervised: frozenset[str] | None) -> Row:
    who = say.recipient_words(one.recipient)
    notes = [say.text(one.company)]
    if supervised is not None:
        watched = one.recipient in supervised
        notes.append(say.t("hub.supervised" if watched else "hub.not-supervised"))
    return Row(
        cells=(
            (Words(text=who.text, href=who.href, notes=tuple(notes)),),
            said(say.t(f"role.{one.role}"), say.place(one.country)),
            _agreement(say, one, today),
            _vetting(say, one, today),
        )
    )


def _agreement(say: Speaker, one: Recipient, today: str) -> Cell:
    agreement = next(
        (each for each in say.register.agreements if each.agreement == one.agreement), None
    )
    if agreement is None:
        return (Words(status=Status(kind=StatusKind.WARN, word=say.t("hub.no-agreement"))),)
    if agreement.expires is None:
        return said(agreement.agreement, say.t("hub.no-end"))
    return (_until(say, agreement.expires.isoformat(), today), *said(agreement.agreement))


def _vetting(say: Speaker, one: Recipient, today: str) -> Cell:
    if one.vetting is None:
        return (Words(status=Status(kind=StatusKind.WARN, word=say.t("hub.not-vetted"))),)
    word = say.t(f"vetting.{one.vetting.result}")
    return (_until(say, one.vetting.until.isoformat(), today), *said(word))


def _until(say: Speaker, day: str, today: str) -> Words:
    over = day < today
    word = say.t("hub.over-since" if over else "hub.until", day=day)
    return Words(status=Status(kind=StatusKind.WARN if over else StatusKind.NOTE, word=word))


def _kit(say: Speaker, one: Recipient) -> Row:
    kit = one.sdk
    versions: Mapping[str, str] = {} if kit is None else dict.fromkeys(kit.versions, "")
    start = "" if kit is None else say.t(f"sdk-start.{kit.starts}")
    who = say.recipient_words(one.recipient)
    return Row(
        cells=(
            (
                Words(
                    text=who.text if kit is None else kit.name,
                    href=who.href,
                    notes=(say.text(one.name),),
                ),
            ),
            tuple(Words(text=version, code=True) for version in versions) or said("—"),
            said(start),
            (Words(text=say.t("hub.see-vettings"), href="/console/releases/kits"),),
        )
    )
