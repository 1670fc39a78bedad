"""Every dossier of a sort, however many there are, without holding more than a page of them."""

from collections.abc import Iterator

from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.sort import DossierSort
from chengnuo.ports.dossiers import DossierStore

_AT_ONCE = 1_000


def every_one(
    store: DossierStore, sort: DossierSort, *, at_once: int = _AT_ONCE
) -> Iterator[Dossier]:
    """Yield the dossiers of a sort, what is due first first; without private fields.

    Each page is read by itself: one that is acted in meanwhile may come twice, or only the next
    time.

    Raises:
        DatabaseUnavailableError: Dossiers cannot be read now.

    """
    skip = 0
    while page := store.every([sort.id], skip=skip, limit=at_once):
        yield from page
        if len(page) < at_once:
            return
        skip += at_once
