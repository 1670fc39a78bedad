"""The OpenAPI document of the service: made when somebody first asks for it, then kept as bytes.

Litestar describes its own routes; those of programs, which stand beside it, are added.
"""

from typing import Any

from litestar import Request
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import License

from chengnuo.doors.http.api import STRICT_BODIES
from chengnuo.doors.http.program_schema import describe_programs
from chengnuo.doors.version import VERSION

PATH = "/schema"


def openapi(mounted: frozenset[str]) -> OpenAPIConfig:
    """Return what Litestar is told of the document.

    Args:
        mounted: Paths of the routes of programs.

    """
    return OpenAPIConfig(
        title="承诺 Chengnuo",
        version=VERSION,
        description="Keep, and prove that you keep, your promises about personal information.",
        license=License(name="Apache-2.0", identifier="Apache-2.0"),
        path=PATH,
        use_handler_docstrings=True,
        render_plugins=[_Whole(mounted)],
    )


class _Whole(JsonRenderPlugin):
    """The document with the routes of programs in it."""

    def __init__(self, mounted: frozenset[str]) -> None:
        super().__init__(path=("/", "/openapi.json"))
        self._mounted = mounted
        self._made = b""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """Return the document."""
        if not self._made:
            schemas = openapi_schema["components"]["schemas"]
            for body in STRICT_BODIES:
                schemas[body.__name__]["additionalProperties"] = False
            if self._mounted:
                describe_programs(openapi_schema, self._mounted)
            self._made = self.render_json(request, openapi_schema)
        return self._made
