"""T3: a policy of 20,000 characters read, beside the same words looked for by plain `re`.

The policy is the published one of the example shop, cut to length: headings, lists and tables. The
command is timed as a process of its own, start and loading of the knowledge included, and its
memory is that of the process.
"""

import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from bench.figure import Figure
from bench.started import environment

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.documents.markdown import MarkdownWriter
from chengnuo.adapters.policies.policy_file import PolicyFile
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.all_documents import derive
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import DocumentKind
from chengnuo.domain.observation.policy import PolicyReading
from chengnuo.usecases.inspection.policies import Policies
from chengnuo.usecases.registers import Registers
from chengnuo.wiring.knowledge import law_catalogue
from chengnuo.wiring.policies import policies

CHARACTERS = 20_000
SHOP = Path(__file__).parents[1] / "examples" / "shop" / "register"


def written() -> bytes:
    """Return a policy in Markdown whose plain text is about 20,000 characters."""
    law = law_catalogue()
    source = Registers(source=RegisterFolder(), catalogue=law, clock=SystemClock())
    register = source.load(SHOP, on=date(2026, 11, 1)).register
    told = Declared(register=register, catalogue=law, app_id=register.apps[0].app)
    rules = MarkdownWriter().write(derive(told, DocumentKind.PROCESSING_RULES), Lang.ZH)
    lines = rules.decode().splitlines()
    size, kept = 0, []
    for line in lines:
        size += len(re.sub(r"<[^>]*>|\(<[^>]*>\)", "", line))
        if size > CHARACTERS + 600:
            break
        kept.append(line)
    return "\n".join(kept).encode()


def read(uses: Policies, path: Path) -> PolicyReading:
    """Read the policy from its file."""
    return uses.read(PolicyFile().read(path))


def plainly(words: re.Pattern[str], path: Path) -> int:
    """Look for the same words by one alternation."""
    return sum(1 for _ in words.finditer(path.read_text(encoding="utf-8").lower()))


def median(work: Callable[[], object], rounds: int) -> float:
    """Return the median of the CPU time of some work, in seconds."""
    taken = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return statistics.median(taken)


CHILD = """
from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program
run(Program(), sys.argv[1:])
"""
PEAK = """
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(peak.split()[1], time.process_time(), file=sys.stderr)
"""


def process(code: str, *arguments: str) -> tuple[float, float, str]:
    """Return CPU seconds, memory in MiB and the output of a process that runs some code."""
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", f"import sys, time\n{code}{PEAK}", *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=environment(),
    )
    kib, seconds = done.stderr.split()[-2:]
    return float(seconds), int(kib) / 1024, done.stdout


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the figures of T3."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "policy.md"
        path.write_bytes(written())
        uses = policies()
        found = read(uses, path)
        assert CHARACTERS * 0.95 <= found.characters <= CHARACTERS * 1.05, found.characters
        assert len(found.collected) > 100
        words = sorted((re.escape(word) for word in uses.lexicon.exact if word), key=len)
        plain = re.compile("|".join(reversed(words)))
        rounds = 5 if short else 25
        checked = f"{len(found.collected)} items, {len(found.fields)} facts"
        yield Figure(
            aim="T3",
            name=f"read {found.characters:,} characters, CPU",
            ours=median(lambda: read(uses, path), rounds),
            base=median(lambda: plainly(plain, path), rounds),
            base_name="its words by re",
            unit="s",
            limit=0.5,
            checked=checked,
        )
        told = ("policy", "read", str(path), "--json")
        process(CHILD, *told)
        nothing = process("print('nothing')\n")
        taken, memory, said = process(CHILD, *told)
        assert len(json.loads(said)["collected"]) == len(found.collected)
        for name, ours, base, unit, limit in (
            ("the command, start included, CPU", taken, nothing[0], "s", 0.5),
            ("memory of the command", memory, nothing[1], "MiB", 200.0),
        ):
            yield Figure(
                aim="T3",
                name=name,
                ours=ours,
                base=base,
                base_name="python -c print",
                unit=unit,
                limit=limit,
                checked=checked,
            )
