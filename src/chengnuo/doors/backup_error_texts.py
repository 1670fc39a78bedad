"""What doors say to people about the error codes of backups."""

from chengnuo.base.text import Text

BACKUP_ERRORS: dict[str, Text] = {
    "backup-chain": Text(
        "给出的文件不是一组完整的备份：需要第一份和其后的每一份。",
        "These are no chain of backups: a first one, and all made since, are needed.",
    ),
    "backup-damaged": Text(
        "备份文件已损坏或不完整，没有恢复任何内容。",
        "The backup is damaged or not whole; nothing was restored.",
    ),
    "backup-elsewhere": Text(
        "记录在单独的数据库里，请用该数据库自己的方法备份。",
        "The records are in a database of its own; back that up by its own means.",
    ),
    "backup-key": Text(
        "备份的密钥或口令不对，或者没有给出。",
        "The key or passphrase of the backup is wrong, or was not given.",
    ),
    "backup-moment": Text(
        "这些备份不包含所要的时刻。",
        "These backups do not reach the moment that was asked for.",
    ),
    "backup-not-made": Text(
        "现在无法完成备份，请稍后再试。",
        "The backup could not be made now; try again later.",
    ),
    "backup-place": Text(
        "要写入的文件或目录已经存在，未作任何改动。",
        "The file or folder to write is there already; nothing was changed.",
    ),
    "not-restored": Text(
        "该数据目录不是等待再次删除的恢复目录。",
        "This is no restored data folder that waits for its sweep.",
    ),
    "restored-not-swept": Text(
        "该数据目录由备份恢复，备份之后删除的人还没有再次删除，不能启动。"
        "请先运行 chengnuo backup sweep。",
        "The data folder was restored and not swept, so it is not served: run"
        " `chengnuo backup sweep` first.",
    ),
    "sweep-source": Text(
        "无从知道备份之后删除了谁：请给出名单、更新的日志，或说明上层密钥一直在用。",
        "Who was erased after the backup is not known: give the list, a newer log, or say that the"
        " epoch key is live.",
    ),
}
