"""The typed client against the OpenAPI document that the service serves, operation by operation.

Every method is called. What it would send must be of the form that the document gives, what it
reads must be all that the document promises, and each status that the document names must come out
as the right error. What the client leaves out stands here, and why.
"""

import inspect
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx
import msgspec
import pytest
from jsonschema import Draft202012Validator
from tests.clients.calls import QUESTION, ROOMS
from tests.clients.forms import Forms
from tests.doors.browser_kit import Browser
from tests.doors.service_kit import start

from chengnuo.client.answers import Answers
from chengnuo.client.automated import AutomatedClient
from chengnuo.client.client import Client, ServiceRefusedError, ServiceSilentError
from chengnuo.client.consents import ConsentClient
from chengnuo.client.dossiers import DossierClient
from chengnuo.client.guardians import GuardianClient
from chengnuo.client.labels import LabelClient
from chengnuo.client.prompts import PromptClient
from chengnuo.client.provisions import ProvisionClient
from chengnuo.client.rights import RightsClient
from chengnuo.doors.http import program_schema

pytestmark = pytest.mark.service

T = TypeVar("T", bound=msgspec.Struct)

CHOSEN_OUT = {
    "/v1/provisions": "`/v1/provisions:batch` takes one individual too",
    "/v1/prompts": "an app knows what it asks for; the list is for people who look around",
    "/healthz": "asked by what watches the service",
    "/v1/register": "about the register, for people and tools",
    "/v1/register/{version_id}": "about the register, for people and tools",
    "/v1/register/{version_id}/document": "about the register, by the session of staff",
    "/v1/key": "about the register, for people and tools",
    "/v1/diff/{old}/{new}": "by the session of staff",
    "/v1/findings": "by the session of staff",
    "/v1/law": "about the law, for people and tools",
    "/v1/law/sets/{name}": "about the law, for people and tools",
    "/v1/law/duties/{duty}": "about the law, for people and tools",
    "/v1/documents": "documents are opened by people",
    "/v1/documents/{kind}": "documents are opened by people",
    "/v1/evidence/status": "by the session of staff",
    "/v1/evidence/receipts": "by the session of the individual",
    "/v1/evidence/receipts/{position}": "by the session of the individual",
}
"""Operations that the client leaves out."""

# How staff see a request carried out, table by table; a back end follows its stage.
PASSED_OVER = {
    *("Answer passes over notTold", "Answer passes over remedies", "Answer passes over stores"),
    *("Answer passes over told", "Plan passes over basis", "Plan passes over outside"),
    *("Request passes over stopped", "Request passes over timeline", "Result passes over at"),
    *("Result passes over stopped", "Result passes over withheld", "Step passes over columns"),
    *("Step passes over group", "Step passes over referrers"),
    "StorePlan passes over schemaDigest",
    "_Known passes over handedOver",  # `ConsentClient.history` tells the same
}
"""Members of answers that the client leaves out."""

UNSENT = {
    "/v1/audience column",  # the client sends plain lines
    "/v1/consents:acknowledge person",  # a follow-up names people by their key
    "/v1/rights:preview mark",  # nothing is kept of a preview
    "/v1/rights:file length",  # the service's own length of a piece will do
}
"""Members of requests that the client cannot send."""


@dataclass(slots=True)
class Sent:
    """One request that the client would send."""

    method: str
    path: str
    kind: Any
    body: Any = None
    query: frozenset[str] = frozenset()


@dataclass
class Written(Client):
    """A client that sends nothing, writes down what it would send, and reads made-up answers."""

    document: dict[str, Any]
    least: bool = False
    sent: list[Sent] = field(default_factory=list)

    def get(self, path: str, kind: type[T]) -> T:
        bare, _, query = path.partition("?")
        names = frozenset(httpx.QueryParams(query))
        return self._answer(Sent("get", _pattern(self.document, bare), kind, query=names))

    def post(self, path: str, body: object, kind: type[T]) -> T:
        return self._answer(Sent("post", path, kind, json.loads(msgspec.json.encode(body))))

    def send(
        self,
        path: str,
        lines: Iterable[bytes],
        query: Sequence[tuple[str, str]],
        kind: type[T],
        *,
        timeout_s: float,
    ) -> T:
        assert b"".join(lines).endswith(b"\n")
        assert timeout_s > 0
        return self._answer(Sent("post", path, kind, query=frozenset(name for name, _ in query)))

    def _answer(self, sent: Sent) -> Any:  # noqa: ANN401  what the kind says
        self.sent.append(sent)
        form = _answer_form(self.document, sent)
        made = Forms(self.document).value(form, least=self.least)
        if not self.least:
            made["somethingNewer"] = True
        if sent.kind is Answers:
            made["answers"] = [self.decide(QUESTION)]
        return msgspec.json.decode(msgspec.json.encode(made), type=sent.kind)


def _pattern(document: dict[str, Any], path: str) -> str:
    """Return the path of the document that a path is one of."""
    if path in document["paths"]:
        return path
    parts = path.split("/")
    (found,) = (
        one
        for one in document["paths"]
        if len(one.split("/")) == len(parts)
        and all(a == b or a.startswith("{") for a, b in zip(one.split("/"), parts, strict=True))
    )
    return str(found)


def _operation(document: dict[str, Any], sent: Sent) -> dict[str, Any]:
    found: dict[str, Any] = document["paths"][sent.path][sent.method]
    return found


def _answer_form(document: dict[str, Any], sent: Sent) -> dict[str, Any]:
    responses = _operation(document, sent)["responses"]
    (good,) = (one for status, one in responses.items() if status.startswith("2"))
    form: dict[str, Any] = good["content"]["application/json"]["schema"]
    return form


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    kit = start(tmp_path_factory.mktemp("described") / "data")
    found = Browser(kit.service.app).get("/schema").json()
    kit.service.close()
    # Served only where the service knows a log of quotes.
    found["paths"]["/v1/prices:explain"] = program_schema.path_items()["/v1/prices:explain"]
    return found


EACH_ROOM = pytest.mark.parametrize("calls", ROOMS, ids=lambda one: one.__name__.strip("_"))


def called(
    document: dict[str, Any], *rooms: Callable[[Client], None], least: bool = False
) -> list[Sent]:
    """Return what the calls of some rooms would send, once each answer was read."""
    client = Written(document, least=least)
    for room in rooms:
        room(client)
    return client.sent


@EACH_ROOM
@pytest.mark.parametrize("least", [False, True], ids=["all members", "least members"])
def test_what_is_sent_is_of_the_form_that_is_taken(
    document: dict[str, Any], calls: Callable[[Client], None], *, least: bool
) -> None:
    for sent in called(document, calls, least=least):
        operation = _operation(document, sent)
        names = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}
        assert sent.query <= names
        if sent.body is not None:
            form = operation["requestBody"]["content"]["application/json"]["schema"]
            whole = {**form, "components": document["components"]}
            found = Draft202012Validator(whole).iter_errors(sent.body)
            assert [(sent.path, one.json_path, one.message) for one in found] == []


@EACH_ROOM
def test_what_is_read_is_what_is_answered(
    document: dict[str, Any], calls: Callable[[Client], None]
) -> None:
    forms = Forms(document)
    found = {
        f"{sent.path}: {one}"
        for sent in called(document, calls)
        for one in forms.differences(sent.kind, _answer_form(document, sent))
    }
    assert {one for one in found if "passes over" not in one} == set()


def test_what_is_passed_over_is_what_is_chosen(document: dict[str, Any]) -> None:
    forms = Forms(document)
    found = {
        one
        for sent in called(document, *ROOMS)
        for one in forms.differences(sent.kind, _answer_form(document, sent))
        if "passes over" in one
    }
    assert found == PASSED_OVER


def test_every_operation_is_called_or_left_out_with_a_reason(document: dict[str, Any]) -> None:
    sent = {one.path for one in called(document, *ROOMS)}
    assert sent & CHOSEN_OUT.keys() == set()
    assert sent | CHOSEN_OUT.keys() == set(document["paths"])


def test_every_member_of_a_request_can_be_sent(document: dict[str, Any]) -> None:
    forms, said = Forms(document), dict[str, set[str]]()
    for sent in called(document, *ROOMS):
        names = set(sent.query) | set(sent.body or ())
        said.setdefault(sent.path, set()).update(names)
    unsent = set()
    for path, names in said.items():
        operation = next(iter(document["paths"][path].values()))
        taken = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}
        body = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if body is not None:
            taken |= forms.resolved(body["schema"]).get("properties", {}).keys()
        unsent |= {f"{path} {one}" for one in taken - names}
    assert unsent == UNSENT


def noting(seen: set[tuple[type, str]], kind: type, name: str) -> Callable[..., object]:
    """Return a method that notes that it was called."""
    real = getattr(kind, name)

    def noted(*given: object, **more: object) -> object:
        seen.add((kind, name))
        return real(*given, **more)

    return noted


def test_every_method_of_the_clients_is_called(
    document: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    clients = (
        AutomatedClient,
        ConsentClient,
        DossierClient,
        GuardianClient,
        LabelClient,
        PromptClient,
        ProvisionClient,
        RightsClient,
    )
    methods = {
        (kind, name)
        for kind in clients
        for name, _ in inspect.getmembers(kind, inspect.isfunction)
        if not name.startswith("_")
    }
    seen: set[tuple[type, str]] = set()
    for kind, name in methods:
        monkeypatch.setattr(kind, name, noting(seen, kind, name))
    called(document, *ROOMS)
    assert seen == methods


def test_each_status_that_is_named_comes_out_as_the_right_error(document: dict[str, Any]) -> None:
    statuses = {
        int(status)
        for path, item in document["paths"].items()
        if path not in CHOSEN_OUT
        for operation in item.values()
        for status in operation["responses"]
        if int(status) >= 400
    }
    assert {400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 503} <= statuses
    for status in sorted(statuses):
        told = httpx.Response(status, json={"code": "some-code"})
        transport = httpx.MockTransport(lambda _, told=told: told)
        with Client("http://service", "chengnuo_x", transport=transport) as client:
            expected = ServiceSilentError if status in {429, 503} else ServiceRefusedError
            with pytest.raises(expected, match="some-code"):
                client.decide(QUESTION)


def test_a_form_that_differs_is_noticed(document: dict[str, Any]) -> None:
    class Renamed(msgspec.Struct):
        outcome: int
        log_position: int

    form = document["paths"]["/v1/decisions"]["post"]["responses"]["200"]["content"]
    found = set(Forms(document).differences(Renamed, form["application/json"]["schema"]))
    assert "log_position is not there" in found
    assert any(one.startswith("outcome is one of") for one in found)
    assert "Renamed passes over logPosition" in found


def test_the_page_of_clients_names_the_modules() -> None:
    folder = Path(inspect.getfile(Client)).parent
    page = (Path(__file__).parents[2] / "docs" / "clients.md").read_text(encoding="utf-8")
    for module in folder.glob("*.py"):
        if module.stem not in {"__init__", "answers", "rights_answers", "rights_asked", "words"}:
            assert f"`chengnuo.client.{module.stem}`" in page
