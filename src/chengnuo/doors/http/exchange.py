"""What is known of one request and its answer beside the handler: language, cookies, caller.

The envelope makes one for every request; guards fill in who calls; the envelope writes the
cookies. Names of cookies carry `__Host-` over https, where browsers then refuse them with any
other path, domain or over http.
"""

from collections.abc import Mapping, MutableMapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from random import getrandbits
from typing import Any, cast

from chengnuo.base.text import Lang
from chengnuo.ports.individuals import Visitor
from chengnuo.ports.sessions import StaffSession

KEY = "chengnuo.exchange"
KEPT_S = 365 * 24 * 3600
"""How long a browser keeps what a reader has chosen: language, size of the text."""
STAFF_COOKIE = "chengnuo-staff"
VISITOR_COOKIE = "chengnuo-individual"
FORM_COOKIE = "chengnuo-form"
LANG_COOKIE = "chengnuo-lang"
FLOW_COOKIE = "chengnuo-flow"
SIZE_COOKIE = "chengnuo-size"
KNOWN_COOKIE = "chengnuo-known"
"""That a browser was shown what the centre is."""
ARRIVING_COOKIE = "chengnuo-arriving"
"""A session that whoever sits at the browser has not said yes to yet."""
CAME_COOKIE = "chengnuo-came"
"""Marks of those who said in this browser before that it was they who came in."""


_REQUEST: ContextVar[str] = ContextVar("request", default="")


def name_request() -> str:
    """Give the request in hand a number of its own, by which its answer and its log are found.

    It tells nothing and opens nothing, so that it need not be hard to guess.
    """
    number = f"{getrandbits(64):016x}"
    _REQUEST.set(number)
    return number


def request_number() -> str:
    """Return the number of the request in hand; empty where none is."""
    return _REQUEST.get()


class TextSize(StrEnum):
    """How large the centre is set; the two larger ones are the version for elders (适老)."""

    USUAL = "usual"
    LARGE = "large"
    LARGEST = "largest"


@dataclass(slots=True, kw_only=True)
class Exchange:
    """One request and its answer.

    Attributes:
        lang: Language of the answer.
        size: How large the reader wants the centre.
        secure: The browser came over https.
        cookies: Cookies of the request.
        staff: The fully signed-in person, once a guard has looked.
        signing_in: A session whose sign-in is not finished yet.
        visitor: The individual, once a guard has looked.
        looked: Whether a guard has looked.
        set_cookies: `Set-Cookie` values of the answer.

    """

    lang: Lang
    secure: bool
    cookies: Mapping[str, str]
    size: TextSize = TextSize.USUAL
    staff: StaffSession | None = None
    signing_in: StaffSession | None = None
    visitor: Visitor | None = None
    looked: bool = False
    set_cookies: list[str] = field(default_factory=list)

    def cookie(self, name: str) -> str:
        """Return a cookie of ours, or an empty string."""
        return self.cookies.get(self.name_of(name), "")

    def set_cookie(self, name: str, value: str, *, max_age_s: int | None = None) -> None:
        """Set a cookie of ours: not readable by scripts, not sent with other sites' forms.

        Args:
            name: One of the names of this module.
            value: Its value; characters of a token.
            max_age_s: Seconds to keep it; None keeps it until the browser closes.

        """
        parts = [f"{self.name_of(name)}={value}", "Path=/", "HttpOnly", "SameSite=Lax"]
        if self.secure:
            parts.append("Secure")
        if max_age_s is not None:
            parts.append(f"Max-Age={max_age_s}")
        self.set_cookies.append("; ".join(parts))

    def drop_cookie(self, name: str) -> None:
        """Make the browser forget a cookie of ours."""
        self.set_cookie(name, "", max_age_s=0)

    def name_of(self, name: str) -> str:
        """Return the name under which the browser keeps a cookie of ours."""
        return f"__Host-{name}" if self.secure else name


def exchange_of(scope: Mapping[str, Any] | MutableMapping[str, Any]) -> Exchange:
    """Return the exchange that the envelope put into an ASGI scope."""
    return cast("Exchange", scope[KEY])


def parsed_cookies(header: str) -> dict[str, str]:
    """Return the cookies of a `Cookie` header; of two with one name the first counts."""
    cookies: dict[str, str] = {}
    for part in header.split(";"):
        name, equals, value = part.strip().partition("=")
        if equals and name not in cookies:
            cookies[name] = value.strip('"')
    return cookies
