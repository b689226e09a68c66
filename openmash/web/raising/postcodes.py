"""Finds the postcode in an address, so that nobody has to type it twice."""

import re

from openmash.engines.matching.identifiers import postcode

POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9OIL][A-Z]{2})\b", re.IGNORECASE)
HALF = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z0-9]?[A-Z]?\W*$", re.IGNORECASE | re.MULTILINE)


def postcode_in(address: str) -> str:
    """The last postcode in an address, as it is usually written; empty if there is none."""
    found = [code for text in POSTCODE.findall(address) if (code := postcode(text))]
    return found[-1] if found else ""


def half_a_postcode_in(address: str) -> str:
    """What stands at the end of a line like a postcode with a slip in it; empty if a whole one is there."""
    found = None if postcode_in(address) else HALF.search(address)
    return found[0].strip(" .,").upper() if found else ""
