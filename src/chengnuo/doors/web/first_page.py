"""Where somebody goes who has just made an account."""

from chengnuo.doors.web.services import Services


def first_page(services: Services) -> str:
    """Return what is to be decided for whoever begins alone with a register that is not sound yet.

    Everybody else goes to the first page of the console.
    """
    served = services.register.current()
    begins = served is not None and not served.report.is_clean
    return "/console/decide" if begins and services.accounts.single_person() else "/console"
