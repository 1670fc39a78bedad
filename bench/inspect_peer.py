"""The peers of inspection, run by their own Python as a process of its own; nothing of ours here.

`androguard`: its DEX reader over every instruction, without its analysis, which is its fastest way
to all call sites. `dexllm`: its index, asked for the callers of each method, as its manual does.
Standard input: the package and the methods that are asked about. Standard output: seconds of
processor time, the call sites as caller, place and method, memory, version.
"""

import json
import re
import resource
import sys
import time
import zipfile
from importlib.metadata import version

Site = tuple[str, int, str]


def androguard(path: str, asked: set[str]) -> list[Site]:
    """Ask androguard."""
    from androguard.core.dex import DEX  # noqa: PLC0415 - only where it is installed
    from loguru import logger  # noqa: PLC0415 - as above

    logger.disable("androguard")
    sites: list[Site] = []
    with zipfile.ZipFile(path) as package:
        names = [one for one in package.namelist() if re.fullmatch(r"classes\d*\.dex", one)]
        files = [package.read(one) for one in names]
    for data in files:
        dex = DEX(data)
        known: dict[int, str] = {}
        for method in dex.get_encoded_methods():
            code = method.get_code()
            if code is None:
                continue
            pc = 0
            for one in code.get_bc().get_instructions():
                name = one.get_name()
                if name.startswith("invoke-") and not name.startswith("invoke-custom"):
                    index = one.BBBB
                    if index not in known:
                        owner, called, proto = dex.get_cm_method(index)
                        known[index] = f"{owner}->{called}{''.join(proto).replace(' ', '')}"
                    if known[index] in asked:
                        caller = f"{method.get_class_name()}->{method.get_name()}"
                        descriptor = method.get_descriptor().replace(" ", "")
                        sites.append((caller + descriptor, pc // 2, known[index]))
                pc += one.get_length()
    return sites


def dexllm(path: str, asked: set[str]) -> list[Site]:
    """Ask dexllm."""
    from dexllm import DexKit  # noqa: PLC0415 - only where it is installed

    kit = DexKit(path)
    return [
        (site.caller_descriptor, site.bytecode_offset // 2, site.callee_descriptor)
        for one in sorted(asked)
        for site in kit.find_call_sites_to(one)
    ]


def main() -> None:
    """Measure and print."""
    given = json.load(sys.stdin)
    name = sys.argv[1]
    ask = {"androguard": androguard, "dexllm": dexllm}[name]
    asked = set(given["asked"])
    best = 1e9
    for _ in range(given["rounds"]):
        since = time.process_time()
        sites = ask(given["path"], asked)
        best = min(best, time.process_time() - since)
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    told = {"seconds": best, "sites": sorted(sites), "rss_mb": rss, "version": version(name)}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
