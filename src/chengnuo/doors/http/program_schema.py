"""The routes of programs in the OpenAPI document, made from the very forms that read and write.

These routes stand beside the Litestar app, which describes its own. A path, a member or a limit
that changes there changes here, because nothing is written down twice; only sentences are.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from chengnuo.base.canonical import Tree
from chengnuo.doors.decision_bodies import AnswersBody, BatchBody, DecisionBody, OneAskBody
from chengnuo.doors.http import decisions, filtering
from chengnuo.doors.http.audience_bodies import AudienceBody, AudienceQuery
from chengnuo.doors.http.automated import OPERATIONS as AUTOMATED_OPERATIONS
from chengnuo.doors.http.consents import OPERATIONS
from chengnuo.doors.http.dossiers import OPERATIONS as DOSSIER_OPERATIONS
from chengnuo.doors.http.id_bodies import IN_FORMS, JSON
from chengnuo.doors.http.labels import OPERATIONS as LABEL_OPERATIONS
from chengnuo.doors.http.prices import OPERATIONS as PRICE_OPERATIONS
from chengnuo.doors.http.problems import PROBLEM_TYPE, Problem
from chengnuo.doors.http.provisions import OPERATIONS as PROVISION_OPERATIONS
from chengnuo.doors.http.publications import OPERATIONS as PUBLICATION_OPERATIONS
from chengnuo.doors.http.rights import OPERATIONS as RIGHTS_OPERATIONS

_PREFIX = "Program."
_KEY = "apiKey"
_STATUSES = {
    400: "The body, or an instant in it, has a wrong form.",
    401: "No API key in force was shown.",
    403: "The key is for something else.",
    405: "These routes take POST.",
    413: "The body, or the number of questions or ids in it, is too large.",
    415: "The body is of another media type.",
    421: "The host name is not served here.",
    429: "One address showed too many wrong keys; wait a minute.",
    503: "State or log cannot be used now; nobody was told yes. Nothing half done is left; what"
    " took too long, or was cut off by a stop, may have been done: hand it in again.",
}
_OF_ACTS = {
    409: "Things are not so, or not so any more: load again.",
    410: "It is too late for this: show it anew.",
    422: "The body is well formed and names what there is not, or who may not do this.",
}
_OF_AUTOMATED = {
    404: "There is no such decision about this individual.",
    409: "A decision of this id is recorded and says something else.",
    422: "The body is well formed and does not fit the register in force.",
}
_OF_REQUESTS = {
    403: "The key is for something else, or who asks has not proved enough who they are.",
    404: "There is no such request, task or notice, or it is somebody else's.",
    409: "It cannot be done where the request stands: load it again.",
    422: "The body is well formed and names what there is not, or does not go with the right.",
}

_OF_LABELS = {
    409: "The individual deleted this label.",
    422: "The body is well formed and names a model whose labels the register does not have.",
}
_OF_PRICES = {
    404: "There is no such quote, or it was not made to this individual.",
    422: "The log lacks something of the quote, or too few others were quoted the same.",
}
_OF_PROVISIONS = {
    422: "The body is well formed and names a recipient in the mainland, or asks too much.",
}
_OF_PUBLICATIONS = {
    422: "The register declares no such publication, or no mask for what is to be masked.",
}
_OF_DOSSIERS = {
    403: "The key is for something else, or the act is for others to do.",
    404: "There is no such dossier, or none that may be seen; or its sort has no such act.",
    409: "It cannot be done where the dossier stands, or somebody did something meanwhile.",
    422: "A field is missing or has another form, or the act cannot be done as it was given.",
}
_GROUPS = (
    (OPERATIONS, "consents", _OF_ACTS),
    (AUTOMATED_OPERATIONS, "automated", _OF_AUTOMATED),
    (LABEL_OPERATIONS, "labels", _OF_LABELS),
    (PRICE_OPERATIONS, "prices", _OF_PRICES),
    (DOSSIER_OPERATIONS, "dossiers", _OF_DOSSIERS),
    (PROVISION_OPERATIONS, "provisions", _OF_PROVISIONS),
    (PUBLICATION_OPERATIONS, "publications", _OF_PUBLICATIONS),
    (RIGHTS_OPERATIONS, "rights", _OF_REQUESTS),
)
"""Routes of one form each, with their tag and what else they may answer."""


def describe_programs(document: dict[str, Any], mounted: frozenset[str]) -> None:
    """Add the routes of programs that are mounted to the OpenAPI document of an app."""
    parts = document["components"]
    parts.setdefault("securitySchemes", {})[_KEY] = {
        "type": "http",
        "scheme": "bearer",
        "description": "An API key of `chengnuo keys make`.",
    }
    parts["schemas"] |= components()
    document["paths"] |= {path: one for path, one in path_items().items() if path in mounted}


def path_items() -> dict[str, Tree]:
    """Return the path item of every route."""
    found: dict[str, Tree] = {
        decisions.ONE_PATH: _posted(
            "Answer whether something may be done with somebody's information.",
            tag="decisions",
            takes=OneAskBody,
            gives=DecisionBody,
        ),
        decisions.BATCH_PATH: _posted(
            "Answer up to a thousand questions in their order, recorded all or none.",
            tag="decisions",
            takes=BatchBody,
            gives=AnswersBody,
        ),
        filtering.PATH: _audience(),
    }
    for operations, tag, more in _GROUPS:
        for one in operations.values():
            said = (one.does.__doc__ or "").partition("\n")[0]
            found[one.path] = _posted(said, tag=tag, takes=one.takes, gives=one.gives, more=more)
    return found


def components() -> dict[str, Tree]:
    """Return the forms of all bodies and answers, by the names that the path items use."""
    _, found = msgspec.json.schema_components(_forms(), ref_template=_ref("{name}"))
    return {f"{_PREFIX}{name}": _without_nulls(one) for name, one in found.items()}


def _without_nulls(tree: Tree) -> Tree:
    """Leave out `"default": null`, which Litestar writes nowhere; a default list is a list."""
    if isinstance(tree, dict):
        return {name: _without_nulls(one) for name, one in tree.items() if one is not None}
    return [_without_nulls(one) for one in tree] if isinstance(tree, list | tuple) else tree


def _forms() -> Sequence[type[msgspec.Struct]]:
    found: list[type[msgspec.Struct]] = [
        *(OneAskBody, DecisionBody, BatchBody, AnswersBody, AudienceBody, Problem),
        *(
            form
            for each, _, _ in _GROUPS
            for one in each.values()
            for form in (one.takes, one.gives)
        ),
    ]
    return list(dict.fromkeys(found))


def _audience() -> Tree:
    said = _posted(
        "Return of a list of account ids those whose information may be used now.",
        tag="audience",
        gives=AudienceBody,
        more={422: _OF_ACTS[422]},
    )
    operation = said["post"] if isinstance(said, dict) else None
    if isinstance(operation, dict):
        operation["parameters"] = list(_parameters())
        operation["requestBody"] = {"required": True, "content": dict.fromkeys(IN_FORMS, _LIST)}
        answers = operation["responses"]
        if isinstance(answers, dict) and isinstance(answers["200"], dict):
            content = answers["200"]["content"]
            if isinstance(content, dict):
                content.update(dict.fromkeys(IN_FORMS, _LIST))
    return said


_LIST: Tree = {"schema": {"type": "string"}}


def _parameters() -> Iterable[Tree]:
    """Yield a parameter for each member of the query's form."""
    form = msgspec.json.schema(AudienceQuery)
    query = form["$defs"][AudienceQuery.__name__]
    for name, schema in query["properties"].items():
        kinds = schema.get("anyOf", [schema])
        plain = next(one for one in kinds if one.get("type") != "null")
        if "$ref" in plain:
            plain = form["$defs"][plain["$ref"].rpartition("/")[2]]
        yield {"name": name, "in": "query", "required": False, "schema": plain}


def _posted(
    said: str,
    *,
    tag: str,
    gives: type[msgspec.Struct],
    takes: type[msgspec.Struct] | None = None,
    more: Mapping[int, str] | None = None,
) -> Tree:
    answers: dict[str, Tree] = {"200": {"description": said, "content": _content(gives)}}
    for status, words in sorted({**_STATUSES, **({} if more is None else more)}.items()):
        problem: Tree = {PROBLEM_TYPE: {"schema": {"$ref": _ref(Problem.__name__)}}}
        answers[str(status)] = {"description": words, "content": problem}
    operation: dict[str, Tree] = {
        "summary": said,
        "tags": [tag],
        "security": [{_KEY: []}],
        "responses": answers,
    }
    if takes is not None:
        operation["requestBody"] = {"required": True, "content": _content(takes)}
    return {"post": operation}


def _content(form: type[msgspec.Struct]) -> dict[str, Tree]:
    return {JSON: {"schema": {"$ref": _ref(form.__name__)}}}


def _ref(name: str) -> str:
    return f"#/components/schemas/{_PREFIX}{name}"
