"""Books are opened once for each register, day and course of assessments, and found at once."""

from datetime import date, timedelta

from tests.domain.decision.shop import shop
from tests.strategies.registers import law

from chengnuo.domain.register.assessing import Approval, InDossiers
from chengnuo.domain.register.ids import ActivityId, Version
from chengnuo.usecases.decision.books import Books, Edition

DAY = date(2026, 11, 20)


class Counted(InDossiers):
    """What dossiers concluded, which counts how often it is told from others."""

    told_apart = 0

    def __hash__(self) -> int:
        Counted.told_apart += 1
        return super().__hash__()


class Standing:
    """`Assessed` of which the test says what stands."""

    def __init__(self) -> None:
        self.now = self.concluding("orders")

    @staticmethod
    def concluding(activity: str) -> InDossiers:
        approval = Approval(
            dossier="d-1",
            activity=ActivityId(activity),
            material="m" * 64,
            grounds=frozenset(),
            until=DAY,
        )
        return Counted(concluded=frozenset({approval.activity}), approvals=(approval,))

    def level(self) -> int:
        return 0

    def by(self, position: int | None) -> InDossiers:
        return self.now if position is None else self.concluding("refunds")


def test_a_book_is_found_again_without_looking_at_every_approval() -> None:
    standing, register = Standing(), shop().register
    editions = [Edition(version=Version(name * 64), register=register) for name in "ab"]
    books = Books(lambda: editions[0], law(), assessed=standing)
    first = books.on(DAY)
    looked = Counted.told_apart
    assert all(books.on(DAY) is first for _ in range(100))
    assert Counted.told_apart == looked
    # Another day, register, place in the log or conclusion is another book, and the first stays.
    others = [
        books.on(DAY + timedelta(days=1)),
        books.of(editions[1], DAY),
        books.on(DAY, position=3),
    ]
    standing.now = standing.concluding("refunds")
    assert books.on(DAY) is others[2]
    standing.now = standing.concluding("orders")
    assert books.on(DAY) is first
    assert len({id(one) for one in (first, *others)}) == 4
    assert others[0].book.day == DAY + timedelta(days=1)
    assert others[1].register == editions[1].version
