"""How the profile becomes numbers, decided from the profile alone and fixed before prices are seen.

A boolean becomes a flag; a text becomes one level for each value but the most frequent; a number
becomes steps of a unit from its median, or levels where it takes three values at most. The digest
of specification and coding is what is logged before prices are looked at, so that nobody can say
the coding was chosen for its result.
"""

from enum import StrEnum
from hashlib import sha256
from typing import Final

import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.pricing.spec import Family, Kind, ProfileColumn, Spec

MOST_LEVELS: Final = 20
"""The most values of a text; more are better grouped by who knows them."""
_FEW_NUMBERS: Final = 3


class UnknownColumnError(InvalidInputError):
    """The log has no such column."""

    code = "price-column"

    def __init__(self, column: str) -> None:
        super().__init__(f"the log has no column `{column}`, which the specification names")
        self.column = column


class NotNumericError(InvalidInputError):
    """A column that has to be a number is none."""

    code = "price-not-numeric"

    def __init__(self, column: str) -> None:
        super().__init__(f"column `{column}` holds no numbers, which it is declared to")
        self.column = column


class ColumnType(StrEnum):
    """What a column holds."""

    BOOLEAN = "boolean"
    NUMBER = "number"
    TEXT = "text"
    TIME = "time"
    OTHER = "other"


class ColumnSurvey(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a column of the profile or of a factor; never of prices.

    Attributes:
        column: Its name.
        type: What it holds.
        missing: Rows without a value.
        distinct: How many values there are.
        values: Of at most 21 values: each as text (a number as `repr` of its float, a boolean as
            `true` or `false`) with its rows, the most frequent first, ties by the text; empty if
            there are more.
        p01: Quantile of a number, 0 of anything else; so are those below.
        p10: Tenth percentile.
        p50: Median.
        p90: Ninetieth percentile.
        p99: Ninety-ninth percentile.

    """

    column: str
    type: ColumnType
    missing: int = 0
    distinct: int = 0
    values: tuple[tuple[str, int], ...] = ()
    p01: float = 0.0
    p10: float = 0.0
    p50: float = 0.0
    p90: float = 0.0
    p99: float = 0.0


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something in a log that hinders the audit.

    Attributes:
        name: Which problem, a stable word.
        column: Where.
        rows: How many rows.

    """

    name: str
    column: str
    rows: int


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a log before its prices are looked at.

    Attributes:
        rows: Rows of the log.
        columns: Columns of the profile and of factors.
        problems: What hinders the audit.

    """

    rows: int
    columns: tuple[ColumnSurvey, ...]
    problems: tuple[Problem, ...] = ()

    def of(self, column: str) -> ColumnSurvey:
        """Return what is known of a column.

        Raises:
            UnknownColumnError: The log has none of the name.

        """
        for one in self.columns:
            if one.column == column:
                return one
        raise UnknownColumnError(column)


class How(StrEnum):
    """How a value becomes a number."""

    FLAG = "flag"
    """1 for true or a number other than zero, else 0."""
    LEVEL = "level"
    """1 for one value, else 0."""
    LINEAR = "linear"
    """`(value - centre) / unit`."""


class Regressor(msgspec.Struct, frozen=True, kw_only=True):
    """One column of numbers made of a column of the log.

    Attributes:
        name: Its name: the column, and the level behind `=`.
        attribute: The column of the log.
        family: What it tells about a person; None of a declared linear factor, which is taken out.
        how: How it is made.
        value: Of a level: the value as the survey writes it.
        against: Of a level: the value it is compared with.
        centre: Of a linear one.
        unit: Of a linear one.

    """

    name: str
    attribute: str
    family: Family | None
    how: How
    value: str = ""
    against: str = ""
    centre: float = 0.0
    unit: float = 1.0


class WhyNotCoded(StrEnum):
    """Why a column of the profile was not coded."""

    TOO_MANY_LEVELS = "too-many-levels"
    CONSTANT = "constant"
    NO_VALUES = "no-values"
    NOT_A_PROFILE_TYPE = "type"


class NotCoded(msgspec.Struct, frozen=True, kw_only=True):
    """A column of the profile about which the audit can say nothing."""

    attribute: str
    family: Family
    why: WhyNotCoded


class Coded(msgspec.Struct, frozen=True, kw_only=True):
    """A specification with the coding of its profile.

    Attributes:
        spec: The specification.
        regressors: Declared linear factors first, then attributes; column `k` of the matrix `x`.
        not_coded: Columns that could not be coded; no proof is possible while there are any.

    """

    spec: Spec
    regressors: tuple[Regressor, ...]
    not_coded: tuple[NotCoded, ...] = ()

    @property
    def config(self) -> str:
        """SHA-256 of specification and coding as JSON, members sorted."""
        return sha256(msgspec.json.encode(self, order="sorted")).hexdigest()


def coded(spec: Spec, survey: Survey) -> Coded:
    """Return the coding of a profile.

    Raises:
        UnknownColumnError: The survey does not know a column.
        NotNumericError: A linear factor, or a column that is to be linear, holds no numbers.

    """
    regressors = [
        _linear(survey.of(one.column), None, ProfileColumn(column=one.column))
        for one in spec.of_kind(Kind.LINEAR)
    ]
    taken = {one.attribute for one in regressors}
    not_coded = []
    for family, column in spec.columns:
        seen = survey.of(column.column)
        why = _why_not(seen, column)
        if why is not None:
            not_coded.append(NotCoded(attribute=column.column, family=family, why=why))
        else:
            made = _made(seen, family, column)
            clash = column.column in taken
            regressors += [
                msgspec.structs.replace(one, name=f"{one.name} (profile)") if clash else one
                for one in made
            ]
    return Coded(spec=spec, regressors=tuple(regressors), not_coded=tuple(not_coded))


def _why_not(seen: ColumnSurvey, column: ProfileColumn) -> WhyNotCoded | None:
    if seen.type not in {ColumnType.BOOLEAN, ColumnType.NUMBER, ColumnType.TEXT}:
        return WhyNotCoded.NOT_A_PROFILE_TYPE
    if seen.distinct == 0:
        return WhyNotCoded.NO_VALUES
    if seen.distinct == 1:
        return WhyNotCoded.CONSTANT
    levels = column.how == How.LEVEL or (seen.type is ColumnType.TEXT and not column.how)
    if levels and seen.distinct > MOST_LEVELS:
        return WhyNotCoded.TOO_MANY_LEVELS
    return None


def _made(seen: ColumnSurvey, family: Family, column: ProfileColumn) -> tuple[Regressor, ...]:
    how = column.how or _how(seen)
    if how == How.LINEAR:
        return (_linear(seen, family, column),)
    if how == How.FLAG:
        if seen.type is ColumnType.TEXT:
            raise NotNumericError(seen.column)
        return (Regressor(name=seen.column, attribute=seen.column, family=family, how=How.FLAG),)
    against = seen.values[0][0]
    return tuple(
        Regressor(
            name=f"{seen.column}={value}",
            attribute=seen.column,
            family=family,
            how=How.LEVEL,
            value=value,
            against=against,
        )
        for value, _ in seen.values[1:]
    )


def _how(seen: ColumnSurvey) -> How:
    if seen.type is ColumnType.BOOLEAN or {value for value, _ in seen.values} == {"0.0", "1.0"}:
        return How.FLAG
    if seen.type is ColumnType.TEXT or seen.distinct <= _FEW_NUMBERS:
        return How.LEVEL
    return How.LINEAR


def _linear(seen: ColumnSurvey, family: Family | None, column: ProfileColumn) -> Regressor:
    if seen.type not in {ColumnType.NUMBER, ColumnType.BOOLEAN}:
        raise NotNumericError(seen.column)
    # A column that is one value for most has no spread in its middle.
    spread = seen.p90 - seen.p10 or seen.p99 - seen.p01 or 1.0
    return Regressor(
        name=seen.column,
        attribute=seen.column,
        family=family,
        how=How.LINEAR,
        centre=seen.p50,
        unit=column.unit or spread,
    )
