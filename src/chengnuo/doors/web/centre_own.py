"""What was looked up of somebody's own information, as the first list shows it beside each kind.

Nothing is asked of a store for a page: shown is what a request for access or a copy brought, as
long as it is kept, masked until one has signed in during the last ten minutes.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.text import Lang
from chengnuo.domain.rights.explaining import Explainer
from chengnuo.domain.rights.identity import is_recent
from chengnuo.domain.rights.request import RequestId
from chengnuo.domain.rights.showing import in_words, masked
from chengnuo.doors.web.centre_rights_asking import asker_of
from chengnuo.law.ids import CategoryId
from chengnuo.law.rights import Right
from chengnuo.ports.clock import Clock
from chengnuo.ports.individuals import Visitor
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.rights.desk import RightsDesk
from chengnuo.usecases.rights.exporting_view import RightsView

MOST_VALUES = 3
_MOST_ROWS = 25
_LOOKED_UP = {Right.ACCESS.value, Right.COPY.value}
_MOST_REQUESTS = 5
_MOST_READ = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnContent:
    """What is known of somebody's own information.

    Attributes:
        request: The request by which it was looked up.
        masked: Whether the values are masked.
        values: The first few values of each kind.

    """

    request: str
    masked: bool
    values: Mapping[CategoryId, tuple[str, ...]]


OwnContentOf: TypeAlias = Callable[[Visitor, Lang], OwnContent | None]
"""Returns what was looked up for whoever has come in; None if nothing is kept."""


def nothing_looked_up(_visitor: Visitor, _lang: Lang) -> None:
    """Tell that nothing was looked up, where requests are not taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnContents:
    """Finds what was looked up.

    Attributes:
        register: The register in force.
        rights: The requests.
        view: What they brought.
        clock: Tells now.

    """

    register: Desk
    rights: RightsDesk
    view: RightsView
    clock: Clock

    def __call__(self, visitor: Visitor, lang: Lang) -> OwnContent | None:
        """Return what the newest request brought whose result is still kept."""
        for request in self._requests(visitor):
            try:
                self.rights.gathered_for(request, asker_of(visitor))
                return self._content(request, visitor, lang)
            except ChengnuoError:  # expired, another guardian's, not gathered yet: the one before
                continue
        return None

    def _requests(self, visitor: Visitor) -> Iterator[RequestId]:
        newest = self.rights.mine(visitor.person, limit=_MOST_READ)
        found = (one for one in newest if one.right in _LOOKED_UP)
        for one, _ in zip(found, range(_MOST_REQUESTS), strict=False):
            yield one.id

    def _content(self, request: RequestId, visitor: Visitor, lang: Lang) -> OwnContent:
        at = self.clock.now()
        hidden = not is_recent(visitor.authenticated_at, at)
        explainer = Explainer(
            register=self.register.served.register, catalogue=self.register.catalogue
        )
        found: dict[CategoryId, dict[str, None]] = {}
        for number, table in enumerate(self.view.tables(request, explainer, at)):
            if not table.pages:
                continue
            rows = self.view.rows(
                request, table=number, page=0, explainer=explainer, at=at, masked=False
            )
            for row in rows[:_MOST_ROWS]:
                for value, column in zip(row, table.explained.columns, strict=True):
                    if column.category is not None and value is not None:
                        shown = in_words(masked(value) if hidden else value, lang)
                        found.setdefault(column.category, {})[shown] = None
        values = {kind: tuple(each)[:MOST_VALUES] for kind, each in found.items()}
        return OwnContent(request=request, masked=hidden, values=values)
