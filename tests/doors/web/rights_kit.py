"""Requests about rights for tests of pages: one at every stage, and a desk that keeps them.

The desk judges identity by the real rule and moves requests by the real table; what it finds in
stores is said beforehand, so that every page can be looked at without a database.
"""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path

from litestar.exceptions.base_exceptions import LitestarDeprecationWarning
from tests.doors.browser_kit import Browser
from tests.doors.prompt_kit import ADULT_BORN, APP
from tests.doors.service_kit import Kit

from chengnuo.adapters.exports.folder import FolderExports
from chengnuo.adapters.working_calendar import load_working_calendar
from chengnuo.base.text import Text
from chengnuo.domain.rights.identity import Proof, Why, is_recent, lacking
from chengnuo.domain.rights.letters import refusal, remedies
from chengnuo.domain.rights.machine import Event, Stage, after
from chengnuo.domain.rights.plan import (
    Belongs,
    ColumnAction,
    ColumnFate,
    Kept,
    Outside,
    Plan,
    RowFate,
    Step,
    StorePlan,
)
from chengnuo.domain.rights.reply import Outcome, Reply, Stopped, StoreResult, StoreState
from chengnuo.domain.rights.request import (
    Asked,
    AskedBy,
    DeletionAsked,
    Ground,
    RequestId,
    RightsRequest,
)
from chengnuo.doors.http.envelope import Envelope
from chengnuo.doors.web.app import build_app
from chengnuo.doors.web.centre_consents import consent_pages
from chengnuo.doors.web.centre_handover import handover_pages
from chengnuo.doors.web.centre_pages import centre_pages
from chengnuo.doors.web.centre_papers import Papers
from chengnuo.doors.web.centre_prompts import prompt_pages
from chengnuo.doors.web.centre_rights_house import House
from chengnuo.doors.web.centre_rights_pages import rights_pages
from chengnuo.law.age import AgeBand
from chengnuo.law.civil import civil_date
from chengnuo.law.ids import CategoryId
from chengnuo.law.rights import Right
from chengnuo.law.working_days import DueDate, WorkingDays, add_working_days
from chengnuo.ports.individuals import PersonKey, Visitor
from chengnuo.ports.record_source import StoreUnavailableError
from chengnuo.ports.rights_exports import ExportStream
from chengnuo.usecases.rights.conditions import ConditionSeen, conditions_of
from chengnuo.usecases.rights.desk import RightsDesk
from chengnuo.usecases.rights.exporting_view import RightsView
from chengnuo.usecases.rights.refusals import IdentityNotProvedError, NoSuchRightsRequestError
from chengnuo.usecases.rights.seen import (
    Asker,
    FileSeen,
    Happened,
    OutsideSeen,
    OutsideState,
    RequestLine,
    RequestSeen,
    TaskKind,
    TaskSeen,
)

CALENDAR = load_working_calendar()
MAIN = Text("交易数据库", "Trade database")
SEARCH = Text("搜索索引", "Search index")
COURIER = Text("云鹿速运（虚构）", "Yunlu Express (invented)")
KEPT = Kept(duty="ECL-31", until=datetime(2029, 10, 1, tzinfo=UTC))
_IDS = count(1)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def fresh_id() -> RequestId:
    number = next(_IDS)
    return RequestId(f"rq-{_LETTERS[number // 26 % 26]}{_LETTERS[number % 26]}{'a' * 18}")


def plan_of(request: RightsRequest, at: datetime) -> Plan:
    """A plan in which something goes, something stays, somebody is told and one part is refused."""
    keep = ColumnAction(
        column="customer_id",
        category=CategoryId("PI-NETID-ACCOUNT"),
        fate=ColumnFate.KEEP,
        kept=KEPT,
    )
    main = (
        Step(
            table="search_history", group="a", belongs=Belongs.ALONE, rows=42, fate=RowFate.DELETE
        ),
        Step(
            table="customers",
            group="b",
            belongs=Belongs.REFERENCED,
            rows=1,
            fate=RowFate.CHANGE,
            columns=(keep,),
        ),
        Step(table="addresses", group="c", belongs=Belongs.SHARED, rows=1, fate=RowFate.KEEP),
    )
    return Plan(
        request=request,
        register="a" * 64,
        law="b" * 64,
        at=at,
        stores=(StorePlan(store="main", name=MAIN, schema="c" * 64, steps=main),),
        outside=(
            Outside(
                recipient="courier-yunlu",
                name=COURIER,
                kind="delete",
                categories=(CategoryId("PI-BASIC-ADDR"),),
            ),
        ),
        refusals=(refusal("duty-of-law", Text("删除交易记录", "Deleting records of trade")),),
        basis=("PIPL-47",),
    )


def sample_request(person: PersonKey, received: datetime) -> RightsRequest:
    return RightsRequest(
        id=fresh_id(),
        right=Right.DELETE,
        person=person,
        by=AskedBy.INDIVIDUAL,
        app="jishi-app",
        surface="centre",
        received=received,
        asked=DeletionAsked(ground=Ground.PURPOSE),
    )


def due_of(received: datetime) -> DueDate:
    return add_working_days(civil_date(received), WorkingDays(10), CALENDAR)


def arrived(request: RightsRequest) -> RequestSeen:
    """A request that has just come in."""
    first = Happened(
        at=request.received, event=None, stage=Stage.NEEDS_IDENTITY, by="individual", note=""
    )
    return RequestSeen(
        request=request,
        stage=Stage.NEEDS_IDENTITY,
        due=due_of(request.received),
        days_left=10,
        extended="",
        take_back_until=None,
        timeline=(first,),
        plan=None,
        results=(),
        outside=(),
        tasks=(),
        files=(),
        reply=None,
        stopped=None,
        like=(),
    )


def results() -> tuple[StoreResult, ...]:
    """One store is done, one stands still."""
    gone = StoreResult(
        store="main", name=MAIN, state=StoreState.DONE, found=44, deleted=42, changed=1, kept=1,
        residue=0,
    )  # fmt: skip
    refused = Stopped(
        code="store-refused",
        what=Text("存储拒绝了这一步，没有改动", "The store refused; nothing was changed"),
        action=Text("等待工作人员处理", "Our staff have to mend it"),
    )
    held = StoreResult(
        store="search", name=SEARCH, state=StoreState.STOPPED, found=3, stopped=refused
    )
    return gone, held


def answered(request: RightsRequest, outcome: Outcome, at: datetime) -> RequestSeen:
    """A request with its answer; a partly fulfilled one has a store that stood still."""
    stage = Stage(outcome.value)
    done, held = results()
    stores = {Outcome.FULFILLED: (done,), Outcome.PARTLY: (done, held), Outcome.REFUSED: ()}
    told = outcome is Outcome.FULFILLED
    reply = Reply(
        outcome=outcome,
        at=at,
        stores=stores[outcome],
        kept=(KEPT,),
        refusals=()
        if outcome is Outcome.FULFILLED
        else (refusal("duty-of-law", Text("删除交易记录", "Deleting records of trade")),),
        told=(COURIER,) if told else (),
        not_told=() if told else (COURIER,),
        remedies=remedies(Text("我 → 隐私中心 → 投诉", "Me → Privacy centre → Complain")),
        letter=Text("关于您的请求，答复如下。", "About your request, this is our answer."),
    )
    state = OutsideState.ACKNOWLEDGED if told else OutsideState.GIVEN_UP
    outside = OutsideSeen(
        id="n-1", recipient="courier-yunlu", name=COURIER, state=state, attempts=2, next_at=None
    )
    task = TaskSeen(
        id="t-1",
        request=request.id,
        store="uploads",
        kind=TaskKind.STORE,
        what=Text("清除备份磁带", "Clear the backup tapes"),
        done_by="account-1",
        done_at=at,
        note="internal note",
    )
    events = {
        Outcome.FULFILLED: Event.CONCLUDED,
        Outcome.PARTLY: Event.CONCLUDED_PARTLY,
        Outcome.REFUSED: Event.DECLINED,
    }
    ended = Happened(at=at, event=events[outcome], stage=stage, by="account-1", note="")
    seen = arrived(request)
    return replace(
        seen,
        stage=stage,
        timeline=(*seen.timeline, ended),
        results=stores[outcome],
        outside=(outside,),
        tasks=(task,),
        reply=reply,
    )


def file_seen(at: datetime) -> FileSeen:
    return FileSeen(
        part=1,
        name="copy-1.zip",
        size=5 << 20,
        sha256="d" * 64,
        expires=at + timedelta(days=7),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A file to take home, in memory."""

    content: bytes
    name: str = "copy-1.zip"

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        for at in range(start, stop, 4):
            yield self.content[at : min(at + 4, stop)]


@dataclass(slots=True)
class KeptDesk(RightsDesk):
    """Keeps requests in memory."""

    kit: Kit
    files: dict[int, bytes] = field(default_factory=dict)
    kept: dict[RequestId, RequestSeen] = field(default_factory=dict)
    askers: list[Asker] = field(default_factory=list)
    down: bool = False

    def open(self, asker: Asker, right: Right, asked: Asked) -> RequestSeen:
        self.askers.append(asker)
        now = self.kit.clock.now()
        request = replace(sample_request(asker.person, now), right=right, asked=asked, by=asker.by)
        seen = arrived(request)
        if self.why(asker, right) is None:
            seen = self.moved(seen, Event.PROVED)
        self.kept[request.id] = seen
        return seen

    def prove(self, request: RequestId, asker: Asker) -> RequestSeen:
        seen = self.own(request, asker.person)
        why = self.why(asker, seen.request.right)
        if why is not None:
            raise IdentityNotProvedError(why)
        self.kept[request] = self.moved(seen, Event.PROVED)
        return self.kept[request]

    def count_of(self, person: PersonKey) -> int:
        return len(self.mine(person))

    def open_of(self, person: PersonKey) -> tuple[RequestLine, ...]:
        still = (one for one in self.mine(person) if not one.stage.is_final)
        return tuple(sorted(still, key=lambda one: one.due.on))

    def mine(
        self, person: PersonKey, *, limit: int | None = None, skip: int = 0
    ) -> tuple[RequestLine, ...]:
        found = [
            RequestLine(
                id=one.request.id,
                right=one.request.right.value,
                by=one.request.by,
                stage=one.stage,
                received=one.request.received,
                due=one.due,
                days_left=one.days_left,
                stopped="",
            )
            for one in reversed(self.kept.values())
            if one.request.person == person
        ]
        return tuple(found[skip:][:limit])

    def own(self, request: RequestId, person: PersonKey) -> RequestSeen:
        seen = self.kept.get(request)
        if seen is None or seen.request.person != person:
            raise NoSuchRightsRequestError
        return seen

    def take_back(self, request: RequestId, person: PersonKey) -> RequestSeen:
        self.kept[request] = self.moved(self.own(request, person), Event.TAKEN_BACK)
        return self.kept[request]

    def preview(self, asker: Asker, right: Right, asked: Asked) -> Plan:
        why = self.why(asker, right)
        if why is not None:
            raise IdentityNotProvedError(why)
        if self.down:
            raise StoreUnavailableError("main", "it does not answer")
        now = self.kit.clock.now()
        request = replace(sample_request(asker.person, now), right=right, asked=asked)
        return plan_of(request, now)

    def gathered_for(self, request: RequestId, asker: Asker) -> RequestSeen:
        """By role, as `usecases/rights/fetching.py` does it by seals."""
        if asker.by is AskedBy.CLOSE_RELATIVE and any(
            one.party == asker.party and one.person == self.kept[request].request.person
            for one in self.askers
            if request in self.kept
        ):
            return self.kept[request]
        seen = self.own(request, asker.person)
        if seen.request.by is AskedBy.GUARDIAN and asker.guardian is None:
            raise IdentityNotProvedError(Why.NOT_A_GUARDIAN)
        return seen

    def file(self, request: RequestId, asker: Asker, part: int) -> ExportStream:
        self.gathered_for(request, asker)
        if not is_recent(asker.authenticated_at, self.kit.clock.now()):
            raise IdentityNotProvedError(Why.NOT_RECENT)
        return Part(self.files[part])

    def cancellation_conditions(self, asker: Asker) -> tuple[ConditionSeen, ...]:
        register = self.kit.service.services.register.served.register
        first, *others = conditions_of(register, asker.app)
        return (replace(first, met=True), *(replace(one, met=False) for one in others))

    def why(self, asker: Asker, right: Right) -> Why | None:
        proof = Proof(
            by=asker.by,
            authenticated_at=asker.authenticated_at,
            has_guardian=asker.guardian is not None,
        )
        return lacking(right, proof, AgeBand.ADULT, self.kit.clock.now())

    def moved(self, seen: RequestSeen, event: Event) -> RequestSeen:
        stage = after(seen.stage, event)
        line = Happened(at=self.kit.clock.now(), event=event, stage=stage, by="individual", note="")
        return replace(seen, stage=stage, timeline=(*seen.timeline, line))


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsHouse:
    """A service with the pages of rights over a desk that keeps requests in memory."""

    kit: Kit
    desk: KeptDesk
    app: Envelope

    def come_in(
        self,
        name: str = "a",
        *,
        minutes_ago: int | None = 2,
        born: date | None = ADULT_BORN,
        guardian: str = "",
    ) -> tuple[Browser, PersonKey]:
        """Return the browser of somebody who signed in so many minutes ago, and their key."""
        services, now = self.kit.service.services, self.kit.clock.now()
        assert services.entry is not None
        visitor = Visitor(
            person=PersonKey(name * 64),
            app=APP,
            guardian=PersonKey(guardian * 64) if guardian else None,
            birth_date=born,
            authenticated_at=None if minutes_ago is None else now - timedelta(minutes=minutes_ago),
            since=now,
            expires_at=now + timedelta(hours=2),
            account=f"account-{name}",
        )
        code = services.tokens.fresh()
        services.entry.store.admit(
            token_id=services.tokens.fresh().hashed,
            token_expires_at=now + timedelta(minutes=10),
            code=code.hashed,
            code_expires_at=now + timedelta(minutes=1),
            visitor=visitor,
        )
        browser = Browser(self.app, origin=self.kit.web.public_url)
        browser.client.cookies.set("chengnuo-individual", services.entry.enter(code.plain).token)
        return browser, visitor.person

    def put(self, seen: RequestSeen) -> RequestId:
        """Let the desk keep a request as it is."""
        self.desk.kept[seen.request.id] = seen
        return seen.request.id


def rights_house(kit: Kit, folder: Path) -> RightsHouse:
    """Put the pages of rights beside those they lead to."""
    services, desk = kit.service.services, KeptDesk(kit)
    register = services.register
    place = FolderExports(root=folder, sealer=services.sign_in.sealer)
    house = House(
        register=register,
        rights=desk,
        take_file=desk.file,
        view=RightsView(place=place),
        calendar=CALENDAR,
        clock=kit.clock,
    )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=LitestarDeprecationWarning)
        app = build_app(
            services,
            kit.web,
            pages=[
                centre_pages(register, Papers(register, ()), desk.mine),
                rights_pages(house),
                consent_pages(register, kit.clock),
                prompt_pages(register, kit.clock),
                handover_pages(register, kit.web.public_url),
            ],
        )
    return RightsHouse(kit=kit, desk=desk, app=app)
