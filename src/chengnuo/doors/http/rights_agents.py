"""`/v1/data-rights-request` and `/v1/agent`: agents hand in requests (Data Rights Protocol 1.0).

Bodies are signed messages; what is refused of agent, token or signature is 403 and never says why.
"""

from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from litestar import Request, Router, delete, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import PathParameter

from chengnuo.doors.http.audience import ANYONE, requires
from chengnuo.doors.http.problems import documented
from chengnuo.doors.http.rights_agency import Agents, TokenGivenBody
from chengnuo.doors.http.rights_agent_words import StatusBody
from chengnuo.doors.http.rights_envelope import EnvelopeRefusedError

AgentText = Annotated[str, PathParameter(pattern=r"^[A-Za-z0-9._-]{1,200}$")]
ShownId = Annotated[str, PathParameter(pattern=r"^[A-Za-z0-9-]{1,120}$")]


class NothingBody(msgspec.Struct, frozen=True):
    """That the token is good."""


@dataclass
class SignedOperation(Operation):
    """An operation whose body is a signed message in base 64."""

    def __post_init__(self) -> None:
        """Say what its body is."""
        self.request_body = RequestBody(
            required=True,
            description="Base 64 of an Ed25519 signature with the signed JSON behind it.",
            content={"text/plain": OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING))},
        )


GivenAgents = NamedDependency[Agents]


@post(
    "/v1/agent/{agent_id:str}",
    guards=[requires(ANYONE)],
    opt={"form": False},
    status_code=200,
    operation_class=SignedOperation,
    responses=documented(403, 409),
)
async def set_up_agent(
    request: Request[Any, Any, Any], agents: GivenAgents, agent_id: AgentText
) -> TokenGivenBody:
    """Give a registered agent its token for a signed message."""
    body = await request.body()
    return await sync_to_thread(agents.set_up, agent_id, body)


@get("/v1/agent/{agent_id:str}", guards=[requires(ANYONE)], responses=documented(403))
async def agent_information(
    request: Request[Any, Any, Any], agents: GivenAgents, agent_id: AgentText
) -> NothingBody:
    """Tell an agent that its token is good."""
    if agents.agent_of(request.headers.get("authorization", "")) != agent_id:
        raise EnvelopeRefusedError
    return NothingBody()


@post(
    "/v1/data-rights-request",
    guards=[requires(ANYONE)],
    opt={"form": False},
    status_code=200,
    operation_class=SignedOperation,
    responses=documented(403, 409, 422),
)
async def exercise_right(request: Request[Any, Any, Any], agents: GivenAgents) -> StatusBody:
    """Take in a request of an individual that an agent signs."""
    agent = agents.agent_of(request.headers.get("authorization", ""))
    return await sync_to_thread(agents.exercise, agent, await request.body())


@get(
    "/v1/data-rights-request/{request_id:str}",
    guards=[requires(ANYONE)],
    responses=documented(403, 404),
)
async def request_status(
    request: Request[Any, Any, Any], agents: GivenAgents, request_id: ShownId
) -> StatusBody:
    """Tell an agent where a request of its own stands."""
    agent = agents.agent_of(request.headers.get("authorization", ""))
    return await sync_to_thread(agents.status, agent, request_id)


@delete(
    "/v1/data-rights-request/{request_id:str}",
    guards=[requires(ANYONE)],
    opt={"form": False},
    status_code=200,
    operation_class=SignedOperation,
    responses=documented(403, 404, 409),
)
async def revoke_request(
    request: Request[Any, Any, Any], agents: GivenAgents, request_id: ShownId
) -> StatusBody:
    """Take back a request of an agent's own before it begins."""
    agent = agents.agent_of(request.headers.get("authorization", ""))
    return await sync_to_thread(agents.revoke, agent, request_id, await request.body())


def agents_router(agents: Agents) -> Router:
    """Return the routes for agents."""

    def given() -> Agents:
        return agents

    return Router(
        path="/",
        route_handlers=[
            set_up_agent,
            agent_information,
            exercise_right,
            request_status,
            revoke_request,
        ],
        dependencies={"agents": Provide(given, sync_to_thread=False)},
        tags=["agents"],
    )
