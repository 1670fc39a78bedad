"""Cases survive being kept; leases are numbered; what is personal is sealed and goes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.sql.conftest import NewDatabase, held

from chengnuo.adapters.data_folder import DataFolder, open_data_folder
from chengnuo.adapters.sql.rights_codec import (
    case_bytes,
    case_of,
    redacted,
    secret_bytes,
    secret_of,
)
from chengnuo.base.text import Text
from chengnuo.domain.rights.machine import Event, Stage
from chengnuo.domain.rights.plan import (
    Belongs,
    ColumnAction,
    ColumnFate,
    Kept,
    Outside,
    Plan,
    Problem,
    ProblemKind,
    Referrers,
    Refusal,
    RowFate,
    Step,
    StorePlan,
)
from chengnuo.domain.rights.reply import Outcome, Reply, Stopped, StoreResult, StoreState
from chengnuo.domain.rights.request import (
    Asked,
    AskedBy,
    CancellationAsked,
    ColumnChange,
    CorrectionAsked,
    DeletionAsked,
    ExplanationAsked,
    Ground,
    ReadAsked,
    RequestId,
    RestrictionAsked,
    RightsRequest,
    Scope,
    TransferAsked,
)
from chengnuo.law.ids import CategoryId
from chengnuo.law.rights import Right
from chengnuo.ports.individuals import PersonKey, Visitor
from chengnuo.ports.rights import Case, CaseMovedError, Line, Secret
from chengnuo.ports.secrets import TokenHash

AT = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
ID = RequestId("rq-aaaaaaaaaaaaaaaaaaaa")
WORDS = st.text(max_size=12)
TEXTS = st.builds(Text, WORDS, st.none() | WORDS)
INSTANTS = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001  as hypothesis asks for
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001  as above
    timezones=st.just(UTC),
)
COUNTS = st.integers(0, 2**40)
VALUES = st.one_of(
    st.none(),
    WORDS,
    st.integers(),
    st.booleans(),
    st.binary(max_size=8),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.uuids(),
)
SCOPES = st.builds(
    Scope, activities=st.lists(WORDS).map(tuple), categories=st.lists(WORDS).map(tuple)
)
ASKED: st.SearchStrategy[Asked] = st.one_of(
    st.builds(
        ReadAsked,
        scope=SCOPES,
        formats=st.lists(WORDS, max_size=3).map(tuple),
        part_bytes=COUNTS,
        with_code=st.booleans(),
    ),
    st.builds(TransferAsked, scope=SCOPES, offer=WORDS),
    st.builds(
        CorrectionAsked,
        changes=st.lists(
            st.builds(ColumnChange, table=WORDS, row=WORDS, column=WORDS, value=VALUES), max_size=3
        ).map(tuple),
        reason=WORDS,
    ),
    st.builds(DeletionAsked, ground=st.sampled_from(Ground), scope=SCOPES),
    st.builds(RestrictionAsked, on=st.booleans(), activity=st.none() | WORDS),
    st.builds(ExplanationAsked, about=st.none() | WORDS, question=WORDS),
    st.just(CancellationAsked()),
)
KEPT = st.builds(Kept, duty=WORDS, until=st.none() | INSTANTS)
ACTIONS = st.builds(
    ColumnAction,
    column=WORDS,
    category=st.none() | WORDS.map(CategoryId),
    fate=st.sampled_from(ColumnFate),
    kept=st.none() | KEPT,
    instead_of=WORDS,
)
STEPS = st.builds(
    Step,
    table=WORDS,
    group=WORDS,
    belongs=st.sampled_from(Belongs),
    rows=COUNTS,
    fate=st.sampled_from(RowFate),
    columns=st.lists(ACTIONS, max_size=2).map(tuple),
    referrers=st.lists(
        st.builds(
            Referrers,
            table=WORDS,
            columns=st.lists(WORDS, max_size=2).map(tuple),
            mine=COUNTS,
            others=COUNTS,
        ),
        max_size=1,
    ).map(tuple),
    why=st.none() | TEXTS,
)
STORES = st.builds(
    StorePlan,
    store=WORDS,
    name=TEXTS,
    schema=WORDS,
    steps=st.lists(STEPS, max_size=2).map(tuple),
    problems=st.lists(
        st.builds(
            Problem,
            kind=st.sampled_from(ProblemKind),
            table=WORDS,
            column=WORDS,
            blocks=st.booleans(),
            what=TEXTS,
        ),
        max_size=1,
    ).map(tuple),
    by_hand=st.booleans(),
)
REFUSALS = st.lists(
    st.builds(
        Refusal, code=WORDS, articles=st.lists(WORDS, max_size=2).map(tuple), what=TEXTS, why=TEXTS
    ),
    max_size=1,
).map(tuple)
STOPPED = st.builds(Stopped, code=WORDS, what=TEXTS, action=TEXTS)
RESULTS = st.lists(
    st.builds(
        StoreResult,
        store=WORDS,
        name=TEXTS,
        state=st.sampled_from(StoreState),
        found=COUNTS,
        deleted=COUNTS,
        residue=st.none() | COUNTS,
        at=st.none() | INSTANTS,
        stopped=st.none() | STOPPED,
    ),
    max_size=2,
).map(tuple)
REPLIES = st.builds(
    Reply,
    outcome=st.sampled_from(Outcome),
    at=INSTANTS,
    stores=RESULTS,
    kept=st.lists(KEPT, max_size=2).map(tuple),
    refusals=REFUSALS,
    told=st.lists(TEXTS, max_size=1).map(tuple),
    not_told=st.lists(TEXTS, max_size=1).map(tuple),
    remedies=st.lists(TEXTS, max_size=1).map(tuple),
    letter=TEXTS,
)


def request_of(asked: Asked = CancellationAsked()) -> RightsRequest:  # noqa: B008  a frozen value
    return RightsRequest(
        id=ID,
        right=Right.DELETE,
        person="5e" * 32,
        by=AskedBy.INDIVIDUAL,
        app="tea",
        surface="centre",
        received=AT,
        asked=asked,
    )


def case(asked: Asked = CancellationAsked(), **other: object) -> Case:  # noqa: B008  as above
    made = Case(
        request=request_of(asked),
        stage=Stage.NEEDS_IDENTITY,
        days=15,
        due_on=date(2026, 12, 18),
        next_at=AT,
    )
    return replace(made, **other)  # type: ignore[arg-type]  # the fields of `Case`


LINE = Line(number=0, at=AT, event=None, stage=Stage.NEEDS_IDENTITY, by="individual")


@given(
    ASKED,
    st.lists(STORES, max_size=2).map(tuple),
    REFUSALS,
    RESULTS,
    st.none() | REPLIES,
    st.none() | STOPPED,
)
def test_a_case_read_back_is_the_case_without_what_is_personal(  # noqa: PLR0913, PLR0917  all of a case
    asked: Asked,
    stores: tuple[StorePlan, ...],
    refusals: tuple[Refusal, ...],
    results: tuple[StoreResult, ...],
    reply: Reply | None,
    stopped: Stopped | None,
) -> None:
    plan = Plan(
        request=request_of(asked),
        register="r",
        law="l",
        at=AT,
        stores=stores,
        outside=(Outside(recipient="a", name=Text("b"), kind="delete", categories=()),),
        refusals=refusals,
        basis=("PIPL-47",),
    )
    whole = case(asked, plan=plan, results=results, reply=reply, stopped=stopped)
    read = case_of(
        case_bytes(whole),
        stage=whole.stage,
        number=whole.number,
        due_on=whole.due_on,
        next_at=whole.next_at,
        fence=0,
    )
    bare = request_of(redacted(asked))
    assert read == replace(whole, request=bare, plan=replace(plan, request=bare))


@given(WORDS, ASKED)
def test_what_is_personal_read_back_is_the_same(account: str, asked: Asked) -> None:
    secret = Secret(account=account, asked=asked)
    assert secret_of(secret_bytes(secret)) == secret


class Standing:
    def now(self) -> datetime:
        return AT


@pytest.fixture
def data(tmp_path: Path, new_database: NewDatabase) -> Iterator[DataFolder]:
    folder = open_data_folder(
        tmp_path / "data", signing_key_file=None, clock=Standing(), database=new_database()
    )
    yield folder
    folder.close()


def test_nothing_personal_lies_open_in_the_file(data: DataFolder) -> None:
    change = ColumnChange(table="main.orders", row="[77001]", column="c", value="示例收货人甲")
    asked = CorrectionAsked(changes=(change,), reason="写错了示例")
    data.rights.add(case(asked), Secret(account="lin-geheim-1", asked=asked), LINE)
    found = data.rights.secret(ID)
    assert found == Secret(account="lin-geheim-1", asked=asked)
    for word in ("lin-geheim-1", "示例收货人甲", "写错了示例", "77001"):
        assert word.encode() not in held(data.database)
    closed = replace(case(asked), stage=Stage.TAKEN_BACK, number=1)
    line = replace(LINE, number=1, event=Event.TAKEN_BACK, stage=Stage.TAKEN_BACK)
    data.rights.change(closed, line, before=0)
    assert data.rights.secret(ID) is None


def test_who_read_an_older_state_changes_nothing(data: DataFolder) -> None:
    data.rights.add(case(), Secret(account="a", asked=CancellationAsked()), LINE)
    line = replace(LINE, number=1)
    data.rights.change(case(number=1), line, before=0)
    with pytest.raises(CaseMovedError):
        data.rights.change(case(number=1), line, before=0)
    assert len(data.rights.lines(ID)) == 2


def test_an_executor_that_was_taken_over_writes_nothing_any_more(data: DataFolder) -> None:
    data.rights.add(case(), Secret(account="a", asked=CancellationAsked()), LINE)
    until = AT + timedelta(minutes=2)
    first = data.rights.lease(ID, "one", at=AT, until=until)
    assert first is not None
    assert data.rights.lease(ID, "two", at=AT, until=until) is None
    assert data.rights.to_work_on(AT, limit=5) == ()
    later = until + timedelta(seconds=1)
    second = data.rights.lease(ID, "two", at=later, until=later + timedelta(minutes=2))
    assert second == first + 1
    with pytest.raises(CaseMovedError):
        data.rights.beat(ID, first, later)
    with pytest.raises(CaseMovedError):
        data.rights.change(case(), None, before=0, fence=first)
    data.rights.let_go(ID, first)
    assert data.rights.lease(ID, "three", at=later, until=later) is None
    data.rights.change(case(), None, before=0, fence=second)


def test_the_account_of_a_session_is_sealed_and_comes_back_with_it(data: DataFolder) -> None:
    visitor = Visitor(
        person=PersonKey("5e" * 32),
        app="tea",
        guardian=None,
        birth_date=None,
        authenticated_at=AT,
        since=AT,
        expires_at=AT + timedelta(minutes=30),
        account="lin-geheim-2",
    )
    data.individuals.admit(
        token_id=TokenHash("1" * 64),
        token_expires_at=AT,
        code=TokenHash("2" * 64),
        code_expires_at=AT + timedelta(minutes=1),
        visitor=visitor,
    )
    data.individuals.enter(TokenHash("2" * 64), TokenHash("3" * 64), at=AT)
    assert data.individuals.visitor(TokenHash("3" * 64), AT) == visitor
    assert "lin-geheim-2" not in repr(visitor)
    assert b"lin-geheim-2" not in held(data.database)
