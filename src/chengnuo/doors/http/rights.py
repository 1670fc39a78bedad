"""`/v1/rights:…`: what a back end of an app does about requests of individuals.

All are POST with the account id in the body, never in a path or a query, which proxies write into
their logs. Seeing takes a key with `rights:read`, handing in one with `rights:write`; a recipient
or an entrusted party gets a key with `rights:acknowledge`, which lets it confirm what it was told
by the id of the notice and do nothing else. A request handed in again with its mark, or while it is
open, is the request there is, so that nothing is asked twice after silence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from chengnuo.domain.rights.request import RequestId
from chengnuo.doors import rights_bodies as asked
from chengnuo.doors.http import rights_answers as said
from chengnuo.doors.http.posted import Operation, Posted, operation
from chengnuo.doors.http.programs import STATUS
from chengnuo.doors.http.rights_plan_answers import PlanBody, plan_body
from chengnuo.ports.accounts import Account, AccountId, Role
from chengnuo.ports.api_keys import ApiScope
from chengnuo.usecases.rights.desk import RightsDesk

PATH = "/v1/rights"
_STATUS = {
    **STATUS,
    "rights-no-such-request": 404,
    "rights-no-such-task": 404,
    "rights-no-file": 404,
    "no-such-rights-export": 404,
    "four-eyes": 403,
    "rights-identity": 403,
    **dict.fromkeys(
        (
            "no-such-activity",
            "rights-ambiguous",
            "rights-asked-otherwise",
            "rights-no-match",
            "rights-reason",
        ),
        422,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights(Posted):
    """The ASGI callable.

    Attributes:
        desk: All that can be done about requests.

    """

    statuses: ClassVar[Mapping[str, int]] = _STATUS
    desk: RightsDesk

    def operation_at(self, path: str) -> Operation:
        """See `Posted.operation_at`."""
        return OPERATIONS[path]

    def open(self, body: asked.OpenBody) -> said.RequestBody:
        """Take a request in; handed in again with its mark, or while it is open, it is found."""
        asker = body.asker.to_asker(self.person, self.desk.find)
        return said.request_body(
            self.desk.open(asker, body.right, body.asked.to_domain(), mark=body.mark)
        )

    def preview(self, body: asked.OpenBody) -> PlanBody:
        """Return the plan that a request would have; nothing is kept and nothing changed."""
        asker = body.asker.to_asker(self.person, self.desk.find)
        return plan_body(self.desk.preview(asker, body.right, body.asked.to_domain()))

    def prove(self, body: asked.ProveBody) -> said.RequestBody:
        """Say that the individual has proved to you who they are."""
        asker = body.asker.to_asker(self.person)
        return said.request_body(self.desk.prove(RequestId(body.id), asker))

    def take_back(self, body: asked.OwnBody) -> said.RequestBody:
        """Take a request back before it begins."""
        person = self.person(body.person)
        return said.request_body(self.desk.take_back(RequestId(body.id), person))

    def list(self, body: asked.ListBody) -> said.LinesBody:
        """Return the requests of an individual, or of everybody by the days left."""
        if body.person is not None:
            return said.lines_body(self.desk.mine(self.person(body.person), limit=body.limit))
        found = self.desk.queue(body.stage, overdue=body.overdue, limit=body.limit)
        return said.lines_body(found)

    def get(self, body: asked.OneBody) -> said.RequestBody:
        """Return one request with its plan, what was done, and its answer."""
        request = RequestId(body.id)
        if body.person is None:
            return said.request_body(self.desk.seen(request))
        return said.request_body(self.desk.own(request, self.person(body.person)))

    def file(self, body: asked.FileBody) -> said.PieceBody:
        """Return a piece of a file to take home; the individual has signed in just now."""
        asker = body.asker.to_asker(self.person)
        found = self.desk.file(RequestId(body.id), asker, body.part)
        stop = min(found.size, body.start + body.length)
        content = b"".join(found.read(body.start, stop)) if body.start < stop else b""
        return said.PieceBody(
            name=found.name,
            size=found.size,
            sha256=found.sha256,
            start=body.start,
            content=content,
        )

    def code(self, body: asked.CodeBody) -> said.CodeSeenBody:
        """Return the pass code of a copy, once; the individual has signed in just now."""
        asker = body.asker.to_asker(self.person)
        return said.CodeSeenBody(code=self.desk.code(RequestId(body.id), asker))

    def tasks(self, body: asked.TasksBody) -> said.TasksSeenBody:
        """Return what has to be done by hand, oldest first."""
        return said.tasks_body(self.desk.tasks(open_only=body.open_only))

    def task_done(self, body: asked.TaskDoneBody) -> said.RequestBody:
        """Say that a task was done; of an explanation, `note` is the answer itself."""
        return said.request_body(self.desk.task_done(body.task, self._program(), body.note))

    def acknowledge(self, body: asked.NoticeBody) -> said.AcknowledgedBody:
        """Say, as a party outside, that what the notice asks for was done."""
        self.desk.acknowledge(body.notice)
        return said.AcknowledgedBody(notice=body.notice)

    def conditions(self, body: asked.AskerBody) -> said.ConditionsBody:
        """Return the published conditions of cancelling the account."""
        asker = body.asker.to_asker(self.person)
        return said.conditions_body(self.desk.cancellation_conditions(asker))

    def may_create_account(self, body: asked.AccountBody) -> said.MayCreateBody:
        """Tell whether an account may be made under an id: not where it was erased."""
        return said.MayCreateBody(may=self.desk.may_create_account(body.person))

    def start_afresh(self, body: asked.AskerBody) -> said.AfreshBody:
        """Let somebody erased come back by their own registration."""
        asker = body.asker.to_asker(self.person)
        return said.AfreshBody(was_erased=self.desk.start_afresh(asker))

    def _program(self) -> Account:
        """Return the account that the timeline names for what a program said."""
        return Account(
            id=AccountId("api"),
            name="api",
            role=Role.STAFF,
            enabled=True,
            created_at=self.gate.keys.clock.now(),
        )


_operation = partial(operation, PATH)
_READ, _WRITE = ApiScope.RIGHTS_READ, ApiScope.RIGHTS_WRITE
_ONE = said.RequestBody
OPERATIONS: Mapping[str, Operation] = {
    one.path: one
    for one in (
        _operation("list", _READ, asked.ListBody, said.LinesBody, Rights.list),
        _operation("get", _READ, asked.OneBody, _ONE, Rights.get),
        _operation("preview", _READ, asked.OpenBody, PlanBody, Rights.preview),
        _operation("tasks", _READ, asked.TasksBody, said.TasksSeenBody, Rights.tasks),
        _operation("conditions", _READ, asked.AskerBody, said.ConditionsBody, Rights.conditions),
        _operation(
            "may-create-account",
            _READ,
            asked.AccountBody,
            said.MayCreateBody,
            Rights.may_create_account,
        ),
        _operation("file", _READ, asked.FileBody, said.PieceBody, Rights.file),
        _operation("code", _WRITE, asked.CodeBody, said.CodeSeenBody, Rights.code),
        _operation("open", _WRITE, asked.OpenBody, _ONE, Rights.open),
        _operation("prove", _WRITE, asked.ProveBody, _ONE, Rights.prove),
        _operation("take-back", _WRITE, asked.OwnBody, _ONE, Rights.take_back),
        _operation("task-done", _WRITE, asked.TaskDoneBody, _ONE, Rights.task_done),
        _operation("start-afresh", _WRITE, asked.AskerBody, said.AfreshBody, Rights.start_afresh),
        _operation(
            "acknowledge",
            ApiScope.RIGHTS_ACKNOWLEDGE,
            asked.NoticeBody,
            said.AcknowledgedBody,
            Rights.acknowledge,
        ),
    )
}
"""Every route by its path."""
