"""A request made from its template: placeholders filled in, nothing else of it changed.

`{item}`, `{switch}` and the names of a profile's fields are placeholders; `{env:NAME}` takes what
the environment holds, and its value is never shown. In an address values are percent-encoded
(RFC 3986 section 2.1), so that none can add a parameter; in a header they hold no line end.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import msgspec

from chengnuo.domain.pricing.probe_spec import Endpoint, Field
from chengnuo.ports.probed_endpoint import ProbeRequest, ProbeRequestError, ProbeSecretError

_PLACEHOLDER = re.compile(r"\{(env:)?([A-Za-z_][A-Za-z0-9_-]*)\}")
_PLAIN = re.compile(r"[\t\x20-\x7e\x80-\xff]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A request ready to be sent.

    Attributes:
        target: Path and query.
        headers: Its headers.
        body: Its body.

    """

    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Filling:
    """Fills the template of an endpoint in.

    Attributes:
        endpoint: The template.
        environ: The environment.

    """

    endpoint: Endpoint
    environ: Mapping[str, str]

    def filled(self, request: ProbeRequest) -> Filled:
        """Return a request.

        Raises:
            ProbeRequestError: A placeholder has no value, or a value cannot stand in a header.
            ProbeSecretError: The environment lacks something.

        """
        given = {name: self._from_environ(one) for name, one in request.profile.items()}
        values: dict[str, Field] = {**given, "item": request.item, "switch": request.switch}
        parts = urlsplit(self.endpoint.url)
        target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        body = self._tree(self.endpoint.body, values) if self.endpoint.body else None
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        for name, template in self.endpoint.headers.items():
            value = self._text(template, values)
            if not _PLAIN.fullmatch(value):
                raise ProbeRequestError(f"the value of header `{name[:60]}` cannot stand in one")
            headers[name] = value
        return Filled(
            target=self._text(target, values, is_quoted=True),
            headers=headers,
            body=b"" if body is None else msgspec.json.encode(body),
        )

    def _from_environ(self, value: Field) -> Field:
        return self._text(value, {}) if isinstance(value, str) and "{env:" in value else value

    def _tree(self, node: object, values: Mapping[str, Field]) -> object:
        if isinstance(node, dict):
            return {name: self._tree(value, values) for name, value in node.items()}
        if isinstance(node, list):
            return [self._tree(one, values) for one in node]
        if not isinstance(node, str):
            return node
        alone = _PLACEHOLDER.fullmatch(node)
        return self._value(alone, values) if alone else self._text(node, values)

    def _text(self, template: str, values: Mapping[str, Field], *, is_quoted: bool = False) -> str:
        def put(found: re.Match[str]) -> str:
            value = self._value(found, values)
            text = str(value).lower() if isinstance(value, bool) else str(value)
            return quote(text, safe="") if is_quoted else text

        return _PLACEHOLDER.sub(put, template)

    def _value(self, found: re.Match[str], values: Mapping[str, Field]) -> Field:
        name = found[2]
        if found[1]:
            if name not in self.environ:
                raise ProbeSecretError(name)
            return self.environ[name]
        if name not in values:
            raise ProbeRequestError(f"a profile has no field `{name[:60]}`")
        return values[name]
