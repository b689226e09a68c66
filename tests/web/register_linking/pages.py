"""What the tests of these pages share."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from openmash.apps.directory.models import Person

PERSONAS = "openmash.web.accounts.personas.PersonaBackend"
As = Callable[[Person], Client]

HEAD = "Forename,Surname,Date of birth,Sex,Address line 1,Postcode\n"
CHILDREN = (
    ("Ayesha", "Khan", "2014-03-01", "F", "1 High Street", "NF1 2AB"),
    ("Oliver", "Pemberton", "2012-07-19", "M", "14 Mill Lane", "NF3 4CD"),
    ("Thandiwe", "Mokoena", "2010-02-14", "F", "22 Station Road", "NF7 8GH"),
)
ROLL = HEAD + "".join(",".join(child) + "\n" for child in CHILDREN)
GP_LIST = ROLL.replace("High Street", "High St") + "Wilfred,Ashdown,,M,,\n"


def form(**other: Any) -> dict[str, Any]:
    """Everything that handing over asks for."""
    return {
        "kind": "school_roll",
        "purpose": "To find children known to both.",
        "legal_ground": "Children Act 2004, section 10",
        "keep_until_day": "1",
        "keep_until_month": "9",
        "keep_until_year": str(timezone.localtime().year + 1),
        "file": SimpleUploadedFile("roll.csv", (ROLL + "=broken\n").encode()),
        **other,
    }
