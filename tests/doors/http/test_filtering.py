"""`/v1/audience`: lists in every form, counts and reasons, straight through the whole app."""

import asyncio
import csv
import io
import sys
from collections.abc import AsyncIterator, Iterator

import httpx
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet
import pytest
from tests.doors.browser_kit import Browser
from tests.doors.http.asking_kit import ACCOUNT, Asking, service_asked
from tests.running import run

from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.request import Request
from chengnuo.domain.individual.standing import AccountState
from chengnuo.doors.http import filtering, id_bodies
from chengnuo.doors.http.audience_bodies import read_query
from chengnuo.doors.http.id_bodies import ARROW, CSV, JSON, PARQUET, TEXT
from chengnuo.doors.http.programs import Receive
from chengnuo.ports.api_keys import ApiScope
from chengnuo.usecases.decision.answering import Stated
from chengnuo.usecases.decision.audience import AudienceDesk, Tally, request_of

LIST = ["u-1", ACCOUNT, "u-2", 'with "quotes", commas', ACCOUNT]
SEARCH = {"item": "search/general", "age": "18+", "account": "active"}


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    made = service_asked(tmp_path_factory.mktemp("lists"), ApiScope.AUDIENCE)
    made.agree()
    consents = made.kit.service.services.consents
    consents.know(made.person, account=AccountState.ACTIVE)
    yield made
    made.kit.service.close()


def post(
    asking: Asking, body: bytes, form: str, accept: str = JSON, **query: str
) -> httpx.Response:
    browser = Browser(asking.kit.service.app)
    headers = {
        "authorization": f"Bearer {asking.secret}",
        "content-type": form,
        "accept": accept,
    }
    return browser.client.post(
        "/v1/audience", params=query or SEARCH, content=body, headers=headers
    )


def as_text(ids: list[str]) -> bytes:
    return "".join(f"{one}\n" for one in ids).encode()


def as_csv(ids: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([["other", "id"], *(["x", one] for one in ids)])
    return out.getvalue().encode()


def as_arrow(ids: list[str]) -> bytes:
    out = io.BytesIO()
    table = pa.table({"other": [1] * len(ids), "id": ids})
    with pa.ipc.new_stream(out, table.schema) as stream:
        stream.write_table(table)
    return out.getvalue()


def as_parquet(ids: list[str]) -> bytes:
    out = io.BytesIO()
    pa.parquet.write_table(pa.table({"other": [1] * len(ids), "id": ids}), out)
    return out.getvalue()


FORMS = {TEXT: as_text, CSV: as_csv, ARROW: as_arrow, PARQUET: as_parquet}


def ids_in(answer: httpx.Response) -> list[str]:
    form, content = answer.headers["content-type"], answer.content
    if form == JSON:
        found: list[str] = answer.json()["ids"]
        return found
    if form == TEXT:
        return content.decode().splitlines()
    if form == CSV:
        return [row[0] for row in csv.reader(io.StringIO(content.decode()))][1:]
    if form == ARROW:
        table = pa.ipc.open_stream(content).read_all()
    else:
        table = pa.parquet.read_table(io.BytesIO(content))
    values: list[str] = table.column(0).to_pylist()
    return values


@pytest.mark.parametrize("form", [ARROW, PARQUET])
@pytest.mark.parametrize("ids", [[7.0, None], [True]])
def test_numbers_that_lost_their_form_are_no_ids(
    asking: Asking, form: str, ids: list[object]
) -> None:
    answer = post(asking, FORMS[form](ids), form, column="id", **SEARCH)  # type: ignore[arg-type]
    assert (answer.status_code, answer.json()["code"]) == (400, "id-list-body")


@pytest.mark.parametrize("accept", [JSON, *FORMS])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_goes_in_and_every_form_comes_out(
    asking: Asking, form: str, accept: str
) -> None:
    column = {} if form == TEXT else {"column": "id"}
    answer = post(asking, FORMS[form](LIST), form, accept, **SEARCH, **column)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == accept
    assert ids_in(answer) == [ACCOUNT, ACCOUNT]


def test_the_answer_counts_why_the_others_were_left_out(asking: Asking) -> None:
    answer = post(asking, as_text(LIST), TEXT).json()
    assert (answer["count"], answer["permitted"], answer["ask"]) == (5, 2, 3)
    assert answer["reasons"] == [
        {
            "outcome": "ask",
            "rule": "consent-general",
            "article": "PIPL-14",
            "row": "search/general",
            "why": "not-given",
            "count": 3,
        }
    ]
    served = asking.kit.service.services.register.served
    assert answer["registerVersion"] == served.version


def test_a_list_alone_brings_its_counts_as_headers(asking: Asking) -> None:
    headers = post(asking, as_text(LIST), TEXT, TEXT).headers
    found = {name: headers[f"chengnuo-{name}"] for name in ("count", "permitted", "ask", "refused")}
    assert found == {"count": "5", "permitted": "2", "ask": "3", "refused": "0"}
    assert int(headers["chengnuo-recorded"]) > 0


def test_one_record_holds_count_and_root_of_the_whole_list(asking: Asking) -> None:
    answer = post(asking, as_text(LIST), TEXT).json()
    evidence = asking.kit.service.services.evidence
    record = evidence.log.record(answer["recorded"])
    opened = evidence.payloads.opened(record).payload
    assert opened is not None
    text = opened.decode()
    assert answer["root"] in text
    assert '"count":5' in text
    assert record.leaf.item == "search/general"
    tally = Tally()
    desk = AudienceDesk(desk=asking.kit.service.decisions.desk)  # type: ignore[union-attr]
    person = asking.kit.service.decisions.person  # type: ignore[union-attr]
    query = read_query(b"item=search/general&age=18%2B&account=active")
    request = request_of("search/general", asking.kit.service.services.consents.book())
    stated = Stated(age=query.age, account=query.account)
    for _ in desk.permitted([[(one, person(one)) for one in LIST]], request, tally, stated=stated):
        pass
    assert tally.root == answer["root"]
    none = post(asking, as_text(LIST), TEXT, **SEARCH, evidence="none").json()
    assert none["recorded"] is None
    assert none["root"] == answer["root"]


def test_an_activity_is_asked_with_all_its_categories(asking: Asking) -> None:
    answer = post(asking, as_text(LIST), TEXT, activity="no-such-activity").json()
    assert (answer["refused"], answer["ids"]) == (5, [])
    assert [one["rule"] for one in answer["reasons"]] == ["activity-declared"]


def test_an_empty_list_is_an_answer(asking: Asking) -> None:
    answer = post(asking, b"", TEXT).json()
    assert (answer["count"], answer["ids"]) == (0, [])


PERSONAL = "13800138000"


@pytest.mark.parametrize(
    ("body", "form", "query", "status", "code"),
    [
        pytest.param(b"x", "application/pdf", SEARCH, 415, "id-list-type", id="a form unknown"),
        pytest.param(b"\xff\n", TEXT, SEARCH, 400, "id-list-body", id="no UTF-8"),
        pytest.param(b"x" * 201, TEXT, SEARCH, 400, "id-list-body", id="a long id"),
        pytest.param(b"x" * 70_000, TEXT, SEARCH, 400, "id-list-body", id="a long line"),
        pytest.param(b"", CSV, SEARCH, 400, "id-list-body", id="no header"),
        pytest.param(b"id\na,b\n", CSV, SEARCH, 400, "id-list-body", id="another width"),
        pytest.param(b'id\n"a\nb"\n', CSV, SEARCH, 400, "id-list-body", id="a line break"),
        pytest.param(b'id\n"a', CSV, SEARCH, 400, "id-list-body", id="an open quote"),
        pytest.param(b"x", ARROW, SEARCH, 400, "id-list-body", id="no Arrow"),
        pytest.param(b"x", PARQUET, SEARCH, 400, "id-list-body", id="no Parquet"),
        pytest.param(
            as_csv(LIST), CSV, {**SEARCH, "column": PERSONAL}, 400, "id-list-body", id="no column"
        ),
        pytest.param(b"x", TEXT, {"age": "18+"}, 400, "audience-query", id="no question"),
        pytest.param(b"x", TEXT, {**SEARCH, "activity": "search"}, 400, "audience-query", id="two"),
        pytest.param(b"x", TEXT, {**SEARCH, PERSONAL: "1"}, 400, "audience-query", id="unknown"),
        pytest.param(b"x", TEXT, {**SEARCH, "age": PERSONAL}, 400, "audience-query", id="no age"),
        pytest.param(
            b"x", TEXT, {**SEARCH, "publish": "true"}, 400, "audience-query", id="said by the item"
        ),
        pytest.param(b"x", TEXT, {"item": "none"}, 422, "no-such-consent-item", id="no item"),
    ],
)
def test_what_is_no_list_or_no_question_is_named_by_place_and_not_by_value(  # noqa: PLR0917, PLR0913
    asking: Asking, body: bytes, form: str, query: dict[str, str], status: int, code: str
) -> None:
    answer = post(asking, body, form, **query)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert PERSONAL not in answer.text


def test_without_pyarrow_arrow_is_not_taken(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for form, accept in ((ARROW, JSON), (TEXT, PARQUET)):
        answer = post(asking, b"x", form, accept)
        assert (answer.status_code, answer.json()["code"]) == (415, "id-list-type")
        assert "pyarrow" in answer.json()["detail"]
    assert post(asking, b"x", TEXT).status_code == 200


def test_limits_of_size_and_number(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filtering, "BODY_LIMIT_BYTES", 100)
    answer = post(asking, b"x\n" * 51, TEXT)
    assert (answer.status_code, answer.json()["code"]) == (413, "body-over-limit")
    monkeypatch.setattr(id_bodies, "MOST_IDS", 40)
    answer = post(asking, b"x\n" * 41, TEXT)
    assert (answer.status_code, answer.json()["code"]) == (413, "id-list-too-long")


def test_lists_that_lie_on_the_disk_at_once_have_a_bound(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filtering, "ALL_BODIES_BYTES", 100)
    monkeypatch.setattr(filtering, "_HELD_BYTES", 1)
    headers = {"authorization": f"Bearer {asking.secret}", "content-type": TEXT}
    ids = b"u-1234567\n" * 6

    async def crowd() -> list[tuple[int, str]]:
        go_on, begun = asyncio.Event(), asyncio.Event()

        async def slowly() -> AsyncIterator[bytes]:
            yield ids
            begun.set()
            await go_on.wait()
            yield b""

        transport = httpx.ASGITransport(asking.kit.service.app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1:8700", headers=headers
        ) as client:

            async def post(content: bytes | AsyncIterator[bytes]) -> httpx.Response:
                return await client.post("/v1/audience", params=SEARCH, content=content)

            first = asyncio.create_task(post(slowly()))
            await begun.wait()
            second = await post(ids)
            go_on.set()
            answers = [await first, second, await post(ids)]
        return [(one.status_code, one.json().get("code", "")) for one in answers]

    assert run(crowd()) == [(200, ""), (503, "too-busy"), (200, "")]


def test_only_a_key_for_lists_is_taken(asking: Asking) -> None:
    other = asking.keys.make("no-lists", frozenset(ApiScope) - {ApiScope.AUDIENCE}, by="cli")
    browser = Browser(asking.kit.service.app)
    for secret, status in ((other.secret, 403), ("chengnuo_x", 401)):
        headers = {"authorization": f"Bearer {secret}", "content-type": TEXT}
        answer = browser.client.post("/v1/audience", params=SEARCH, content=b"x", headers=headers)
        assert answer.status_code == status
    assert browser.client.get("/v1/audience").status_code == 405


def test_what_is_decided_by_is_read_once_the_whole_body_has_come(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []

    def read(item: str, book: Book) -> Request:
        happened.append("register")
        return request_of(item, book)

    async def chunks(receive: Receive) -> AsyncIterator[bytes]:
        async for chunk in come(receive):
            yield chunk
        happened.append("body")

    come = vars(filtering)["_chunks"]
    monkeypatch.setattr(filtering, "request_of", read)
    monkeypatch.setattr(filtering, "_chunks", chunks)
    assert post(asking, as_text(LIST), TEXT).json()["permitted"] == 2
    assert happened == ["register", "body", "register"]


def test_a_long_list_is_decided_in_parts_and_keeps_its_order(asking: Asking) -> None:
    ids = [ACCOUNT if number % 1000 == 7 else f"u-{number}" for number in range(25_000)]
    answer = post(asking, as_text(ids), TEXT).json()
    assert (answer["count"], answer["permitted"]) == (25_000, 25)
    assert answer["ids"] == [ACCOUNT] * 25
