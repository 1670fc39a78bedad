"""Which hosts a text names, and which names with dots are none."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.domain.inspection.host_names import Address, addresses_in, domain_of, is_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(b"http://api.example.com/v1", ("http api.example.com",), id="an address"),
        pytest.param(b"HTTPS://API.Example.com", ("https api.example.com",), id="any case"),
        pytest.param(b"https://me:pw@h.example.cn:8443?x", ("https h.example.cn",), id="all parts"),
        pytest.param(b"https://a.example.com.", ("https a.example.com",), id="a last dot"),
        pytest.param(b"wss://[2001:db8::1]:80/", ("wss 2001:db8::1",), id="IPv6"),
        pytest.param(b"https://8.8.8.8:80/x", ("https 8.8.8.8",), id="IPv4"),
        pytest.param(b'{"u": "https://a.b.cn/x"}', ("https a.b.cn",), id="a value"),
        pytest.param(b"https://t.cn/a,https://u.cn/b", ("https t.cn", "https u.cn"), id="two"),
        pytest.param(b"api.foo.com", (" api.foo.com",), id="a bare name"),
        pytest.param(b"www.foo.com/s?wd=", (" www.foo.com",), id="a bare name with a path"),
        pytest.param(b"x5.foo.io:443", (" x5.foo.io",), id="a bare name with a port"),
    ],
)
def test_a_host_is_told(text: bytes, expected: tuple[str, ...]) -> None:
    assert tuple(f"{one.scheme} {one.host}" for one in addresses_in(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        b"http://schemas.android.com/apk/res/android",
        b"http://www.w3.org/2000/svg",
        b"see http://help.example.org/faq",
        b"Visit https://help.example.org, please",
        b"// https://github.example.org/x",
        b"http://localhost:8081",
        b"https://10.0.2.2/x",
        b"https://192.168.1.1",
        b"http://%s/foo",
        b"http://www.foo%s.com/",
        b"http://${host}.example.com/",
        b"http://x",
        b"https://www.mo",
        b"com.foo.bar.net",
        b"cn.jpush.android.intent",
        b"android.os",
        b"java.io",
        b"os.name",
        b"user.name",
        b"foo.json",
        b"libfoo.so",
        b"1.2.3.4",
        b"4.6.0",
        b"somebody@example.com.cn",
        b"This is com.",
        b"content.me",
        b"example.com",
        b"",
        b".",
    ],
)
def test_what_is_no_host_of_the_network_is_left_out(text: bytes) -> None:
    assert tuple(addresses_in(text)) == ()


def test_of_an_address_that_is_opened_nothing_is_left_out() -> None:
    assert tuple(addresses_in(b"http://www.w3.org/x", whole=True)) == (
        Address("www.w3.org", "http"),
    )
    assert tuple(addresses_in(b"8.8.8.8", whole=True)) == (Address("8.8.8.8"),)
    assert tuple(addresses_in(b"foo.top", whole=True)) == (Address("foo.top"),)
    assert tuple(addresses_in(b"http://127.0.0.1/x", whole=True)) == ()


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("a.b.example.com.cn", "example.com.cn"),
        ("www.example.co.jp", "example.co.jp"),
        ("a.example.com", "example.com"),
        ("example.cn", "example.cn"),
        ("a.b.t.cn", "t.cn"),
        ("8.8.8.8", "8.8.8.8"),
    ],
)
def test_a_host_is_of_the_domain_that_was_registered(host: str, domain: str) -> None:
    assert domain_of(host) == domain


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_read(text: bytes, whole: bool) -> None:
    for one in addresses_in(b"http://" + text, whole=whole):
        assert one.host == one.host.lower()
        assert is_number(one.host) or "." in one.host


def test_time_is_linear_in_the_length_of_a_text() -> None:
    texts = (b"http://" + b"a." * 200_000, b"a" * 400_000 + b".com", b"http://a:" * 40_000 + b".")
    begun = time.process_time()
    for text in texts:
        list(addresses_in(text))
    assert time.process_time() - begun < 2
