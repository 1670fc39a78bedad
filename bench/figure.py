"""One measured figure: ours beside a base measured in the same run, and the aim.

A figure says what was checked about the answer: a fast wrong answer is no result.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What one measurement found.

    Attributes:
        aim: Id of the aim (`U1`).
        name: What was measured, in a few words.
        ours: Our figure.
        base: The figure of the plain or peer way, measured in the same run.
        base_name: What the plain or peer way is.
        unit: Unit of both.
        limit: The aim, in the same unit; our figure is not to pass it.
        checked: What was checked about the answer.

    """

    aim: str
    name: str
    ours: float
    base: float
    base_name: str
    unit: str
    limit: float
    checked: str

    @property
    def ratio(self) -> float:
        """Ours divided by the base."""
        return self.ours / self.base

    @property
    def reached(self) -> bool:
        """Whether the aim is reached."""
        return self.ours <= self.limit

    def row(self) -> tuple[str, ...]:
        """Return the figure as texts, in the order of `HEAD`."""
        return (
            self.aim,
            self.name,
            f"{self.ours:.3g} {self.unit}",
            f"{self.base:.3g} {self.unit} ({self.base_name})",
            f"{self.ratio:.3g}",
            f"<= {self.limit:g} {self.unit}",
            "yes" if self.reached else "NO",
            self.checked,
        )


HEAD = ("aim", "what", "ours", "base in the same run", "ratio", "aim is", "reached", "checked")
