"""Prompts as JSON below `/v1/prompts`, for apps that show them on native screens.

They are public, as part of the register in force. An app shows what it gets: both buttons alike,
nothing ticked, closing it as a no. It sends fingerprint and notice back with the answer.
"""

from collections.abc import Iterable
from typing import Annotated

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter, QueryParameter

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.consent_notice import NoSuchConsentItemError
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import Line
from chengnuo.domain.disclosure.prompt import Binding, Prompt
from chengnuo.domain.disclosure.prompts import (
    all_prompts,
    first_run_prompt,
    moment_prompts,
    prompt_by_id,
    prompts_of,
)
from chengnuo.domain.register.ids import ActivityId, AppId
from chengnuo.doors.http.answers import Words
from chengnuo.doors.http.audience import ANYONE, requires
from chengnuo.doors.http.problems import documented
from chengnuo.usecases.register_desk import Desk, Served

GivenRegister = NamedDependency[Desk]
ActivityPath = Annotated[
    str, PathParameter(pattern=r"^[a-z0-9-]{1,60}$", description="Activity of the register")
]
MatterPath = Annotated[
    str,
    PathParameter(
        pattern=r"^[A-Za-z0-9:-]{1,120}$",
        description="Matter of the consent item, as `general`; or `moment-1`",
    ),
]
AppQuery = Annotated[
    str | None,
    QueryParameter(
        name="app",
        pattern=r"^[a-z0-9-]{1,60}$",
        required=False,
        description="App id; the first app of the register if left out",
    ),
]


class SpanBody(msgspec.Struct, frozen=True):
    """A run of text; what is sensitive is set bold and underlined."""

    text: Words
    sensitive: bool


class FactBody(msgspec.Struct, frozen=True):
    """A label and what it says, line by line."""

    label: Words
    lines: tuple[tuple[SpanBody, ...], ...]


class ButtonBody(msgspec.Struct, frozen=True):
    """A button; both are shown in the same size, weight and colours."""

    says: str
    words: Words


class BoxBody(msgspec.Struct, frozen=True):
    """The box of the one matter; it starts empty."""

    words: Words
    ticked: bool = False


class LinkBody(msgspec.Struct, frozen=True):
    """A document that the prompt leads to: the path of its JSON."""

    words: Words
    path: str


class PermissionBody(msgspec.Struct, frozen=True):
    """A permission of the system's dialog that follows."""

    platform: str
    name: str
    words: Words


class RelationBody(msgspec.Struct, frozen=True):
    """How a guardian can be related to the child; none is chosen beforehand."""

    id: str
    words: Words


class WaitingBody(msgspec.Struct, frozen=True):
    """What the child sees until a guardian has decided."""

    title: Words
    lines: tuple[Words, ...]


class NoticesBody(msgspec.Struct, frozen=True):
    """Hash of the notice in each language."""

    zh: str
    en: str


class BindingBody(msgspec.Struct, frozen=True):
    """What the answer is bound to."""

    item: str
    form: str
    fingerprint: str
    notice: NoticesBody


class PromptBody(msgspec.Struct, frozen=True, rename="camel"):
    """One prompt."""

    id: str
    kind: str
    app: str
    activity: str | None
    register_version: str
    title: Words
    lines: tuple[Words, ...]
    facts: tuple[FactBody, ...]
    box: BoxBody | None
    buttons: tuple[ButtonBody, ButtonBody]
    on_escape: str
    steps: int
    links: tuple[LinkBody, ...]
    otherwise: Words | None
    permissions: tuple[PermissionBody, ...]
    binding: BindingBody | None
    relations: tuple[RelationBody, ...]
    waiting: WaitingBody | None
    page: str


class PromptName(msgspec.Struct, frozen=True):
    """A prompt that can be had."""

    id: str
    kind: str
    title: Words


class PromptsOfBody(msgspec.Struct, frozen=True):
    """What is asked for one activity: at its moments first, then for each consent item."""

    activity: str
    moments: tuple[PromptBody, ...]
    consents: tuple[PromptBody, ...]


@get("/", guards=[requires(ANYONE)], sync_to_thread=True, responses=documented(404, 409))
def prompt_names(prompt_desk: GivenRegister, app: AppQuery = None) -> list[PromptName]:
    """Return every prompt of an app, by id."""
    declared = _declared(prompt_desk, prompt_desk.served, app)
    return [
        PromptName(id=one.id, kind=one.kind, title=_words(one.title))
        for one in all_prompts(declared)
    ]


@get("/first-run", guards=[requires(ANYONE)], sync_to_thread=True, responses=documented(404, 409))
def first_run(prompt_desk: GivenRegister, app: AppQuery = None) -> PromptBody:
    """Return the prompt of the first run; agreeing to it is no consent to any consent item."""
    served = prompt_desk.served
    return _body(first_run_prompt(_declared(prompt_desk, served, app)), served)


@get(
    "/{activity:str}",
    guards=[requires(ANYONE)],
    sync_to_thread=True,
    responses=documented(404, 409),
)
def activity_prompts(prompt_desk: GivenRegister, activity: ActivityPath) -> PromptsOfBody:
    """Return what is asked for one activity."""
    served = prompt_desk.served
    row = served.register.activity_by_id.get(ActivityId(activity))
    if row is None:
        raise NotFoundException
    declared = _declared(prompt_desk, served, served.register.service_by_id[row.service].app)
    asked = prompts_of(served.register, prompt_desk.catalogue, row.activity)
    return PromptsOfBody(
        activity=activity,
        moments=tuple(_body(one, served) for one in moment_prompts(declared, row.activity)),
        consents=tuple(_body(one, served) for one in asked),
    )


@get(
    "/{activity:str}/{matter:str}",
    guards=[requires(ANYONE)],
    sync_to_thread=True,
    responses=documented(404, 409),
)
def one_prompt(
    prompt_desk: GivenRegister, activity: ActivityPath, matter: MatterPath
) -> PromptBody:
    """Return the prompt of one consent item, or of one moment."""
    served = prompt_desk.served
    wanted = f"{activity}/{matter}"
    try:
        return _body(prompt_by_id(served.register, prompt_desk.catalogue, wanted), served)
    except NoSuchConsentItemError as error:
        raise NotFoundException from error


def prompts_router(desk: Desk) -> Router:
    """Return the routes below `/v1/prompts`."""

    def prompt_desk() -> Desk:
        return desk

    return Router(
        path="/v1/prompts",
        route_handlers=[prompt_names, first_run, activity_prompts, one_prompt],
        dependencies={"prompt_desk": Provide(prompt_desk, sync_to_thread=False)},
        tags=["v1"],
    )


def _declared(desk: Desk, served: Served, app: str | None) -> Declared:
    apps = served.register.app_by_id
    wanted = next(iter(apps)) if app is None else AppId(app)
    if wanted not in apps:
        raise NotFoundException
    return Declared(register=served.register, catalogue=desk.catalogue, app_id=wanted)


def _body(prompt: Prompt, served: Served) -> PromptBody:
    first, second = (ButtonBody(one.says, _words(one.words)) for one in prompt.buttons)
    return PromptBody(
        id=prompt.id,
        kind=prompt.kind,
        app=prompt.app,
        activity=prompt.activity,
        register_version=served.version,
        title=_words(prompt.title),
        lines=_each(prompt.lines),
        facts=tuple(
            FactBody(_words(label), tuple(_line(one) for one in lines))
            for label, lines in prompt.facts
        ),
        box=None if prompt.box is None else BoxBody(_words(prompt.box)),
        buttons=(first, second),
        on_escape=prompt.on_escape,
        steps=prompt.steps,
        links=tuple(
            LinkBody(_words(words), f"/v1/documents/{kind}?app={prompt.app}")
            for words, kind in prompt.links
        ),
        otherwise=None if prompt.otherwise is None else _words(prompt.otherwise),
        permissions=tuple(
            PermissionBody(one.platform, one.name, _words(one.words)) for one in prompt.permissions
        ),
        binding=None if prompt.binding is None else _binding(prompt.binding),
        relations=tuple(RelationBody(one.id, _words(one.words)) for one in prompt.relations),
        waiting=None
        if prompt.waiting is None
        else WaitingBody(_words(prompt.waiting.title), _each(prompt.waiting.lines)),
        page=f"/centre/prompts/{prompt.id}",
    )


def _binding(binding: Binding) -> BindingBody:
    return BindingBody(
        item=binding.item,
        form=binding.form,
        fingerprint=binding.fingerprint,
        notice=NoticesBody(**{lang.value: digest for lang, digest in binding.notices}),
    )


def _line(line: Line) -> tuple[SpanBody, ...]:
    return tuple(SpanBody(_words(span.text), span.sensitive) for span in line)


def _each(texts: Iterable[Text]) -> tuple[Words, ...]:
    return tuple(_words(text) for text in texts)


def _words(text: Text) -> Words:
    return Words(zh=text.zh, en=text.en)
