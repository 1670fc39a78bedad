"""Parts of the page of provision abroad: recipients, countries, exempt occasions, hosts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chengnuo.domain.borders.counting import Heads, Sort
from chengnuo.domain.borders.gate import barriers
from chengnuo.domain.finding.drift import Thing
from chengnuo.domain.finding.package_report import Side
from chengnuo.domain.register.assessing import InDossiers, cover_of
from chengnuo.domain.register.consent_items import MatterKind, consent_items_of
from chengnuo.domain.register.kinds import RowRef
from chengnuo.doors.border_words import SORTS
from chengnuo.doors.web.console_mends import row_mend, with_mend
from chengnuo.doors.web.page_parts import (
    Cell,
    Empty,
    Row,
    Section,
    Status,
    StatusKind,
    Table,
    Words,
    linked,
    said,
)
from chengnuo.doors.web.register_words import Speaker
from chengnuo.usecases.borders.outlook import Counted, Outlook, RouteSeen
from chengnuo.usecases.inspection.drift_history import DriftSeen

_TOLD = {"notice-whole": "notice", "recipient-standard": "standard", "route-filed": "filed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class YearSeen:
    """A year beside the register.

    Attributes:
        outlook: How the year stands.
        counted: Who went.
        routes: The recipients abroad.
        assessed: What was concluded of assessments.
        today: Civil day.

    """

    outlook: Outlook
    counted: Counted
    routes: tuple[RouteSeen, ...]
    assessed: InDossiers
    today: date


def recipients_section(say: Speaker, seen: YearSeen) -> Section:
    """Return who gets something abroad, by which route, and what is due for it."""
    return Section(
        anchor="recipients",
        name=say.t("borders.recipients"),
        tables=(
            Table(
                caption=say.t("borders.recipients"),
                heads=tuple(
                    say.t(f"borders.head.{one}")
                    for one in ("recipient", "route", "people", "due", "consents")
                ),
                rows=tuple(_recipient(say, seen, one) for one in seen.routes),
                empty=Empty(
                    name=say.t("borders.no-recipient"),
                    text=say.t("borders.no-recipient-text"),
                    href="/console/third-parties",
                    act=say.t("nav.third-parties"),
                ),
            ),
        ),
    )


def _recipient(say: Speaker, seen: YearSeen, one: RouteSeen) -> Row:
    route = say.t(f"route.{one.border.route}")
    enough = Status(
        kind=StatusKind.FINE if one.suffices else StatusKind.GRAVE,
        word=say.t("borders.enough" if one.suffices else "borders.not-enough"),
        mend=None if one.suffices else row_mend(say, "PIPL-38", _ref(one)),
    )
    until = one.border.until
    notes = (
        one.border.reference or "",
        "" if until is None else say.t("borders.until", day=until.isoformat()),
    )
    declared = (one.border.individuals_a_year, one.border.sensitive_individuals_a_year)
    return Row(
        cells=(
            (say.recipient_words(one.recipient.recipient),),
            (*said(route, *notes), Words(status=enough)),
            _heads(say, one.heads, declared),
            tuple(_due(say, seen, one)),
            tuple(_consents(say, one)),
        ),
        anchor=f"recipient-{one.recipient.recipient}",
    )


def _heads(say: Speaker, heads: Heads, declared: tuple[int | None, int | None]) -> Cell:
    return tuple(
        Words(
            text=f"{SORTS[sort].in_lang(say.lang)} {heads.of(sort):,}",
            notes=() if most is None else (say.t("borders.declared", n=f"{most:,}"),),
        )
        for sort, most in zip(Sort, declared, strict=True)
    )


def _due(say: Speaker, seen: YearSeen, one: RouteSeen) -> Iterator[Words]:
    """Yield whether notice, standard and filing are whole, and every assessment covers it."""
    lacks = set()
    covered = True
    for activity in say.register.activities:
        if one.recipient.recipient in activity.recipients:
            found = barriers(activity, one.recipient, seen.outlook.demanded)
            lacks |= {_TOLD[barrier.rule] for barrier in found if barrier.rule in _TOLD}
            cover = cover_of(activity, say.register, say.catalogue, seen.today, seen.assessed)
            covered = covered and (cover is None or cover.holds)
    for key in _TOLD.values():
        yield _state(say, one, key, good=key not in lacks)
    yield _state(say, one, "assessment", good=covered)


_ARTICLES = {
    "notice": "PIPL-39",
    "standard": "PIPL-38",
    "filed": "PIPL-38",
    "assessment": "PIPL-55",
}


def _ref(one: RouteSeen) -> RowRef:
    return RowRef("recipient", one.recipient.recipient)


def _state(say: Speaker, one: RouteSeen, key: str, *, good: bool) -> Words:
    word = say.t(f"borders.{key}-{'good' if good else 'bad'}")
    kind = StatusKind.FINE if good else StatusKind.GRAVE
    mend = row_mend(say, _ARTICLES[key], _ref(one))
    return Words(status=with_mend(Status(kind=kind, word=word), mend))


def _consents(say: Speaker, one: RouteSeen) -> Iterator[Words]:
    found = False
    for activity in say.register.activities:
        for item in consent_items_of(activity, say.register, say.catalogue):
            if item.kind is MatterKind.OVERSEAS and item.about == one.recipient.recipient:
                found = True
                yield Words(text=say.text(activity.purpose), href="/console/consents")
    if not found:
        yield Words(text=say.t("borders.no-consent"))


def exempt_section(say: Speaker, found: Outlook) -> Section:
    """Return what was exempt by an occasion."""
    return Section(
        anchor="exempt",
        name=say.t("borders.exempt"),
        tables=(
            Table(
                caption=say.t("borders.exempt"),
                heads=(
                    say.t("borders.head.occasion"),
                    *(say.t(f"borders.head.{sort}") for sort in Sort),
                ),
                rows=tuple(
                    Row(
                        cells=(
                            said(say.t(f"route.{scene}")),
                            *(said(f"{heads.of(sort):,}") for sort in Sort),
                        )
                    )
                    for scene, heads in found.count.apart.items()
                ),
                numbers=(1, 2),
                empty=Empty(
                    name=say.t("borders.no-exempt"),
                    text=say.t("empty.exempt"),
                    href="#route",
                    act=say.t("nav.borders"),
                ),
            ),
        ),
    )


def hosts_section(say: Speaker, drift: DriftSeen | None) -> Section:
    """Return the hosts that the newest comparison saw, with what is wrong with them."""
    rows = []
    for line in () if drift is None else drift.lines:
        if line.thing is Thing.HOST:
            good = line.side is Side.AGREED
            status = Status(
                kind=StatusKind.FINE if good else StatusKind.WARN,
                word=say.t("borders.host-declared" if good else "borders.host-not-declared"),
            )
            notes = [line.source.text.in_lang(say.lang)]
            if drift is not None:
                wrong = [drift.wrong[one] for one in line.findings if one in drift.wrong]
                notes += [one.title.in_lang(say.lang) for one in wrong]
            rows.append(
                Row(cells=(linked(line.what, "/console/drift", *notes), (Words(status=status),)))
            )
    return Section(
        anchor="hosts",
        name=say.t("borders.hosts"),
        lead=say.t("borders.hosts-lead"),
        tables=(
            Table(
                caption=say.t("borders.hosts"),
                heads=(say.t("borders.head.host"), say.t("borders.head.state")),
                rows=tuple(rows),
                empty=Empty(
                    name=say.t("borders.no-hosts"),
                    text=say.t("borders.no-hosts-text"),
                    href="/console/drift",
                    act=say.t("nav.drift"),
                ),
            ),
        ),
    )
