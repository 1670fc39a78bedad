"""Answers are of an edition of the rules: no answer changes without the edition growing.

The golden file of an edition holds a digest of what the shop is answered. If a rule is changed
on purpose, let `EDITION` grow and write the file anew with `--golden`.
"""

from collections.abc import Callable

from tests.domain.decision.shop import ADULT, CHILD, NOW, agreed, shop

from chengnuo.base.canonical import canonical_json
from chengnuo.base.digest import sha256_hex
from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.reference import decide
from chengnuo.domain.decision.request import State
from chengnuo.domain.decision.rules import EDITION
from chengnuo.domain.individual.standing import AccountState, Individual
from chengnuo.usecases.decision.recorded import decision_tree
from chengnuo.usecases.decision.snapshots import questions_of


def states(book: Book) -> list[State]:
    """Return everybody's states that differ in what the rules look at."""
    some = [agreed(book, one) for one in (ADULT, CHILD, Individual(), Individual(restricted=True))]
    cancelled = Individual(age=ADULT.age, account=AccountState.CANCELLED)
    return [*some, State(individual=ADULT), State(), agreed(book, cancelled)]


def test_no_answer_changes_within_an_edition(golden: Callable[[str, str | bytes], None]) -> None:
    book = shop()
    apps = [app.app for app in book.register.apps]
    asked = [question for app in apps for question in questions_of(book, app)]
    answers = [
        decision_tree(decide(question, state, book=book, at=NOW))
        for state in states(book)
        for question in asked
    ]
    outcomes = {answer["outcome"] for answer in answers}
    assert outcomes == {"permit", "ask", "refuse"}
    digest = sha256_hex(canonical_json(answers))
    golden(f"decision/edition-{EDITION}.txt", f"{len(answers)} answers, {digest}\n")
