"""What some controls look at, read once for all of them that are to run."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol

from chengnuo.base.digest import Digest, sha256_hex
from chengnuo.base.errors import IntegrityError, UnavailableError
from chengnuo.base.text import Text
from chengnuo.domain.finding.control_run import digest_of_looked
from chengnuo.domain.finding.live import (
    LiveResult,
    LiveRun,
    OverRecords,
    R,
    RecordsControl,
    could_not_run,
    none_ran,
)

NOTHING_LOOKED_AT = sha256_hex(b"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What the controls of one source found.

    Attributes:
        runs: One for each that was to run.
        digest: Over what was laid before them.

    """

    runs: tuple[LiveRun, ...]
    digest: Digest


class RunsControls(Protocol):
    """A source of any sort of records."""

    @property
    def controls(self) -> tuple[OverRecords, ...]:
        """The controls over it."""
        ...

    def look(self, now: datetime, only: Collection[str] | None = None) -> Looks:
        """Run its controls, or those with some ids, as of an instant.

        Records that cannot be read now are what every one of them then says.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Generic[R]):
    """Records of one sort, and the controls over them.

    Attributes:
        controls: The controls.
        records: Reads what they look at, as of an instant.

    """

    controls: tuple[RecordsControl[R], ...]
    records: Callable[[datetime], R]

    def look(self, now: datetime, only: Collection[str] | None = None) -> Looks:
        """See `RunsControls.look`."""
        chosen = [one for one in self.controls if only is None or one.id in only]
        try:
            records = self.records(now)
        except (UnavailableError, IntegrityError) as error:
            return _stopped(chosen, error.code)
        except Exception as error:  # noqa: BLE001  a fault of ours in one keeps no other back
            return _stopped(chosen, type(error).__name__)
        runs = tuple(LiveRun(control=one, result=_ran(one, records)) for one in chosen)
        return Looks(runs=runs, digest=digest_of_looked(records))


def _ran(control: RecordsControl[R], records: R) -> LiveResult:
    try:
        return control.run(records)
    except Exception as error:  # noqa: BLE001  a fault of ours in one keeps no other back
        return could_not_run(_fault_of_ours(type(error).__name__))


def _stopped(chosen: Iterable[OverRecords], code: str) -> Looks:
    why = Text(f"记录现在读不了（{code}）。", f"The records cannot be read now ({code}).")
    return Looks(runs=none_ran(chosen, why), digest=NOTHING_LOOKED_AT)


def _fault_of_ours(name: str) -> Text:
    return Text(
        f"检查程序出错（{name}），请报告给本系统的维护者。",
        f"The control itself failed ({name}); please report it to the makers of this program.",
    )
