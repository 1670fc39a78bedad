"""The map of the console: every entry in its order, in groups, with the pages that belong to each.

One declared table: the list beside every page is made from it, and so is who sees which entry in
it. Who may open a page its route says; a link is never shown to whom it would turn away.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.doors.web.rendering import Link, LinkGroup
from chengnuo.doors.web.wording import Translate
from chengnuo.ports.accounts import Role

_ALL = frozenset(Role)
_READ = frozenset({Role.STAFF, Role.REVIEWER, Role.AUDITOR})
_ADMIN = frozenset({Role.ADMIN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One page of the list.

    Attributes:
        href: Where it is; what lies below it belongs to it.
        name: Key of its name, below `nav.`.
        who: Which roles see it.
        beside: The pages that belong to it and are not below it, or have a name of their own.

    """

    href: str
    name: str
    who: frozenset[Role] = _ALL
    beside: tuple["Entry", ...] = ()


def _page(href: str, name: str, who: frozenset[Role] = _ALL, *beside: Entry) -> Entry:
    return Entry(href=f"/console/{href}".rstrip("/"), name=name, who=who, beside=beside)


MAP: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "begin",
        (
            _page(
                "board",
                "board",
                _ALL,
                _page("findings", "findings"),
                _page("obligations", "obligations"),
            ),
            _page(
                "",
                "today",
                _ALL,
                _page("second-person", "second-person"),
                _page("individual", "individual", _READ),
                _page("dossiers", "dossiers", _READ),
            ),
        ),
    ),
    (
        "declared",
        (
            _page(
                "register",
                "register",
                _ALL,
                _page("decide", "decide"),
                _page("versions", "versions"),
                _page("responsibility", "responsibility"),
            ),
            _page("consents", "consents"),
            _page("lists", "lists"),
        ),
    ),
    (
        "people",
        (
            _page("decisions", "decisions"),
            _page(
                "rights",
                "rights",
                _ALL,
                _page("rights/tasks", "tasks", _READ),
                _page("joint-requests", "joint-requests", _READ),
            ),
            _page("minors", "minors", _READ, _page("minors-access", "minors-access", _READ)),
            _page("personalisation", "personalisation", _ALL, _page("reviews", "reviews")),
        ),
    ),
    (
        "parties",
        (
            _page(
                "third-parties",
                "third-parties",
                _ALL,
                _page("releases/kits", "kits"),
                _page("sdk-vettings", "sdk-vettings", _READ),
                _page("supervision", "supervision", _READ),
                _page("agreement-terms", "agreement-terms", _READ),
            ),
            _page(
                "borders",
                "borders",
                _ALL,
                _page("foreign-requests", "foreign-requests", _READ),
                _page("filings", "filings", _READ),
            ),
        ),
    ),
    (
        "duties",
        (
            _page("assessments", "assessments", _READ),
            _page("incidents", "incidents", _READ, _page("canaries", "canaries", _READ)),
            _page(
                "complaints",
                "complaints",
                _READ,
                _page("hotline", "hotline", _READ),
                _page("name-removals", "name-removals", _READ),
            ),
            _page("releases", "releases", _ALL, _page("drift", "drift")),
        ),
    ),
    (
        "proof",
        (
            _page(
                "evidence",
                "evidence",
                _ALL,
                _page("evidence/records", "records", _READ),
                _page("evidence/files", "files"),
                _page("audits", "audits", _READ),
                _page("remedies", "remedies", _READ),
                _page("safeguards", "safeguards", _READ),
                _page("recorded-controls", "recorded-controls", _READ),
                _page("not-applicable", "not-applicable", _READ),
            ),
            _page(
                "settings",
                "settings",
                _ALL,
                _page("people", "people", _ADMIN),
                _page("account", "account"),
                _page("filters", "filters"),
            ),
        ),
    ),
)
"""The groups with their entries."""

_ALSO_OF = {
    "/console/incident-desk": "/console/incidents",
    "/console/canary-desk": "/console/canaries",
}
"""Pages that belong to another one by their work, not by their address."""


def console_groups(t: Translate, role: Role | None, path: str) -> tuple[LinkGroup, ...]:
    """Return the list of pages for a role, with the one that is shown marked.

    Args:
        t: Gives texts.
        role: Of whoever looks; None before anybody has a role here.
        path: Path of the page that is shown.

    """
    here = _here(path)
    return tuple(
        LinkGroup(
            name=t(f"nav.group-{group}"),
            links=tuple(
                Link(
                    href=entry.href,
                    name=t(f"nav.{entry.name}"),
                    current=here in _hrefs(entry),
                    below=tuple(_below(t, entry, role, here)) if here in _hrefs(entry) else (),
                )
                for entry in entries
                if role in entry.who
            ),
        )
        for group, entries in MAP
        if any(role in entry.who for entry in entries)
    )


def entries() -> Iterator[Entry]:
    """Yield every page of the map once, in its order."""
    for _, group in MAP:
        for entry in group:
            yield entry
            yield from entry.beside


def _hrefs(entry: Entry) -> tuple[str, ...]:
    return (entry.href, *(one.href for one in entry.beside))


def _below(t: Translate, entry: Entry, role: Role | None, here: str) -> Iterator[Link]:
    for one in entry.beside:
        if role in one.who:
            yield Link(href=one.href, name=t(f"nav.{one.name}"), current=one.href == here)


def _here(path: str) -> str:
    """Return the page of the map that an address belongs to: the longest that it lies below."""
    for start, other in _ALSO_OF.items():
        if path.startswith(start):
            return other
    known = [one.href for one in entries() if _lies_below(path, one.href)]
    return max(known, key=len, default="")


def _lies_below(path: str, href: str) -> bool:
    return path == href or (href != "/console" and path.startswith(f"{href}/"))
