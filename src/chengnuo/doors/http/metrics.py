"""Counts of requests in the text form that Prometheus reads (exposition format 0.0.4).

Labels are method, route template and status; nothing of a person, no address, no query.
"""

from collections import Counter
from collections.abc import Callable
from threading import Lock

from chengnuo.base.errors import UnavailableError
from chengnuo.ports.notifications import NotificationFigures
from chengnuo.usecases.planes.status import PlanesStatus, PlanesWatch, no_planes


class Metrics:
    """Counts since the process began."""

    def __init__(
        self,
        planes: PlanesWatch = no_planes,
        notifications: Callable[[], NotificationFigures] | None = None,
        behind_ms: Callable[[], int] | None = None,
    ) -> None:
        """Begin at zero.

        Args:
            planes: Tells how the planes are.
            notifications: Counts those about requests; None where nobody is notified.
            behind_ms: Tells how old the state can be, raising `UnavailableError` where it is too
                old; None in a process that follows nobody.

        """
        self._planes = planes
        self._notifications = notifications
        self._behind_ms = behind_ms
        self._lock = Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._seconds: Counter[tuple[str, str]] = Counter()

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request.

        Args:
            method: HTTP method.
            route: Template of the route, never the path itself.
            status: Status answered; 0 if the connection broke before.
            seconds: How long it took.

        """
        with self._lock:
            self._requests[method, route, status] += 1
            self._seconds[method, route] += seconds  # type: ignore[assignment]  # Counter of float

    def as_text(self) -> str:
        """Return all counts."""
        with self._lock:
            requests = sorted(self._requests.items())
            seconds = sorted(self._seconds.items())
        lines = [
            "# HELP chengnuo_requests_total Requests answered.",
            "# TYPE chengnuo_requests_total counter",
            *(
                f'chengnuo_requests_total{{method="{method}",route="{route}",status="{status}"}}'
                f" {count}"
                for (method, route, status), count in requests
            ),
            "# HELP chengnuo_request_seconds_total Seconds spent answering.",
            "# TYPE chengnuo_request_seconds_total counter",
            *(
                f'chengnuo_request_seconds_total{{method="{method}",route="{route}"}} {spent:.6f}'
                for (method, route), spent in seconds
            ),
            *_planes_lines(self._planes()),
            *_following_lines(self._behind_ms),
            *_notification_lines(self._notifications and self._notifications()),
        ]
        return "\n".join(lines) + "\n"


def _planes_lines(status: PlanesStatus | None) -> list[str]:
    if status is None:
        return []
    return _gauges(
        "chengnuo_planes",
        ("current", "Whether other processes may decide by the planes.", int(status.current)),
        ("individuals", "Individuals that the planes have room for.", status.individuals),
        ("bytes", "Memory that the planes take.", status.bytes),
        ("position", "Records of the log that are in the planes.", status.position),
    )


def _following_lines(behind_ms: Callable[[], int] | None) -> list[str]:
    if behind_ms is None:
        return []
    stale = ("stale", "Whether the state is too old to answer from.")
    try:
        behind = behind_ms()
    except UnavailableError:
        return _gauges("chengnuo_following", (*stale, 1))
    age = ("behind_seconds", "How old the state can be at most.", behind / 1000)
    return _gauges("chengnuo_following", (*stale, 0), age)


def _notification_lines(figures: NotificationFigures | None) -> list[str]:
    if figures is None:
        return []
    return _gauges(
        "chengnuo_notifications",
        ("waiting", "Notifications about requests that wait to be delivered.", figures.waiting),
        ("lost", "Notifications given up within thirty days.", figures.lost),
    )


def _gauges(of: str, *gauges: tuple[str, str, float]) -> list[str]:
    found: list[str] = []
    for name, says, value in gauges:
        metric = f"{of}_{name}"
        found += [f"# HELP {metric} {says}", f"# TYPE {metric} gauge", f"{metric} {value}"]
    return found
