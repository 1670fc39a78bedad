"""Traces of a service, sent where the settings say; else nothing of it is imported."""

from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from chengnuo.adapters.evidence.posting import require_https
from chengnuo.doors.following_service import FollowingService
from chengnuo.doors.http.tracing import Traced
from chengnuo.doors.settings import ServeSettings, WrongSettingError
from chengnuo.doors.trace_settings import TraceSettings
from chengnuo.doors.version import VERSION
from chengnuo.doors.web.building import Service
from chengnuo.ports.tracing import UNTOLD, Spans

if TYPE_CHECKING:
    from chengnuo.adapters.tracing.collected import CollectedSpans

_Served = TypeVar("_Served", bound=Service | FollowingService)


def spans_of(settings: ServeSettings) -> Spans:
    """Return what takes traces; nobody where the settings name no collector.

    Raises:
        WrongSettingError: The extra `otel` is not installed.
        PlainAddressError: The address is plain http to another machine.

    """
    return UNTOLD if settings.traces is None else _collected(settings.traces)


@cache
def _collected(given: TraceSettings) -> "CollectedSpans":
    require_https("the collector of traces", given.endpoint)
    try:  # no part of the base install
        module = import_module("chengnuo.adapters.tracing.collected")
    except ModuleNotFoundError as error:
        raise WrongSettingError("traces", "needs the extra `otel`") from error
    spans: CollectedSpans = module.CollectedSpans(
        given.endpoint, permille=given.permille, version=VERSION
    )
    return spans


def traced(service: _Served, settings: ServeSettings) -> _Served:
    """Return a service whose requests are traced, if the settings name a collector."""
    if settings.traces is None:
        return service
    spans = spans_of(settings)
    if service.decisions is not None:
        service.decisions.spans = spans

    def close() -> None:
        try:
            service.close()
        finally:
            spans.close()

    return replace(service, app=Traced(service.app, spans), close=close)
