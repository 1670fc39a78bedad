"""API keys over a real store and a real log: shown once, held to scope and time, recorded."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.doors.clock_kit import StandingClock
from tests.usecases.evidence.tea_log import TeaLog, tea_log

from chengnuo.adapters.data_folder import DataFolder, open_data_folder
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.api_keys import (
    OF_RECIPIENTS,
    ApiKey,
    ApiKeyTakenError,
    ApiScope,
    UnknownApiKeyError,
)
from chengnuo.usecases.api_keys import (
    ApiKeyNameError,
    ApiKeyRefusedError,
    ApiKeys,
    ApiKeyTermsError,
    ApiScopeError,
)

DECIDE = frozenset({ApiScope.DECIDE})
DAY = timedelta(days=1)


class House:
    """A data folder with its log, and the keys in it."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self.clock = StandingClock()
        self.tea: TeaLog = tea_log(folder, catalogue)
        self.data: DataFolder = open_data_folder(folder, signing_key_file=None, clock=self.clock)
        self.keys = self.another(records=True)

    def another(self, *, records: bool = False) -> ApiKeys:
        """The keys as another process sees them."""
        return ApiKeys(
            store=self.data.api_keys,
            tokens=self.data.keys.tokens,
            clock=self.clock,
            recorder=self.tea.recorder if records else None,
        )

    def acts(self) -> list[tuple[str, str]]:
        """What the log says was done to keys, oldest first."""
        found = [
            json.loads(self.tea.opened.payloads.opened(record).payload or b"{}")
            for record in self.tea.opened.log.newest()
            if record.leaf.kind == Kind.CONFIGURATION.value
        ]
        return [(one["what"], one["detail"]) for one in reversed(found)]


@pytest.fixture
def house(tmp_path: Path, catalogue: Catalogue) -> Iterator[House]:
    made = House(tmp_path / "data", catalogue)
    yield made
    made.tea.opened.close()
    made.data.close()


def refused(keys: ApiKeys, secret: str) -> bool:
    try:
        keys.check(secret, ApiScope.DECIDE)
    except ApiKeyRefusedError:
        return True
    return False


def test_a_key_is_let_in_for_its_scope_and_for_nothing_else(house: House) -> None:
    made = house.keys.make("orders", DECIDE, by="cli")
    assert house.keys.check(made.secret, ApiScope.DECIDE).id == "orders"
    with pytest.raises(ApiScopeError) as caught:
        house.keys.check(made.secret, ApiScope.CONSENT_WRITE)
    assert caught.value.code == "api-scope"


@pytest.mark.parametrize(
    "secret",
    ["", "chengnuo_", "chengnuo_" + "A" * 43, "x", "chengnuo_" + "A" * 4000, "chengnuo_\ud800"],
)
def test_whatever_is_no_key_is_refused(house: House, secret: str) -> None:
    house.keys.make("orders", DECIDE, by="cli")
    assert refused(house.keys, secret)


def test_a_secret_is_kept_nowhere(house: House, tmp_path: Path) -> None:
    made = house.keys.make("orders", DECIDE, by="cli")
    kept = made.secret.removeprefix("chengnuo_").encode()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not [path.name for path in files if kept in path.read_bytes()]
    assert made.secret not in str(house.keys.all())


def test_a_rotated_key_has_two_secrets_until_the_overlap_ends(house: House) -> None:
    old = house.keys.make("orders", DECIDE, by="cli")
    new = house.keys.rotate("orders", by="cli", overlap=DAY)
    other = house.another()
    assert not refused(other, old.secret)
    assert not refused(other, new.secret)
    house.clock.at += DAY
    assert refused(other, old.secret)
    assert not refused(other, new.secret)


def test_rotating_again_lengthens_no_old_secret(house: House) -> None:
    first = house.keys.make("orders", DECIDE, by="cli")
    house.keys.rotate("orders", by="cli", overlap=DAY)
    house.keys.rotate("orders", by="cli", overlap=9 * DAY)
    house.clock.at += DAY
    assert refused(house.keys, first.secret)


def test_a_revoked_key_is_refused_by_every_process_within_a_second(house: House) -> None:
    made = house.keys.make("orders", DECIDE, by="cli")
    other = house.another()
    other.check(made.secret, ApiScope.DECIDE)
    assert other.knows(made.secret)
    house.keys.revoke("orders", by="cli")
    assert refused(house.keys, made.secret)
    house.clock.at += timedelta(seconds=1)
    assert not other.knows(made.secret)
    assert refused(other, made.secret)
    assert house.keys.all()[0].secrets == 0
    for act in (lambda: house.keys.revoke("orders", by="cli"), lambda: rotate(house.keys)):
        with pytest.raises(UnknownApiKeyError):
            act()


def rotate(keys: ApiKeys) -> None:
    keys.rotate("orders", by="cli", overlap=DAY)


def test_a_key_ends_at_its_end(house: House) -> None:
    made = house.keys.make("orders", DECIDE, by="cli", lasts=DAY)
    house.clock.at += DAY - timedelta(microseconds=1)
    assert not refused(house.keys, made.secret)
    house.clock.at += timedelta(microseconds=1)
    assert refused(house.keys, made.secret)
    with pytest.raises(UnknownApiKeyError):
        rotate(house.keys)


def test_a_clock_set_back_remembers_no_key_for_longer(house: House) -> None:
    made = house.keys.make("orders", DECIDE, by="cli")
    other = house.another()
    other.check(made.secret, ApiScope.DECIDE)
    house.clock.at -= DAY
    assert not other.knows(made.secret)


def test_every_act_is_recorded_as_configuration(house: House) -> None:
    house.keys.make("orders", DECIDE | {ApiScope.AUDIENCE}, by="cli")
    rotate(house.keys)
    house.keys.revoke("orders", by="cli")
    assert house.acts() == [
        ("api-key-made", "orders: audience decide"),
        ("api-key-rotated", "orders: overlap 1 day, 0:00:00"),
        ("api-key-revoked", "orders: all secrets"),
    ]


def test_what_is_done_beside_the_service_is_recorded_by_it_at_its_next_look(house: House) -> None:
    beside = house.another()
    made = beside.make("orders", DECIDE, by="cli")
    assert beside.record_acts() is False
    assert house.acts() == []
    house.keys.check(made.secret, ApiScope.DECIDE)
    assert house.acts() == [("api-key-made", "orders: decide")]
    assert beside.record_acts() is True


@pytest.mark.parametrize("name", ["", "-a", "a-", "Orders", "a" * 41, "a b", "订单"])
def test_a_name_has_its_form(house: House, name: str) -> None:
    with pytest.raises(ApiKeyNameError):
        house.keys.make(name, DECIDE, by="cli")


def test_terms_that_make_no_sense_are_refused(house: House) -> None:
    house.keys.make("orders", DECIDE, by="cli")
    wrong: list[tuple[type[Exception], str, dict[str, object]]] = [
        (ApiKeyTermsError, "other", {"scopes": frozenset()}),
        (ApiKeyTermsError, "other", {"scopes": DECIDE, "lasts": timedelta()}),
        (ApiKeyTakenError, "orders", {"scopes": DECIDE}),
    ]
    for error, name, given in wrong:
        with pytest.raises(error):
            house.keys.make(name, by="cli", **given)  # type: ignore[arg-type]
    for overlap in (-DAY, 31 * DAY):
        with pytest.raises(ApiKeyTermsError):
            house.keys.rotate("orders", by="cli", overlap=overlap)
    assert len(house.keys.all()) == 1
    assert len(house.acts()) == 1


def test_a_name_is_never_used_again(house: House) -> None:
    house.keys.make("orders", DECIDE, by="cli")
    house.keys.revoke("orders", by="cli")
    with pytest.raises(ApiKeyTakenError):
        house.keys.make("orders", DECIDE, by="cli")


def test_a_key_is_in_force_between_its_making_and_its_end() -> None:
    at = datetime(2026, 11, 28, tzinfo=UTC)
    key = ApiKey(id="k", scopes=DECIDE, made_at=at, expires_at=at + DAY)  # type: ignore[arg-type]
    assert key.is_in_force(at)
    assert not key.is_in_force(at + DAY)
    assert not replace(key, revoked_at=at).is_in_force(at)


def test_a_key_of_a_recipient_is_for_what_recipients_do_and_says_whose_it_is(house: House) -> None:
    scopes = frozenset({ApiScope.DOSSIER_READ, ApiScope.RIGHTS_ACKNOWLEDGE})
    made = house.keys.make("maps", scopes, by="cli", recipient="maps")
    assert house.keys.check(made.secret, ApiScope.DOSSIER_READ).recipient == "maps"
    assert [(key.id, key.recipient) for key in house.keys.all()] == [("maps", "maps")]
    house.tea.opened.log.publish()
    assert house.acts() == [("api-key-made", "maps: dossier:read rights:acknowledge for maps")]
    for scope in sorted(set(ApiScope) - OF_RECIPIENTS):
        with pytest.raises(ApiKeyTermsError):
            house.keys.make("more", scopes | {scope}, by="cli", recipient="maps")
    for wrong in ("Maps", "maps and more", "m" * 201):
        with pytest.raises(ApiKeyTermsError):
            house.keys.make("more", scopes, by="cli", recipient=wrong)
