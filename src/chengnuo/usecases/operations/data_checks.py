"""What is well of the data of an installation: its folder, database, log and clock.

Pure: the looks and the instant are given.
"""

from datetime import datetime, timedelta

from chengnuo.base.text import Text
from chengnuo.ports.installation import DatabaseLook, FolderLook, LogLook, RegisterLook
from chengnuo.usecases.operations.checks import GIB, Check, Subject, note, room, todo, well

LEAST_FREE = GIB
OVERDUE = timedelta(minutes=1)
"""A checkpoint follows its records within a second; one that is this late will not come."""
_OTHERS = 0o077
_SHORT = 12


def register_check(look: RegisterLook) -> Check:
    """Say which register a start would serve."""
    version = look.version[:_SHORT]
    if look.folder:
        return well(
            Subject.REGISTER,
            f"可以读取，版本 {version}。",
            f"it loads, version {version}",
        )
    if look.version:
        return well(
            Subject.REGISTER,
            f"沿用最近保存的版本 {version}。",
            f"the version kept last is served, {version}",
        )
    return todo(
        Subject.REGISTER,
        Text("还没有。", "none yet"),
        Text(
            "用设置 register 指明登记簿文件夹；没有的先运行 chengnuo init。",
            "name its folder with the setting `register`; make one with `chengnuo init`",
        ),
    )


def folder_check(look: FolderLook) -> Check:
    """Say whether the data folder is its owner's alone, can be written and has room."""
    subject = Subject.DATA_FOLDER
    if look.there and look.mode & _OTHERS:
        return todo(
            subject,
            Text(
                f"{look.place} 的权限是 {look.mode:04o}，别的账户可以进入。",
                f"`{look.place}` has mode {look.mode:04o}; other accounts can enter",
            ),
            Text(f"运行 chmod 700 {look.place}。", f"run `chmod 700 {look.place}`"),
        )
    if look.there and look.runs_as not in {look.owner, 0}:
        return todo(
            subject,
            Text(
                f"{look.place} 属于账户 {look.owner}，现在是 {look.runs_as}。",
                f"`{look.place}` belongs to account {look.owner}, this is {look.runs_as}",
            ),
            Text(
                "用它所属的账户运行服务和本命令。",
                "run service and command as the account it belongs to",
            ),
        )
    if not look.writable:
        return todo(
            subject,
            Text(f"{look.place} 不能写。", f"`{look.place}` cannot be written"),
            Text(
                "检查挂载方式、所属账户；用 systemd 的，检查 ReadWritePaths。",
                "see how it is mounted and whose it is; with systemd, see ReadWritePaths",
            ),
        )
    if look.waits_for_sweep:
        return todo(
            subject,
            Text(
                f"{look.place} 由备份恢复，其后删除的人还没有再次删除。",
                f"`{look.place}` was restored, and people erased since were not erased again",
            ),
            Text("运行 chengnuo backup sweep。", "run `chengnuo backup sweep`"),
        )
    return _room_check(look)


def _room_check(look: FolderLook) -> Check:
    subject = Subject.DATA_FOLDER
    free = room(look.free_bytes)
    if look.free_bytes < LEAST_FREE:
        return todo(
            subject,
            Text(
                f"数据目录所在的盘只剩 {free}。", f"only {free} free on the disk of the data folder"
            ),
            Text(
                f"腾出空间，至少 {room(LEAST_FREE)}：盘满后不再确认任何记录。",
                f"make room, {room(LEAST_FREE)} at least: on a full disk no record is acknowledged",
            ),
        )
    if not look.there:
        return note(
            subject,
            Text(
                f"还没有 {look.place}，剩余空间 {free}。",
                f"no `{look.place}` yet, {free} free",
            ),
            Text("首次启动时建立。", "the first start makes it"),
        )
    return well(
        subject,
        f"{look.place} 只归所属账户，剩余空间 {free}。",
        f"`{look.place}` is its owner's alone, {free} free",
    )


def database_check(look: DatabaseLook) -> Check:
    """Say whether this program and the schema of the database fit."""
    subject = Subject.DATABASE
    if not look.there or not look.revision:
        return note(
            subject,
            Text("还没有。", "none yet"),
            Text("首次启动时建立。", "the first start makes it"),
        )
    if look.revision == look.newest and not look.verified:
        return note(
            subject,
            Text(
                f"结构 {look.revision}，是最新的；经网络连接，但不核验对方是谁。",
                f"schema {look.revision}, the newest; reached over a network, and whoever answers"
                " is believed",
            ),
            Text(
                "在地址里写 sslmode=verify-full，需要时再写 sslrootcert。",
                "write `sslmode=verify-full` into its address, and `sslrootcert` where it is"
                " needed",
            ),
        )
    if look.revision == look.newest:
        return well(
            subject,
            f"结构 {look.revision}，是最新的。",
            f"schema {look.revision}, the newest",
        )
    if not look.known:
        return todo(
            subject,
            Text(
                f"结构 {look.revision} 由更新的程序写成，本程序只到 {look.newest}。",
                f"schema {look.revision} is of a newer program; this one knows {look.newest}",
            ),
            Text(
                "用写它的那个版本或更新的程序；本程序会拒绝打开。",
                "run the program that wrote it or a newer one; this one refuses to open it",
            ),
        )
    return note(
        subject,
        Text(
            f"结构 {look.revision}，本程序用 {look.newest}。",
            f"schema {look.revision}; this program brings it to {look.newest}",
        ),
        Text(
            "下次启动时升级，之后旧程序不能再打开；先备份数据目录。",
            "the next start upgrades it and older programs cannot open it then; copy the data"
            " folder first",
        ),
    )


def log_check(look: LogLook, at: datetime) -> Check:
    """Say how far the evidence log is under its newest checkpoint, and who writes it."""
    subject = Subject.LOG
    if not look.there:
        return note(
            subject,
            Text("还没有。", "none yet"),
            Text("首次启动时建立。", "the first start makes it"),
        )
    age = None if look.last_at is None else at - look.last_at
    behind = look.size - look.published
    if behind > 0 and look.writer and age is not None and age > OVERDUE:
        return todo(
            subject,
            Text(
                f"{behind} 条记录迟迟没有进入检查点，{look.writer} 正在写。",
                f"{behind} records are overdue for a checkpoint; {look.writer} writes it",
            ),
            Text(
                "查看服务日志里 chengnuo.evidence 的行和剩余空间，然后重启服务。",
                "see the lines of chengnuo.evidence in the service's log and the free space, then"
                " restart the service",
            ),
        )
    seen = _checkpoint(look, at)
    who_zh = f"{look.writer} 正在写" if look.writer else "没有进程在写"
    who_en = f"{look.writer} writes it" if look.writer else "nobody writes it"
    says = Text(
        f"{look.size} 条记录，{seen.zh}，{who_zh}。",
        f"{look.size} records, {seen.en}, {who_en}",
    )
    if behind > 0 and not look.writer:
        advice = Text(
            f"{behind} 条记录还没有进入检查点；下次启动时补签。",
            f"{behind} records are not under a checkpoint yet; the next start signs one",
        )
        return note(subject, says, advice)
    return well(subject, says.zh, says.en or says.zh)


def clock_check(look: LogLook, at: datetime) -> Check:
    """Hold the clock against the last instant that the log knows; it never goes back."""
    instants = [one for one in (look.last_at, look.checkpoint_at) if one is not None]
    if not instants:
        return note(
            Subject.CLOCK,
            Text("还没有可以对照时钟的记录。", "no record yet to hold the clock against"),
        )
    ahead = max(instants) - at
    if ahead > timedelta(seconds=1):
        return todo(
            Subject.CLOCK,
            Text(
                f"本机时钟比日志里最后的时刻慢 {_duration(ahead).zh}。",
                f"the clock is {_duration(ahead).en} behind the last instant of the log",
            ),
            Text(
                "校准时钟（NTP）；在此之前新记录的时刻沿用最后一条的，不反映实际时间。",
                "set the clock (NTP); until it catches up new records carry the last instant, not"
                " the time",
            ),
        )
    return well(
        Subject.CLOCK,
        "本机时钟不早于日志里最后的时刻。",
        "the clock is not behind the log's last instant",
    )


def _checkpoint(look: LogLook, at: datetime) -> Text:
    if look.checkpoint_at is None:
        return Text("这里没有检查点", "no checkpoint here")
    age = _duration(max(at - look.checkpoint_at, timedelta()))
    return Text(
        f"检查点 {look.published} 条，签于 {age.zh}前",
        f"checkpoint of size {look.published} signed {age.en} ago",
    )


def _duration(span: timedelta) -> Text:
    seconds = int(span.total_seconds())
    for size, zh, en in ((86400, "天", "d"), (3600, "小时", "h"), (60, "分钟", "min")):
        if seconds >= size:
            return Text(f"{seconds // size} {zh}", f"{seconds // size} {en}")
    return Text(f"{seconds} 秒", f"{seconds} s")
