"""A shop of django-oscar with customers, made by its own migrations and filled by its own models.

    python oscar_shop.py URL

Runs as a program in an environment of its own (`requirements/apps.txt`); the tests import nothing
of it. URL is `sqlite:///FILE` or `postgresql://USER@HOST:PORT/NAME`. Prints one JSON object: the
account ids of the people in it, by the part they play.

`buyer` has all there is: orders, two addresses, a saved card, reviews, votes, a wish list shared
with `friend`, a basket, alerts, mails. `mate` lives in the same household and shares a basket line
of nothing with anybody. `friend` votes on the review of `buyer`. `clerk` is staff and wrote a note
on the order of `buyer`. Nobody exists; numbers are unassigned.
"""

# ruff: noqa: PLC0415  models can be imported only once the settings are there
import gc
import json
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.management import call_command


def main(url: str) -> None:
    """Make the database and say who is who."""
    gc.set_threshold(100_000, 20, 20)  # migrations make objects by the million, and most stay
    configure(url)
    call_command("migrate", verbosity=0)
    sys.stdout.write(json.dumps(fill()))


def configure(url: str) -> None:
    """Set Django up as the documentation of django-oscar says, without search and mail."""
    from oscar import defaults

    oscar = {name: getattr(defaults, name) for name in dir(defaults) if name.isupper()}
    settings.configure(
        **oscar,
        SECRET_KEY="only for a throwaway shop",  # noqa: S106
        DATABASES={"default": _database(url)},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        SITE_ID=1,
        STATIC_URL="static/",
        MEDIA_ROOT="",
        HAYSTACK_CONNECTIONS={
            "default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}
        },
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        INSTALLED_APPS=[
            "django.contrib.admin",
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.sites",
            "django.contrib.flatpages",
            "oscar.config.Shop",
            "oscar.apps.analytics.apps.AnalyticsConfig",
            "oscar.apps.checkout.apps.CheckoutConfig",
            "oscar.apps.address.apps.AddressConfig",
            "oscar.apps.shipping.apps.ShippingConfig",
            "oscar.apps.catalogue.apps.CatalogueConfig",
            "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig",
            "oscar.apps.communication.apps.CommunicationConfig",
            "oscar.apps.partner.apps.PartnerConfig",
            "oscar.apps.basket.apps.BasketConfig",
            "oscar.apps.payment.apps.PaymentConfig",
            "oscar.apps.offer.apps.OfferConfig",
            "oscar.apps.order.apps.OrderConfig",
            "oscar.apps.customer.apps.CustomerConfig",
            "oscar.apps.search.apps.SearchConfig",
            "oscar.apps.voucher.apps.VoucherConfig",
            "oscar.apps.wishlists.apps.WishlistsConfig",
            "oscar.apps.dashboard.apps.DashboardConfig",
            "oscar.apps.dashboard.reports.apps.ReportsDashboardConfig",
            "oscar.apps.dashboard.users.apps.UsersDashboardConfig",
            "oscar.apps.dashboard.orders.apps.OrdersDashboardConfig",
            "oscar.apps.dashboard.catalogue.apps.CatalogueDashboardConfig",
            "oscar.apps.dashboard.offers.apps.OffersDashboardConfig",
            "oscar.apps.dashboard.partners.apps.PartnersDashboardConfig",
            "oscar.apps.dashboard.pages.apps.PagesDashboardConfig",
            "oscar.apps.dashboard.ranges.apps.RangesDashboardConfig",
            "oscar.apps.dashboard.reviews.apps.ReviewsDashboardConfig",
            "oscar.apps.dashboard.vouchers.apps.VouchersDashboardConfig",
            "oscar.apps.dashboard.communications.apps.CommunicationsDashboardConfig",
            "oscar.apps.dashboard.shipping.apps.ShippingDashboardConfig",
            "widget_tweaks",
            "haystack",
            "treebeard",
            "django_tables2",
        ],
    )
    django.setup()


def _database(url: str) -> dict[str, object]:
    if url.startswith("sqlite:///"):
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": url.removeprefix("sqlite:///")}
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": parts.username or "",
        "PASSWORD": parts.password or "",
        "HOST": parts.hostname or "",
        "PORT": parts.port or 5432,
    }


def fill() -> dict[str, int]:
    """Fill the shop through its models; return the account id of each part."""
    people = {
        part: _account(number, part)
        for number, part in enumerate(("buyer", "mate", "friend", "clerk"), 1)
    }
    products = [_product(number) for number in range(1, 6)]
    _addresses(people)
    baskets = {part: _basket(people[part], products) for part in ("buyer", "mate")}
    for part in ("buyer", "mate"):
        for number in range(1, 4):
            _order(people[part], baskets[part], products, f"{part}-{number}", people["clerk"])
    _reviews(people, products)
    _wishes(people, products)
    _messages(people, products)
    return {part: person.pk for part, person in people.items()}


def _account(number: int, part: str):  # noqa: ANN202  a model that Django makes
    from django.contrib.auth import get_user_model

    return get_user_model().objects.create_user(
        username=f"{part}-1879",
        email=f"{part}@shop.invalid",
        password="not a secret",  # noqa: S106
        first_name="乙" * number,
        last_name="甲",
        is_staff=part == "clerk",
    )


def _product(number: int):  # noqa: ANN202
    from oscar.test.factories import create_product

    return create_product(price=Decimal(10 * number), num_in_stock=100, title=f"Goods {number}")


def _addresses(people) -> None:  # noqa: ANN001
    from oscar.apps.address.models import Country, UserAddress

    country = Country.objects.create(
        iso_3166_1_a2="CN", iso_3166_1_a3="CHN", iso_3166_1_numeric="156", name="China"
    )
    for part, lines in (("buyer", ("1", "2")), ("mate", ("1",)), ("friend", ("3",))):
        for line in lines:
            UserAddress.objects.create(
                user=people[part],
                first_name="乙",
                last_name="甲",
                line1=f"No. {line}, Road of Nowhere",
                line4="Hangzhou",
                postcode="000000",
                country=country,
                phone_number="",
                notes="call before 20:00",
            )


def _basket(person, products):  # noqa: ANN001, ANN202
    from oscar.apps.basket.models import Basket
    from oscar.apps.partner.strategy import Default

    basket = Basket.objects.create(owner=person)
    basket.strategy = Default()
    for product in products[:3]:
        basket.add_product(product, 2)
    return basket


def _order(person, basket, products, number, clerk) -> None:  # noqa: ANN001
    from oscar.apps.address.models import Country
    from oscar.apps.order.models import (
        BillingAddress,
        Line,
        LinePrice,
        Order,
        OrderNote,
        PaymentEvent,
        PaymentEventType,
        ShippingAddress,
        ShippingEvent,
        ShippingEventType,
    )
    from oscar.apps.payment.models import Bankcard, Source, SourceType, Transaction

    country = Country.objects.get(iso_3166_1_a2="CN")
    where = {
        "first_name": "乙",
        "last_name": "甲",
        "line1": "No. 1, Road of Nowhere",
        "line4": "Hangzhou",
        "postcode": "000000",
        "country": country,
    }
    order = Order.objects.create(
        number=number,
        user=person,
        basket=basket if number.endswith("-1") else None,
        total_incl_tax=Decimal(60),
        total_excl_tax=Decimal(60),
        shipping_address=ShippingAddress.objects.create(
            **where, phone_number="", notes="ring twice"
        ),
        billing_address=BillingAddress.objects.create(**where),
        guest_email="",
        date_placed=datetime(2026, 1, 2, tzinfo=UTC),
    )
    for product in products[:3]:
        line = Line.objects.create(
            order=order,
            product=product,
            title=product.title,
            quantity=2,
            partner_sku=str(product.pk),
            num_allocated=2,
            line_price_incl_tax=Decimal(20),
            line_price_excl_tax=Decimal(20),
            line_price_before_discounts_incl_tax=Decimal(20),
            line_price_before_discounts_excl_tax=Decimal(20),
        )
        LinePrice.objects.create(
            order=order,
            line=line,
            quantity=2,
            price_incl_tax=Decimal(10),
            price_excl_tax=Decimal(10),
        )
    source = Source.objects.create(
        order=order,
        source_type=SourceType.objects.get_or_create(name="card")[0],
        amount_debited=Decimal(60),
        reference=f"trade-{number}",
    )
    Transaction.objects.create(
        source=source, txn_type="Debit", amount=Decimal(60), reference=number
    )
    Bankcard.objects.create(
        user=person,
        card_type="test",
        name="甲乙",
        number="0000000000000000",
        expiry_date=date(2030, 1, 1),
    )
    shipped = ShippingEvent.objects.create(
        order=order, event_type=ShippingEventType.objects.get_or_create(name="shipped")[0]
    )
    shipped.line_quantities.create(line=order.lines.first(), quantity=2)
    paid = PaymentEvent.objects.create(
        order=order,
        amount=Decimal(60),
        event_type=PaymentEventType.objects.get_or_create(name="paid")[0],
        shipping_event=shipped,
    )
    paid.line_quantities.create(line=order.lines.first(), quantity=2)
    OrderNote.objects.create(
        order=order, user=clerk, note_type="info", message="asked for a gift box"
    )


def _reviews(people, products) -> None:  # noqa: ANN001
    from oscar.apps.catalogue.reviews.models import ProductReview, Vote

    for part in ("buyer", "friend"):
        review = ProductReview.objects.create(
            product=products[0], user=people[part], title="as said", body="well made", score=5
        )
        for voter in ("mate", "friend" if part == "buyer" else "buyer"):
            Vote.objects.create(review=review, user=people[voter], delta=1)


def _wishes(people, products) -> None:  # noqa: ANN001
    from oscar.apps.wishlists.models import WishList

    wishes = WishList.objects.create(owner=people["buyer"], name="birthday")
    for product in products[:2]:
        wishes.add(product)
    wishes.shared_emails.create(email="friend@shop.invalid")


def _messages(people, products) -> None:  # noqa: ANN001
    from oscar.apps.analytics.models import UserProductView, UserRecord, UserSearch
    from oscar.apps.communication.models import Email, Notification
    from oscar.apps.customer.models import ProductAlert

    for part in ("buyer", "mate"):
        person = people[part]
        Email.objects.create(user=person, email=person.email, subject="hello", body_text="hello")
        Notification.objects.create(recipient=person, sender=people["clerk"], subject="s", body="b")
        ProductAlert.objects.create(user=person, product=products[4], status="Active")
        UserRecord.objects.get_or_create(user=person)
        UserProductView.objects.create(user=person, product=products[1])
        UserSearch.objects.create(user=person, query="lamp")


if __name__ == "__main__":
    main(sys.argv[1])
