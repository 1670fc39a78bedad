"""A process that follows the one that writes: what it answers by itself, and how it takes over."""

from collections.abc import Awaitable, Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, cast

from chengnuo.adapters.evidence.rounds import Rounds
from chengnuo.adapters.following import FollowingThread
from chengnuo.doors.following_service import FollowingService, Turned
from chengnuo.doors.http.decisions import PATHS, Decisions
from chengnuo.doors.http.envelope import Envelope
from chengnuo.doors.http.filtering import PATH as AUDIENCE_PATH
from chengnuo.doors.http.filtering import Filtering
from chengnuo.doors.http.followers import SEAL_OF
from chengnuo.doors.http.following import FollowerDoor, Stated
from chengnuo.doors.http.forwarding import Forwarding
from chengnuo.doors.http.metrics import Metrics
from chengnuo.doors.http.program_routes import PROGRAM_PATHS
from chengnuo.doors.http.transfers import PATHS as TRANSFER_PATHS
from chengnuo.doors.http.turning import Turning
from chengnuo.doors.settings import ServeSettings, WebSettings
from chengnuo.doors.web.building import Service
from chengnuo.usecases.api_keys import ApiKeys
from chengnuo.usecases.decision.audience import AudienceDesk
from chengnuo.usecases.decision.books import Books, Edition, by_engine
from chengnuo.usecases.decision.desk import DecisionDesk
from chengnuo.usecases.individual_entry import person_key
from chengnuo.usecases.planes.status import no_planes
from chengnuo.usecases.registers import Registers
from chengnuo.wiring.following_parts import Parts, parts_of, refuse_unprepared
from chengnuo.wiring.taking_over import TakingOver

if TYPE_CHECKING:
    from litestar.types import ASGIApp

    from chengnuo.adapters.postgresql.shared import SharedDatabase
    from chengnuo.doors.cli.serve import Served

_SPARE_S = 5.0


def following_service(
    settings: ServeSettings,
    web: WebSettings,
    registers: Registers,
    shared: "SharedDatabase",
    lead: "Callable[[], Served]",
) -> FollowingService:
    """Return a service that follows, ready to run.

    Args:
        settings: What it is told.
        web: What the doors need of it.
        registers: Reads registers.
        shared: The database.
        lead: Puts together the service that writes, once this process has claimed the lease.

    Raises:
        KeysNotCopiedError: The data folder is not prepared.
        LogLockedError: Another process uses the data folder.
        DatabaseUnavailableError: The database does not answer.

    """
    refuse_unprepared(settings)
    parts = parts_of(settings, registers, shared)
    waking = import_module("chengnuo.adapters.postgresql.waking")

    def look() -> None:
        if parts.following.look().holder is None:
            taking_over.try_it()

    thread = FollowingThread(look)
    tree = Rounds(parts.following.follow_tree, every_s=1.0, name="following the log")
    woken = waking.Waking(shared.database, thread.wake)
    sealed = partial(parts.data.keys.tokens.keyed, SEAL_OF)
    forwarding = Forwarding(
        lambda: parts.following.holder, sealed, answer_s=web.request_timeout_s + _SPARE_S
    )
    if parts.planes is not None:
        parts.planes.start()

    def release() -> None:
        thread.close()
        woken.close()
        tree.close()
        parts.let_go()

    def led(made: Service) -> None:
        parts.handover.to = made.services.evidence.log.append
        if made.decisions is not None:
            decisions.desk, decisions.keys = made.decisions.desk, made.decisions.keys
            decisions.gate = made.decisions.gate

    def close() -> None:
        if turned.service is None:
            release()
        try:
            parts.close()
        finally:
            if turned.service is not None:
                turned.service.close()
            taking_over.close()
            shared.give_back()  # where it ends between its claim and the service that writes

    decisions, turned = _decisions(parts), Turned()
    front = Turning(
        _app(parts, web, decisions, forwarding, begin=thread.start, end=forwarding.close)
    )
    taking_over = TakingOver(
        shared=shared,
        following=parts.following,
        front=front,
        decisions=decisions,
        turned=turned,
        release=release,
        lead=lead,
        led=led,
    )
    return FollowingService(
        app=front,
        turned=turned,
        key_holder=parts.opened.holder,
        close=close,
        decisions=decisions,
    )


def _decisions(parts: Parts) -> Decisions:
    desk, tokens = parts.desk, parts.data.keys.tokens

    def edition() -> Edition:
        return Edition(version=desk.served.version, register=desk.served.register)

    return Decisions(
        desk=DecisionDesk(
            books=Books(edition, desk.catalogue, engine=by_engine, assessed=parts.assessed),
            states=parts.consents,
            clock=parts.clock,
            recorder=parts.recorder,
            as_of=parts.following.as_of,
        ),
        keys=ApiKeys(store=parts.data.api_keys, tokens=tokens, clock=parts.clock),
        person=partial(person_key, tokens),
        wrong_keys_per_minute=parts.settings.wrong_keys_per_minute,
    )


def _app(  # noqa: PLR0913  what it is made of
    parts: Parts,
    web: WebSettings,
    decisions: Decisions,
    forwarding: Forwarding,
    *,
    begin: Callable[[], None],
    end: Callable[[], Awaitable[None]],
) -> Envelope:
    lists = Filtering(
        audience=AudienceDesk(desk=decisions.desk, state=parts.consents),
        gate=decisions.gate,
        person=decisions.person,
    )
    own = {**dict.fromkeys(PATHS, decisions), AUDIENCE_PATH: lists}
    behind_ms, timeout_s = parts.following.behind_ms, web.request_timeout_s
    as_of = parts.following.as_of
    watch = no_planes if parts.planes is None else parts.planes.state.status
    metrics = Metrics(planes=watch, behind_ms=behind_ms)
    door = FollowerDoor(
        forward=forwarding,
        desk=parts.desk,
        planes=watch,
        behind_ms=behind_ms,
        metrics=metrics,
        metrics_token=web.metrics_token,
        begin=begin,
        end=end,
    )
    raw: dict[str, ASGIApp] = {
        **dict.fromkeys((*PROGRAM_PATHS, *TRANSFER_PATHS), cast("ASGIApp", forwarding)),
        **{
            path: Stated(
                cast("ASGIApp", app),
                partial(as_of, is_long=path == AUDIENCE_PATH),
                timeout_s=timeout_s,
            )
            for path, app in own.items()
        },
    }
    return Envelope(door, web, metrics, raw=raw)
