"""What is well of the keys of an installation and of what stands around it.

Pure: the looks are given.
"""

from collections.abc import Sequence

from chengnuo.base.text import Text
from chengnuo.ports.installation import Answering, DoorLook, HolderLook, PlanesLook, SecretFile
from chengnuo.usecases.operations.checks import MIB, Check, Subject, note, room, todo, well

LEAST_MEMORY = 64 * MIB
_OTHERS = 0o077


def secrets_check(files: Sequence[SecretFile]) -> Check:
    """Say whether every file of a secret is there, and its owner's alone to read."""
    subject = Subject.SECRETS
    open_ = [one for one in files if one.there and one.mode & _OTHERS]
    if open_:
        zh = "、".join(f"{one.place}（{one.mode:04o}）" for one in open_)
        en = ", ".join(f"`{one.place}` ({one.mode:04o})" for one in open_)
        places = " ".join(one.place for one in open_)
        return todo(
            subject,
            Text(f"别的账户能读：{zh}。", f"other accounts can read: {en}"),
            Text(
                f"运行 chmod 600 {places}；可能已被读过的，考虑更换。",
                f"run `chmod 600 {places}`; replace what may have been read",
            ),
        )
    missing = [one for one in files if not one.there and not one.own]
    if missing:
        return todo(
            subject,
            Text(
                f"设置指明的文件不在：{'、'.join(one.place for one in missing)}。",
                f"files named by settings are not there: {', '.join(one.place for one in missing)}",
            ),
            Text(
                "放好这些文件，权限 0600，或改设置。",
                "put them there, mode 0600, or change the settings",
            ),
        )
    there = sum(one.there for one in files)
    if not there:
        return note(
            subject,
            Text("还没有。", "none yet"),
            Text("首次启动时生成，请备份。", "the first start makes them; back them up"),
        )
    return well(
        subject, f"{there} 个文件都只归所属账户。", f"{there} files are their owner's alone"
    )


def holder_check(look: HolderLook) -> Check:
    """Say whether the epoch key is where it should be and is the one that the log's keys need."""
    subject = Subject.EPOCH_KEY
    if look.unfinished:
        return note(
            subject,
            Text(
                f"{look.place} 的更换没有完成，没有读取。",
                f"a change of `{look.place}` was interrupted; it was not read",
            ),
            Text("下次启动时补完。", "the next start finishes it"),
        )
    if look.homeless:
        return todo(
            subject,
            Text(f"没有放 {look.place} 的文件夹。", f"there is no folder for `{look.place}`"),
            Text(
                "建立它，权限 0700，归服务的账户所有；原来有的盘没有挂载就先挂载。",
                "make it, mode 0700, the service's account its owner; or mount the disk it was on",
            ),
        )
    if look.made and look.made not in look.epochs:
        return todo(
            subject,
            Text(
                f"{look.place} 没有第 {look.made} 期的上层密钥，个人的记录打不开。",
                f"`{look.place}` has no key of epoch {look.made}; what is kept of individuals does"
                " not open",
            ),
            Text(
                "找回与数据目录同期的密钥文件或原来的令牌；不要在此之前启动服务。",
                "bring back the key file of the same time as the data folder, or the token; do not"
                " start the service before",
            ),
        )
    says = Text(f"在 {look.place}。", f"in `{look.place}`")
    if look.in_data_folder:
        advice = Text(
            "数据目录的副本因此能打开全部内容；用 [evidence] master_key_file 移到别处。",
            "so a copy of the data folder opens everything; move it with [evidence]"
            " master_key_file",
        )
        return note(subject, says, advice) if look.demo else todo(subject, says, advice)
    if not look.forgets:
        return note(
            subject,
            says,
            Text(
                "主密钥来自环境变量：旧备份仍能打开后来删除的内容。",
                "the master key comes from the environment: an old backup opens what was deleted"
                " since",
            ),
        )
    return well(subject, says.zh, says.en or says.zh)


def planes_check(look: PlanesLook) -> Check:
    """Say whether the planes lie in memory that is the service's alone."""
    subject = Subject.PLANES
    if look.off:
        return well(subject, "设置不用。", "the settings want none")
    if not look.ours:
        return todo(
            subject,
            Text(
                f"别的账户能写 {look.place}。",
                f"other accounts can write `{look.place}`",
            ),
            Text(
                "停下服务，删掉它，重新启动；或用设置 planes 换一处。",
                "stop the service, take it away, start anew; or choose another with `planes`",
            ),
        )
    if look.beside_data or not look.in_memory:
        return note(
            subject,
            Text(
                f"在 {look.place}，不是内存文件系统。",
                f"in `{look.place}`, which is no file system of memory",
            ),
            Text(
                "让 /dev/shm 可用，或用设置 planes 指到内存文件系统，写入会快得多。",
                "let /dev/shm be there, or point `planes` to a file system of memory: writing is"
                " much faster",
            ),
        )
    if look.free_bytes < LEAST_MEMORY:
        return todo(
            subject,
            Text(
                f"所在的内存文件系统只剩 {room(look.free_bytes)}。",
                f"only {room(look.free_bytes)} free where they are",
            ),
            Text(
                "放大它（容器用 shm_size）；满了之后判断改从日志读取，会慢。",
                "make it larger (shm_size of a container); once full, decisions read the log,"
                " which is slow",
            ),
        )
    zh, en = ("在", "are") if look.there else ("将在", "will be")
    return well(subject, f"{zh} {look.place}。", f"they {en} in `{look.place}`")


_NOT_OURS = {
    Answering.OTHER_SERVICE: ("另一个承诺安装的服务", "another installation of Chengnuo"),
    Answering.SOMEBODY_ELSE: ("别的程序", "another program"),
}


def door_check(look: DoorLook) -> Check:
    """Say who answers where the service listens."""
    subject = Subject.PORT
    if look.who in _NOT_OURS:
        zh, en = _NOT_OURS[look.who]
        says = Text(f"{look.address} 上是{zh}。", f"{en} answers at {look.address}")
        if not look.named:
            return note(
                subject,
                says,
                Text(
                    "服务会用下一个空闲端口；要固定就设 port。",
                    "the service takes the next free port; set `port` to fix it",
                ),
            )
        return todo(
            subject,
            says,
            Text("停下那个程序，或换一个 port。", "stop that program, or choose another `port`"),
        )
    if look.who is Answering.NOBODY:
        return note(
            subject,
            Text(f"服务没有运行，{look.address} 空闲。", f"not running; {look.address} is free"),
        )
    if look.version != look.running:
        return note(
            subject,
            Text(
                f"{look.address} 上的服务是 {look.version}，装的是 {look.running}。",
                f"the service at {look.address} is {look.version}; {look.running} is installed",
            ),
            Text("重启服务以换用新版本。", "restart the service to run what is installed"),
        )
    return well(
        subject,
        f"服务在 {look.address} 运行，版本 {look.version}。",
        f"the service answers at {look.address}, version {look.version}",
    )


def provider_check(issuer: str) -> Check:
    """Say that the identity provider answers, or that none is set."""
    if not issuer:
        return well(Subject.PROVIDER, "没有设置。", "none is set")
    return well(Subject.PROVIDER, f"{issuer} 有应答。", f"{issuer} answers")
