"""The line at the foot of every printed sheet: which version it is, so that paper can be checked."""

import re
from datetime import datetime

from django.utils import timezone
from django.utils.dateformat import format as format_date

from openmash.engines.thresholds import Policy
from openmash.engines.thresholds.plain.names import fingerprint

STYLE = """@page {{
  @bottom-left {{ content: {version}; }}
  @bottom-right {{ content: "Page " counter(page) " of " counter(pages); }}
}}
"""


def stamp_style(policy: Policy, starts: datetime, address: str) -> str:
    """A style sheet of its own address, since the pages may hold no style of their own.

    `address` is where the fingerprints of every version are listed.
    """
    day = format_date(timezone.localtime(starts), "j F Y")
    version = f"Threshold version {policy.version}, from {day}. Fingerprint {fingerprint(policy.digest)}"
    return STYLE.format(version=css_string(f"{version}, to be checked at {address}"))


def css_string(text: str) -> str:
    """A string of CSS that cannot end early, whatever it holds: all but plain letters become numbers."""
    return '"' + re.sub(r"[^A-Za-z0-9 ,.]", lambda found: f"\\{ord(found[0]):x} ", text) + '"'
