"""What can be done with several findings at once, shown for each before any of it is done.

To have them mended opens one matter each with a day (整改), which a second person accepts when it
is done, or drops. To waive them for an SDK proposes waivers as one change of the register: it takes
a second person, too, has an end, and can be withdrawn by who proposed it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from litestar import Router, post
from litestar.concurrency import sync_to_thread
from litestar.di import Provide
from litestar.exceptions import NotFoundException

from chengnuo.base.canonical import Tree
from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.base.text import Text
from chengnuo.domain.dossier.fields import DossierFieldError
from chengnuo.domain.dossier.making import day, line, text
from chengnuo.domain.dossier.party import DESK
from chengnuo.domain.dossier.sort import NOT_OPENED, ActSort
from chengnuo.domain.dossier.sorts.remedy import OPEN, REMEDY
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.row_edit import RowEdit, edit_between
from chengnuo.doors.web.console_dossier_house import WORKERS, actor_of, path_of
from chengnuo.doors.web.console_findings import ASSIGN, PATH, WAIVE
from chengnuo.doors.web.console_rights_bulk import BulkLine
from chengnuo.doors.web.dossier_forms import (
    NOTHING_TYPED,
    FormView,
    Typed,
    form_of,
    typed_in,
    values_of,
)
from chengnuo.doors.web.dossier_house import refused
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.given import GivenStaff
from chengnuo.doors.web.page_parts import Status, StatusKind, Words
from chengnuo.doors.web.register_edit_href import CHANGES_PATH
from chengnuo.doors.web.register_house import ChangeHouse, GivenChanges
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.usecases.dossier.seen import Actor

_MOST_AT_ONCE, _LONGEST_ID = 100, 60
_ACTS = {
    ASSIGN: ActSort(
        what=ASSIGN,
        text=Text("登记整改", "Have them mended"),
        by=DESK,
        after=frozenset({NOT_OPENED}),
        fields=(day("due", "整改期限", "To be mended by"),),
        hint=Text(
            "每项各开一件整改事项；改好以后由另一人复核，开错了也由另一人销掉。",
            "One matter is opened for each; a second person accepts it when it is mended, or drops "
            "one that was opened by mistake.",
        ),
    ),
    WAIVE: ActSort(
        what=WAIVE,
        text=Text("提出豁免", "Propose waivers"),
        by=DESK,
        after=frozenset({NOT_OPENED}),
        fields=(
            text("reason", "为什么可以豁免", "Why they may be waived", private=False),
            line("granted-by", "批准的岗位", "Office that grants it"),
            day("expires", "豁免到哪天为止", "Last day of the waivers"),
        ),
        hint=Text(
            "合成一份登记簿修改，由另一人看过后果再批准；批准之前提出的人可以撤回，到期自动失效。",
            "They become one change of the register; a second person approves it having seen what "
            "follows. Until then whoever proposed it can withdraw it. Waivers end by themselves.",
        ),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsBulkPage:
    """What would be done with several findings, or what was.

    Attributes:
        title: What the page says first.
        lead: How many.
        act: Id of the act.
        lines: Each finding.
        ids: Those with which it would be done.
        form: What is said of all of them; None once it is done, or where nothing can be.

    """

    title: str
    lead: str
    act: str
    lines: tuple[BulkLine, ...]
    ids: tuple[str, ...]
    form: FormView | None


@post("/", guards=[WORKERS])
async def bulk_findings(request: Asked, change_house: GivenChanges) -> Page:
    """Show what would be done with the findings that are ticked; nothing is done yet."""
    act, ids = await _ticked(request)
    return await sync_to_thread(_preview, request, change_house, act, ids)


@post("/do", guards=[WORKERS])
async def do_bulk_findings(request: Asked, change_house: GivenChanges, staff: GivenStaff) -> Page:
    """Do it, and show what came of it."""
    act, ids = await _ticked(request)
    typed, me = await typed_in(request, act), actor_of(signed_in(staff).account)
    return await sync_to_thread(_do, request, change_house, me, act, ids, typed)


def findings_bulk_pages(house: ChangeHouse) -> Router:
    """Return the routes below `/console/findings/bulk`."""

    def change_house() -> ChangeHouse:
        return house

    return Router(
        path=f"{PATH}/bulk",
        route_handlers=[bulk_findings, do_bulk_findings],
        include_in_schema=False,
        dependencies={"change_house": Provide(change_house, sync_to_thread=False)},
    )


async def _ticked(request: Asked) -> tuple[ActSort, frozenset[str]]:
    """Return the act and the findings of a form.

    Raises:
        NotFoundException: There is no such act.

    """
    act = _ACTS.get(await field(request, "act"))
    if act is None:
        raise NotFoundException
    given = (await request.form()).getall("finding", [])
    return act, frozenset(one for one in given[:_MOST_AT_ONCE] if isinstance(one, str))


def _found(
    say: Speaker, house: ChangeHouse, act: ActSort, ids: frozenset[str]
) -> list[tuple[Finding, str]]:
    """Return the findings that are ticked, each with why it is left out, or nothing."""
    report = house.changes.desk.served.report
    mended = {
        str(one.value("item"))
        for one in house.changes.dossiers.store.every([REMEDY.id], open_only=True)
    }
    found = []
    for one in report.findings:
        if one.id not in ids:
            continue
        why = ""
        if one.waived is not None:
            why = say.t("console.findings.bulk-waived")
        elif act.what == ASSIGN and one.id in mended:
            why = say.t("console.findings.bulk-mended")
        elif act.what == WAIVE and not _of_sdk(say, one):
            why = say.t("console.findings.bulk-no-sdk")
        found.append((one, why))
    return found


def _of_sdk(say: Speaker, finding: Finding) -> bool:
    if finding.row.kind != "recipient":
        return False
    recipient = next((r for r in say.register.recipients if r.recipient == finding.row.id), None)
    return recipient is not None and recipient.sdk is not None


def _preview(
    request: Asked,
    house: ChangeHouse,
    act: ActSort,
    ids: frozenset[str],
    typed: Typed = NOTHING_TYPED,
) -> Page:
    say = house.say(request)
    found = _found(say, house, act, ids)
    will = tuple(str(one.id) for one, why in found if not why)
    page = FindingsBulkPage(
        title=say.t("console.findings.bulk-title", act=say.text(act.text)),
        lead=say.t("console.findings.bulk-count", n=len(will), m=len(found) - len(will)),
        act=act.what,
        lines=tuple(_line(say, one, why, "skip" if why else "will") for one, why in found),
        ids=will,
        form=form_of(say, act, f"{PATH}/bulk/do", typed) if will else None,
    )
    status = 400 if typed.error else 200
    return house.shown(request, "console/findings_bulk.html", page, status=status)


def _do(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked,
    house: ChangeHouse,
    me: Actor,
    act: ActSort,
    ids: frozenset[str],
    typed: Mapping[str, tuple[str, ...]],
) -> Page:
    say = house.say(request)
    found = _found(say, house, act, ids)
    will = [one for one, why in found if not why]
    try:
        said = _checked(act, typed, house.changes.desk.served.report.on)
        made = _made(say, house, me, act, will, said)
    except (InvalidInputError, ConflictError) as error:
        return _preview(request, house, act, ids, refused(request, act, typed, error))
    lines = [
        _line(say, one, why, "failed" if why else "done", made.get(one.id)) for one, why in found
    ]
    page = FindingsBulkPage(
        title=say.t("console.findings.bulk-done-title", act=say.text(act.text)),
        lead=say.t("console.findings.bulk-result", n=len(will), m=len(found) - len(will)),
        act=act.what,
        lines=tuple(lines),
        ids=(),
        form=None,
    )
    return house.shown(request, "console/findings_bulk.html", page)


def _checked(act: ActSort, typed: Mapping[str, tuple[str, ...]], today: date) -> dict[str, str]:
    """Return what was said.

    Raises:
        DossierFieldError: Something is missing, or a day is none or has passed.

    """
    said = {name: str(value).strip() for name, value in values_of(act, typed).items()}
    for one in act.fields:
        if not said.get(one.name):
            raise DossierFieldError(one.name, one.form)
    until = "due" if act.what == ASSIGN else "expires"
    try:
        passed = date.fromisoformat(said[until]) < today
    except ValueError:
        passed = True
    if passed:
        raise DossierFieldError(until, "a day that has not passed")
    return said


def _made(  # noqa: PLR0913, PLR0917  what is done
    say: Speaker,
    house: ChangeHouse,
    me: Actor,
    act: ActSort,
    will: Sequence[Finding],
    said: Mapping[str, str],
) -> dict[str, Words]:
    """Do it, and return where each finding is gone on with.

    Raises:
        ChangeNotSoundError: The waivers cannot be made.

    """
    if act.what == ASSIGN:
        return {one.id: _assigned(say, house, me, one, said["due"]) for one in will}
    if not will:
        return {}
    served = house.changes.desk.served
    edits = tuple(_waiver(one, said, served.report.on) for one in will)
    seen = house.drafts.propose(me, edits, served.version, said["reason"], "")
    href = f"{CHANGES_PATH}/{seen.dossier.id}"
    return {one.id: Words(text=seen.dossier.id, href=href, code=True) for one in will}


def _assigned(say: Speaker, house: ChangeHouse, me: Actor, one: Finding, due: str) -> Words:
    given = {
        "title": f"{say.text(one.title)} · {say.row_name(one.row)}",
        "item": str(one.id),
        "what": "\n".join((say.text(one.message), say.text(one.fix))),
        "due": due,
    }
    seen = house.changes.dossiers.open(REMEDY.id, OPEN, me, given)
    return Words(text=seen.dossier.id, href=f"{path_of(REMEDY)}/{seen.dossier.id}", code=True)


def _waiver(one: Finding, said: Mapping[str, str], today: date) -> RowEdit:
    name = f"{one.row.id}-{one.rule}"[:_LONGEST_ID].rstrip("-")
    tree = dict[str, Tree](
        sdk_waiver=name,
        recipient=one.row.id,
        rule=one.rule,
        reason={"zh": said["reason"], "en": said["reason"]},
        granted=today.isoformat(),
        expires=said["expires"],
        granted_by={"zh": said["granted-by"], "en": said["granted-by"]},
    )
    return edit_between(RowRef("sdk_waiver", name), None, tree)


def _line(
    say: Speaker, one: Finding, why: str, word: str, goes_on: Words | None = None
) -> BulkLine:
    kinds = {"will": StatusKind.NOTE, "done": StatusKind.FINE, "failed": StatusKind.WARN}
    about = Words(
        text=f"{say.text(one.title)} · {say.row_name(one.row)}",
        href=f"{PATH}#finding-{one.id}",
        notes=(say.text(one.message),),
    )
    return BulkLine(
        request=about if goes_on is None else replace(goes_on, notes=(about.text,)),
        right=say.text(one.severity.text),
        status=Status(
            kind=kinds.get(word, StatusKind.NONE), word=say.t(f"console.findings.bulk-{word}")
        ),
        why=why,
    )
