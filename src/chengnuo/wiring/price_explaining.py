"""Explanations of prices: for whoever holds a log, and in the service for each individual."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from chengnuo.adapters.keys import KeyedTokens
from chengnuo.adapters.quotes.child_finder import ChildFinder
from chengnuo.adapters.quotes.one_quote import QuoteFilesFinder
from chengnuo.adapters.settings_file import read_secret, read_toml
from chengnuo.base.text import Text
from chengnuo.domain.pricing.audit import Audit
from chengnuo.domain.pricing.audit_reading import AuditFileError, read_whole_audit
from chengnuo.domain.pricing.spec import spec_of
from chengnuo.doors.price_settings import PriceSettings
from chengnuo.doors.web.centre_prices_view import ExplainedPrices
from chengnuo.usecases.pricing.explaining import PriceDesk, PriceExplainer

_PERSON = "price person"


def price_explainer(*, memory_bytes: int, threads: int) -> PriceExplainer:
    """Return the use case of explaining one price of a log."""
    finder = QuoteFilesFinder(memory_bytes=memory_bytes, threads=threads)
    return PriceExplainer(read=read_toml, finder=finder)


def explained_prices(settings: PriceSettings) -> ExplainedPrices:
    """Return what explains prices to individuals.

    Raises:
        SettingsFileError: The specification or the key cannot be read.
        PriceSpecError: It is no specification.
        AuditFileError: The audit is none.

    """
    desk = PriceDesk(
        finder=ChildFinder(
            memory_bytes=settings.memory_mb << 20, threads=1, wall_s=float(settings.seconds)
        ),
        patterns=settings.logs,
        spec=spec_of(read_toml(Path(settings.spec))),
        named=_named(settings.person_key_file),
        audit=partial(_audit, settings.audit),
    )
    desk.audit()  # what is wrong with it is told now, not to a visitor
    labels = {column: Text(one.zh, one.en or None) for column, one in settings.labels.items()}
    return ExplainedPrices(desk=desk, labels=labels)


def _named(key_file: str) -> Callable[[str], str] | None:
    if not key_file:
        return None
    return partial(KeyedTokens(read_secret(Path(key_file)).encode()).keyed, _PERSON)


def _audit(file: str) -> Audit | None:
    if not file:
        return None
    try:
        return read_whole_audit(Path(file).read_bytes())
    except OSError as error:
        raise AuditFileError(error.strerror or "it cannot be read") from error
