"""The command `chengnuo-verify`: what it is given, and what it says. It writes no file."""

import argparse
import sys
from pathlib import Path

from chengnuo_verify.log import verify_log
from chengnuo_verify.notes import Trust
from chengnuo_verify.proofs import verify_paper
from chengnuo_verify.reading import FORMS, Answer, Place, RefusedError


def main(argv: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = argparse.ArgumentParser(prog="chengnuo-verify", **FORMS["command"])
    for name, option in FORMS["options"].items():
        parser.add_argument(name, **option)
    args, answer = parser.parse_args(argv), Answer()
    place = Place(args.what)
    try:
        trust = Trust(args)
        if place.is_site or Path(args.what).is_dir():
            verify_log(place, trust, answer, quick=args.quick)
        else:
            verify_paper(place.read() or b"", trust, answer, Path(args.what).name)
        if not args.key:
            answer.say("key-unpinned", key=trust.pinned[0].vkey)
    except (RefusedError, RecursionError) as error:
        refused = isinstance(error, RefusedError)
        answer.said = [error.args if refused else ("limit", {"where": args.what})]
        answer.checked = {}
    text, status = answer.render(args.lang, as_json=args.json)
    sys.stdout.write(f"{text}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
