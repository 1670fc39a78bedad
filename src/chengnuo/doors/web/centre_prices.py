"""价格说明: why a quote cost what it did, for the individual it was made to and nobody else.

Somebody else's quote and one that there is not are answered alike (PIPL Arts. 24 para. 3, 48). What
an individual sees of themselves is not recorded, as nowhere in the centre.
"""

from typing import Annotated, Any, Protocol
from urllib.parse import quote as quoted

import msgspec
from litestar import MediaType, Response, Router, get
from litestar.di import NamedDependency, Provide
from litestar.params import PathParameter, QueryParameter

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.text import Lang
from chengnuo.domain.pricing.explaining import NothingComparableError
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.http.audience import INDIVIDUAL, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.http.prices import PriceTeller
from chengnuo.doors.web.centre_prices_parts import PATH, PricePage, PricesPage
from chengnuo.doors.web.centre_rights_asking import visitor_of
from chengnuo.doors.web.frames import centre_frame
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.doors.web.wording import wording
from chengnuo.ports.individuals import Visitor
from chengnuo.ports.one_quote import NoSuchQuoteError, QuoteTwiceError, QuoteUnusableError
from chengnuo.usecases.register_desk import Desk

_NOT_EXPLAINED = (NothingComparableError, QuoteTwiceError, QuoteUnusableError)
_NUMBER = r"^[^\x00-\x1f\x7f/]{1,120}$"
QuotePath = Annotated[str, PathParameter(pattern=_NUMBER)]
QuoteQuery = Annotated[str, QueryParameter(max_length=500)]


class Prices(PriceTeller, Protocol):
    """Explains prices, in pages and as files; made only where quotes are kept."""

    def page(self, lang: Lang, visitor: Visitor, quote: str) -> PricePage:
        """Return the explanation of a quote that was made to a visitor.

        Raises:
            NoSuchQuoteError: They have none of this number.
            NothingComparableError: Too few others were quoted the item.
            QuoteTwiceError: The log has several of this number.
            QuoteUnusableError: The log lacks something of it.
            UnavailableError: It could not be looked up now.

        """


class PricesHouse:
    """What explains prices, None where none are kept, and the register in force."""

    def __init__(self, register: Desk, prices: Prices | None) -> None:
        self.register = register
        self.prices = prices

    @property
    def kept(self) -> Prices:
        """What explains prices; where none are kept, nobody has a quote."""
        if self.prices is None:
            raise NoSuchQuoteError
        return self.prices


GivenPrices = NamedDependency[PricesHouse]


@get("/", sync_to_thread=False)
def prices(request: Asked, prices_house: GivenPrices, quote: QuoteQuery = "") -> Response[Any]:
    """Ask for the number of a quote, or lead to the one that was given."""
    number = quote.strip()
    if number:
        return go(f"{PATH}/{quoted(number, safe='')}")
    return _asking(request, prices_house)


@get("/{quote:str}", sync_to_thread=True)
def price(request: Asked, prices_house: GivenPrices, quote: QuotePath) -> Page:
    """Explain one price."""
    lang = exchange_of(request.scope).lang
    try:
        page = prices_house.kept.page(lang, visitor_of(request), quote)
    except NoSuchQuoteError as error:
        return _asking(request, prices_house, quote, _said(error, lang), status=404)
    except _NOT_EXPLAINED as error:
        page = PricePage(title=wording(lang)("centre.prices.one"), trouble=_said(error, lang))
    return _shown(request, prices_house, "centre/price.html", page)


@get("/{quote:str}/explanation.json", sync_to_thread=True)
def explanation(request: Asked, prices_house: GivenPrices, quote: QuotePath) -> Response[bytes]:
    """Give the explanation of one price as a file."""
    visitor = visitor_of(request)
    content = msgspec.json.encode(prices_house.kept.told(visitor.person, visitor.account, quote))
    headers = {"content-disposition": 'attachment; filename="price.json"'}
    return Response(content, media_type=MediaType.JSON, headers=headers)


ROUTES = (prices, price, explanation)


def price_pages(prices: Prices | None, desk: Desk) -> Router:
    """Return the routes of 价格说明; where no prices are kept the page says so."""
    house = PricesHouse(desk, prices)

    def given() -> PricesHouse:
        return house

    return Router(
        path=PATH,
        route_handlers=ROUTES,
        guards=[requires(INDIVIDUAL)],
        include_in_schema=False,
        dependencies={"prices_house": Provide(given, sync_to_thread=False)},
    )


def _asking(
    request: Asked, house: PricesHouse, quote: str = "", error: str = "", *, status: int = 200
) -> Page:
    page = PricesPage(kept=house.prices is not None, quote=quote, error=error)
    return _shown(request, house, "centre/prices.html", page, status=status)


def _said(error: ChengnuoError, lang: Lang) -> str:
    return error_text(error.code, lang)


def _shown(
    request: Asked, house: PricesHouse, template: str, page: object, *, status: int = 200
) -> Page:
    html = render(template, frame=centre_frame(request, house.register.current()), page=page)
    return Response(html, media_type=MediaType.HTML, status_code=status)
