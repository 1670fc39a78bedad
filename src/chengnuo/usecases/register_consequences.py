"""What follows from a change of the register: for people, texts, findings, the board, decisions.

Both registers are looked at in the same way, the one in force and the one that would be, and what
differs is told. Nothing is kept; the numbers of people are those of now.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from chengnuo.base.text import Text
from chengnuo.domain.consent.event import Act, ConsentEvent
from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.decision import Outcome
from chengnuo.domain.decision.engine import Compiled
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.disclosure.all_documents import DERIVED, KIND_WORDS, derive
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import DocumentKind
from chengnuo.domain.disclosure.prompts import first_run_prompt, moment_prompts, prompts_of
from chengnuo.domain.finding.board import Board, Publication, RowStatus, board_of
from chengnuo.domain.finding.check import CheckReport, facts_of, report_of
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.individual.standing import Individual
from chengnuo.domain.register.canonical import version_of
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.ids import ActivityId, AppId
from chengnuo.domain.register.material import changes, material_fingerprint, material_of
from chengnuo.domain.register.model import Register
from chengnuo.law.age import AgeBand
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import DutyId
from chengnuo.usecases.decision.snapshots import uses_of

MOST_DECISIONS = 200
"""So many changed answers are listed; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChange:
    """A text that people read, and how many of its pieces are new and gone.

    Attributes:
        app: Whose.
        kind: Which document; None for a prompt.
        name: What it is called.
        prompt: Id of the prompt, or empty.
        added: Pieces that are new.
        removed: Pieces that are gone.

    """

    app: AppId
    kind: DocumentKind | None
    name: Text
    prompt: str = ""
    added: int
    removed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardChange:
    """A duty of the board that is judged differently."""

    duty: DutyId
    text: Text
    before: RowStatus
    after: RowStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionChange:
    """A question whose answer changes; an outcome is None where the activity is not there.

    Attributes:
        request: The question.
        whose: Of whom it is asked: `nothing-said`, `agreed`, `withdrawn`, `child-agreed`.
        before: The answer now.
        after: The answer then.
        why: The rule that decides then, or empty.

    """

    request: Request
    whose: str
    before: Outcome | None
    after: Outcome | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentChange:
    """An activity whose assessment does not cover it any more, with what changed."""

    activity: ActivityId
    changed: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """What follows.

    Attributes:
        texts: Texts that people read and that change.
        mended: Findings that are gone then.
        made: Findings that are new then.
        board: Duties that are judged differently.
        decisions: Answers that change, the first of them.
        decisions_in_all: How many there are.
        asked_in_all: How many questions were asked of both, about activities that it concerns.
        assessments: Assessments that have to be made anew.

    """

    texts: tuple[TextChange, ...]
    mended: tuple[Finding, ...]
    made: tuple[Finding, ...]
    board: tuple[BoardChange, ...]
    decisions: tuple[DecisionChange, ...]
    decisions_in_all: int
    asked_in_all: int
    assessments: tuple[AssessmentChange, ...]


def consequences(  # noqa: PLR0913  both registers, and by what they are judged
    before: Register,
    after: Register,
    *,
    catalogue: Catalogue,
    today: date,
    report: CheckReport,
    board: Board,
) -> Consequences:
    """Return what follows from a register taking the place of the one in force.

    Args:
        before: The register in force.
        after: The register that would be.
        catalogue: The law.
        today: The civil day.
        report: The check of the register in force.
        board: Its board.

    """
    facts = facts_of(after, catalogue, today)
    then = report_of(facts)
    public = Publication(version=version_of(after), on=today)
    was, now = _by_id(report), _by_id(then)
    found = list(_decisions(before, after, catalogue, today))
    changed = [one for one in found if one.before != one.after]
    return Consequences(
        texts=tuple(_texts(before, after, catalogue)),
        mended=tuple(one for key, one in was.items() if key not in now),
        made=tuple(one for key, one in now.items() if key not in was),
        board=tuple(_board(board, board_of(facts, report=then, published=public))),
        decisions=tuple(changed[:MOST_DECISIONS]),
        decisions_in_all=len(changed),
        asked_in_all=len(found),
        assessments=tuple(_assessments(before, after)),
    )


def _by_id(report: CheckReport) -> Mapping[str, Finding]:
    return {one.id: one for one in report.findings if one.waived is None}


def _board(before: Board, after: Board) -> Iterator[BoardChange]:
    was = {row.duty.id: row for row in before.rows}
    for row in after.rows:
        old = was.get(row.duty.id)
        if old is not None and old.status is not row.status:
            yield BoardChange(
                duty=row.duty.id, text=row.duty.title, before=old.status, after=row.status
            )


def _texts(before: Register, after: Register, catalogue: Catalogue) -> Iterator[TextChange]:
    for app in dict.fromkeys((*before.app_by_id, *after.app_by_id)):
        changed = _changed(before, after)
        old, new = (_pieces_of(one, catalogue, app, changed) for one in (before, after))
        for key in dict.fromkeys((*old, *new)):
            was, now = old.get(key, ("", ())), new.get(key, ("", ()))
            if was[1] == now[1]:
                continue
            found = SequenceMatcher(None, was[1], now[1], autojunk=False).get_opcodes()
            kind, prompt = key
            yield TextChange(
                app=app,
                kind=kind,
                name=KIND_WORDS[kind] if kind is not None else _title(now[0] or was[0]),
                prompt=prompt,
                added=sum(to - at for tag, _, _, at, to in found if tag != "equal"),
                removed=sum(to - at for tag, at, to, _, _ in found if tag != "equal"),
            )


_Pieces = dict[tuple[DocumentKind | None, str], tuple[Any, tuple[str, ...]]]


def _title(title: Text | str) -> Text:
    return title if isinstance(title, Text) else Text(title)


def _pieces_of(
    register: Register, catalogue: Catalogue, app: AppId, changed: frozenset[ActivityId]
) -> _Pieces:
    if app not in register.app_by_id:
        return {}
    declared = Declared(register=register, catalogue=catalogue, app_id=app)
    found: _Pieces = {}
    for kind in DERIVED:
        if kind not in {DocumentKind.SEPARATE_CONSENTS, DocumentKind.JUST_IN_TIME}:
            found[kind, ""] = ("", tuple(_said(derive(declared, kind).blocks)))
    prompts = [first_run_prompt(declared)]
    for activity in declared.activities:
        if activity.activity in changed:
            prompts += moment_prompts(declared, activity.activity)
            prompts += prompts_of(register, catalogue, activity.activity)
    for prompt in prompts:
        found[None, prompt.id] = (prompt.title, tuple(_said(prompt)))
    return found


def _said(value: object) -> Iterator[str]:
    """Yield every text in a document or prompt, in the order in which it is read."""
    if isinstance(value, Text):
        yield f"{value.zh}\n{value.en or ''}"
    elif isinstance(value, tuple):
        for one in value:
            yield from _said(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from _said(getattr(value, one.name))


def _assessments(before: Register, after: Register) -> Iterator[AssessmentChange]:
    for activity in after.activities:
        old = before.activity_by_id.get(activity.activity)
        needs = activity.assessment is not None or (old is not None and old.assessment is not None)
        if old is None or not needs:
            continue
        if material_fingerprint(old, before) != material_fingerprint(activity, after):
            yield AssessmentChange(
                activity=activity.activity,
                changed=changes(material_of(old, before), material_of(activity, after)),
            )


def _decisions(
    before: Register, after: Register, catalogue: Catalogue, today: date
) -> Iterator[DecisionChange]:
    """Ask every question of both registers, of people who said nothing, yes, and no."""
    old = Compiled(Book(register=before, catalogue=catalogue, day=today))
    new = Compiled(Book(register=after, catalogue=catalogue, day=today))
    changed_ones = _changed(before, after)
    for activity in dict.fromkeys((*before.activity_by_id, *after.activity_by_id)):
        if activity not in changed_ones:
            continue
        requests = dict.fromkeys(
            request
            for register in (before, after)
            if activity in register.activity_by_id
            for request in uses_of(register.activity_by_id[activity])
        )
        states = _states(activity, old.book, new.book)
        for request in requests:
            for whose, state in states.items():
                was, now = _answer(old, request, state), _answer(new, request, state)
                yield DecisionChange(
                    request=request, whose=whose, before=was[0], after=now[0], why=now[1]
                )


def _changed(before: Register, after: Register) -> frozenset[ActivityId]:
    """Return the activities about which a prompt or an answer may change."""
    every = dict.fromkeys((*before.activity_by_id, *after.activity_by_id))
    if before.handler != after.handler:
        return frozenset(every)
    return frozenset(one for one in every if _rests_on(before, one) != _rests_on(after, one))


def _rests_on(register: Register, activity: ActivityId) -> tuple[object, ...]:
    """Return the rows that prompts and decisions about an activity are made from."""
    row = register.activity_by_id.get(activity)
    if row is None:
        return ()
    service = register.service_by_id[row.service]
    recipients = tuple(register.recipients_of(row))
    agreements = tuple(
        register.agreement_by_id[one.agreement] for one in recipients if one.agreement is not None
    )
    assessment = None if row.assessment is None else register.assessment_by_id[row.assessment]
    app = register.app_by_id[service.app]
    models = tuple(register.models_of(activity))
    switches = register.switches if row.automated is not None else ()
    return (row, service, app, recipients, agreements, assessment, models, switches)


def _answer(compiled: Compiled, request: Request, state: State) -> tuple[Outcome | None, str]:
    if request.activity not in compiled.book.register.activity_by_id:
        return None, ""
    found = compiled.decide(request, state, 0)
    return found.outcome, found.by[0].rule.value if found.by else ""


def _states(activity: ActivityId, old: Book, new: Book) -> dict[str, State]:
    """Return what may be so about somebody; who agreed, agreed to what is in force now."""
    items = {**_texts_of(activity, new), **_texts_of(activity, old)}
    adult, child = Individual(age=AgeBand.ADULT), Individual(age=AgeBand.UNDER_14)
    return {
        "nothing-said": State(individual=adult),
        "agreed": State(individual=adult, consents=_acts(items, Act.GIVE)),
        "withdrawn": State(individual=adult, consents=_acts(items, Act.WITHDRAW)),
        "child-agreed": State(individual=child, consents=_acts(items, Act.GIVE, guardian=True)),
    }


def _texts_of(activity: ActivityId, book: Book) -> dict[ConsentItemId, Any]:
    return {one.id: one for one in book.items_of.get(activity, ())}


def _acts(
    items: Mapping[ConsentItemId, Any], act: Act, *, guardian: bool = False
) -> dict[ConsentItemId, ConsentEvent]:
    return {
        key: ConsentEvent(
            position=number,
            at=0,
            alias="",
            item=key,
            act=act,
            fingerprint=item.fingerprint,
            form=item.form,
            by_guardian=guardian,
        )
        for number, (key, item) in enumerate(items.items())
    }
