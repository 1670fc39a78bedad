"""That an app put a prompt before somebody of its own accord is recorded, answered or not.

The pledge board holds those records to the pledge that nobody is asked again soon after a no. What
an individual opens themselves in the privacy centre is no asking.
"""

from chengnuo.domain.disclosure.prompt import Prompt
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.doors.web.centre_asking import Asker
from chengnuo.doors.web.services import Services
from chengnuo.usecases.evidence.recording import Rows

BY_APP = "app-"
"""How the id of a prompt begins that the app put there; see `BY_INDIVIDUAL` for the others."""


def note_shown(asker: Asker, services: Services, prompt: Prompt, *, surface: str) -> None:
    """Record that a prompt was shown; nothing where nobody has come in or nothing is agreed to."""
    if asker.visitor is None or prompt.binding is None:
        return
    services.evidence.recorder.record(
        Kind.NOTICE_SHOWN,
        {
            "notice": prompt.binding.notice(asker.lang),
            "lang": asker.lang.value,
            "surface": surface,
        },
        person=asker.visitor.person,
        rows=Rows(activity=str(prompt.activity), item=prompt.binding.item),
    )
