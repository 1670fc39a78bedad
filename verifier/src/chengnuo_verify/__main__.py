"""The command `chengnuo-verify`: what it is given, and what it says. It writes no file."""

import argparse
import sys
from pathlib import Path

from chengnuo_verify.log import verify_log
from chengnuo_verify.notes import Trust, read_note
from chengnuo_verify.proofs import verify_paper
from chengnuo_verify.reading import FORMS, Answer, Place, RefusedError, ensure


def main(argv: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = argparse.ArgumentParser(prog="chengnuo-verify", **FORMS["command"])
    for name, option in FORMS["options"].items():
        parser.add_argument(name, **option)
    args, answer = parser.parse_args(argv), Answer()
    try:
        _verify(args, answer)
    except (RefusedError, RecursionError) as error:
        refused = error if isinstance(error, RefusedError) else RefusedError("limit", args.what)
        answer.said, answer.checked = [(refused.code, refused.facts)], {}
    text, status = answer.render(args.lang, as_json=args.json)
    sys.stdout.write(f"{text}\n")
    return status


def _verify(args: argparse.Namespace, answer: Answer) -> None:
    trust = Trust(args.key, args.origin, args.witness)
    ensure((args.quorum or "0").isdecimal(), "form", "--quorum")
    trust.quorum = int(args.quorum or len(args.witness))
    trust.kept = [(Path(name).name, read_note(_file(name), name)) for name in args.since]
    if Place(args.what).is_site or Path(args.what).is_dir():
        verify_log(Place(args.what), trust, answer, quick=args.quick)
    else:
        verify_paper(_file(args.what), trust, answer, Path(args.what).name)
    if not args.key:
        answer.say("key-unpinned", key=trust.pinned[0].vkey)


def _file(name: str) -> bytes:
    data = Place(str(Path(name).parent)).read(Path(name).name)
    ensure(data is not None, "no-file", name)
    return data or b""


if __name__ == "__main__":
    sys.exit(main())
