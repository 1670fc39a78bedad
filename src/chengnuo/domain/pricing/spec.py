"""What an audit of prices is to compare, fixed before a price is looked at.

The law asks for equal terms in equal conditions (PIPL Art. 24 para. 1). What makes conditions
different is declared here, factor by factor, each with its reason and its published rule; all
else about a person is the profile, and is audited. A column about the person does not make
conditions different by being declared: it takes a rule, and stands on the first page of the report.
"""

from enum import StrEnum
from typing import Annotated, Final

import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.shapes import ready
from chengnuo.base.text import Text

Column = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
_Share = Annotated[float, msgspec.Meta(gt=0, lt=1)]
_Alpha = Annotated[float, msgspec.Meta(ge=0.0001, le=0.2)]
_Seconds = Annotated[int, msgspec.Meta(ge=1, le=3600)]

LADDER: Final = (3600, 1800, 1200, 600, 300, 120, 60)
"""Windows in seconds that every audit is also made at, from the widest to the narrowest."""
EVERYONE: Final = "*"
"""As `eligible`: everyone may get the give-away."""

_PERSONAL_WORDS: Final = frozenset(
    {
        "age",
        "browse",
        "browsing",
        "device",
        "gender",
        "habit",
        "history",
        "home",
        "income",
        "level",
        "member",
        "membership",
        "phone",
        "score",
        "sex",
        "spend",
        "spending",
        "tenure",
        "tier",
        "uid",
        "view",
        "views",
        "vip",
    }
)


class PriceSpecError(InvalidInputError):
    """The specification of an audit is not one; the message names the field."""

    code = "price-spec"

    def __init__(self, what: str) -> None:
        super().__init__(f"the specification of the audit does not hold: {what}")
        self.what = what


class PersonalFactorError(InvalidInputError):
    """A column about the person is declared to make conditions different, without a rule."""

    code = "price-personal-factor"

    def __init__(self, column: str) -> None:
        super().__init__(
            f"factor `{column}` is about the person: it takes the `rule` that publishes it,"
            " or belongs into the profile"
        )
        self.column = column


class Family(StrEnum):
    """What an attribute tells about a person, in the words of the pricing rules of 2025."""

    PAYING_ABILITY = "paying-ability"
    PAYING_WILLINGNESS = "paying-willingness"
    PREFERENCE = "preference"
    HABIT = "habit"
    OTHER = "other"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _FAMILY_TEXTS[self]


_FAMILY_TEXTS = {
    Family.PAYING_ABILITY: Text("支付能力", "ability to pay"),
    Family.PAYING_WILLINGNESS: Text("支付意愿", "willingness to pay"),
    Family.PREFERENCE: Text("消费偏好", "preferences"),
    Family.HABIT: Text("消费习惯", "habits"),
    Family.OTHER: Text("其他个人特征", "other personal traits"),
}


class Reason(StrEnum):
    """Why a factor makes conditions different (anti-monopoly guideline for platforms, Art. 17)."""

    NEED = "NEED"
    NEWCOMER = "NEW_USER"
    RANDOM_BY_RULE = "RANDOM_BY_RULE"
    OTHER = "OTHER"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _REASON_TEXTS[self]


_REASON_TEXTS = {
    Reason.NEED: Text("实际需求且符合行业惯例", "real need, by the custom of the trade"),
    Reason.NEWCOMER: Text("合理期限内的新客优惠", "offer to new customers for a reasonable time"),
    Reason.RANDOM_BY_RULE: Text("按公平规则随机", "chance by a fair rule"),
    Reason.OTHER: Text("其他正当理由（附证据）", "another reason, with its evidence"),
}


class Kind(StrEnum):
    """How a factor enters the comparison."""

    CELL = "cell"
    """Only quotes with the same value are compared."""
    LINEAR = "linear"
    """Its linear effect within a cell is taken out."""
    ADDBACK = "addback"
    """The column is an amount taken off the price, and is added to it again."""
    ARM = "arm"
    """The arm of a declared experiment; only quotes of one arm are compared."""


class Factor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A condition that is declared to make a difference.

    Attributes:
        column: Where it stands.
        reason: Why it may make a difference.
        kind: How it enters.
        rule: Where its rule stands; needed of a factor about the person.
        published: Whether the rule is public.
        eligible: Of an add-back: the boolean column of who may get it, `not` before it to turn it
            round, `*` for everyone; makes "who may get it gets it" an outcome. Empty for none.
        personal: Whether the column is about the person; if left out, its being in the profile or
            a word of its name decides.

    """

    column: Column
    reason: Reason
    kind: Kind
    rule: Annotated[str, msgspec.Meta(max_length=300)] = ""
    published: bool = False
    eligible: Annotated[str, msgspec.Meta(max_length=120)] = ""
    personal: bool | None = None

    @property
    def eligible_column(self) -> str:
        """The column of who may get it; empty if everyone may, or if it is no outcome."""
        return "" if self.eligible == EVERYONE else self.eligible.removeprefix("not ").strip()

    @property
    def eligible_value(self) -> bool:
        """What that column holds for those who may."""
        return not self.eligible.startswith("not ")


class ProfileColumn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A column of the profile, with how it is to be coded.

    Attributes:
        column: Where it stands.
        how: `flag`, `level` or `linear` (`as` in a file); by its type if left out.
        unit: Of a linear one: the step the effect is told for; from the tenth to the ninetieth
            percentile if left out.

    """

    column: Column
    how: Annotated[str, msgspec.Meta(pattern=r"\A(|flag|level|linear)\Z")] = msgspec.field(
        default="", name="as"
    )
    unit: Annotated[float, msgspec.Meta(gt=0)] | None = None


class Term(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another term of trade that is compared as the price is: waiting, a fee, a place in a list.

    Attributes:
        column: Where it stands, a number.
        margin: Which difference counts as none, in the column's unit.

    """

    column: Column
    margin: Annotated[float, msgspec.Meta(gt=0)]


class Spec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An audit of the prices of an app.

    Attributes:
        person: Column of the person's pseudonym.
        item: Column of what is sold.
        time: Column of the moment of the quote.
        price: Column of the price paid.
        profile: Columns about the person, by family.
        window_s: Quotes at most this far apart are compared; divides an hour.
        engine_update_s: How often prices are made anew; 0 if not known.
        quote_id: Column of the quote's id; empty for none.
        currency: Column of the currency; empty for none.
        zone: Time zone of times that name none, as IANA does; empty refuses them.
        factors: Declared factors.
        terms: Other terms of trade.
        margin: Which difference of the logarithm of a price counts as none.
        min_effect: A difference up to this is not called found (rounding); a quarter of the margin
            if left out.
        outcome_margin: Which difference of the chance of getting a give-away counts as none.
        fdr: Share of false ones among the differences called found.
        alpha: Chance of a false proof.
        tail_margin: A single gap beyond this is a large one, or six times the robust scale of
            gaps where that is more.
        tail_share: Large gaps must be shown to be rarer than this.
        person_margin: A lasting mark-up of a person beyond this is a large one.
        person_share: Persons with one must be shown to be rarer than this.
        least_coverage: Share of quotes that must have another one to be compared with.
        least_overlap: Share of an attribute's variation that must be left inside cells.
        least_cells: Cells in which an attribute must take more than one value.

    """

    person: Column
    item: Column
    time: Column
    price: Column
    profile: dict[Family, tuple[Column | ProfileColumn, ...]]
    window_s: _Seconds = 600
    engine_update_s: Annotated[int, msgspec.Meta(ge=0)] = 0
    quote_id: str = ""
    currency: str = ""
    zone: str = ""
    factors: tuple[Factor, ...] = ()
    terms: tuple[Term, ...] = ()
    margin: _Share = 0.01
    min_effect: Annotated[float, msgspec.Meta(ge=0)] | None = None
    outcome_margin: _Share = 0.02
    fdr: _Alpha = 0.05
    alpha: _Alpha = 0.05
    tail_margin: _Share = 0.05
    tail_share: _Share = 0.01
    person_margin: _Share = 0.02
    person_share: _Share = 0.05
    least_coverage: _Share = 0.3
    least_overlap: _Share = 0.05
    least_cells: Annotated[int, msgspec.Meta(ge=1)] = 200

    @property
    def dust(self) -> float:
        """The difference that is not called found."""
        return self.margin / 4 if self.min_effect is None else self.min_effect

    @property
    def windows(self) -> tuple[int, ...]:
        """Windows of the ladder in seconds, from the widest to the narrowest."""
        return tuple(sorted({*LADDER, self.window_s}, reverse=True))

    @property
    def columns(self) -> tuple[tuple[Family, ProfileColumn], ...]:
        """Columns of the profile in the order given, each with its family."""
        return tuple(
            (family, ProfileColumn(column=one) if isinstance(one, str) else one)
            for family in sorted(self.profile)
            for one in self.profile[family]
        )

    def of_kind(self, kind: Kind) -> tuple[Factor, ...]:
        """Return the factors of a kind, in the order given."""
        return tuple(one for one in self.factors if one.kind is kind)

    def is_personal(self, factor: Factor) -> bool:
        """Tell whether a factor is about the person."""
        if any(one.column == factor.column for _, one in self.columns):
            return True
        if factor.personal is None:
            return not _PERSONAL_WORDS.isdisjoint(factor.column.lower().split("_"))
        return factor.personal


def spec_of(tree: object) -> Spec:
    """Return the specification that a tree of TOML or JSON holds.

    Raises:
        PriceSpecError: It holds none, or one that contradicts itself.
        PersonalFactorError: A factor about the person has no rule.

    """
    try:
        spec = msgspec.convert(tree, type=ready(Spec), strict=False)
    except msgspec.ValidationError as error:
        raise PriceSpecError(str(error)) from error
    for what, is_wrong in _contradictions(spec):
        if is_wrong:
            raise PriceSpecError(what)
    for factor in spec.of_kind(Kind.CELL) + spec.of_kind(Kind.LINEAR):
        if spec.is_personal(factor) and not factor.rule.strip():
            raise PersonalFactorError(factor.column)
    return spec


def _contradictions(spec: Spec) -> tuple[tuple[str, bool], ...]:
    key = [spec.person, spec.item, spec.time, spec.price]
    profile = [one.column for _, one in spec.columns]
    factors = [one.column for one in spec.factors]
    terms = [one.column for one in spec.terms]
    update = spec.engine_update_s
    loose = [one.column for one in spec.factors if one.eligible and one.kind is not Kind.ADDBACK]
    return (
        ("`profile`: names no column", not profile),
        ("`profile`: a column stands twice", len({*profile}) < len(profile)),
        ("`profile`: holds the person, item, time or price", not {*key}.isdisjoint(profile)),
        ("`factors`: holds the person, item, time or price", not {*key}.isdisjoint(factors)),
        ("`factors`: a column stands twice", len({*factors}) < len(factors)),
        ("`terms`: a column stands twice", len({*terms}) < len(terms)),
        ("`person`, `item`, `time`, `price`: are four columns", len({*key}) < len(key)),
        ("`window_s`: divides an hour", 3600 % spec.window_s != 0),
        ("`window_s`: is at most `engine_update_s`", 0 < update < spec.window_s),
        ("`min_effect`: is below `margin`", spec.dust >= spec.margin),
        (f"`factors`: {loose[:3]} is no add-back, so no one is eligible", bool(loose)),
    )
