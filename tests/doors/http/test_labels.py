"""`/v1/labels` over a real shop: kept, deleted, put; and what a request to delete one does."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from tests.doors.browser_kit import Browser
from tests.doors.http.asking_kit import SAMPLE, Asking, keys_of
from tests.doors.service_kit import start

from chengnuo.client.client import Client, ServiceRefusedError
from chengnuo.client.labels import Deleted, Label, LabelClient
from chengnuo.domain.register.ids import ModelId
from chengnuo.ports.api_keys import ApiScope
from chengnuo.usecases.api_keys import ApiKeys
from chengnuo.usecases.consent.one_label import label_key
from chengnuo.usecases.individual_entry import person_key

PATH, ACCOUNT, LABEL = "/v1/labels", "4711", "label-known-to-nobody-else"
SCHEMA = Path(SAMPLE).parent / "schema.sql"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("shop") / "shop.db"
    with closing(sqlite3.connect(file)) as made:
        made.executescript(SCHEMA.read_text("utf-8"))
        for label in (LABEL, "tea"):
            made.execute(
                "INSERT INTO feed_labels VALUES (?, ?, 500, 'browse', '2026-11-01 08:00:00')",
                (int(ACCOUNT), label),
            )
        made.commit()
    return file


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory, shop: Path) -> Iterator[Asking]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHOP_DB", f"sqlite:///{shop}")
        kit = start(tmp_path_factory.mktemp("labels") / "data", register=SAMPLE)
        keys = ApiKeys(store=keys_of(kit), tokens=kit.service.services.tokens, clock=kit.clock)
        scopes = frozenset({ApiScope.AUTOMATED_READ, ApiScope.AUTOMATED_WRITE})
        yield Asking(kit=kit, keys=keys, secret=keys.make("engine", scopes, by="cli").secret)
        kit.service.close()


@pytest.fixture(scope="module")
def client(asking: Asking) -> LabelClient:
    browser = Browser(asking.kit.service.app)

    def passed_on(request: httpx.Request) -> httpx.Response:
        answer = browser.client.post(
            request.url.path, content=request.content, headers=dict(request.headers)
        )
        return httpx.Response(answer.status_code, content=answer.content)

    transport = httpx.MockTransport(passed_on)
    return LabelClient(Client("http://127.0.0.1:8700", asking.secret, transport=transport))


def test_labels_are_read_from_the_store_where_they_are_kept(client: LabelClient) -> None:
    found = client.of(ACCOUNT)
    assert found.complete
    assert [one.label for one in found.labels] == [LABEL, "tea"]
    assert found.labels[0] == Label(
        table="main.feed_labels",
        label=LABEL,
        model="feed-ranking",
        learned_from="browse",
        since=found.labels[0].since,
    )
    assert found.labels[0].since.startswith("2026-11-01")
    assert client.of("4712").labels == ()


def test_a_label_that_was_deleted_may_be_neither_used_nor_kept(
    asking: Asking, client: LabelClient
) -> None:
    client.put(ACCOUNT, "feed-ranking", LABEL)
    services = asking.kit.service.services
    key = label_key(services.tokens, ModelId("feed-ranking"), LABEL)
    services.consents.delete_label(person_key(services.tokens, ACCOUNT), key)
    first, second = client.deleted(ACCOUNT, "feed-ranking", [LABEL, "tea"])
    assert first.deleted
    assert first.deleted_at is not None
    assert second == Deleted(label="tea", deleted=False)
    with pytest.raises(ServiceRefusedError) as refused:
        client.put(ACCOUNT, "feed-ranking", LABEL)
    assert refused.value.problem.code == "label-deleted"
    assert LABEL not in str(refused.value)
    assert client.of(ACCOUNT).labels[0].deleted_at == first.deleted_at


def test_a_model_without_labels_is_named_as_wrong(asking: Asking) -> None:
    body = {"person": "4712", "model": "risk-rules", "labels": ["x"]}
    answer = asking.post(body, path=f"{PATH}:deleted")
    assert (answer.status_code, answer.json()["code"]) == (422, "no-such-labels")
