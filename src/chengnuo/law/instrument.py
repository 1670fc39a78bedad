"""The texts that duties and figures come from, and how they are cited."""

from dataclasses import dataclass
from datetime import date

from chengnuo.base.text import Lang, Text
from chengnuo.law.ids import InstrumentId
from chengnuo.law.standing import Force, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A law, rule, notice, standard or pledge.

    `cite` is the short form with `{article}` where the number goes: `PIPL 第{article}条`.
    `abbreviation` names the text without an article: `191号文`.
    """

    id: InstrumentId
    title: Text
    abbreviation: Text
    cite: Text
    force: Force
    status: Status
    number: str | None = None
    issued: date | None = None
    effective: date | None = None
    note: Text | None = None

    def citation(self, article: str | None, place: Text | None, lang: Lang) -> str:
        """Return the short citation of a place, else of an article, else of the whole text."""
        if place is not None:
            name = self.abbreviation.in_lang(lang)
            return f"{name}{' ' if name[-1].isascii() else ''}{place.in_lang(lang)}"
        if article is None:
            return self.abbreviation.in_lang(lang)
        return self.cite.in_lang(lang).replace("{article}", article)
