"""What the page of evidence files shows to whom: the form, and each request with what may be done.

Whose records are asked for, and why, is shown to who asked and to reviewers; a reviewer has to
know what they release. Others see that there is a request, for which period and how far it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chengnuo.base.instant import from_us
from chengnuo.domain.evidence.duty_proofs import DUTY_PROOFS
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.texts import moment
from chengnuo.doors.web.evidence_words import RecordWords
from chengnuo.doors.web.four_eyes import FourEyes, four_eyes
from chengnuo.doors.web.page_parts import Empty, Fact, Status, StatusKind, Words, said
from chengnuo.ports.accounts import Account, AccountId, Role
from chengnuo.ports.pack_shelf import KeptPack
from chengnuo.usecases.evidence.file_requests import FileRequest, Stage

ABOUT_PERSON, ABOUT_NO_FAULT, ABOUT_PACK = "person", "no-fault", "audit-pack"
_FIELDS = ("about", "account", "category", "start", "end", "reason")
_KINDS = {
    Stage.WAITING: StatusKind.NOTE,
    Stage.MAKING: StatusKind.NOTE,
    Stage.READY: StatusKind.FINE,
    Stage.FAILED: StatusKind.WARN,
    Stage.DECLINED: StatusKind.NONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written in the form."""

    about: str = ""
    account: str = ""
    category: str = ""
    start: str = ""
    end: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something to ask for."""

    value: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """A field of the form and what was wrong with it."""

    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A request.

    Attributes:
        href: Where its forms are posted to, without the act.
        title: Whose or which records.
        status: How far it is.
        text: What comes next, or empty.
        facts: Period, who, why, and the file once it is made.
        release: Whether to offer to release it.
        decline: What the button that ends it says; empty for none.
        take: Whether to offer the file.
        eyes: Who asked and who may release it, while it waits for that.

    """

    href: str
    title: str
    status: Status
    text: str
    facts: tuple[Fact, ...]
    release: bool
    decline: str
    take: bool
    eyes: FourEyes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesPage:
    """The page of evidence files.

    Attributes:
        rule: What reviewing is needed now.
        asks: Whether to show the form.
        for_person: Whether a person may be asked for.
        choices: What may be asked for.
        categories: What a no-fault file may be about; empty where there are none.
        written: What was written in the form.
        wrong: What was wrong with it, by field.
        errors: The same in order, for the summary.
        making: Whether a file is being made.
        cards: The requests, newest first.
        empty: What to say if there are none.

    """

    rule: Status
    rule_text: str
    asks: bool
    for_person: bool
    choices: tuple[Choice, ...]
    categories: tuple[Choice, ...]
    written: Written
    wrong: Mapping[str, str]
    errors: tuple[FieldError, ...]
    making: bool
    cards: tuple[Card, ...]
    empty: Empty


def files_page(  # noqa: PLR0913  what the page is made from
    say: RecordWords,
    me: Account,
    accounts: Sequence[Account],
    requests: Sequence[FileRequest],
    *,
    single_person: bool,
    makes_no_fault: bool,
    makes_packs: bool,
    written: Written,
    wrong: dict[str, str],
) -> FilesPage:
    """Return the page as one account sees it."""
    names = {account.id: account.name for account in accounts}
    seen = [one for one in requests if me.role is not Role.ADMIN or one.person is None]
    for_person = me.role is not Role.ADMIN
    no_faults = makes_no_fault and for_person
    persons = [Choice(value=ABOUT_PERSON, name=say.t("files.of-person"))] if for_person else []
    if no_faults:
        persons.append(Choice(value=ABOUT_NO_FAULT, name=say.t("files.no-fault")))
    packs = [Choice(value=ABOUT_PACK, name=say.t("files.audit-pack"))] if makes_packs else []
    duties = tuple(Choice(value=row.duty, name=_duty_name(say, row.duty)) for row in DUTY_PROOFS)
    rule = _rule(me, accounts, single_person=single_person)
    return FilesPage(
        rule=Status(
            kind=StatusKind.WARN if rule == "nobody" else StatusKind.NOTE,
            word=say.t(f"files.rule-{rule}"),
        ),
        rule_text=say.t(f"files.rule-{rule}-text"),
        asks=me.role is not Role.AUDITOR,
        for_person=for_person,
        choices=(*persons, *packs, *duties),
        categories=_categories(say) if no_faults else (),
        written=written,
        wrong=dict.fromkeys(_FIELDS, "") | wrong,
        errors=tuple(FieldError(field=name, text=text) for name, text in wrong.items()),
        making=any(one.stage is Stage.MAKING for one in seen),
        cards=tuple(_card(say, me, names, one) for one in seen),
        empty=Empty(
            name=say.t("files.none"),
            text=say.t("files.none-text"),
            href="#ask",
            act=say.t("files.ask"),
        ),
    )


def _categories(say: RecordWords) -> tuple[Choice, ...]:
    every = Choice(value="", name=say.t("files.category-all"))
    known = say.catalogue.categories.values()
    return (
        every,
        *(Choice(value=one.id, name=f"{one.text.in_lang(say.lang)} · {one.id}") for one in known),
    )


def _rule(me: Account, accounts: Sequence[Account], *, single_person: bool) -> str:
    if single_person:
        return "single"
    others = any(one.enabled and one.role is Role.REVIEWER and one.id != me.id for one in accounts)
    return "four-eyes" if others or me.role is Role.AUDITOR else "nobody"


def _card(
    say: RecordWords, me: Account, names: Mapping[AccountId, str], request: FileRequest
) -> Card:
    mine = request.by == me.id
    waits = request.stage is Stage.WAITING
    reviews = me.role is Role.REVIEWER and not mine
    decline = ""
    if waits and (mine or reviews):
        decline = say.t("files.take-back" if mine else "files.decline")
    return Card(
        href=f"/console/evidence/files/{request.id}",
        title=_title(say, request),
        status=Status(kind=_KINDS[request.stage], word=say.t(f"files.stage-{request.stage}")),
        text=_text(say, request, mine=mine),
        facts=tuple(_facts(say, me, names, request, mine=mine)),
        release=waits and reviews,
        decline=decline,
        take=mine and request.file is not None,
        eyes=four_eyes(
            say.t,
            asked_by=request.by,
            names={str(account): name for account, name in names.items()},
            missing=say.t("second-person.missing-files"),
            me=me,
        )
        if waits
        else None,
    )


def _title(say: RecordWords, request: FileRequest) -> str:
    if request.no_fault or request.audit_pack:
        return say.t("files.no-fault" if request.no_fault else "files.audit-pack")
    of_person = request.person is not None
    return say.t("files.one-person") if of_person else _duty_name(say, request.duty)


def _text(say: RecordWords, request: FileRequest, *, mine: bool) -> str:
    if request.stage is Stage.FAILED:
        return error_text(request.error, say.lang)
    if request.stage is Stage.READY:
        return say.t("files.ready-text" if mine else "files.ready-other-text")
    return say.t(f"files.{request.stage}-text")


def _facts(
    say: RecordWords,
    me: Account,
    names: Mapping[AccountId, str],
    request: FileRequest,
    *,
    mine: bool,
) -> list[Fact]:
    def fact(name: str, *lines: str) -> Fact:
        return Fact(name=say.t(f"files.{name}"), value=said(*lines))

    def who(account: AccountId) -> str:
        return names.get(account, account)

    knows = mine or me.role is Role.REVIEWER
    window = request.window
    start = moment(from_us(window.start)) if window.start else say.t("files.from-beginning")
    facts = []
    if request.account and knows:
        facts.append(
            Fact(name=say.t("files.account"), value=(Words(text=request.account, code=True),))
        )
    if request.category is not None:
        name = say.catalogue.category(request.category).text.in_lang(say.lang)
        facts.append(fact("category", f"{name} · {request.category}"))
    facts.append(fact("period", say.t("files.span", start=start, end=moment(from_us(window.end)))))
    alone = say.t("files.single") if request.single_person else ""
    facts.append(fact("asked-by", who(request.by), moment(request.asked_at), alone))
    if request.reviewed_by is not None and request.reviewed_by != request.by:
        done = "declined-by" if request.stage is Stage.DECLINED else "released-by"
        facts.append(fact(done, who(request.reviewed_by)))
    if knows or request.person is None:
        facts.append(fact("reason", request.reason))
    if request.file is not None:
        holds = "files.holds-period" if request.audit_pack else "files.holds"
        receipts = 0 if isinstance(request.file, KeptPack) else request.file.receipts
        held = say.t(holds, n=request.file.records, m=receipts)
        facts.append(fact("file", request.file.name, held))
        facts.append(Fact(name="SHA-256", value=(Words(text=request.file.sha256, hash=True),)))
    return facts


def _duty_name(say: RecordWords, duty: str) -> str:
    return f"{duty} · {say.catalogue.duty(duty).title.in_lang(say.lang)}"
