"""What the command line runs controls with."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.finding.declared_control import DeclaredControl
from chengnuo.usecases.finding.recording_runs import Found
from chengnuo.usecases.finding.running import ControlRunner


class NoSuchControlError(InvalidInputError):
    """There is no control with an id, or this installation keeps nothing that it looks at."""

    code = "no-such-control"

    def __init__(self, control: str) -> None:
        super().__init__(
            f"there is no control `{control[:60]}` here; `chengnuo board run --json` names them all"
        )
        self.control = control


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A control that ran.

    Attributes:
        control: The control.
        found: What it found.
        position: Where that was recorded in the evidence log; None where it was not.

    """

    control: DeclaredControl
    found: Found
    position: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlTools:
    """Runs controls of a data folder.

    Attributes:
        runner: Runs them.
        recording: Whether runs are recorded; not so beside a service, which writes the log.

    """

    runner: ControlRunner
    recording: bool

    def chosen(self, only: Collection[str]) -> tuple[DeclaredControl, ...]:
        """Return the controls with some ids, or all where none is given.

        Raises:
            NoSuchControlError: There is none with one of the ids.

        """
        known = {one.id: one for one in self.runner.controls}
        missing = next((one for one in only if one not in known), None)
        if missing is not None:
            raise NoSuchControlError(missing)
        return tuple(one for name, one in known.items() if not only or name in only)

    def run(self, only: Collection[str], told: Callable[[int], None]) -> tuple[Ran, ...]:
        """Run the controls with some ids, or all, in the order of the list.

        Args:
            only: The ids; empty for all.
            told: Told how many have run.

        Raises:
            NoSuchControlError: There is no control with one of the ids.
            NoRegisterError: There is no register.
            LogUnavailableError: Nothing can be recorded now.

        """
        chosen = {one.id: one for one in self.chosen(only)}
        if self.recording:
            kept = self.runner.run(frozenset(chosen), told=told)
            return tuple(
                Ran(
                    control=chosen[one.control],
                    found=Found(control=one.control, result=one.result, digest=one.digest),
                    position=one.position,
                )
                for one in kept
            )
        seen = self.runner.look(frozenset(chosen), told=told)
        return tuple(Ran(control=chosen[one.control], found=one, position=None) for one in seen)
