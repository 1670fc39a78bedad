"""What is asked in one line, and the words beside the box, for each kind of matter."""

from collections.abc import Callable

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.consent_matter import Matter
from chengnuo.domain.disclosure.country_words import country_in_words
from chengnuo.domain.disclosure.saying import both, fill, same
from chengnuo.domain.register.consent_items import MatterKind
from chengnuo.law.consent_form import ConsentForm


def asked(matter: Matter) -> tuple[Text, Text]:
    """Return the title of a sheet, and the words beside its box."""
    return _ASK[matter.item.kind](matter)


def _form(matter: Matter) -> Text:
    if matter.item.form is ConsentForm.WRITTEN:
        return Text("书面同意", "agree in writing")
    if matter.item.form is ConsentForm.ONE_TIME:
        return Text("仅此一次同意", "agree this once")
    if matter.item.form in {ConsentForm.GENERAL, ConsentForm.GUARDIAN}:
        return Text("同意", "agree")
    return Text("单独同意", "agree separately")


def _party(matter: Matter) -> tuple[Text, Text]:
    """Return the name of the recipient, and the country that it is in."""
    recipient = matter.recipient
    if recipient is None:
        return same(""), same("")
    return both(recipient.name), country_in_words(recipient.country)


def _written(matter: Matter) -> tuple[Text, Text]:
    return (
        fill(
            "为“{purpose}”处理您的个人信息",
            "Your information for “{purpose}”",
            purpose=matter.purpose,
        ),
        fill(
            "我已阅读以上内容，{form}为“{purpose}”处理我的{names}",
            "I have read this and {form} to the handling of {names} for “{purpose}”",
            form=_form(matter),
            purpose=matter.purpose,
            names=matter.names(),
        ),
    )


def _sensitive(matter: Matter) -> tuple[Text, Text]:
    return (
        fill(
            "为“{purpose}”处理您的敏感个人信息：{names}",
            "Sensitive information for “{purpose}”: {names}",
            purpose=matter.purpose,
            names=matter.names(),
        ),
        fill(
            "我已阅读以上内容，{form}为“{purpose}”处理我的{names}",
            "I have read this and {form} to the handling of {names} for “{purpose}”",
            form=_form(matter),
            purpose=matter.purpose,
            names=matter.names(),
        ),
    )


def _provision(matter: Matter) -> tuple[Text, Text]:
    name, _ = _party(matter)
    return (
        fill("向{name}提供您的个人信息", "Giving your information to {name}", name=name),
        fill(
            "我已阅读以上内容，单独同意向{name}提供我的{names}",
            "I have read this and agree separately that {name} is given: {names}",
            name=name,
            names=matter.names(),
        ),
    )


def _overseas(matter: Matter) -> tuple[Text, Text]:
    name, country = _party(matter)
    return (
        fill(
            "向境外提供您的个人信息：{name}（{country}）",
            "Giving your information to {name} abroad ({country})",
            name=name,
            country=country,
        ),
        fill(
            "我已阅读以上内容，单独同意向境外接收方{name}提供我的{names}",
            "I have read this and agree separately that this goes abroad to {name}: {names}",
            name=name,
            names=matter.names(),
        ),
    )


def _publication(matter: Matter) -> tuple[Text, Text]:
    return (
        fill(
            "公开您的个人信息：{purpose}",
            "Making your information public: {purpose}",
            purpose=matter.purpose,
        ),
        fill(
            "我已阅读以上内容，单独同意公开我的{names}",
            "I have read this and agree separately that this is made public: {names}",
            names=matter.names(),
        ),
    )


def _public_image(matter: Matter) -> tuple[Text, Text]:
    image = matter.activity.public_image
    place = same("") if image is None else both(image.place)
    return (
        fill(
            "将在{place}采集的图像用于其他目的",
            "Using images taken in {place} for another purpose",
            place=place,
        ),
        fill(
            "我已阅读以上内容，单独同意将在{place}采集的我的图像用于上述目的",
            "I have read this and agree separately to that use of my images from {place}",
            place=place,
        ),
    )


def _minors(matter: Matter) -> tuple[Text, Text]:
    return (
        fill("监护人同意：{purpose}", "A guardian's consent: {purpose}", purpose=matter.purpose),
        fill(
            "我是孩子的父母或者其他监护人，已阅读儿童个人信息处理规则和以上内容，"
            "同意处理孩子的{names}",
            "I am a parent or another guardian of the child, have read the rules for children "
            "and the above, and agree to the handling of this of the child: {names}",
            names=matter.names(),
        ),
    )


_ASK: dict[MatterKind, Callable[[Matter], tuple[Text, Text]]] = {
    MatterKind.GENERAL: _written,
    MatterKind.SENSITIVE: _sensitive,
    MatterKind.PROVISION: _provision,
    MatterKind.OVERSEAS: _overseas,
    MatterKind.PUBLICATION: _publication,
    MatterKind.PUBLIC_IMAGE: _public_image,
    MatterKind.MINORS: _minors,
}
