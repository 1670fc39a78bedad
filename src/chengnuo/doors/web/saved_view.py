"""Which lists can be narrowed and kept so, and what is kept of the one that is shown.

A filter is kept as the query of an address: names that the list knows, with values in which no
free words have room. What somebody searched for is in none of them.
"""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlencode

from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.rendering import Link, Saved
from chengnuo.doors.web.showing import Asked

LISTS: Mapping[str, tuple[str, ...]] = {
    "/console": ("due", "kind"),
    "/console/rights": ("stage", "overdue", "right", "by"),
    "/console/rights/tasks": ("all",),
    "/console/second-person": ("kind",),
    "/console/findings": ("severity",),
    "/console/consents": ("days", "item"),
    "/console/consents/acts": ("days", "item", "act"),
    "/console/consents/decisions": ("days", "outcome", "rule", "activity"),
    "/console/decisions": ("days",),
    **{f"/console/{sort.path}": ("ended", "late") for sort in SORTS.values()},
}
"""The lists with what they are narrowed by."""
_VALUE = re.compile(r"[A-Za-z0-9:/._-]{1,200}")
_LONGEST = 2_000


def query_of(place: str, given: Iterable[tuple[str, str]]) -> str | None:
    """Return how a list is narrowed as it is kept, in the order of the list; None if not so.

    >>> query_of("/console", [("kind", "rights"), ("leaf", "3"), ("lang", "en")])
    'kind=rights'
    >>> query_of("/console/elsewhere", []) is None
    True

    """
    names = LISTS.get(place)
    if names is None:
        return None
    said = dict(given)
    found = [(name, said[name]) for name in names if said.get(name)]
    if any(_VALUE.fullmatch(value) is None for _, value in found):
        return None
    return urlencode(found)


def typed_query(place: str, query: str) -> str | None:
    """Return a query that came with a form, as it is kept; None where it is none of this list."""
    if len(query) > _LONGEST:
        return None
    return query_of(place, parse_qsl(query, max_num_fields=20))


def href_of(place: str, query: str) -> str:
    """Return the address of a list that is narrowed so."""
    return f"{place}?{query}" if query else place


def saved_for(request: Asked) -> Saved | None:
    """Return what is kept of the list that is shown; None where it is none, or nobody keeps any."""
    desk = request.app.state.services.filters
    staff = exchange_of(request.scope).staff
    place = request.url.path
    query = query_of(place, request.query_params.multi_items())
    if desk is None or staff is None or query is None:
        return None
    return Saved(
        place=place,
        query=query,
        links=tuple(
            Link(href=href_of(place, one.query), name=one.name, current=one.query == query)
            for one in desk.store.of(staff.account.id, place)
        ),
    )
