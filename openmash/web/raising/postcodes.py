"""Finds the postcode in an address, so that nobody has to type it twice."""

import re

POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})\b", re.IGNORECASE)


def postcode_in(address: str) -> str:
    """The last postcode in an address, as it is usually written; empty if there is none."""
    found = POSTCODE.findall(address)
    return f"{found[-1][0]} {found[-1][1]}".upper() if found else ""
