"""Names are known whole: by pattern, package, folder or host, never by half a word."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.domain.observation.name_pattern import (
    domains_of,
    first_known,
    folders_of,
    matches,
    packages_of,
)


@pytest.mark.parametrize(
    ("pattern", "name", "expected"),
    [
        ("libjiagu.so", "libjiagu.so", True),
        ("libjiagu.so", "libjiagu.so.bak", False),
        ("libjiagu*.so", "libjiagu.so", True),
        ("libjiagu*.so", "libjiagu_x86.so", True),
        ("libjiagu*.so", "mylibjiagu.so", False),
        ("*.wxapi.WXEntryActivity", "com.example.wxapi.WXEntryActivity", True),
        ("/proc/*/cmdline", "/proc/1/cmdline", True),
        ("a*a", "a", False),
        ("*", "", True),
        ("a.b", "axb", False),
    ],
)
def test_a_star_is_any_run_and_nothing_else_is_special(
    pattern: str, name: str, expected: bool
) -> None:
    assert matches(pattern, name) is expected


@given(st.text("ab*", max_size=8), st.text("ab.", max_size=12))
def test_patterns_mean_what_they_would_as_regular_expressions(pattern: str, name: str) -> None:
    expression = ".*".join(re.escape(part) for part in pattern.split("*"))
    assert matches(pattern, name) is (re.fullmatch(expression, name, re.DOTALL) is not None)


def test_a_class_is_in_its_packages_and_outer_classes() -> None:
    assert list(packages_of("com.umeng.A$B")) == [
        "com.umeng.A$B",
        "com.umeng.A",
        "com.umeng",
        "com",
    ]
    assert list(packages_of("")) == []


def test_a_host_is_in_the_domains_above_it() -> None:
    assert list(domains_of("A.Example.COM.")) == ["a.example.com", "example.com", "com"]


def test_a_file_is_in_its_folders() -> None:
    assert list(folders_of("/sys/class/net/")) == ["/sys/class/net", "/sys/class", "/sys"]


@given(st.text("a.$/", max_size=20))
def test_every_name_ends_and_grows_shorter(name: str) -> None:
    for names in (packages_of(name), domains_of(name), folders_of(name)):
        assert all(len(first) > len(second) for first, second in pairwise(names))


def test_the_longest_name_that_is_known_wins() -> None:
    known = {"com.umeng": 1, "com.umeng.push": 2}
    assert first_known(packages_of("com.umeng.push.A"), known) == 2
    assert first_known(packages_of("com.umeng.pusher.A"), known) == 1
    assert first_known(packages_of("com.umengfoo.A"), known) is None
