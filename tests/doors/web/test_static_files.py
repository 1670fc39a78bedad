"""The files that every page fetches: packed, kept for long under their own address, whole."""

import gzip

import httpx
from tests.doors.browser_kit import Browser
from tests.doors.service_kit import Kit
from tests.running import run

from chengnuo.doors.web.static_files import static_files, static_href

A_YEAR = "public, max-age=31536000, immutable"


def test_an_address_with_the_digest_is_kept_for_a_year_and_others_are_not(quiet_kit: Kit) -> None:
    browser = Browser(quiet_kit.service.app)
    for name, file in static_files().items():
        assert browser.get(static_href(name)).headers["cache-control"] == A_YEAR
        for path in (f"/static/{name}", f"/static/{name}?v={'0' * 12}"):
            answer = browser.get(path)
            assert answer.headers["cache-control"] == "public, max-age=300"
            assert answer.content == file.content


def test_what_is_packed_is_the_same_and_smaller(quiet_kit: Kit) -> None:
    async def fetched(accepts: str) -> httpx.Response:
        transport = httpx.ASGITransport(quiet_kit.service.app)
        async with httpx.AsyncClient(transport=transport, base_url=quiet_kit.web.public_url) as one:
            return await one.get("/static/site.css", headers={"accept-encoding": accepts})

    plain, packed = run(fetched("identity")), run(fetched("br, gzip;q=0.8"))
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.content == packed.content == static_files()["site.css"].content
    assert len(gzip.compress(plain.content)) < len(plain.content) / 3
    assert packed.headers["vary"] == "accept-encoding"


def test_no_other_file_is_given(quiet_kit: Kit) -> None:
    browser = Browser(quiet_kit.service.app)
    for path in ("/static/none.css", "/static/..%2f__init__.py", "/static/tokens.css.bak"):
        assert browser.get(path).status_code in {400, 404}
