"""Carrying out a probe: the order drawn, twins asked at the same moment, stopped when it stands."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chengnuo.domain.pricing.probe_order import Leg, Role, commitment, legs_of, planned
from chengnuo.domain.pricing.probe_rounds import Differences, Lack, Round, differences_of
from chengnuo.domain.pricing.probe_spec import Aim, ProbeSpec, spec_of
from chengnuo.domain.pricing.probe_verdict import judged, may_stop
from chengnuo.domain.pricing.probing import FORM, LegRun, ProbeRun, legs_beside, overall
from chengnuo.ports.clock import Clock
from chengnuo.ports.probed_endpoint import (
    ProbeBoundError,
    ProbedEndpoint,
    ProbedEndpointUnavailableError,
    ProbeRequest,
)

_SILENT_ROUNDS: Final = 3
"""Rounds at the beginning without any connection after which nothing is there."""
_LOOKS: Final = 50
"""Beyond so many rounds not each one is looked at, but one in as many as make two per cent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a probe is.

    Attributes:
        leg: The leg that is asked.
        legs: How many there are.
        pairs: Pairs of twins that were compared in it.

    """

    leg: Leg
    legs: int
    pairs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Prober:
    """Carries out probes.

    Attributes:
        read: Reads a TOML file.
        opened: Opens the endpoint of a specification.
        clock: Tells the time.

    """

    read: Callable[[Path], dict[str, object]]
    opened: Callable[[ProbeSpec], AbstractContextManager[ProbedEndpoint]]
    clock: Clock

    def spec(self, file: Path) -> ProbeSpec:
        """Return the specification of a file.

        Raises:
            SettingsFileError: It cannot be read or is not TOML.
            ProbeSpecError: It is no specification.

        """
        return spec_of(self.read(file))

    def run(self, spec: ProbeSpec, seed: bytes, tell: Callable[[Progress], None]) -> ProbeRun:
        """Carry out a probe.

        Args:
            spec: What is to be done.
            seed: What the order is drawn from; its `commitment` was published.
            tell: Called after each round.

        Raises:
            ProbeHostError: The host may not be probed.
            ProbeRequestError: A request cannot be made.
            ProbeSecretError: The environment lacks something.
            ProbedEndpointUnavailableError: Nothing answers there.

        """
        began = self.clock.now()
        legs = legs_of(spec)
        with self.opened(spec) as endpoint:
            runs = tuple(_Asking(spec, seed, endpoint, legs, tell).leg(leg) for leg in legs)
            sent = endpoint.sent
        return ProbeRun(
            form=FORM,
            spec=spec,
            spec_sha256=spec.digest,
            commitment=commitment(seed),
            seed=seed.hex(),
            began=began,
            ended=self.clock.now(),
            requests=sent,
            verdict=overall(runs),
            legs=runs,
        )


@dataclass(frozen=True, slots=True)
class _Asking:
    """The legs of one probe, asked one after the other."""

    spec: ProbeSpec
    seed: bytes
    endpoint: ProbedEndpoint
    legs: tuple[Leg, ...]
    tell: Callable[[Progress], None]

    def leg(self, leg: Leg) -> LegRun:
        beside = legs_beside(self.legs)
        if self.spec.switch is not None and leg.is_judged and leg.number:
            self.endpoint.rest(self.spec.switch.pause_s)
        rounds: list[Round] = []
        pairs, stands, is_cut_off = 0, False, False
        while pairs < leg.pairs and not stands:
            try:
                rounds.append(self._round(leg, len(rounds)))
            except ProbeBoundError:
                is_cut_off = True
                break
            self._hold_alive(leg, rounds)
            pairs += rounds[-1].is_whole and not rounds[-1].is_repeat
            self.tell(Progress(leg=leg, legs=len(self.legs), pairs=pairs))
            if len(rounds) % max(1, len(rounds) // _LOOKS) == 0:
                stands = may_stop(self._seen(rounds), self.spec, legs=beside)
        judgement = judged(self._seen(rounds), self.spec, legs=beside, is_cut_off=is_cut_off)
        return LegRun(leg=leg, judgement=judgement, rounds=tuple(rounds))

    def _seen(self, rounds: list[Round]) -> Differences:
        return differences_of(rounds, self.spec.outcome)

    def _round(self, leg: Leg, number: int) -> Round:
        drawn = planned(self.seed, self.spec, leg, number)
        twin = self.spec.twins[leg.twin]
        names = {Role.ONE: twin.one, Role.OTHER: twin.other}
        names[Role.AGAIN] = names[drawn.again or Role.ONE]
        requests = [
            ProbeRequest(
                profile=self.spec.profiles[names[role]],
                item=self.spec.items[drawn.item],
                switch=self._switch(leg),
            )
            for role in drawn.roles
        ]
        return Round(
            leg=leg.number,
            number=number,
            item=drawn.item,
            roles=drawn.roles,
            again=drawn.again,
            answers=self.endpoint.ask(requests),
        )

    def _switch(self, leg: Leg) -> str | int | bool:
        if self.spec.aim is not Aim.OFF_SWITCH or self.spec.switch is None:
            return ""
        return self.spec.switch.off if leg.is_judged else self.spec.switch.on

    def _hold_alive(self, leg: Leg, rounds: list[Round]) -> None:
        """Refuse an endpoint that is not there, rather than say that it cannot be audited."""
        if leg.number or len(rounds) != _SILENT_ROUNDS:
            return
        answers = [answer.lack for one in rounds for answer in one.answers]
        if all(lack is Lack.UNREACHABLE for lack in answers):
            raise ProbedEndpointUnavailableError(self.endpoint.host)
