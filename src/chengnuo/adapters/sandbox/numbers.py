"""The calls of Linux that this program names, by their numbers on each sort of processor.

The numbers are those of x86-64 (`arch/x86/entry/syscalls/syscall_64.tbl`) and of the generic table
(`include/uapi/asm-generic/unistd.h`), which 64-bit ARM uses; calls from 424 on have one number on
every machine. A machine that is not here has no numbers, and nothing is called by one.
"""

import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_X86_64: Final = """
clone=56 kill=62 tgkill=234 prlimit64=302 fork=57 vfork=58 execve=59 execveat=322 socket=41
socketpair=53 connect=42 accept=43 accept4=288 bind=49 listen=50 sendto=44 sendmsg=46
sendmmsg=307 mq_open=240 msgget=68 semget=64 shmget=29 ptrace=101 process_vm_readv=310
process_vm_writev=311 kcmp=312 rt_sigqueueinfo=129 rt_tgsigqueueinfo=297 tkill=200 chmod=90
fchmod=91 fchmodat=268 chown=92 fchown=93 lchown=94 fchownat=260 utime=132 utimes=235
futimesat=261 utimensat=280 setxattr=188 lsetxattr=189 fsetxattr=190 removexattr=197
lremovexattr=198 fremovexattr=199 setrlimit=160 setuid=105 setgid=106 setreuid=113 setregid=114
setresuid=117 setresgid=119 setgroups=116 setfsuid=122 setfsgid=123 capset=126 unshare=272
setns=308 mount=165 umount2=166 pivot_root=155 chroot=161 open_by_handle_at=304
name_to_handle_at=303 bpf=321 perf_event_open=298 userfaultfd=323 keyctl=250 add_key=248
request_key=249 kexec_load=246 kexec_file_load=320 init_module=175 finit_module=313
delete_module=176 reboot=169 swapon=167 swapoff=168 acct=163 quotactl=179 settimeofday=164
clock_settime=227 clock_adjtime=305 adjtimex=159 sethostname=170 setdomainname=171 iopl=172
ioperm=173 modify_ldt=154 syslog=103 truncate=76 open=2 openat=257 fcntl=72 ioctl=16 mq_unlink=241
msgsnd=69 msgrcv=70 msgctl=71 semop=65 semctl=66 semtimedop=220 shmat=30 shmctl=31 setpriority=141
ioprio_set=251 sched_setscheduler=144 sched_setparam=142 sched_setattr=314 sched_setaffinity=203
migrate_pages=256 move_pages=279 inotify_init=253 inotify_init1=294 fanotify_init=300
"""
_ARM_64: Final = """
clone=220 kill=129 tgkill=131 prlimit64=261 execve=221 execveat=281 socket=198 socketpair=199
connect=203 accept=202 accept4=242 bind=200 listen=201 sendto=206 sendmsg=211 sendmmsg=269
mq_open=180 msgget=186 semget=190 shmget=194 ptrace=117 process_vm_readv=270
process_vm_writev=271 kcmp=272 rt_sigqueueinfo=138 rt_tgsigqueueinfo=240 tkill=130 fchmod=52
fchmodat=53 fchown=55 fchownat=54 utimensat=88 setxattr=5 lsetxattr=6 fsetxattr=7 removexattr=14
lremovexattr=15 fremovexattr=16 setrlimit=164 setuid=146 setgid=144 setreuid=145 setregid=143
setresuid=147 setresgid=149 setgroups=159 setfsuid=151 setfsgid=152 capset=91 unshare=97
setns=268 mount=40 umount2=39 pivot_root=41 chroot=51 open_by_handle_at=265
name_to_handle_at=264 bpf=280 perf_event_open=241 userfaultfd=282 keyctl=219 add_key=217
request_key=218 kexec_load=104 kexec_file_load=294 init_module=105 finit_module=273
delete_module=106 reboot=142 swapon=224 swapoff=225 acct=89 quotactl=60 settimeofday=170
clock_settime=112 clock_adjtime=266 adjtimex=171 sethostname=161 setdomainname=162 syslog=116
truncate=45 openat=56 fcntl=25 ioctl=29 mq_unlink=181 msgsnd=189 msgrcv=188 msgctl=187 semop=193
semctl=191 semtimedop=192 shmat=196 shmctl=195 setpriority=140 ioprio_set=30 sched_setscheduler=119
sched_setparam=118 sched_setattr=274 sched_setaffinity=122 migrate_pages=238 move_pages=239
inotify_init1=26 fanotify_init=262
"""
_ALIKE: Final = """
pidfd_send_signal=424 io_uring_setup=425 io_uring_enter=426 io_uring_register=427 open_tree=428
move_mount=429 fsopen=430 fsconfig=431 fsmount=432 fspick=433 pidfd_open=434 clone3=435
openat2=437 pidfd_getfd=438 process_madvise=440 mount_setattr=442 quotactl_fd=443 fchmodat2=452
setxattrat=463 removexattrat=466 open_tree_attr=467 file_setattr=469
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A sort of processor.

    Attributes:
        audit_arch: How a filter of calls knows it (`linux/audit.h`).
        seccomp: Number of the call that sets such a filter.
        other_numbers_from: From this number on they are of another table (x32); 0 for none.
        numbers: Numbers of its calls, by name.

    """

    audit_arch: int
    seccomp: int
    other_numbers_from: int
    numbers: Mapping[str, int]


def _numbers(*rows: str) -> dict[str, int]:
    pairs = (pair.split("=") for row in rows for pair in row.split())
    return {name: int(number) for name, number in pairs}


MACHINES: Final = {
    "x86_64": Machine(
        audit_arch=0xC000003E,
        seccomp=317,
        other_numbers_from=0x40000000,
        numbers=_numbers(_X86_64, _ALIKE),
    ),
    "aarch64": Machine(
        audit_arch=0xC00000B7,
        seccomp=277,
        other_numbers_from=0,
        numbers=_numbers(_ARM_64, _ALIKE),
    ),
}


def this_machine() -> Machine | None:
    """Return the machine this runs on; None if it is none whose calls are known here."""
    is_known = sys.platform == "linux" and sys.maxsize > 1 << 32
    return MACHINES.get(platform.machine()) if is_known else None
