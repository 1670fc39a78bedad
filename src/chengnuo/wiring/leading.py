"""The process that writes a shared database: what others send it, and when it stops answering."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from chengnuo.adapters.data_folder import DataFolder
from chengnuo.adapters.evidence.opening import OpenedToWrite
from chengnuo.doors.http.followers import SEAL_OF, Leading
from chengnuo.doors.settings import ServeSettings
from chengnuo.doors.web.building import Service
from chengnuo.ports.following import NoLeaderError
from chengnuo.ports.planes import Mark
from chengnuo.usecases.decision.desk import Behind
from chengnuo.usecases.register_desk import Desk
from chengnuo.wiring.planes import ServicePlanes

if TYPE_CHECKING:
    from chengnuo.adapters.postgresql.lease import Lease
    from chengnuo.adapters.postgresql.shared import SharedDatabase


def led_service(
    service: Service, lease: "Lease", data: DataFolder, opened: OpenedToWrite
) -> Service:
    """Return a service that answers under a lease, and takes what followers send on."""
    left_s = partial(_left_s, lease)

    def behind_nothing() -> None:
        if not left_s():
            raise NoLeaderError

    def as_of() -> Behind:
        return behind_nothing  # while the lease stood to the end, nobody else acknowledged anything

    if service.decisions is not None:
        desk = service.decisions.desk
        service.decisions.desk = replace(desk, as_of=as_of)
    app = Leading(
        service.app,
        sealed=partial(data.keys.tokens.keyed, SEAL_OF),
        fence=lease.fence,
        left_s=left_s,
        record=opened.log.append_soon,
    )
    return replace(service, app=app)


def led_planes(
    settings: ServeSettings, desk: Desk, shared: "SharedDatabase | None"
) -> ServicePlanes | None:
    """Open the planes; over a database that others may have written since, they are made anew."""
    if shared is None:
        return ServicePlanes.opened(settings, desk)
    planes = ServicePlanes.opened(settings, desk, shared.left_s)
    if planes is not None:
        planes.planes.marked(Mark.RAW)
    return planes


def _left_s(lease: "Lease") -> float:
    return lease.left_s
