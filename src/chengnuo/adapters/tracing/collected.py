"""`Spans` sent to a collector: OpenTelemetry, OTLP over HTTP, in batches from a thread beside.

A collector that does not answer costs nothing but its traces: the queue is bounded, what does not
fit is dropped. Errors are told as such and never described: what they say is not for a trace.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace import Span as OtelSpan
from opentelemetry.trace import SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from chengnuo.ports.tracing import NOTHING, Fact, Facts

_PARENT = "traceparent"
_PERMILLE = 1000
_WAIT_S = 3.0


class _Told:
    """`Span` over one of OpenTelemetry."""

    def __init__(self, span: OtelSpan) -> None:
        self._span = span

    def tell(self, fact: Fact, value: str | int) -> None:
        """See `Span.tell`."""
        self._span.set_attribute(fact.value, value)

    def failed(self) -> None:
        """See `Span.failed`."""
        self._span.set_status(StatusCode.ERROR)


class CollectedSpans:
    """`Spans` over a collector."""

    def __init__(self, endpoint: str, *, permille: int, version: str) -> None:
        """Begin to send.

        Args:
            endpoint: Where the collector takes traces, as `https://…/v1/traces`.
            permille: Of a thousand traces that begin here, so many are kept; whoever asks with a
                trace of its own decides for that one.
            version: Of the program.

        """
        self._provider = TracerProvider(
            sampler=ParentBased(TraceIdRatioBased(permille / _PERMILLE)),
            resource=Resource.create({"service.name": "chengnuo", "service.version": version}),
            shutdown_on_exit=False,
        )
        self._exporter = OTLPSpanExporter(endpoint=endpoint, timeout=_WAIT_S)
        self._provider.add_span_processor(BatchSpanProcessor(self._exporter))
        self._tracer = self._provider.get_tracer("chengnuo", version)
        self._propagator = TraceContextTextMapPropagator()

    @contextmanager
    def span(self, name: str, facts: Facts = NOTHING) -> Iterator[_Told]:
        """See `Spans.span`."""
        with self._tracer.start_as_current_span(
            name,
            attributes={fact.value: value for fact, value in facts.items()},
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            yield from _undescribed(span)

    @contextmanager
    def answering(self, parent: str) -> Iterator[_Told]:
        """See `Spans.answering`."""
        with self._tracer.start_as_current_span(
            "request",
            context=self._propagator.extract({_PARENT: parent} if parent else {}),
            kind=SpanKind.SERVER,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            yield from _undescribed(span)

    def close(self) -> None:
        """See `Spans.close`."""
        long_enough = Timer(_WAIT_S, self._exporter.shutdown)
        long_enough.start()
        try:
            self._provider.shutdown()
        finally:
            long_enough.cancel()


def _undescribed(span: OtelSpan) -> Iterator[_Told]:
    told = _Told(span)
    try:
        yield told
    except BaseException:
        told.failed()
        raise
