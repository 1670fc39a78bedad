"""One look over a whole installation: every check is made, whatever the others say.

A check whose look meets an error of ours says it: the service would be stopped by it too. One that
the system keeps from looking could not be made. Settings that cannot be used leave the
installation unseen.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.text import Text
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.working_calendar import WorkingCalendar
from chengnuo.ports.clock import Clock
from chengnuo.ports.installation import Installation, ProgramParts
from chengnuo.usecases.operations.checks import Check, State, Subject, well
from chengnuo.usecases.operations.data_checks import (
    clock_check,
    database_check,
    folder_check,
    log_check,
    register_check,
)
from chengnuo.usecases.operations.key_checks import (
    door_check,
    holder_check,
    planes_check,
    provider_check,
    secrets_check,
)
from chengnuo.usecases.operations.program_checks import (
    calendar_check,
    child_check,
    extras_check,
    law_check,
    packages_check,
    python_check,
)

_ADVICE = {
    Subject.PACKAGES: Text("重新安装 chengnuo。", "install chengnuo anew"),
    Subject.PAPER: Text(
        "重新安装 typst 和 manimgx-fonts-cjk。", "install typst and manimgx-fonts-cjk anew"
    ),
    Subject.SETTINGS: Text("按说明改正设置。", "correct the setting; docs/settings.md lists them"),
    Subject.REGISTER: Text(
        "运行 chengnuo register check 并改正。", "run `chengnuo register check` and correct it"
    ),
    Subject.DATABASE: Text(
        "让设置 data 指向真正的数据目录，或用备份恢复。",
        "point `data` to the data folder, or bring back a backup",
    ),
    Subject.LOG: Text(
        "运行 chengnuo evidence check，不要改动任何文件。",
        "run `chengnuo evidence check`, and change no file",
    ),
    Subject.EPOCH_KEY: Text(
        "检查密钥文件的权限与内容、环境变量或令牌。",
        "see to the key file and its mode, the variable, or the token",
    ),
    Subject.PROVIDER: Text(
        "检查 issuer 的写法、网络和证书；在此之前用密码登录。",
        "see to the spelling of `issuer`, network and certificates; sign in by password meanwhile",
    ),
}
_REFUSED = Text("程序会停在这里。", "the program is stopped by this")


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What all checks say, in the order of their subjects."""

    checks: tuple[Check, ...]

    @property
    def state(self) -> State:
        """How the whole stands: something to do goes before something unseen."""
        states = {one.state for one in self.checks}
        return next((one for one in (State.DUE, State.UNKNOWN) if one in states), State.WELL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """The use case of looking over an installation.

    Attributes:
        parts: Looks at the program.
        catalogue: Loads the law.
        calendar: Loads the working days.
        clock: Tells now.
        installation: Looks at the installation; raises what is wrong with its settings.

    """

    parts: ProgramParts
    catalogue: Callable[[], Catalogue]
    calendar: Callable[[], WorkingCalendar]
    clock: Clock
    installation: Callable[[], Installation]

    def look(self) -> Diagnosis:
        """Make every check; never raises what a check can say."""
        return Diagnosis(checks=(*self._of_program(), *self._of_installation()))

    def _of_program(self) -> Iterator[Check]:
        at, parts = self.clock.now(), self.parts
        yield _made(Subject.PYTHON, lambda: python_check(parts.program()))
        yield _made(Subject.PACKAGES, lambda: packages_check(parts.program()))
        yield _made(Subject.EXTRAS, lambda: extras_check(parts.program()))
        yield _made(Subject.PAPER, self._paper)
        yield _made(Subject.CHILD, lambda: child_check(parts.layers()))

        def law() -> Check:
            version = self.catalogue().version
            return law_check(str(version), version.date, at)

        yield _made(Subject.LAW, law)
        yield _made(Subject.CALENDAR, lambda: calendar_check(self.calendar().last, at))

    def _paper(self) -> Check:
        self.parts.paper()
        return well(Subject.PAPER, "可以生成中文 PDF。", "pages with Chinese can be set")

    def _of_installation(self) -> Iterator[Check]:
        try:
            seen = self.installation()
        except ChengnuoError as error:
            yield _stopped(Subject.SETTINGS, error)
            order = list(Subject)
            yield from (_unseen(one) for one in order[order.index(Subject.SETTINGS) + 1 :])
            return
        yield well(Subject.SETTINGS, "可以读取。", "they can be read")
        yield _made(Subject.REGISTER, lambda: register_check(seen.register()))
        yield _made(Subject.DATA_FOLDER, lambda: folder_check(seen.folder()))
        yield _made(Subject.DATABASE, lambda: database_check(seen.database()))
        yield from self._of_log(seen)
        yield _made(Subject.SECRETS, lambda: secrets_check(seen.secret_files()))
        yield _made(Subject.EPOCH_KEY, lambda: holder_check(seen.holder()))
        yield _made(Subject.PLANES, lambda: planes_check(seen.planes()))
        yield _made(Subject.PORT, lambda: door_check(seen.door()))
        yield _made(Subject.PROVIDER, lambda: provider_check(seen.provider()))

    def _of_log(self, seen: Installation) -> Iterator[Check]:
        at = self.clock.now()
        try:
            log = seen.log()
        except (ChengnuoError, OSError) as error:
            yield _stopped(Subject.LOG, error)
            yield _unseen(Subject.CLOCK)
        else:
            yield log_check(log, at)
            yield clock_check(log, at)


def _made(subject: Subject, check: Callable[[], Check]) -> Check:
    try:
        return check()
    except (ChengnuoError, OSError) as error:
        return _stopped(subject, error)


def _stopped(subject: Subject, error: ChengnuoError | OSError) -> Check:
    if isinstance(error, ChengnuoError):
        return Check(
            subject=subject,
            state=State.DUE,
            says=_REFUSED,
            advice=_ADVICE.get(subject),
            error=error,
        )
    why = error.strerror or type(error).__name__
    return Check(
        subject=subject,
        state=State.UNKNOWN,
        says=Text(f"不能查看：{why}。", f"it could not be looked at: {why}"),
        advice=Text(
            "用数据目录所属的账户运行本命令。", "run this command as the account of the data folder"
        ),
    )


def _unseen(subject: Subject) -> Check:
    return Check(
        subject=subject,
        state=State.UNKNOWN,
        says=Text("没有查看：先解决上面的问题。", "not looked at: mend what stands above first"),
    )
