"""Many things worked on at once, by a cluster: what it takes, whatever the cluster is.

Work goes to where it is done by its name, so it has to be of the top level of a module that is
installed there too; what it is given and gives back has to pickle.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from chengnuo.base.errors import UnavailableError
from chengnuo.domain.decision.decision import Outcome, Ruling
from chengnuo.ports.individuals import PersonKey

if TYPE_CHECKING:
    from chengnuo.ports.quote_logs import QuoteLogs

T = TypeVar("T")
R = TypeVar("R")


class BatchUnavailableError(UnavailableError):
    """The cluster cannot be used: it is not installed, does not answer, or the work on it died."""

    code = "batch-unavailable"

    def __init__(self, what: str) -> None:
        super().__init__(f"Spark cannot do it: {what}")
        self.what = what


@dataclass(frozen=True, slots=True)
class Engine:
    """A cluster that is asked for.

    Attributes:
        master: Address of the cluster as Spark writes it (`spark://host:7077`, `yarn`,
            `local[2]`); empty for what the surroundings say.

    """

    master: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to one request.

    Attributes:
        outcome: What came out.
        by: What stands in the way; empty for who is permitted.

    """

    outcome: Outcome
    by: tuple[Ruling, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedIds:
    """A list of ids that is filtered.

    Attributes:
        source: A Parquet file, or a folder of them, taken in the order of their names.
        column: Column of the ids; empty for the first.
        out: Folder that the ids which may be processed are written to, as Parquet in their order.
        person: Turns an id into the key under which the individual is known; pickles.

    """

    source: Path
    column: str
    out: Path
    person: Callable[[str], PersonKey]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtered:
    """What came of a list.

    Attributes:
        standings: How many stood how.
        size: How many there were.
        frontier: Complete subtrees over the outcomes, in the order of the list (RFC 9162).

    """

    standings: tuple[tuple[Standing, int], ...]
    size: int
    frontier: tuple[bytes, ...]


class Spread(Protocol):
    """Does the same work on many things, wherever there is room."""

    def each(self, work: Callable[[T], R], things: Sequence[T]) -> Iterator[R]:
        """Yield what the work gives for each thing, in their order.

        Raises:
            BatchUnavailableError: The cluster does not answer, or the work died.

        """
        ...


class Batch(Spread, Protocol):
    """An opened cluster."""

    def filtered(
        self,
        listed: ListedIds,
        known: Iterable[tuple[PersonKey, Standing]],
        others: Standing,
    ) -> Filtered:
        """Write the ids that may be processed, and return what came of all.

        Args:
            listed: The list.
            known: How everybody stands who does not stand as all others; each once.
            others: How all others stand.

        Raises:
            IdListError: It is no list of ids.
            IdListUnavailableError: The target cannot be written, or holds other things.
            BatchUnavailableError: The cluster does not answer, or the work died.

        """
        ...

    def quote_logs(self, files: "QuoteLogs") -> "QuoteLogs":
        """Return what opens logs of quotes on the cluster; tables are written by `files`."""
        ...
