"""What a route abroad asks for, opened as dossiers by themselves, each once.

A line that is near, or was reached, by a route that is not enough; the filing of a standard
contract that took effect; the extension of a route that ends. The day and the reason stand in the
dossier; figures are those of the catalogue.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chengnuo.domain.borders.counting import Sort
from chengnuo.domain.borders.route import Demand, Demanded
from chengnuo.domain.borders.tasks import TaskKind
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.fields import MOST_LINE, Value
from chengnuo.domain.dossier.sorts.filing import CONTRACT, EXTENSION, FILING, OPEN, ROUTE
from chengnuo.domain.register.model import Register
from chengnuo.law.civil import civil_date
from chengnuo.law.transfer_route import TransferRoute
from chengnuo.usecases.borders.desk import BorderDesk
from chengnuo.usecases.borders.outlook import Outlook
from chengnuo.usecases.dossier.assessing import DONE_WITHIN
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.guarding import SERVICE

_JANUARY = 1
_SORTS = {Sort.GENERAL: "一般信息", Sort.SENSITIVE: "敏感信息"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteFiling:
    """Something that a route asks for.

    Attributes:
        key: What tells it from others.
        fields: What its dossier begins with.

    """

    key: str
    fields: dict[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteFilings:
    """Opens them.

    Attributes:
        dossiers: The desk of dossiers.
        borders: The desk of what goes abroad.

    """

    dossiers: DossierDesk
    borders: BorderDesk

    def open(self) -> tuple[DossierId, ...]:
        """Open what is due and not open yet; return all that there is of it.

        In January the year before is looked at, too: its last day may not have been.

        Raises:
            CountBehindError: Not all records are counted yet; nothing was opened.

        """
        served = self.borders.providing.register.current()
        if served is None:
            return ()
        today = civil_date(self.borders.clock.now())
        now = self.borders.outlook(today.year)
        due = [*by_count(now, served.register, today), *by_route(now, served.register, today)]
        if today.month == _JANUARY:
            before = self.borders.outlook(today.year - 1)
            due += by_count(before, served.register, today)
        return tuple(
            self.dossiers.open(FILING.id, OPEN, SERVICE, one.fields, key=one.key).dossier.id
            for one in due
        )


def by_count(outlook: Outlook, register: Register, today: date) -> Iterator[RouteFiling]:
    """Yield what the counts of a year ask for and a declared route does not give.

    A line that was reached is due on its day. One that is near has no day that the law sets; the
    month that it is given is a yardstick of ours.
    """
    year, lacking = outlook.count.year, _lacking(register)
    for task in outlook.tasks:
        if task.demand is not None and task.sort is not None and task.demand in lacking:
            yield _filing(
                f"filing:route:{year}:{task.figure}:{task.sort}:reached",
                ROUTE,
                task.starts,
                persons=outlook.count.counted.of(task.sort),
                why=f"{year} 年{_SORTS[task.sort]}出境人数达到 {task.figure} 的线："
                f"{task.demand.text.zh}",
                due_by=task.due,
            )
    for line, people in outlook.demanded.near:
        if line.demand in lacking and year == today.year:
            yield _filing(
                f"filing:route:{year}:{line.figure}:{line.sort}:near",
                ROUTE,
                today,
                persons=people,
                why=f"{year} 年{_SORTS[line.sort]}出境已有 {people:,} 人，接近 {line.figure} 的线"
                f" {line.limit:,} 人：{line.demand.text.zh}",
                due_by=today + DONE_WITHIN,
            )


def by_route(outlook: Outlook, register: Register, today: date) -> Iterator[RouteFiling]:
    """Yield contracts that took effect and are not filed, and routes whose time to extend came."""
    for recipient in register.recipients:
        border = recipient.cross_border
        is_contract = border is not None and border.route is TransferRoute.STANDARD_CONTRACT
        if border is None or not is_contract or border.reference or recipient.agreement is None:
            continue
        in_effect = register.agreement_by_id[recipient.agreement].first_day
        if in_effect <= today:
            yield _filing(
                f"filing:contract:{recipient.recipient}:{in_effect}",
                CONTRACT,
                in_effect,
                why=f"与“{recipient.name.zh}”的标准合同已生效，还没有备案编号",
                recipient=recipient.recipient,
            )
    for task in outlook.tasks:
        if task.kind is not TaskKind.TAKE_ROUTE:
            yield _filing(
                f"filing:extension:{task.recipient}:{task.due}",
                EXTENSION,
                min(task.starts, today),
                why=f"{task.kind.text.zh}（{task.due} 到期）",
                recipient=task.recipient,
                due_by=task.due,
            )


def _lacking(register: Register) -> frozenset[Demand]:
    """Return the demands that the route of some recipient abroad does not meet."""
    routes = {
        one.cross_border.route
        for one in register.recipients
        if one.cross_border is not None and not one.cross_border.route.is_scene
    }
    return frozenset(
        demand
        for demand in Demand
        if any(not Demanded(demand=demand, reasons=()).met_by(route) for route in routes)
    )


def _filing(  # noqa: PLR0913  what a dossier of it begins with
    key: str,
    kind: str,
    since: date,
    *,
    why: str,
    persons: int | None = None,
    recipient: str = "",
    due_by: date | None = None,
) -> RouteFiling:
    fields: dict[str, Value] = {
        "kind": kind,
        "crossed-on": since.isoformat(),
        "why": why[:MOST_LINE],
    }
    if persons is not None:
        fields["persons"] = persons
    if recipient:
        fields["recipient"] = recipient
    if due_by is not None:
        fields["due-by"] = due_by.isoformat()
    return RouteFiling(key=key, fields=fields)
