"""双清单 for staff: both published lists, row by row, with what stands behind each row.

The lists are those that people see; they are derived, never written here. Beside each row stands
how often it was used of late, so that a row that nothing uses can be told from one in use.
"""

from collections.abc import Iterator, Mapping

from litestar import Router, get
from litestar.di import NamedDependency

from chengnuo.domain.register.ids import AppId
from chengnuo.domain.register.list_rows import list_rows
from chengnuo.domain.register.model import Register
from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.doors.texts import moment
from chengnuo.doors.web.console_hub import GivenRegister, HubPage, hub_router, hub_shown, speaker_of
from chengnuo.doors.web.console_hub_parts import table_section
from chengnuo.doors.web.page_parts import Figure, Row, Words, said
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.usecases.consent.kept_figures import USUAL_DAYS, KeptFigures
from chengnuo.usecases.consent.recounting import AsOf
from chengnuo.usecases.register_desk import Desk

PATH = "/console/lists"
DAYS = USUAL_DAYS
GivenFigures = NamedDependency[KeptFigures]


@get("/", guards=[requires(*sorted(ROLES))], sync_to_thread=True)
def lists(request: Asked, register_desk: GivenRegister, figures: GivenFigures) -> Page:
    """Show both lists with what stands behind their rows."""
    say = speaker_of(request, register_desk)
    used = figures.used(DAYS)
    return hub_shown(request, register_desk, lists_page(say, used, _earlier(register_desk)))


def lists_pages(desk: Desk, counted: KeptFigures) -> Router:
    """Return the route of 双清单."""
    return hub_router(PATH, [lists], desk, figures=counted)


def lists_page(
    say: Speaker, counted: AsOf[dict[tuple[str, str], int]], earlier: Register | None
) -> HubPage:
    """Return the page.

    Args:
        say: Words.
        counted: How often each activity and recipient was used of late, and as of when.
        earlier: The register before the one in force; None where there was none.

    """
    used, of = counted.value, say.t("consents.counted", at=moment(counted.at))
    collected, shared = tuple(_collected(say, used)), tuple(_shared(say, used))
    changed = tuple(_changed(say, earlier)) if earlier is not None else ()
    return HubPage(
        name="lists",
        term=say.t("hub.lists-term"),
        lead=f"{say.t('hub.lists-lead')} {of}",
        figures=(
            Figure(name=say.t("hub.list-1"), count=f"{len(collected):,}", href="#collected"),
            Figure(name=say.t("hub.list-2"), count=f"{len(shared):,}", href="#shared"),
            Figure(name=say.t("hub.lists-changed"), count=f"{len(changed):,}", href="#changed"),
        ),
        acts=tuple(_published(say)),
        sections=(
            table_section(
                say, "collected", ("row", "used-for", "scene", "used"), collected, numbers=(3,)
            ),
            table_section(
                say, "shared", ("recipient", "activity", "how", "used"), shared, numbers=(3,)
            ),
            table_section(
                say, "changed", ("what", "row"), changed, goes_to=("/console/versions", "versions")
            ),
        ),
    )


def _published(say: Speaker) -> Iterator[Link]:
    several = len(say.register.apps) > 1
    for app in say.register.apps:
        query = f"?app={app.app}" if several else ""
        name = f" · {say.text(app.name)}" if several else ""
        yield Link(href=f"/centre/information{query}", name=say.t("hub.see-list-1") + name)
        yield Link(href=f"/centre/recipients{query}", name=say.t("hub.see-list-2") + name)
        yield _file(say, "information", app.app, name)
        yield _file(say, "recipients", app.app, name)


def _file(say: Speaker, paper: str, app: AppId, name: str) -> Link:
    words = say.t("hub.list-1-file" if paper == "information" else "hub.list-2-file")
    return Link(href=f"/centre/files/{paper}.xlsx?app={app}", name=words + name)


def _collected(say: Speaker, used: Mapping[tuple[str, str], int]) -> Iterator[Row]:
    sums: dict[str, int] = {}
    for (name, _), count in used.items():
        sums[name] = sums.get(name, 0) + count
    for row, activity, category in list_rows(say.register):
        yield Row(
            cells=(
                (Words(text=say.category(category), notes=(row,)),),
                (say.activity_words(activity.activity),),
                said(say.text(activity.scene)),
                said(f"{sums.get(activity.activity, 0):,}"),
            )
        )


def _shared(say: Speaker, used: Mapping[tuple[str, str], int]) -> Iterator[Row]:
    for recipient in say.register.recipients:
        for activity in say.register.activities_with(recipient.recipient):
            count = used.get((activity.activity, recipient.recipient), 0)
            yield Row(
                cells=(
                    (say.recipient_words(recipient.recipient),),
                    (say.activity_words(activity.activity),),
                    said(say.t(f"channel.{recipient.channel}"), say.place(recipient.country)),
                    said(f"{count:,}"),
                )
            )


def _changed(say: Speaker, earlier: Register) -> Iterator[Row]:
    """Yield the rows of both lists that the register before had not, then those it had alone."""
    now, before = _ids(say.register), _ids(earlier)
    for word, ids in (("came", now - before), ("went", before - now)):
        for one in sorted(ids):
            yield Row(cells=(said(say.t(f"hub.row-{word}")), (Words(text=one, code=True),)))


def _ids(register: Register) -> set[str]:
    shared = {
        f"{activity.activity} → {recipient.recipient}"
        for recipient in register.recipients
        for activity in register.activities_with(recipient.recipient)
    }
    return {row for row, _, _ in list_rows(register)} | shared


def _earlier(desk: Desk) -> Register | None:
    current = desk.current()
    others = [kept for kept in desk.kept() if current is None or str(kept.id) != current.version]
    return desk.register_of(str(others[0].id)).register if others else None
