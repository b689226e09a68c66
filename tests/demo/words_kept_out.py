"""Words that the pages do without, and marks of a phrase that was not filled in."""

import re

KEPT_OUT = re.compile(
    r"\b(scor(e|es|ed|ing)|predict\w*|tick(s|ed|ing)?|abandoned case|nothing happened|below (the )?threshold|"
    r"lorem|case closed)\b",
    re.IGNORECASE,
)
NOT_FILLED_IN = re.compile(r"[{}\[\]]|\bNone\b|  ")
