"""Every table with its rows, parents before children."""

from collections.abc import Iterable, Iterator, Mapping

from sample import account_rows, behaviour_rows, service_rows, trade_rows
from sample.dice import Dice
from sample.goods import categories, products
from sample.people import customers
from sample.rows import Row
from sample.trade import orders


def tables(
    seed: int, wanted: int, counts: Mapping[str, int]
) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield each table's name and rows.

    Args:
        seed: What all chance comes from.
        wanted: Number of customers.
        counts: Rows written so far by table; the caller fills it while this goes on, and
            tables that point into earlier ones read it.

    """

    def dice(name: str) -> Dice:
        return Dice(seed, name)

    people = customers(seed, wanted)
    goods = products(dice("products"))
    bought = orders(people, goods, dice("orders"))
    importers = frozenset(
        order.customer.customer_id for order in bought if order.paid and order.cross_border
    )
    taking = service_rows.participants(people, dice("participants"))

    yield "customers", account_rows.customer_rows(people, dice("customers"))
    yield "login_methods", account_rows.login_rows(people, dice("login_methods"))
    yield "addresses", account_rows.address_rows(people)
    yield "customer_addresses", account_rows.customer_address_rows(people)
    yield "children_profiles", account_rows.child_rows(people, dice("children_profiles"))
    yield (
        "real_name_records",
        account_rows.real_name_rows(people, importers, dice("real_name_records")),
    )
    yield "device_profiles", account_rows.device_rows(people, dice("device_profiles"))
    yield "device_logins", account_rows.device_login_rows(people, dice("device_logins"))
    yield "push_tokens", account_rows.push_rows(people, dice("push_tokens"))
    yield "ad_settings", account_rows.setting_rows(people, dice("ad_settings"))

    yield "product_categories", categories()
    yield (
        "products",
        (
            (
                one.product_id,
                one.category_id,
                one.title,
                one.price_fen,
                int(one.cross_border),
                one.listed_at,
            )
            for one in goods
        ),
    )
    yield "coupons", trade_rows.coupon_rows()
    yield "carts", behaviour_rows.cart_rows(people, goods, dice("carts"))
    yield "favourites", behaviour_rows.favourite_rows(people, goods, dice("favourites"), 4)
    yield "orders", trade_rows.order_rows(bought, dice("order_rows"))
    yield "order_items", trade_rows.item_rows(bought)
    yield (
        "customer_coupons",
        trade_rows.customer_coupon_rows(people, bought, dice("customer_coupons")),
    )
    yield "payments", trade_rows.payment_rows(bought, dice("payments"))
    yield "refunds", trade_rows.refund_rows(bought, dice("refunds"))
    yield "invoices", trade_rows.invoice_rows(bought, dice("invoices"))
    yield "shipment_provisions", trade_rows.shipment_rows(bought, dice("shipment_provisions"))
    yield "reviews", service_rows.review_rows(bought, dice("reviews"))

    yield "browse_history", behaviour_rows.browse_rows(people, goods, dice("browse_history"))
    yield "search_history", behaviour_rows.search_rows(people, goods, dice("search_history"))
    yield "location_log", behaviour_rows.location_rows(people, dice("location_log"))
    yield "videos", behaviour_rows.video_rows(people, goods, dice("videos"))
    videos = counts["videos"]
    yield "video_views", behaviour_rows.view_rows(people, videos, dice("video_views"))
    yield "video_comments", behaviour_rows.comment_rows(people, videos, dice("video_comments"))
    yield "feed_labels", behaviour_rows.label_rows(people, dice("feed_labels"))
    yield "chat_messages", service_rows.chat_rows(people, bought, dice("chat_messages"))
    owners = {
        "review": counts["reviews"],
        "refund": counts["refunds"],
        "chat_message": counts["chat_messages"],
    }
    yield "attachments", service_rows.attachment_rows(owners, dice("attachments"))
    yield "campaigns", service_rows.campaign_rows()
    yield (
        "campaign_participants",
        service_rows.participant_rows(taking, dice("campaign_participants")),
    )
    yield "raffle_winners", service_rows.winner_rows(taking, dice("raffle_winners"))
    yield "crash_reports", behaviour_rows.crash_rows(people, dice("crash_reports"))
    yield "risk_events", behaviour_rows.risk_rows(people, dice("risk_events"))
    yield "audit_trail", service_rows.audit_rows(people, dice("audit_trail"))
