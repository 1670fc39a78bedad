"""Interfaces that code opens to the scripts of web pages (`WebView.addJavascriptInterface`).

What a page can call reads and does what the app can; which pages are loaded, the code does not say.
"""

from collections.abc import Iterator

from chengnuo.domain.inspection.following import dotted
from chengnuo.domain.inspection.information import caused_by
from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.observation.api_catalogue import Api, ApiKind
from chengnuo.domain.observation.behaviour import Behaviour
from chengnuo.domain.observation.observation import (
    Confidence,
    Observation,
    Observer,
    Subject,
    observation_id,
)
from chengnuo.engines.program.mutf8 import text_of
from chengnuo.engines.program.sites import Site, argument, calls, references
from chengnuo.engines.program.values import Kind, texts_of

_ADDS = "addJavascriptInterface"
_OPENING = ("add", "registerHandler")
"""How names of calls begin that open an interface; others of the kind only use one."""


def bridges(opened: Opened) -> Iterator[Observation]:
    """Yield the interfaces that are opened to web pages, by call and in the order of the code."""
    followed = opened.followed
    seen: set[Site] = set()
    for api in opened.knowledge.apis.apis.values():
        if not _opens(api):
            continue
        for reference in references(
            followed.hierarchy, api.class_name, api.member, api.proto, below=True
        ):
            for site in calls(followed.program, reference):
                if site not in seen:
                    seen.add(site)
                    yield _observation(opened, api, site)


def _opens(api: Api) -> bool:
    if api.member == _ADDS:
        return True
    is_bridge = api.behaviour is Behaviour.JS_BRIDGE and api.kind is not ApiKind.ANNOTATION
    return is_bridge and api.member.startswith(_OPENING)


def _observation(opened: Opened, api: Api, site: Site) -> Observation:
    followed, owners = opened.followed, opened.owners
    place, path = followed.place(site), followed.path(site)
    owner = owners.of(place.class_name)
    what = Behaviour.JS_BRIDGE.value
    details = {"calls": f"{dotted(api.class_name)}.{api.member}"}
    if api.member == _ADDS:
        program = followed.program
        names = texts_of(argument(followed.answers, site, 1))
        given = argument(followed.answers, site, 0)
        types = {value.number for value in given if value.kind is Kind.NEW and value.number >= 0}
        classes = sorted(dotted(text_of(program.types[one])) for one in types)
        details |= {"name": ", ".join(names)} if names else {}
        details |= {"object": ", ".join(classes)} if classes else {}
    return Observation(
        id=observation_id(Observer.PACKAGE, Subject.BEHAVIOUR, what, place, details["calls"]),
        observer=Observer.PACKAGE,
        subject=Subject.BEHAVIOUR,
        what=what,
        owner=owner,
        caused_by=caused_by(path, owners, owner),
        moment=followed.moment(site),
        place=place,
        path=path,
        confidence=Confidence.HIGH,
        details=tuple(sorted(details.items())),
    )
