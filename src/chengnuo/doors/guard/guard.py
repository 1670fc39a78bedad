"""A guard in the operator's own program: it asks before something is done, and stops what may not.

`require` is for code that goes on only with a yes. An answer is no truth value, so nobody reads
`ask` as yes; duties stand in the answer, and whoever goes on carries them out. When state or log
cannot be used the error of that is raised and nothing goes on.
"""

import asyncio
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar, cast
from uuid import UUID

from chengnuo.domain.decision.request import Request
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.register.method import Operation
from chengnuo.law.ids import CategoryId
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.decision.answering import NOTHING_STATED, Answer, Mode, Question, Stated
from chengnuo.usecases.decision.desk import MOST_ASKED, DecisionDesk
from chengnuo.usecases.decision.quick import QuickAnswers

P = ParamSpec("P")
R = TypeVar("R")


class NotPermittedError(PermissionError):
    """What was to be done may not be done, or not before consent was asked for.

    Attributes:
        activity: What it was for.
        answer: The answer, with its reasons and, for `ask`, what to ask for.

    """

    def __init__(self, activity: str, answer: Answer) -> None:
        rules = ", ".join(dict.fromkeys(ruling.rule.value for ruling in answer.decision.by))
        super().__init__(f"activity `{activity[:60]}`: {answer.decision.outcome.value}, by {rules}")
        self.activity = activity
        self.answer = answer


class NoSuchArgumentError(TypeError):
    """A guarded function has no argument of the name that shall hold the person."""

    def __init__(self, function: str, argument: str) -> None:
        super().__init__(f"`{function}` has no argument `{argument}` that names the person")


class NoAccountError(TypeError):
    """What shall name a person is no account id, so nobody can be asked about."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"expected an account id, a text, an integer or a UUID, and got `{kind}`")


def account_of(value: object) -> str:
    """Return an account id as text.

    Of nobody, or of a number that lost its form on the way, nothing would be known; and what rests
    on no consent is permitted of somebody unknown, whatever the person meant had restricted.

    Raises:
        NoAccountError: It is none: nothing, a truth value, a float, as data frames make of integers
            beside a gap.

    """
    is_id = isinstance(value, str | int | UUID) and not isinstance(value, bool)
    if not is_id or value == "":
        raise NoAccountError(type(value).__name__)
    return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What shall be done with somebody's information; see `Request`.

    Attributes:
        stated: What the program knows of everybody it asks about, where nothing else is known.

    """

    activity: str
    categories: frozenset[str] | None = None
    operation: Operation = Operation.USE
    recipient: str | None = None
    publish: bool = False
    other_use: bool = False
    started: bool = False
    gpc: bool = False
    recent: int | None = None
    stated: Stated = field(default=NOTHING_STATED)

    def request(self) -> Request:
        """Return it as the value that is decided on."""
        categories = self.categories
        return Request(
            activity=ActivityId(self.activity),
            categories=None if categories is None else frozenset(map(CategoryId, categories)),
            operation=self.operation,
            recipient=None if self.recipient is None else RecipientId(self.recipient),
            publish=self.publish,
            other_use=self.other_use,
            started=self.started,
            gpc=self.gpc,
            recent=self.recent,
        )

    def of(self, *categories: str) -> "Use":
        """Return the same with these categories."""
        return replace(self, categories=frozenset(categories))


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Asks, in this process.

    Attributes:
        desk: Decides.
        person: Turns an account id into the key under which somebody is known.
        mode: How answers are recorded.
        quick: Answers from the planes of a running service what needs no record; None without.

    """

    desk: DecisionDesk
    person: Callable[[str], PersonKey]
    mode: Mode = Mode.NONE
    quick: QuickAnswers | None = None

    def ask(self, account: str, use: Use, *, at: datetime | None = None) -> Answer:
        """Return the answer about one individual.

        Args:
            account: The operator's account id.
            use: What shall be done.
            at: When, aware; None for now.

        Raises:
            NaiveInstantError: `at` has no time zone.
            UnavailableError: State or log cannot be used; nothing was permitted.

        """
        if at is None and (quick := self._quickly(account, use)) is not None:
            return quick
        return self.desk.answer(
            self.person(account), use.request(), at=at, stated=use.stated, mode=self.mode
        )

    def ask_all(self, accounts: Iterable[str], use: Use) -> tuple[Answer, ...]:
        """Return the answers about many, in their order; each is looked up once.

        Raises:
            UnavailableError: State or log cannot be used; nothing was permitted.

        """
        given = list(accounts)
        request = use.request()
        found: dict[str, Answer] = {}
        distinct: list[str] = []
        for account in dict.fromkeys(given):
            quick = self._quickly(account, use)
            if quick is None:
                distinct.append(account)
            else:
                found[account] = quick
        for start in range(0, len(distinct), MOST_ASKED):
            part = distinct[start : start + MOST_ASKED]
            questions = [
                Question(person=self.person(account), request=request, stated=use.stated)
                for account in part
            ]
            decided = self.desk.answer_all(questions, mode=self.mode)
            found |= {account: one.answer for account, one in zip(part, decided, strict=True)}
        return tuple(found[account] for account in given)

    def _quickly(self, account: str, use: Use) -> Answer | None:
        if self.quick is None or self.mode is not Mode.NONE:
            return None
        return self.quick.answer(account, use)

    def permits(self, account: str, use: Use, *, at: datetime | None = None) -> bool:
        """Tell whether it may be done; for code that carries out no duties by itself, ask."""
        return self.ask(account, use, at=at).permits

    def require(self, account: str, use: Use, *, at: datetime | None = None) -> Answer:
        """Return the answer if it permits.

        Raises:
            NotPermittedError: It does not.
            UnavailableError: State or log cannot be used; nothing was permitted.

        """
        answer = self.ask(account, use, at=at)
        if not answer.permits:
            raise NotPermittedError(use.activity, answer)
        return answer

    def protects(self, use: Use, *, person: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Return a decorator that asks before each call of a function, async or not.

        Args:
            use: What the function does.
            person: Name of the function's argument that holds the account id.

        Raises:
            NoSuchArgumentError: The function has no such argument.
            NoAccountError: From the decorated function: the argument names nobody.

        """

        def protect(function: Callable[P, R]) -> Callable[P, R]:
            signature = inspect.signature(function)
            if person not in signature.parameters:
                raise NoSuchArgumentError(function.__qualname__, person)

            def account(*args: P.args, **kwargs: P.kwargs) -> str:
                bound = signature.bind(*args, **kwargs)
                bound.apply_defaults()
                return account_of(bound.arguments[person])

            if inspect.iscoroutinefunction(function):

                @wraps(function)
                async def waiting(*args: P.args, **kwargs: P.kwargs) -> object:
                    await asyncio.to_thread(self.require, account(*args, **kwargs), use)
                    return await function(*args, **kwargs)

                return cast("Callable[P, R]", waiting)

            @wraps(function)
            def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
                self.require(account(*args, **kwargs), use)
                return function(*args, **kwargs)

            return guarded

        return protect
