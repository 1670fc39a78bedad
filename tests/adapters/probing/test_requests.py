"""Requests made from templates, answers read, and hosts that may be spoken to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.adapters.probing.answers import at_pointer, observed
from chengnuo.adapters.probing.own_hosts import place_of
from chengnuo.adapters.probing.template import Filling
from chengnuo.domain.pricing.probe_rounds import Lack, Observed
from chengnuo.domain.pricing.probe_spec import Endpoint, Outcome, Reading
from chengnuo.ports.probed_endpoint import ProbeHostError, ProbeRequest, ProbeRequestError

READING = Reading(value="/data/0/price", currency_at="/cur", item_at="/sku")


def request(**profile: str | int | bool) -> ProbeRequest:
    return ProbeRequest(profile=profile, item="tea & milk", switch="off")


def test_values_are_encoded_in_the_address_and_typed_in_the_body() -> None:
    endpoint = Endpoint(
        url="http://localhost/q/{item}?a={account}&new={fresh}",
        method="POST",
        headers={"Authorization": "Bearer {token}", "X-Mode": "{switch}"},
        body={"visits": "{visits}", "said": ["{item}!", 3], "fresh": "{fresh}"},
    )
    profile = {"account": "a&b=1", "fresh": True, "visits": 4, "token": "{env:OWN}"}
    filled = Filling(endpoint, {"OWN": "s3"}).filled(request(**profile))
    assert filled.target == "/q/tea%20%26%20milk?a=a%26b%3D1&new=true"
    assert filled.headers["Authorization"] == "Bearer s3"
    assert filled.headers["X-Mode"] == "off"
    assert filled.body == b'{"visits":4,"said":["tea & milk!",3],"fresh":true}'


@given(st.text(max_size=40))
def test_no_value_adds_a_parameter_or_a_path(value: str) -> None:
    endpoint = Endpoint(url="http://localhost/q?a={account}&b=1")
    if value != value.encode("utf-8", "replace").decode():
        return  # no text that a TOML file can hold
    target = Filling(endpoint, {}).filled(request(account=value)).target
    assert target.startswith("/q?a=")
    assert target.count("&") == 1
    assert not set(target[5:]) & set("/#? \r\n")


@pytest.mark.parametrize("value", ["a\r\nX-Other: 1", "a\x00", "茶"])
def test_a_header_takes_no_line_end(value: str) -> None:
    endpoint = Endpoint(url="http://localhost/", headers={"X-Account": "{account}"})
    with pytest.raises(ProbeRequestError, match="X-Account"):
        Filling(endpoint, {}).filled(request(account=value))


def test_a_placeholder_without_a_field_is_named() -> None:
    with pytest.raises(ProbeRequestError, match="account"):
        Filling(Endpoint(url="http://localhost/{account}"), {}).filled(request())


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"sku": "a", "cur": "CNY", "data": [{"price": "12.50"}]}', Observed(price=12.5)),
        ('{"sku": "a", "cur": "CNY", "data": [{"price": 12}]}', Observed(price=12.0)),
        ('{"sku": "b", "cur": "CNY", "data": [{"price": 12}]}', Observed(lack=Lack.ITEM)),
        ('{"sku": "a", "cur": "USD", "data": [{"price": 12}]}', Observed(lack=Lack.CURRENCY)),
        ('{"sku": "a", "cur": "CNY", "data": []}', Observed(lack=Lack.NO_VALUE)),
        ('{"sku": "a", "cur": "CNY", "data": [{"price": 0}]}', Observed(lack=Lack.NO_VALUE)),
        ('{"sku": "a", "cur": "CNY", "data": [{"price": true}]}', Observed(lack=Lack.NO_VALUE)),
        ('{"sku": "a", "cur": "CNY", "data": [{"price": "¥3"}]}', Observed(lack=Lack.NO_VALUE)),
        ('{"sku": "a", "cur": "CNY", "data": [{"price": 1e999}]}', Observed(lack=Lack.NOT_JSON)),
        ("<html>", Observed(lack=Lack.NOT_JSON)),
        ("[" * 100_000, Observed(lack=Lack.NOT_JSON)),
    ],
    ids=lambda given: given[:60] if isinstance(given, str) else "",
)
def test_a_price_is_read_or_said_to_lack(body: str, expected: Observed) -> None:
    assert observed(body.encode(), READING, Outcome.PRICE, "a") == expected


def test_lists_and_terms_are_read() -> None:
    body = b'{"list": [{"id": 1}, {"id": "b"}], "fee": {"b": 1, "a": 2}}'
    again = b'{"list": [], "fee": {"a": 2, "b": 1}}'
    entries = Reading(value="/list", entry="/id")
    assert observed(body, entries, Outcome.LIST, "x").places == ("1", "b")
    assert observed(body, Reading(value="/list"), Outcome.LIST, "x").lack is Lack.NO_VALUE
    fee = Reading(value="/fee")
    assert observed(body, fee, Outcome.TERMS, "x") == observed(again, fee, Outcome.TERMS, "x")


def test_a_pointer_is_read_as_rfc_6901_says() -> None:
    tree = {"a/b": 1, "m~n": 2, "": 3, "list": [4, 5]}
    pointers = {"/a~1b": 1, "/m~0n": 2, "/": 3, "/list/1": 5, "": tree}
    assert {pointer: at_pointer(tree, pointer) for pointer in pointers} == pointers
    assert at_pointer(tree, "/list/01") is at_pointer(tree, "/none")


def test_the_loopback_is_probed_by_its_number() -> None:
    place = place_of(Endpoint(url="http://127.0.0.1:81/x"))
    assert place.address("/x?y=1") == "http://127.0.0.1:81/x?y=1"
    assert place.is_connected(("127.0.0.1", 81))
    assert not place.is_connected(("127.0.0.1", 82))
    assert not place.is_connected(("192.0.2.1", 81))
    assert not place.is_connected(None)


def test_ones_own_host_is_probed_within_its_networks_over_https() -> None:
    own = {"192.0.2.7": ("192.0.2.0/24",)}
    assert place_of(Endpoint(url="https://192.0.2.7/x", own=own)).port == 443
    with pytest.raises(ProbeHostError, match="none"):
        place_of(Endpoint(url="https://192.0.2.7/x", own={"192.0.2.7": ("nowhere",)}))
    with pytest.raises(ProbeHostError, match="not known"):
        place_of(Endpoint(url="https://no-such-host.invalid/x"))
