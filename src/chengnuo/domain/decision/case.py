"""One request, with the rows of the register that it speaks of, and the consents it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.app import UnknownAge
from chengnuo.domain.register.consent_items import ConsentItem, MatterKind, provided_categories
from chengnuo.domain.register.recipient import Recipient
from chengnuo.law.age import AgeBand
from chengnuo.law.ids import CategoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One request, with the rows of the register that it speaks of."""

    request: Request
    state: State
    book: Book
    at: int
    activity: ProcessingActivity
    recipient: Recipient | None
    categories: tuple[CategoryId, ...]

    @property
    def is_child(self) -> bool:
        """Whether a guardian has to consent: under fourteen, or perhaps so (PIPL Art. 31)."""
        return needs_guardian(self.book, self.activity, self.state.individual.age)


def needs_guardian(book: Book, activity: ProcessingActivity, age: AgeBand) -> bool:
    """Tell whether somebody of an age is a child under fourteen, or is taken for one.

    For whom somebody of unknown age is taken follows from the risk that the app declares.
    """
    if age is not AgeBand.UNKNOWN:
        return age is AgeBand.UNDER_14
    service = book.register.service_by_id[activity.service]
    taken_for = book.register.app_by_id[service.app].audience.taken_for
    if taken_for is UnknownAge.CHILD_WHERE_SENSITIVE:
        return bool(book.sensitive(activity))
    return taken_for is UnknownAge.CHILD


def case_of(
    request: Request, activity: ProcessingActivity, state: State, book: Book, at: int
) -> Case:
    """Return a request about a registered activity with its rows."""
    recipient = None
    if request.recipient is not None and request.recipient in activity.recipients:
        recipient = book.register.recipient_by_id[request.recipient]
    return Case(
        request=request,
        state=state,
        book=book,
        at=at,
        activity=activity,
        recipient=recipient,
        categories=_categories(request, activity, recipient),
    )


def needed_items(case: Case) -> Iterator[ConsentItem]:
    """Yield the consent items that a request rests on, in the register's order.

    For a child the guardian's consent to the activity covers what general and sensitive matters
    ask of others, because it names the same purpose and categories (Art. 31); what goes to others,
    abroad or public is asked on its own all the same.
    """
    asked = set(case.categories)
    sensitive = case.book.sensitive(case.activity)
    needs = {
        MatterKind.GENERAL: bool(asked - sensitive) and not case.is_child,
        MatterKind.PUBLICATION: case.request.makes_public,
        MatterKind.PUBLIC_IMAGE: case.request.other_use,
        MatterKind.MINORS: case.is_child,
    }
    for item in case.book.items_of[case.activity.activity]:
        if item.kind is MatterKind.SENSITIVE:
            is_needed = item.about in asked and not case.is_child
        elif item.kind in {MatterKind.PROVISION, MatterKind.OVERSEAS}:
            is_needed = item.about == case.request.recipient
        else:
            is_needed = needs[item.kind]
        if is_needed:
            yield item


def _categories(
    request: Request, activity: ProcessingActivity, recipient: Recipient | None
) -> tuple[CategoryId, ...]:
    """Return what is asked about, in the activity's order; left out, all that could be meant."""
    if request.categories is not None:
        known = [category for category in activity.categories if category in request.categories]
        found = (*known, *sorted(request.categories - set(known)))
    elif recipient is not None:
        found = provided_categories(activity, recipient)
    elif request.makes_public and activity.disclosure is not None:
        found = activity.disclosure.categories
    else:
        found = activity.categories
    return tuple(dict.fromkeys(found))  # a register may write a category twice
