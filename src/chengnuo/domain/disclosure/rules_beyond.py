"""What leaves the mainland (PIPL Art. 39) and what is made public (PIPL Art. 25)."""

from typing import TYPE_CHECKING

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.country_words import country_in_words
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import (
    Block,
    Cell,
    Column,
    Heading,
    Line,
    Span,
    Table,
    bullets,
    cell,
    joined,
    line,
    lines,
    paragraph,
)
from chengnuo.domain.disclosure.method_words import keep_in_words
from chengnuo.domain.disclosure.recipient_words import (
    ROUTE,
    recipient_contact,
    recipient_method,
    recipient_name,
)
from chengnuo.domain.disclosure.saying import both, fill
from chengnuo.domain.register.handler import MAINLAND
from chengnuo.domain.register.recipient import Recipient

if TYPE_CHECKING:
    from chengnuo.law.ids import CategoryId

_BETWEEN = Text("；", "; ")


def abroad(declared: Declared) -> list[Block]:
    """Return the recipients abroad with all that PIPL Art. 39 asks for."""
    found: list[Block] = [Heading(2, "overseas", Text("向境外提供", "Abroad"))]
    recipients = [one for one in declared.recipients if one.is_overseas]
    if not recipients:
        found.append(
            paragraph(
                Text(
                    "我们在中华人民共和国境内存储您的个人信息，不向境外提供。",
                    "Your personal information is kept in the mainland and does not leave it.",
                )
                if all(store.country == MAINLAND for store in declared.stores)
                else Text(
                    "我们不向境外接收方提供您的个人信息；境外的存储地点见本规则存储部分。",
                    "No recipient abroad gets it; places of storage abroad are named above.",
                )
            )
        )
        return found
    found.append(
        paragraph(
            Text(
                "向境外提供前，我们向您告知下列事项；以同意为依据的，另行取得您的单独同意。",
                "Before anything goes abroad we tell you the following and, where it rests on "
                "consent, ask for yours separately.",
            )
        )
    )
    for one in recipients:
        title = fill(
            "{name}（{country}）",
            "{name} ({country})",
            name=both(one.name),
            country=country_in_words(one.country),
        )
        found.append(Heading(3, f"overseas-{one.recipient}", title))
        found.append(bullets(_abroad_lines(declared, one)))
    return found


def _abroad_lines(declared: Declared, one: Recipient) -> list[Line]:
    contact = recipient_contact(one, declared.handler)
    found = [
        line(fill("境外接收方：{x}", "Recipient: {x}", x=recipient_name(one))),
        line(fill("联系方式：{x}", "Contact: {x}", x=contact)),
        line(fill("处理目的：{x}", "Purpose: {x}", x=both(one.purpose))),
        line(fill("处理方式：{x}", "Method: {x}", x=recipient_method(one))),
        (*line(Text("个人信息种类：", "Categories: ")), *categories_line(declared, one)),
    ]
    border = one.cross_border
    if border is None or border.rights is None:
        found.append(line(_rights_default(contact)))
    else:
        found.append(
            line(
                fill(
                    "向境外接收方行使权利的方式和程序：{x}",
                    "How to exercise your rights against it: {x}",
                    x=both(border.rights),
                )
            )
        )
    if border is not None:
        basis = fill("出境依据：{x}", "It rests on: {x}", x=ROUTE[border.route])
        if border.reference is not None:
            basis = fill("{x}（编号 {n}）", "{x} (no. {n})", x=basis, n=border.reference)
        found.append(line(basis))
        if border.safeguards is not None:
            found.append(line(fill("保障措施：{x}", "Safeguards: {x}", x=both(border.safeguards))))
    return found


def _rights_default(contact: Text) -> Text:
    return fill(
        "向境外接收方行使权利的方式和程序：您可以直接联系接收方（{contact}），"
        "也可以向我们提出，由我们转达并督促办理。",
        "How to exercise your rights against it: turn to the recipient ({contact}) or to us; we "
        "pass it on and see it done.",
        contact=contact,
    )


def made_public(declared: Declared) -> list[Block]:
    """Return what is made public, where and how masked (PIPL Art. 25)."""
    found: list[Block] = [Heading(2, "public", Text("公开", "Public disclosure"))]
    rows: list[tuple[Cell, ...]] = []
    for activity in declared.activities:
        shown = activity.disclosure
        if shown is None:
            continue
        spans = [declared.category_span(each, activity.items) for each in shown.categories]
        masks = [
            fill(
                "{name}：{rule}",
                "{name}: {rule}",
                name=declared.name_of(mask.category),
                rule=both(mask.rule),
            )
            for mask in shown.masks
        ]
        rows.append(
            (
                cell(both(shown.where)),
                (joined(spans, _BETWEEN),),
                lines(masks),
                cell(both(shown.why)),
                cell(keep_in_words(shown.shown_for)),
            )
        )
    if not rows:
        found.append(
            paragraph(
                Text(
                    "未经您单独同意，我们不公开您的个人信息。",
                    "We make nothing of yours public, unless you agree to it separately.",
                )
            )
        )
        return found
    found.append(
        paragraph(
            Text(
                "仅在下列情形、取得您的单独同意后公开，并按所列规则脱敏。",
                "Only in these cases, with your separate consent, and masked as listed.",
            )
        )
    )
    columns = (
        Column(Text("公开位置", "Where"), 2),
        Column(Text("个人信息种类", "Categories"), 3),
        Column(Text("脱敏规则", "Masked"), 3),
        Column(Text("理由", "Why"), 3),
        Column(Text("公开期限", "For how long"), 2),
    )
    found.append(Table(Text("公开的个人信息", "What is made public"), columns, tuple(rows)))
    return found


def categories_line(declared: Declared, recipient: Recipient) -> Line:
    """Return what a recipient gets over all activities of the app, sensitive items marked."""
    marked: dict[CategoryId, Span] = {}
    for activity in declared.activities_with(recipient):
        for item in declared.provided(activity, recipient):
            span = declared.category_span(item.category, (item,))
            if item.category not in marked or span.sensitive:
                marked[item.category] = span
    if not marked:
        marked = {each: declared.category_span(each) for each in recipient.categories}
    return joined(marked.values(), _BETWEEN)
