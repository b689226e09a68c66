"""Plain forms of names and addresses, so that spelling, accents and order do not hide the same child."""

import re
import unicodedata

NO_EVIDENCE = frozenset({"baby", "unborn", "unknown", "not", "known", "child", "mum", "dad", "anon", "na"})


def name_key(*names: str) -> str:
    """Words of the names without accents, case or punctuation, in alphabetical order.

    "O'Neill, Zoë" and "zoe ONEILL" give the same key. Words that only say that the name
    is not known ("Baby", "Unknown") are dropped: they are no evidence of who it is.
    """
    decomposed = unicodedata.normalize("NFKD", " ".join(names)).casefold()
    letters = "".join(c for c in decomposed if not unicodedata.combining(c)).replace("'", "").replace("’", "")
    words = {word for word in re.split(r"[\W\d_]+", letters) if word}
    return " ".join(sorted(words - NO_EVIDENCE))


def address_key(address: str, postcode: str) -> str:
    """Postcode and house number or name, or nothing if the postcode is not known."""
    code = re.sub(r"\W", "", postcode).upper()
    if not code:
        return ""
    first_line = next((line for line in re.split(r"[\n,]", address) if line.strip()), "")
    number = re.search(r"\d+\s*[a-zA-Z]?\b", first_line)
    house = number.group(0) if number else first_line
    return f"{code} {re.sub(r'[^a-z0-9]', '', house.casefold())}".strip()
