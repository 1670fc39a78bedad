"""Hosts, clear-text addresses, trust in any server, bridges: the sample packages and real ones."""

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

import pytest
from tests.packages import kit
from tests.packages_cache import fetched

from chengnuo.domain.inspection.bridges import bridges
from chengnuo.domain.inspection.clear_text import clear_text
from chengnuo.domain.inspection.hosts import hosts
from chengnuo.domain.inspection.opened import open_package
from chengnuo.domain.inspection.trust import trust
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import Observation, OwnerKind

Looked: TypeAlias = Callable[[str], tuple[Observation, ...]]

_WHATS = {
    ("setting", "clear-text-address"),
    ("setting", "trust-all-certificates"),
    ("setting", "trust-all-hosts"),
    ("behaviour", "js-bridge"),
}


def _is_ours(one: kit.Seen) -> bool:
    return one.subject == "host" or (one.subject, one.what) in _WHATS


_NAMES = tuple(
    name
    for name in kit.names()
    if any(map(_is_ours, (*kit.expected(name).seen, *kit.expected(name).not_seen)))
)
_QUIET = ("clean-plain", "set-exported", "sdk-umeng-early", "start-application")


@pytest.fixture(scope="module")
def looked(knowledge: Knowledge) -> Looked:
    """Return what is seen of a package's network; looked at once."""

    @cache
    def of(name: str) -> tuple[Observation, ...]:
        path = kit.built(name) if name in kit.names() else fetched(name)
        opened = open_package(path.read_bytes(), knowledge)
        found = [one for look in (hosts, clear_text, trust, bridges) for one in look(opened)]
        return tuple(sorted(found, key=lambda one: one.order))

    return of


def _is(wanted: kit.Seen, one: Observation) -> bool:
    where = {one.place.file, one.place.class_name}
    return (one.subject.value, one.what) == (wanted.subject, wanted.what) and (
        not wanted.where or wanted.where in where
    )


@pytest.mark.parametrize("name", _NAMES)
def test_what_a_careful_reader_says_of_the_network_is_seen(name: str, looked: Looked) -> None:
    wanted, seen = kit.expected(name), looked(name)
    missing = [
        one
        for one in wanted.seen
        if _is_ours(one) and not one.hard and not any(_is(one, each) for each in seen)
    ]
    wrong = [
        one
        for one in wanted.not_seen
        if _is_ours(one) and not one.hard and any(_is(one, each) for each in seen)
    ]
    assert (missing, wrong) == ([], [])


def test_only_addresses_that_are_opened_are_without_encryption(looked: Looked) -> None:
    found = [one for one in looked("net-http-literal") if one.what == "clear-text-address"]
    assert [(one.detail("host"), one.moment) for one in found] == [
        ("api.example.com", Moment.CERTAIN)
    ]


def test_nothing_is_said_of_managers_and_verifiers_that_check(looked: Looked) -> None:
    found = [one for one in looked("net-trust-all") if one.what.startswith("trust-all")]
    classes = {one.place.class_name.rpartition(".")[2] for one in found}
    assert classes == {"TrustAll", "AnyName"}


@pytest.mark.parametrize("name", _QUIET)
def test_nothing_is_seen_where_there_is_nothing(name: str, looked: Looked) -> None:
    assert looked(name) == ()


def test_a_bridge_names_its_object(looked: Looked) -> None:
    (bridge,) = [one for one in looked("web-js-bridge") if one.what == "js-bridge"]
    assert bridge.detail("name") == "device"
    assert bridge.detail("object") == "com.example.webjsbridge.Bridge"


def test_ids_are_told_apart_and_details_sorted(looked: Looked) -> None:
    for name in _NAMES:
        seen = looked(name)
        assert len({one.id for one in seen}) == len(seen)
        assert all(list(one.details) == sorted(one.details) for one in seen)


@pytest.mark.real
def test_hosts_of_a_real_app_make_sense(looked: Looked) -> None:
    seen = {(one.what, one.owner.id): one for one in looked("yosemite") if one.subject == "host"}
    own = seen["airtest.doc.io.netease.com", ""]
    assert (own.detail("use"), own.detail("scheme")) == ("opened", "https")
    kits = seen["log.tbs.qq.com", "x5-tbs"]
    assert (kits.detail("country"), kits.detail("overseas")) == ("CN", "no")
    names = {host for host, _ in seen}
    assert not names & {"www.w3.org", "schemas.android.com", "os.name", "com.tencent.smtt"}
    assert len(names) < 40


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "most"), [("apidemos", 4), ("settings", 4), ("uiautomator", 6), ("jpush", 4)]
)
def test_few_hosts_are_told_of_packages_that_name_few(name: str, most: int, looked: Looked) -> None:
    assert len([one for one in looked(name) if one.subject == "host"]) <= most


@pytest.mark.real
def test_trust_in_any_server_is_told_of_the_library_that_has_it(looked: Looked) -> None:
    found = {
        one.place.class_name: one for one in looked("yosemite") if one.what.startswith("trust-all")
    }
    assert set(found) == {
        "com.koushikdutta.async.AsyncSSLSocketWrapper$1",
        "com.rabbitmq.client.NullTrustManager",
        "com.rabbitmq.client.TrustEverythingTrustManager",
    }
    assert {one.owner.kind for one in found.values()} == {OwnerKind.LIBRARY}
