"""Every request that a page shows as a `curl` line is sent to a real service, and is answered."""

import shlex
from collections.abc import Iterator

import httpx
import pytest
from tests.docs.markdown import pages
from tests.docs.walks import Typed, name_of, walk
from tests.doors.served_kit import Served, served_shop

from chengnuo.ports.api_keys import ApiScope

HOST = "https://privacy.example.com"
FILES = {"ids.txt": b"u-1029\nu-1030\n"}
SHOWN = [
    pytest.param(act.words, id=f"{name_of(page)}:{act.line}")
    for page in pages()
    for act in walk(page)
    if isinstance(act, Typed) and act.words.startswith("curl ")
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served_shop(
        tmp_path_factory.mktemp("asked"), [scope.value for scope in ApiScope]
    ) as found:
        yield found


def asked(words: str, served: Served) -> httpx.Response:
    """Send what a `curl` line says: headers, one body, one address."""
    parts = iter(shlex.split(words.replace("\\\n", " "))[1:])
    headers, body, address = {}, b"", ""
    for part in parts:
        if part == "-H":
            name, _, value = next(parts).partition(": ")
            headers[name] = value.replace("$KEY", served.key)
        elif part in {"-d", "--data-binary"}:
            given = next(parts)
            body = FILES[given[1:]] if given.startswith("@") else given.encode()
        else:
            assert part.startswith(HOST), part
            address = part.replace(HOST, served.address)
    return httpx.post(address, content=body, headers=headers, timeout=30)


@pytest.mark.real
@pytest.mark.parametrize("words", SHOWN)
def test_a_request_that_a_page_shows_is_answered(served: Served, words: str) -> None:
    answer = asked(words, served)
    assert answer.is_success, answer.text
    assert answer.json()


def test_pages_show_requests() -> None:
    assert len(SHOWN) >= 4
