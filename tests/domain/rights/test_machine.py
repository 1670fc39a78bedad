"""Every state of a request: who has to act, where it can end, and all that two executors can do.

The second part is a small model checker. The model is the table of the machine with what the worker
does around it: a lease with a number, a store that is changed once, crashes at any point. It walks
every interleaving of two executors, so what it does not find is not there up to its bounds.
"""

from collections import deque
from dataclasses import dataclass, replace

import pytest

from chengnuo.domain.rights.machine import (
    FINAL,
    NEXT,
    TRANSITIONS,
    Event,
    Owner,
    Stage,
    WrongStageError,
    after,
)


def reachable(start: Stage) -> set[Stage]:
    found, todo = {start}, [start]
    while todo:
        stage = todo.pop()
        for (before, _), then in TRANSITIONS.items():
            if before is stage and then not in found:
                found.add(then)
                todo.append(then)
    return found


def test_every_state_that_is_not_final_has_one_owner_and_a_next_action() -> None:
    assert set(NEXT) == set(Stage) - FINAL
    assert all(one.owner is not Owner.NOBODY and one.action.en for one in NEXT.values())


def test_every_end_can_be_reached_and_nothing_gets_stuck() -> None:
    assert reachable(Stage.NEEDS_IDENTITY) == set(Stage)
    assert all(reachable(stage) & FINAL for stage in Stage)


def test_an_end_is_an_end() -> None:
    for stage in FINAL:
        for event in Event:
            with pytest.raises(WrongStageError):
                after(stage, event)


def test_nothing_is_fulfilled_that_did_not_run_and_nothing_runs_without_proof() -> None:
    into = {stage for (stage, _), then in TRANSITIONS.items() if then is Stage.FULFILLED}
    assert into == {Stage.RUNNING, Stage.OUTSIDE}
    without_proof = {
        then
        for (stage, event), then in TRANSITIONS.items()
        if stage is Stage.NEEDS_IDENTITY and event is not Event.PROVED
    }
    assert without_proof <= FINAL


@dataclass(frozen=True)
class Executor:
    """What one executor believes: its lease, how far it is, the number of the line it read."""

    fence: int = 0
    at: str = "idle"
    number: int = 0


@dataclass(frozen=True)
class World:
    """All that is durable, and both executors."""

    stage: Stage = Stage.QUEUED
    number: int = 0
    fence: int = 0
    is_leased: bool = False
    row_there: bool = True
    changes: int = 0
    """How often the store was really changed."""
    done: bool = False
    """Whether the result is written."""
    executors: tuple[Executor, Executor] = (Executor(), Executor())
    crashes: int = 0


def steps(world: World) -> list[World]:
    """Return all that can happen next."""
    found: list[World] = []
    if world.is_leased:
        found.append(replace(world, is_leased=False))  # it runs out, at any moment
    for which in (0, 1):
        one = world.executors[which]
        found += [put(then, which, executor) for then, executor in moves(world, one)]
        if one.at != "idle" and world.crashes < 2:
            found.append(put(replace(world, crashes=world.crashes + 1), which, Executor()))
    return found


def put(world: World, which: int, executor: Executor) -> World:
    both = list(world.executors)
    both[which] = executor
    return replace(world, executors=(both[0], both[1]))


def moves(  # noqa: PLR0911  one case a step
    world: World, one: Executor
) -> list[tuple[World, Executor]]:
    """Return what one executor does next, as the worker does it."""
    may_write = one.fence == world.fence and one.number == world.number
    match one.at:
        case "idle" if not world.is_leased and world.stage not in FINAL:
            fence = world.fence + 1
            taken = replace(world, fence=fence, is_leased=True)
            return [(taken, Executor(fence=fence, at="leased", number=world.number))]
        case "leased":
            event = Event.PICKED if world.stage is Stage.QUEUED else Event.LEFT
            if not may_write or (world.stage, event) not in TRANSITIONS:
                return [(world, Executor())]
            moved = replace(world, stage=after(world.stage, event), number=world.number + 1)
            at = "picked" if event is Event.PICKED else "leased"
            return [(moved, replace(one, at=at, number=moved.number))]
        case "picked":
            if world.done:
                return [(world, replace(one, at="written"))]
            # The transaction of the store knows no lease; it is one, and by the keys of the plan.
            changed = replace(world, row_there=False, changes=world.changes + int(world.row_there))
            return [(changed, replace(one, at="changed"))]
        case "changed":
            if not may_write:
                return [(world, Executor())]
            return [(replace(world, done=True), replace(one, at="written"))]
        case "written":
            if not may_write:
                return [(world, Executor())]
            closed = replace(
                world, stage=after(world.stage, Event.CONCLUDED), number=world.number + 1
            )
            return [(closed, Executor())]
    return []


def all_worlds() -> dict[World, list[World]]:
    todo, known = deque([World()]), {}
    while todo:
        world = todo.popleft()
        # Numbers count without end; what differs only by them is one world beyond a bound.
        if world in known or world.fence > 6:
            continue
        known[world] = steps(world)
        todo.extend(known[world])
    return known


def test_two_executors_and_crashes_never_execute_twice_and_never_end_half_done() -> None:
    worlds = all_worlds()
    assert len(worlds) > 1_000
    for world in worlds:
        assert world.changes <= 1
        if world.stage is Stage.FULFILLED:
            assert world.done
            assert not world.row_there
    ended = {world for world in worlds if world.stage is Stage.FULFILLED}
    assert ended
    # From every world within the bound some way leads to the end: nothing is stuck.
    leads = set(ended)
    grew = True
    while grew:
        more = {one for one, then in worlds.items() if one not in leads and leads & set(then)}
        grew = bool(more)
        leads |= more
    assert {one for one in worlds if one.fence <= 3} <= leads


def test_a_checker_without_the_fence_would_find_a_second_write() -> None:
    paused = Executor(fence=1, at="written", number=2)
    taken_over = World(stage=Stage.RUNNING, number=2, fence=2, done=True, row_there=False)
    ((kept, executor),) = moves(taken_over, paused)
    assert (kept, executor) == (taken_over, Executor())
