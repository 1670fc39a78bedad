"""The controls over what went abroad this year: counted people against what the register declares.

They see what back ends handed in through `/v1/provisions`, and nothing that went without it.
"""

from collections.abc import Callable, Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.border_records import BorderRecords, WentAbroad
from chengnuo.domain.finding.live import Fault, LiveOutcome, Looked, RecordsControl
from chengnuo.domain.finding.rule import duties as ids_of_duties

_Judged = Callable[[WentAbroad, BorderRecords], Iterator[Text]]


def route_suffices(records: BorderRecords) -> Looked:
    """The declared route of each recipient is enough for all who were counted this year."""
    return _looked(records, _by_route)


def route_in_force(records: BorderRecords) -> Looked:
    """Whoever got something this year is declared, by a route that has not ended."""
    return _looked(records, _by_end)


def within_declared(records: BorderRecords) -> Looked:
    """No more people went to a recipient than the register declares for a year."""
    return _looked(records, _by_number)


def _by_route(one: WentAbroad, records: BorderRecords) -> Iterator[Text]:
    if one.route and not one.suffices:
        yield Text(
            f"“{one.name}”走的是 `{one.route}`，但今年出境一般信息累计 {records.general:,} 人、"
            f"敏感信息 {records.sensitive:,} 人，已不够",
            f"`{one.recipient}` rests on `{one.route}`, which is not enough for {records.general:,}"
            f" people (general) and {records.sensitive:,} (sensitive) this year",
        )


def _by_end(one: WentAbroad, records: BorderRecords) -> Iterator[Text]:
    if not one.route:
        yield Text(
            f"今年向“{one.name}”提供过，登记簿现在没有它的出境路径",
            f"something went to `{one.recipient}` this year, and the register has no route for it",
        )
    elif one.until is not None and one.until < records.today:
        yield Text(
            f"今年向“{one.name}”提供过，它的出境路径已于 {one.until} 到期",
            f"something went to `{one.recipient}` this year, and its route ended on {one.until}",
        )


def _by_number(one: WentAbroad, _records: BorderRecords) -> Iterator[Text]:
    for zh, en, counted, declared in (
        ("一般信息", "general", one.general, one.declared_general),
        ("敏感信息", "sensitive", one.sensitive, one.declared_sensitive),
    ):
        if declared is not None and counted > declared:
            yield Text(
                f"“{one.name}”登记{zh}一年 {declared:,} 人，今年已有 {counted:,} 人",
                f"`{one.recipient}` declares {declared:,} people a year ({en}); {counted:,} went",
            )


def _looked(records: BorderRecords, judged: _Judged) -> Looked:
    if not records.declared and not records.went:
        return Looked(count=0, ends=LiveOutcome.NOT_APPLICABLE, said=_NOBODY_ABROAD)
    return Looked(
        count=len(records.went),
        faults=tuple(
            Fault(position=max(records.position, 0), what=what)
            for one in records.went
            for what in judged(one, records)
        ),
        said=Text(
            f"今年出境累计：一般信息 {records.general:,} 人，敏感信息 {records.sensitive:,} 人。",
            f"So far this year: {records.general:,} people (general), {records.sensitive:,}"
            " (sensitive).",
        )
        if records.went
        else None,
    )


_NOBODY_ABROAD = Text("登记簿中没有境外接收方。", "The register has no recipient abroad.")
_LOOKS_AT = Text("当年全部出境提供记录", "Every record of providing abroad this year")
_ROUTE_FIX = Text(
    "停止提供，办妥所需的路径，再更新登记簿；记录仍须保留。",
    "Stop, take the route that is asked for, and update the register; keep the records.",
)
_DUTY = ids_of_duties("duty-15")

CONTROLS: tuple[RecordsControl[BorderRecords], ...] = (
    RecordsControl(
        id="abroad-route-suffices",
        duties=_DUTY,
        whole=frozenset(),
        title=Text("出境人数没有超出所走的路径", "Routes are enough for those who were counted"),
        looks_at=_LOOKS_AT,
        fails_when=Text(
            "按去重人数，所登记的路径已不够", "A declared route is not enough for the head-count"
        ),
        rests_on=ids_of_duties("PIPL-38", "XB-2024"),
        fix=_ROUTE_FIX,
        check=route_suffices,
    ),
    RecordsControl(
        id="abroad-route-in-force",
        duties=_DUTY,
        whole=frozenset(),
        title=Text("出境过的接收方都有有效路径", "Whoever got something has a route in force"),
        looks_at=_LOOKS_AT,
        fails_when=Text(
            "接收方的路径已到期，或者不在登记簿中",
            "A route has ended, or the recipient is not in the register",
        ),
        rests_on=ids_of_duties("PIPL-38", "XB-2024"),
        fix=_ROUTE_FIX,
        check=route_in_force,
    ),
    RecordsControl(
        id="abroad-within-declared",
        duties=_DUTY,
        whole=frozenset(),
        title=Text("出境人数没有超出登记", "No more went than is declared"),
        looks_at=_LOOKS_AT,
        fails_when=Text(
            "某一接收方的人数超过登记的一年人数",
            "More individuals are counted for a recipient than it declares a year",
        ),
        rests_on=ids_of_duties("XB-2024"),
        fix=Text(
            "按实际人数更新登记簿，并核对路径是否还够。",
            "Declare the number there is, and check that the route is still enough.",
        ),
        check=within_declared,
    ),
)
"""Every control over what went abroad."""
