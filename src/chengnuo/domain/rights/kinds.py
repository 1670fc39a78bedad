"""What rows of one table have in common that share one fate."""

from dataclasses import dataclass

from chengnuo.domain.rights.plan import Belongs

ALONE, REFERENCED, SHARED = 0, 1, 2
"""How a row belongs, as a number that only ever grows."""
BELONGS = (Belongs.ALONE, Belongs.REFERENCED, Belongs.SHARED)

NAMED_BY = 20
"""From this bit on a mask tells which identity columns of a shared row name the individual; the
bits below tell which duties of the table still keep something."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What rows of one table have in common that share one fate.

    Attributes:
        belongs: How they belong.
        mask: Bits of what holds for them, see `NAMED_BY`.
        pinned: Whether a row that stays refers to them, so that they stay, too.

    """

    belongs: int
    mask: int
    pinned: bool

    @property
    def group(self) -> str:
        """Name of the group of rows in a plan."""
        return f"{BELONGS[self.belongs]}-{self.mask:x}{'-pinned' if self.pinned else ''}"

    @classmethod
    def of_group(cls, group: str) -> "Kind":
        """Return the kind that a name of a group stands for."""
        words = group.split("-")
        return cls(BELONGS.index(Belongs(words[0])), int(words[1], 16), len(words) > 2)  # noqa: PLR2004  belongs, mask

    @property
    def duties(self) -> int:
        """The bits of the mask that tell of duties."""
        return self.mask & ((1 << NAMED_BY) - 1)

    def keeps(self, bit: int) -> bool:
        """Tell whether the duty of this number still keeps something."""
        return bool(self.mask >> bit & 1)

    def is_named_by(self, position: int) -> bool:
        """Tell whether the identity column at this position names the individual."""
        return bool(self.mask >> (NAMED_BY + position) & 1)
