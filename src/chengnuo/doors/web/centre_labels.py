"""画像标签: the labels that models keep about whoever came in, each with a way to delete it.

The labels are read from the operator's stores while the page is made and kept nowhere else. A
deletion is a request like any other: it can be taken back for ten minutes, is final afterwards,
and the same label may not be kept again (算法推荐管理规定 17; PIPL Art. 47).
"""

from dataclasses import dataclass
from typing import Any

from litestar import MediaType, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide

from chengnuo.base.text import Lang
from chengnuo.domain.register.model import Register
from chengnuo.doors.http.audience import INDIVIDUAL, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.texts import moment
from chengnuo.doors.web.centre_rights_asking import asker_of, visitor_of
from chengnuo.doors.web.form_parts import field
from chengnuo.doors.web.frames import centre_frame
from chengnuo.doors.web.page_parts import Empty, Fact, Status, StatusKind, said
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.doors.web.wording import wording
from chengnuo.law.rights import Right
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.rights.desk import RightsDesk
from chengnuo.usecases.rights.labels import LabelSeen, LabelsSeen

_MOST_TABLE, _MOST_LABEL = 200, 200
GivenRegister = NamedDependency[Desk]
GivenRights = NamedDependency[RightsDesk]


@dataclass(frozen=True, slots=True, kw_only=True)
class OneLabel:
    """One label.

    Attributes:
        table: Where it is kept, as the form names it.
        label: The label.
        status: That it came back after it had been deleted; None where all is well.
        facts: By which model it is kept, what it was learned from, since when.
        act_what: Words on the button for whoever hears the page.

    """

    table: str
    label: str
    status: Status | None
    facts: tuple[Fact, ...]
    act_what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelsPage:
    """The page 画像标签.

    Attributes:
        labels: Each label.
        empty: What to say where there is none.
        away: Where labels could not be read now.

    """

    labels: tuple[OneLabel, ...]
    empty: Empty
    away: tuple[str, ...]


@get("/", sync_to_thread=True)
def labels(request: Asked, label_desk: GivenRegister, label_rights: GivenRights) -> Page:
    """Show the labels that are kept about the individual."""
    visitor, lang = visitor_of(request), exchange_of(request.scope).lang
    seen = label_rights.labels.of(visitor.person, visitor.account)
    page = labels_page(lang, label_desk.served.register, seen)
    frame = centre_frame(request, label_desk.current())
    html = render("centre/labels.html", frame=frame, page=page)
    return Response(html, media_type=MediaType.HTML)


@post("/")
async def delete_label(request: Asked, label_rights: GivenRights) -> Response[Any]:
    """Ask for one label to be deleted; the page of the request follows."""
    table = await field(request, "table", most=_MOST_TABLE)
    label = await field(request, "label", most=_MOST_LABEL)
    return await sync_to_thread(_delete, request, label_rights, table, label)


ROUTES = (labels, delete_label)


def label_pages(desk: Desk, rights: RightsDesk | None) -> list[Router]:
    """Return the routes of 画像标签; none where no requests are taken."""
    if rights is None:
        return []

    def label_desk() -> Desk:
        return desk

    def label_rights() -> RightsDesk:
        return rights

    return [
        Router(
            path="/centre/labels",
            route_handlers=ROUTES,
            guards=[requires(INDIVIDUAL)],
            include_in_schema=False,
            dependencies={
                "label_desk": Provide(label_desk, sync_to_thread=False),
                "label_rights": Provide(label_rights, sync_to_thread=False),
            },
        )
    ]


def labels_page(lang: Lang, register: Register, seen: LabelsSeen) -> LabelsPage:
    """Return the page."""
    t = wording(lang)
    return LabelsPage(
        labels=tuple(_one(lang, register, one) for one in seen.labels),
        empty=Empty(name=t("centre.labels.none"), text=t("centre.labels.none-text")),
        away=tuple(t("centre.labels.away", store=one.in_lang(lang)) for one in seen.away),
    )


def _one(lang: Lang, register: Register, one: LabelSeen) -> OneLabel:
    t = wording(lang)
    model = register.model_by_id.get(one.model)
    used = () if model is None else model.activities
    names = "、" if lang is Lang.ZH else "; "
    facts = [
        Fact(
            name=t("centre.labels.model"),
            value=said(
                one.model if model is None else model.name.in_lang(lang),
                names.join(register.activity_by_id[each].purpose.in_lang(lang) for each in used),
            ),
        ),
        Fact(
            name=t("centre.labels.from"),
            value=said(one.learned_from or t("centre.labels.not-said")),
        ),
        Fact(name=t("centre.labels.since"), value=said(one.since or t("centre.labels.not-said"))),
    ]
    status = None
    if one.deleted_at is not None:
        facts.append(Fact(name=t("centre.labels.deleted"), value=said(moment(one.deleted_at))))
        status = Status(kind=StatusKind.GRAVE, word=t("centre.labels.back"))
    return OneLabel(
        table=one.table,
        label=one.label,
        status=status,
        facts=tuple(facts),
        act_what=t("centre.labels.delete-what", what=one.label),
    )


def _delete(request: Asked, rights: RightsDesk, table: str, label: str) -> Response[Any]:
    asked = rights.labels.deletion(table, label)
    made = rights.open(asker_of(visitor_of(request)), Right.DELETE, asked)
    return go(f"/centre/rights/requests/{made.request.id}?sent=yes")
