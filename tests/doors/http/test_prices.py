"""`/v1/prices:explain`: programs of the operator get what the individual sees, and no more."""

import json
from collections.abc import Iterator

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.http.asking_kit import SAMPLE, Asking, keys_of
from tests.doors.service_kit import start
from tests.doors.web.price_kit import ALONE, MINE, OURS, priced

from chengnuo.adapters.keys import KeyedTokens
from chengnuo.ports.api_keys import ApiScope
from chengnuo.usecases.api_keys import ApiKeys

pytestmark = pytest.mark.real  # each question is answered by a process of its own

PATH = "/v1/prices:explain"
KEY = "between the shop and its log"


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    folder = tmp_path_factory.mktemp("prices")
    (folder / "people.key").write_text(KEY)
    name = KeyedTokens(KEY.encode()).keyed("price person", "account-1")
    prices = priced(folder / "quotes", first=name, second="somebody else", audit=False)
    prices |= {"person_key_file": str(folder / "people.key"), "seconds": 60}
    kit = start(folder / "data", register=SAMPLE, prices=prices, request_timeout_s=90)
    services = kit.service.services
    keys = ApiKeys(store=keys_of(kit), tokens=services.tokens, clock=kit.clock)
    made = keys.make("prices", frozenset({ApiScope.AUTOMATED_READ}), by="cli")
    yield Asking(kit=kit, keys=keys, secret=made.secret)
    kit.service.close()


def test_ones_own_quote_is_explained(asking: Asking) -> None:
    answer = asking.post({"person": "account-1", "quote": MINE}, path=PATH)
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert (said["quote"], said["paid"]) == (MINE, 18.36)
    assert said["others"]["range"] is not None


@pytest.mark.parametrize(
    ("person", "quote", "status", "code"),
    [
        ("account-1", OURS, 404, "no-such-quote"),
        ("account-2", MINE, 404, "no-such-quote"),
        ("account-1", ALONE, 422, "price-nothing-comparable"),
        ("account-1", "", 400, "question-malformed"),
    ],
)
def test_what_is_not_theirs_or_cannot_be_explained_is_refused(
    asking: Asking, person: str, quote: str, status: int, code: str
) -> None:
    answer = asking.post({"person": person, "quote": quote}, path=PATH)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_the_route_stands_in_the_schema(asking: Asking) -> None:
    schema = Browser(asking.kit.service.app).get("/schema/openapi.json").json()
    assert "Program.PriceToldBody" in json.dumps(schema["paths"][PATH]["post"]["responses"]["200"])
