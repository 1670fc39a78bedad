"""Projects of ihatemoney with people who share bills, made by its migrations and its models.

    python shared_bills.py URL

Runs as a program in an environment of its own (`requirements/apps.txt`); the tests import nothing
of it. Prints one JSON object: the ids of the people in it. A bill is paid by one and owed by many
(`billowers`), history is on, so every change of a person leaves rows in `person_version`.
"""

import json
import os
import sys
import tempfile
from datetime import date
from pathlib import Path


def main(url: str) -> None:
    """Make the database and say who is who."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "ihatemoney.cfg"
        config.write_text(
            f"SQLALCHEMY_DATABASE_URI = {url!r}\nSECRET_KEY = 'only for throwaway projects'\n"
            "ACTIVATE_ADMIN_DASHBOARD = False\nENABLE_CAPTCHA = False\n",
            encoding="utf-8",
        )
        os.environ["IHATEMONEY_SETTINGS_FILE_PATH"] = str(config)
        from ihatemoney.run import create_app  # noqa: PLC0415  reads the settings when imported

        app = create_app()
        with app.app_context():
            people = fill()
        sys.stdout.write("\n" + json.dumps(people))


def fill() -> dict[str, int]:
    """Fill two projects; return the id of each person."""
    from ihatemoney.models import Bill, LoggingMode, Person, Project, db  # noqa: PLC0415

    people = {}
    for name, members in (("trip", ("payer", "ower", "idle")), ("flat", ("other", "lodger"))):
        project = Project(
            id=name,
            name=name,
            password="not a secret",  # noqa: S106
            contact_email=f"{name}@bills.invalid",
            default_currency="CNY",
            logging_preference=LoggingMode.RECORD_IP,
        )
        db.session.add(project)
        found = [Person(name=f"甲{member}", project=project) for member in members]
        db.session.add_all(found)
        db.session.commit()
        for amount in range(1, 4):
            db.session.add(
                Bill(
                    amount=10 * amount,
                    date=date(2026, 1, amount),
                    external_link="",
                    original_currency="CNY",
                    owers=found[:2],
                    payer_id=found[0].id,
                    project_default_currency="CNY",
                    what=f"supper {amount}",
                )
            )
        found[0].weight = 2
        db.session.commit()
        people |= {member: one.id for member, one in zip(members, found, strict=True)}
    return people


if __name__ == "__main__":
    main(sys.argv[1])
