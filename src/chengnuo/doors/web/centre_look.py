"""How the centre looks to a reader: the size of its text, and the operator's theme.

The two larger sizes are the version for elders (适老): chosen by a link, kept by the browser, no
script needed. Neither size nor theme reaches the console.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get

from chengnuo.doors.http.audience import ANYONE, requires
from chengnuo.doors.http.exchange import KEPT_S, KNOWN_COOKIE, TextSize, exchange_of
from chengnuo.doors.web.rendering import Link
from chengnuo.doors.web.static_files import StaticFile, VersionQuery
from chengnuo.doors.web.wording import wording

THEME = "/centre/theme.css"
ENTER = "/centre/enter"
Asked = Request[Any, Any, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a page of the centre is set.

    Attributes:
        size: How large its text is.
        sizes: A link for each size, to the same page; the one in use is current.
        theme: Address of the operator's style sheet; empty without one.

    """

    size: TextSize
    sizes: tuple[Link, ...]
    theme: str


def look_of(request: Asked) -> Look:
    """Return how a page is set for whoever asks."""
    exchange = exchange_of(request.scope)
    theme: str = request.app.state.web.theme
    t = wording(exchange.lang)
    sizes = tuple(
        Link(
            href=with_query(request, "size", size.value),
            name=t(f"frame.size-{size}"),
            current=size is exchange.size,
        )
        for size in TextSize
    )
    href = f"{THEME}?v={_theme(theme).digest}" if theme else ""
    return Look(size=exchange.size, sizes=sizes, theme=href)


def is_known(request: Asked) -> bool:
    """Tell whether whoever asks was shown what the centre is."""
    return bool(exchange_of(request.scope).cookie(KNOWN_COOKIE))


def now_known(request: Asked) -> None:
    """Keep that whoever asks was shown what the centre is; nothing of them is in the cookie."""
    if not is_known(request):
        exchange_of(request.scope).set_cookie(KNOWN_COOKIE, "yes", max_age_s=KEPT_S)


def with_query(request: Asked, name: str, value: str) -> str:
    """Return the address of the page that was asked for with one parameter of its query set.

    The code with which somebody comes in works once and is left behind.
    """
    left = {name, "code"} if request.url.path == ENTER else {name}
    kept = [(key, one) for key, one in request.query_params.multi_items() if key not in left]
    return f"{request.url.path}?{urlencode([*kept, (name, value)])}"


@get(THEME, guards=[requires(ANYONE)], include_in_schema=False)
async def theme_file(request: Asked, v: VersionQuery = "") -> Response[bytes]:
    """Give the operator's theme; nothing is in it where there is none."""
    file = _theme(request.app.state.web.theme)
    return file.answer(request.headers.get("accept-encoding", ""), v)


ROUTES = (theme_file,)


@lru_cache(maxsize=4)
def _theme(css: str) -> StaticFile:
    return StaticFile.of(css.encode(), ".css")
