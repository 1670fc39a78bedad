"""Personal information that is shown to the public, and how it is masked (PIPL Art. 25)."""

from dataclasses import dataclass
from typing import Annotated

from chengnuo.base.text import Text
from chengnuo.domain.register.constraints import AtLeast, NotEmpty
from chengnuo.domain.register.scalars import Keep
from chengnuo.law.ids import CategoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """How one category is masked where it is shown in public.

    Attributes:
        category: Which category.
        rule: What remains to be seen, in words (`保留姓氏，其余以 * 代替`).
        leading: How many signs at the beginning may be seen at most; none given, it is not counted.
        trailing: How many at the end.
        columns: Names of the columns or fields of lists in which it stands.

    """

    category: CategoryId
    rule: Text
    leading: Annotated[int, AtLeast(0)] | None = None
    trailing: Annotated[int, AtLeast(0)] | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDisclosure:
    """Personal information shown to the public (PIPL Art. 25).

    Attributes:
        where: Where it is shown.
        categories: What is shown.
        masks: How each category is masked.
        why: Why it is made public.
        shown_for: How long, as an ISO 8601 duration or `forever`.

    """

    where: Text
    categories: Annotated[tuple[CategoryId, ...], NotEmpty()]
    masks: tuple[Mask, ...] = ()
    why: Text
    shown_for: Keep
