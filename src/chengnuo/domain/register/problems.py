"""What is wrong with a register that was read: every problem, each at its line.

A problem is a value with a stable code; doors put it into words. The English sentence here is
for logs and for the error's own text.
"""

from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Lang, Text
from chengnuo.domain.register.tree import Place


class ProblemCode(StrEnum):
    """What kind of problem it is."""

    BROKEN_YAML = "broken-yaml"
    NOT_UTF8 = "not-utf8"
    CONTROL_CHARACTER = "control-character"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    ALIAS = "alias"
    EMPTY_FILE = "empty-file"
    NO_REGISTER = "no-register"
    UNREADABLE = "unreadable"
    UNKNOWN_KIND = "unknown-kind"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    DUPLICATE_KEY = "duplicate-key"
    WRONG_TYPE = "wrong-type"
    WRONG_VALUE = "wrong-value"
    DUPLICATE_ID = "duplicate-id"
    DANGLING_ID = "dangling-id"
    EXPIRED_WAIVER = "expired-waiver"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem.

    Attributes:
        code: What kind it is.
        place: Where it stands.
        where: Which field of which row, as `activity nearby-stores · items[0].category`.
        given: The offending value, shortened.
        expected: What was expected instead.

    """

    code: ProblemCode
    place: Place
    where: str
    given: str
    expected: Text

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        expected = self.expected.in_lang(Lang.EN)
        return f"{self.place}: {where}{self.code}: `{self.given}`; expected {expected}"


class RegisterRefusedError(InvalidInputError):
    """What was read is not a register; `problems` holds every reason, in file and line order."""

    code = "register-refused"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        count = len(problems)
        super().__init__(
            f"the register has {count} problem{'s' if count > 1 else ''}; first: {problems[0]}"
        )
        self.problems = problems
