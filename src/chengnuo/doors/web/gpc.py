"""Global Privacy Control: what a browser says for whoever uses it, and that this site heeds it.

`Sec-GPC: 1` counts as refusing that personal information is given to others and that advertising
is personalised. `/.well-known/gpc.json` says so, in the form of the specification.
"""

from litestar import MediaType, Response, get

from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.automated import AutomatedKind
from chengnuo.domain.register.consent_items import MatterKind
from chengnuo.domain.register.governance import Switch, SwitchKind
from chengnuo.doors.http.audience import ANYONE, requires
from chengnuo.doors.web.given import GivenDesk
from chengnuo.doors.web.showing import Asked


@get(
    "/.well-known/gpc.json",
    guards=[requires(ANYONE)],
    include_in_schema=False,
    sync_to_thread=True,
)
def gpc_support(desk: GivenDesk) -> Response[dict[str, object]]:
    """Say that the signal is heeded, and since when the rules say so."""
    served = desk.current()
    said: dict[str, object] = {"gpc": True}
    if served is not None:
        updated = max(app.rules_updated for app in served.register.apps)
        said["lastUpdate"] = updated.isoformat()
    return Response(said, media_type=MediaType.JSON)


def says_gpc(request: Asked) -> bool:
    """Tell whether the browser sends the signal."""
    return request.headers.get("sec-gpc", "").strip() == "1"


def signal_refuses(activity: ProcessingActivity, matter: str) -> bool:
    """Tell whether the signal says no to a matter of an activity; see the rule of decisions."""
    kind = matter.partition(":")[0]
    automated = activity.automated
    advertises = automated is not None and automated.kind is AutomatedKind.ADVERTISING
    return advertises or kind == MatterKind.PROVISION


def signal_turns_off(switch: Switch) -> bool:
    """Tell whether the signal says what a switch says when it is off."""
    return switch.kind is SwitchKind.ADVERTISING
