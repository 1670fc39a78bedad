"""Which of the five questions are left once a draft and some answers are there."""

from chengnuo.domain.inspection.answers import Answers, Asked
from chengnuo.domain.inspection.draft import Draft
from chengnuo.domain.register.draft import is_to_complete


def still_asked(draft: Draft | None, answers: Answers) -> tuple[Asked, ...]:
    """Return what nobody has said yet, in the order in which it is asked.

    Args:
        draft: What package and policies gave; None if neither was given.
        answers: What was answered.

    """
    known = {
        Asked.NAME: answers.name is not None,
        Asked.CREDIT_CODE: answers.credit_code is not None,
        Asked.APP: answers.app is not None,
        Asked.TYPES: bool(answers.types) or answers.other_type is not None,
        Asked.ACCOUNTS: answers.accounts is not None,
        Asked.WITHOUT_ACCOUNT: answers.without_account is not None,
        Asked.MINORS: answers.minors_under_14 is not None,
        Asked.PHONE: answers.phone is not None,
        Asked.EMAIL: answers.email is not None,
    }
    if draft is not None:
        handler = draft.register.handler
        known[Asked.NAME] |= not is_to_complete(handler.name)
        known[Asked.PHONE] |= handler.contacts.phone is not None
        known[Asked.EMAIL] |= handler.contacts.email is not None
    return tuple(one for one in Asked if not known[one])
