"""Prompts over HTTP, for an app that shows them on its own screens.

An app shows what it gets: both buttons alike, the box empty, closing it as a no. It sends `binding`
back with what was said (`chengnuo.client.consents.Reply`). Prompts are public; any key will do.
"""

from urllib.parse import quote

import msgspec

from chengnuo.client.client import Client
from chengnuo.client.consents import Words


class Span(msgspec.Struct, frozen=True):
    """A run of text; what is sensitive is set bold and underlined."""

    text: Words
    sensitive: bool


class Fact(msgspec.Struct, frozen=True):
    """A label and what it says, line by line."""

    label: Words
    lines: tuple[tuple[Span, ...], ...]


class Box(msgspec.Struct, frozen=True):
    """The box of the one matter; it starts empty."""

    words: Words
    ticked: bool = False


class Button(msgspec.Struct, frozen=True):
    """A button; both are shown in the same size, weight and colours."""

    says: str
    words: Words


class Link(msgspec.Struct, frozen=True):
    """A document that the prompt leads to: the path of its JSON."""

    words: Words
    path: str


class Permission(msgspec.Struct, frozen=True):
    """A permission of the system's dialog that follows."""

    platform: str
    name: str
    words: Words


class Relation(msgspec.Struct, frozen=True):
    """How a guardian can be related to the child; none is chosen beforehand."""

    id: str
    words: Words


class WaitingFor(msgspec.Struct, frozen=True):
    """What the child sees until a guardian has decided."""

    title: Words
    lines: tuple[Words, ...]


class Notices(msgspec.Struct, frozen=True):
    """Hash of the notice in each language."""

    zh: str
    en: str


class Binding(msgspec.Struct, frozen=True):
    """What the answer is bound to."""

    item: str
    form: str
    fingerprint: str
    notice: Notices


class Prompt(msgspec.Struct, frozen=True, rename="camel"):
    """One prompt; without `binding` its answer is passed on and not recorded."""

    id: str
    kind: str
    app: str
    activity: str | None
    register_version: str
    title: Words
    lines: tuple[Words, ...]
    facts: tuple[Fact, ...]
    box: Box | None
    buttons: tuple[Button, Button]
    on_escape: str
    steps: int
    links: tuple[Link, ...]
    otherwise: Words | None
    permissions: tuple[Permission, ...]
    binding: Binding | None
    relations: tuple[Relation, ...]
    waiting: WaitingFor | None
    page: str


class PromptsOf(msgspec.Struct, frozen=True):
    """What is asked for one activity: at its moments first, then for each consent item."""

    activity: str
    moments: tuple[Prompt, ...]
    consents: tuple[Prompt, ...]


class PromptClient:
    """Fetches prompts.

    Every method raises `ServiceRefusedError` where there is no such prompt or no register, and
    `ServiceSilentError` where there is no answer.
    """

    def __init__(self, client: Client) -> None:
        """Go through a client; it stays the caller's to close."""
        self._client = client

    def one(self, prompt: str) -> Prompt:
        """Return a prompt by its id, as `search/general`: a consent item has the same."""
        return self._client.get(f"/v1/prompts/{quote(prompt)}", Prompt)

    def of_activity(self, activity: str) -> PromptsOf:
        """Return what is asked for one activity."""
        return self._client.get(f"/v1/prompts/{quote(activity, safe='')}", PromptsOf)

    def first_run(self, app: str | None = None) -> Prompt:
        """Return the prompt of the first run; agreeing to it is no consent to any item."""
        query = "" if app is None else f"?app={quote(app, safe='')}"
        return self._client.get(f"/v1/prompts/first-run{query}", Prompt)
