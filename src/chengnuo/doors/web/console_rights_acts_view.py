"""What may be done with a request, by whoever looks and where it stands; nobody crosses roles.

Staff and reviewer take requests in, mend and extend; a reviewer releases and declines what staff
have prepared (four eyes); an auditor reads; an admin never sees a request.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.reply import StoreState
from chengnuo.doors.web.console_rights_words import RightsWords
from chengnuo.doors.web.four_eyes import FourEyes
from chengnuo.doors.web.page_parts import Status, StatusKind
from chengnuo.ports.accounts import Account, Role
from chengnuo.usecases.rights.seen import RequestSeen

MOST_EXTENDED = 15
"""How many working days the time for an answer may be extended by."""
_WORKING = frozenset({Role.STAFF, Role.REVIEWER})
FROM: dict[str, frozenset[Stage]] = {
    "release": frozenset({Stage.NEEDS_RELEASE}),
    "resume": frozenset({Stage.PARKED}),
    "decline": frozenset({Stage.NEEDS_IDENTITY, Stage.NEEDS_RELEASE, Stage.PARKED}),
    "partly": frozenset({Stage.PARKED, Stage.OUTSIDE}),
}
"""From where each act leads on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason of the closed list."""

    value: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written in a form that came back.

    Attributes:
        act: Of which act.
        reason: In words.
        code: The reason of the closed list.
        days: By how many working days.
        error: What was wrong.
        field: The field that was wrong.

    """

    act: str = ""
    reason: str = ""
    code: str = ""
    days: str = ""
    error: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActView:
    """One thing that may be done.

    Attributes:
        act: Its name in the address.
        name: What the button says.
        text: What it does.
        main: Whether it is the one that is expected next.
        reason: Whether a reason is written.
        codes: The closed list to choose from; empty where there is none.
        days: Whether a number of days is asked for.

    """

    act: str
    name: str
    text: str
    main: bool = False
    reason: bool = False
    codes: tuple[Reason, ...] = ()
    days: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ActsView:
    """All that may be done.

    Attributes:
        rule: Whether a second person is needed.
        rule_text: What that means here.
        eyes: Who asked and who may release, while it waits for that.
        acts: What may be done.
        written: What was written in a form that came back.

    """

    rule: Status
    rule_text: str
    eyes: FourEyes | None
    acts: tuple[ActView, ...]
    written: Written


def acts_view(  # noqa: PLR0913  what is offered depends on all of it
    say: RightsWords,
    seen: RequestSeen,
    me: Account,
    *,
    single_person: bool,
    eyes: FourEyes,
    reasons: tuple[Reason, ...],
    written: Written,
) -> ActsView:
    """Return what somebody may do with a request.

    Args:
        say: Words.
        seen: The request.
        me: Who looks.
        single_person: Whether nobody else could review.
        eyes: Who asked and who may release it.
        reasons: The closed list of reasons to decline.
        written: What was written in a form that came back.

    """
    rule = "single" if single_person else "four-eyes"
    return ActsView(
        rule=Status(kind=StatusKind.NOTE, word=say.t(f"console.rights.rule-{rule}")),
        rule_text=say.t(f"console.rights.rule-{rule}-text"),
        eyes=eyes if seen.stage is Stage.NEEDS_RELEASE else None,
        acts=tuple(_acts(say, seen, me, single_person=single_person, reasons=reasons)),
        written=written,
    )


def may(act: str, stage: Stage, role: Role, *, single_person: bool) -> bool:
    """Tell whether a role may do something with a request that stands somewhere.

    Releasing, and ending a request other than wholly, is for reviewers; where nobody else could
    review, whoever works alone does it, which is recorded as single person.
    """
    if role not in _WORKING or stage not in FROM[act]:
        return False
    return act == "resume" or role is Role.REVIEWER or single_person


def _acts(
    say: RightsWords,
    seen: RequestSeen,
    me: Account,
    *,
    single_person: bool,
    reasons: tuple[Reason, ...],
) -> Iterator[ActView]:
    def view(act: str, **more: bool) -> ActView:
        return ActView(
            act=act,
            name=say.t(f"console.rights.act.{act}"),
            text=say.t(f"console.rights.act-text.{act}"),
            codes=reasons if act == "decline" else (),
            **more,
        )

    if me.role not in _WORKING:
        return
    begun = any(one.state is not StoreState.OPEN for one in seen.results)
    for act in FROM:
        if act == "decline" and begun:
            continue  # what was changed stays changed; it can only be closed in part
        if act != "resume" and typed_in_by(seen) == me.id and not single_person:
            continue
        if may(act, seen.stage, me.role, single_person=single_person):
            yield view(act, main=act in {"release", "resume"}, reason=act in {"decline", "partly"})
    if not seen.stage.is_final and seen.stage is not Stage.RUNNING and not seen.extended:
        yield view("extend", reason=True, days=True)


def typed_in_by(seen: RequestSeen) -> str:
    """Return who took a request in: an account id, or a role."""
    return seen.timeline[0].by if seen.timeline else ""
