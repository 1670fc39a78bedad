"""The addresses of the centre's screens, and what may be led to after coming in.

The addresses are a promise to host apps: each stays as it is. Whoever comes in is led to a page of
the centre and nowhere else, whatever the address says (no open redirect).
"""

import re
from dataclasses import dataclass

HOME = "/centre"
MOST_SIGNS = 400
_OWN = re.compile(
    r"/centre(?:/[A-Za-z0-9][A-Za-z0-9:-]{0,119}){0,5}"
    r"(?:\?[A-Za-z0-9_.:=&%-]{0,200})?(?:#[A-Za-z0-9:-]{1,120})?"
)
_COMING_AND_GOING = re.compile(r"/centre/(enter|demo|leave)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A screen of the centre.

    Attributes:
        key: Key of its name among the texts.
        path: Where it stands.
        clicks: How many clicks it is from the home.
        inside: Whether it is for somebody who has come in.

    """

    key: str
    path: str
    clicks: int
    inside: bool = False


SCREENS = (
    Screen(key="centre.home.title", path=HOME, clicks=0),
    Screen(key="centre.information.name", path="/centre/information", clicks=1),
    Screen(key="centre.recipients.name", path="/centre/recipients", clicks=1),
    Screen(key="centre.consents.name", path="/centre/consents", clicks=1, inside=True),
    Screen(key="centre.switches.name", path="/centre/switches", clicks=1, inside=True),
    Screen(key="centre.rights.name", path="/centre/rights", clicks=1),
    Screen(key="centre.rights.requests", path="/centre/rights/requests", clicks=2, inside=True),
    Screen(
        key="centre.rights.card.cancel.name",
        path="/centre/rights/cancel-account",
        clicks=2,
        inside=True,
    ),
    Screen(key="centre.proofs.name", path="/centre/complaints", clicks=1, inside=True),
    Screen(key="centre.minors.name", path="/centre/minors", clicks=1),
    Screen(key="centre.rules.name", path="/centre/rules", clicks=1),
)
"""The home and the ten screens, in their order."""


def own_path(wanted: str) -> str:
    """Return a page of the centre to lead to: the one that is wanted, or else the home.

    >>> own_path("/centre/consents")
    '/centre/consents'
    >>> own_path("//evil.example.com/centre")
    '/centre'

    """
    if len(wanted) > MOST_SIGNS or _OWN.fullmatch(wanted) is None:
        return HOME
    return HOME if _COMING_AND_GOING.match(wanted) else wanted
