"""What the list of vetted kits shows: what waits, what was decided here, what the register says.

A line says in words what its colour says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chengnuo.base.digest import short
from chengnuo.domain.governance.kit_vetting import KitAsk, KitVetting, in_force
from chengnuo.domain.governance.release import ReleaseState
from chengnuo.domain.governance.vetting import KitStanding, VettedKit, standing_of, vetting_in_row
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.recipient import Channel, Recipient
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.texts import moment
from chengnuo.doors.web.console_mends import VERSIONS, with_mend
from chengnuo.doors.web.console_releases_view import MOVING, Choice, FieldError, ReleaseWords

# MISSING VETTING_DUTY
from chengnuo.doors.web.page_parts import (
    Cell,
    Citation,
    Empty,
    Figure,
    Mend,
    Row,
    Section,
    Status,
    StatusKind,
    Table,
    Words,
    linked,
    said,
)
from chengnuo.ports.accounts import Account, Role

KITS_PATH = "/console/releases/kits"
VETTING_DUTY = "pledge-9"
_STANDINGS = {
    KitStanding.IN_FORCE: StatusKind.FINE,
    KitStanding.SOON: StatusKind.WARN,
    KitStanding.EXPIRED: StatusKind.GRAVE,
    KitStanding.REFUSED: StatusKind.GRAVE,
    KitStanding.WITHDRAWN: StatusKind.GRAVE,
    KitStanding.AHEAD: StatusKind.NOTE,
}
_STATES = {
    ReleaseState.RECEIVED: StatusKind.NOTE,
    ReleaseState.SUBMITTED: StatusKind.NOTE,
    ReleaseState.INSPECTING: StatusKind.NOTE,
    ReleaseState.INSPECTED: StatusKind.WARN,
    ReleaseState.FAILED: StatusKind.GRAVE,
    ReleaseState.SIGNED_OFF: StatusKind.NONE,
    ReleaseState.SENT_BACK: StatusKind.NONE,
    ReleaseState.WITHDRAWN: StatusKind.NONE,
}
_OPEN_HEADS = ("kit", "asks", "state", "by")
_HEADS = ("kit", "version", "recipient", "standing", "by", "expires")
_REGISTER_HEADS = ("recipient", "version", "standing", "on", "expires")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What stands in the form when it is shown: what was sent, or what a link said."""

    recipient: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KitsPage:
    """The list of vetted kits.

    Attributes:
        rule: Whether a second person is needed now.
        rule_text: The same in a sentence.
        figures: How many wait, and how many approvals in force end soon.
        sections: What waits, what was decided, what the register says.
        working: Whether one is being inspected.
        submits: Whether to offer the form.
        recipients: Recipients that a kit may be of, the first for finding it by the kit.
        given: What stands in the form.
        limit: How large a package may be, in words.
        errors: What was wrong with the form.

    """

    rule: Status
    rule_text: str
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    working: bool
    submits: bool
    recipients: tuple[Choice, ...]
    given: Given
    limit: str
    errors: tuple[FieldError, ...]


def kits_page(  # noqa: PLR0913  what the page is made from
    say: ReleaseWords,
    me: Account,
    kits: Sequence[KitVetting],
    today: date,
    *,
    single_person: bool,
    limit_bytes: int,
    given: Given,
    errors: tuple[FieldError, ...] = (),
) -> KitsPage:
    """Return the list: what waits, the oldest first, then what was decided, the newest first."""
    open_ones = [one for one in reversed(kits) if one.state.is_open]
    now = in_force(kits)
    standings = [standing_of(one.vetted, today) for one in now if one.vetted is not None]
    rule = "single" if single_person else "four-eyes"
    return KitsPage(
        rule=Status(kind=StatusKind.NOTE, word=say.t(f"releases.rule-{rule}")),
        rule_text=say.t(f"kits.rule-{rule}-text"),
        figures=(
            Figure(name=say.t("kits.open"), count=str(len(open_ones)), href="#open"),
            Figure(
                name=say.t("kits.soon"),
                count=str(standings.count(KitStanding.SOON)),
                measure=True,
            ),
        ),
        sections=(
            _open(say, open_ones),
            _decided(say, kits, now, today),
            _registered(say, today),
        ),
        working=any(one.state in MOVING for one in kits),
        submits=say.register is not None and me.role is not Role.AUDITOR,
        recipients=_choices(say),
        given=given,
        limit=f"{limit_bytes >> 20} MB",
        errors=errors,
    )


def kit_state(say: ReleaseWords, kit: KitVetting) -> Status:
    """Return how far a row is; what was decided stands apart from it."""
    status = Status(kind=_STATES[kit.state], word=say.t(f"kits.state-{kit.state}"))
    row = Words(text=kit_title(kit), href=f"{KITS_PATH}/{kit.id}")
    return with_mend(status, kit_mend(say, row, f"{KITS_PATH}/{kit.id}"))


def kit_standing(say: ReleaseWords, vetted: VettedKit, today: date, row: Words) -> Status:
    """Return how what was decided stands today, with what mends it.

    Args:
        say: Words.
        vetted: What was decided.
        today: The day.
        row: What it was decided of: the kit, or the recipient in the register.

    """
    standing = standing_of(vetted, today)
    status = Status(kind=_STANDINGS[standing], word=say.t(f"kits.standing-{standing}"))
    proof = row.href if row.href.startswith(KITS_PATH) else VERSIONS
    return with_mend(status, kit_mend(say, row, proof))


def kit_mend(say: ReleaseWords, row: Words, proof: str) -> Mend:
    """Return what mends a kit that may not be used: another vetting, or taking it out."""
    return Mend(
        citation=Citation(
            label=say.catalogue.citation(VETTING_DUTY, say.lang),
            summary=say.catalogue.duty(VETTING_DUTY).summary.in_lang(say.lang),
        ),
        row=row,
        proof=Words(text=say.t("red.report" if proof != VERSIONS else "red.version"), href=proof),
        fix=Words(text=say.t("red.vet-again"), href=f"{KITS_PATH}#submit"),
    )


def kit_title(kit: KitVetting) -> str:
    """Return what a kit is called: the SDKs it is about, else its file."""
    named = "" if kit.result is None else " · ".join(kit.result.sdks)
    return named or kit.file_name or short(kit.sha256)


def recipient_cell(say: ReleaseWords, recipient: str) -> Cell:
    """Return a recipient with a link to its row of the register; a dash for none."""
    known = {} if say.register is None else say.register.recipient_by_id
    row = known.get(RecipientId(recipient))
    if row is None:
        return said(recipient or "—")
    return linked(row.name.in_lang(say.lang), f"/console/register/recipients/{recipient}")


def _choices(say: ReleaseWords) -> tuple[Choice, ...]:
    rows = () if say.register is None else say.register.recipients
    kits = (one for one in rows if one.sdk is not None or one.channel is Channel.SDK)
    return (
        Choice(value="", name=say.t("kits.recipient-by-kit")),
        *(Choice(value=one.recipient, name=one.name.in_lang(say.lang)) for one in kits),
    )


def _heads(say: ReleaseWords, heads: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(say.t(f"kits.head-{head}") for head in heads)


def _section(
    say: ReleaseWords, name: str, heads: tuple[str, ...], rows: tuple[Row, ...]
) -> Section:
    table = Table(
        caption=say.t(f"kits.{name}-list"),
        heads=_heads(say, heads),
        rows=rows,
        empty=Empty(
            name=say.t(f"kits.{name}-none"),
            text=say.t(f"kits.{name}-none-text"),
            href="#submit",
            act=say.t("nav.kits"),
        ),
    )
    return Section(
        anchor=name,
        name=say.t(f"kits.{name}-list"),
        lead=say.t(f"kits.{name}-text"),
        tables=(table,),
    )


def _open(say: ReleaseWords, kits: Sequence[KitVetting]) -> Section:
    rows = tuple(
        Row(
            cells=(
                linked(kit_title(one), f"{KITS_PATH}/{one.id}", one.file_name),
                said(say.t(f"kits.asks-{one.asks}")),
                (
                    Words(
                        status=kit_state(say, one),
                        notes=(error_text(one.error, say.lang),) if one.error else (),
                    ),
                ),
                said(say.who(one.submitted_by), moment(one.submitted_at)),
            )
        )
        for one in kits
    )
    return _section(say, "open", _OPEN_HEADS, rows)


def _decided(
    say: ReleaseWords, kits: Sequence[KitVetting], now: Sequence[KitVetting], today: date
) -> Section:
    decided = [one for one in kits if one.ruling is not None and one.result is not None]
    rows = tuple(
        _line(say, one, today, replaced=one not in now)
        for one in sorted(decided, key=lambda each: each.changed_at, reverse=True)
    )
    return _section(say, "decided", _HEADS, rows)


def _line(say: ReleaseWords, kit: KitVetting, today: date, *, replaced: bool) -> Row:
    result, ruling, vetted = kit.result, kit.ruling, kit.vetted
    standing = Words(status=kit_state(say, kit))
    if vetted is not None and replaced:
        status = Status(kind=StatusKind.NONE, word=say.t("kits.standing-replaced"))
        standing = Words(status=status, notes=(vetted.decision.text.in_lang(say.lang),))
    elif vetted is not None:
        row = Words(text=kit_title(kit), href=f"{KITS_PATH}/{kit.id}")
        standing = Words(status=kit_standing(say, vetted, today, row))
    alone = say.t("releases.single") if ruling is not None and ruling.single_person else ""
    expires = "—" if ruling is None or ruling.expires is None else ruling.expires.isoformat()
    by, at = ("—", "") if ruling is None else (say.who(ruling.by), moment(ruling.at))
    asks = say.t("kits.asks-withdrawal") if kit.asks is KitAsk.WITHDRAWAL else kit.file_name
    return Row(
        cells=(
            linked(kit_title(kit), f"{KITS_PATH}/{kit.id}", asks),
            said((result.version if result is not None else "") or "—"),
            recipient_cell(say, "" if result is None else result.recipient),
            (standing,),
            said(by, at, alone),
            said(expires),
        )
    )


def _registered(say: ReleaseWords, today: date) -> Section:
    recipients = () if say.register is None else say.register.recipients
    found = ((one, vetting_in_row(one)) for one in recipients)
    rows = tuple(_registered_line(say, one, vet, today) for one, vet in found if vet is not None)
    return _section(say, "register", _REGISTER_HEADS, rows)


def _registered_line(
    say: ReleaseWords, recipient: Recipient, vetted: VettedKit, today: date
) -> Row:
    versions = () if recipient.sdk is None else recipient.sdk.versions
    return Row(
        cells=(
            recipient_cell(say, recipient.recipient),
            said(" · ".join(versions) or "—"),
            (
                Words(
                    status=kit_standing(
                        say, vetted, today, *recipient_cell(say, recipient.recipient)
                    )
                ),
            ),
            said(vetted.on.isoformat()),
            said(vetted.expires.isoformat()),
        )
    )
