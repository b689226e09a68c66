"""The census's codes in the words of a history. A code that says "not known" has none."""

AGENCY_KIND_OF = {
    "1A": "family",
    "1B": "neighbour",
    "1C": "child",
    "1D": "other_public",
    "2A": "school",
    "2B": "education_services",
    "3A": "gp",
    "3B": "health_visiting",
    "3C": "health_visiting",
    "3D": "other_health",
    "3E": "hospital",
    "3F": "other_health",
    "4": "housing",
    "5A": "council_services",
    "5B": "council_services",
    "5C": "council_services",
    "5D": "early_help",
    "6": "police",
    "7": "other_legal",
    "8": "other",
    "9": "anonymous",
    "10": None,
}
"""Who referred (`ReferralSource`); 10 is "unknown"."""

SEX_OF = {"F": "female", "M": "male", "U": None, "2": "female", "1": "male", "0": None, "9": None}
"""`Sex` from the census of 2025 on, and `GenderCurrent` before it."""

_WHITE_BRITISH, _TRAVELLER, _WHITE = "White British", "Gypsy, Roma or Irish Traveller", "Another White group"
_MIXED, _ASIAN, _BLACK, _ANOTHER = "Mixed", "Asian", "Black", "Another ethnic group"
ETHNICITY_OF = {
    "WBRI": _WHITE_BRITISH,
    "WIRT": _TRAVELLER,
    "WROM": _TRAVELLER,
    "WIRI": _WHITE,
    "WOTH": _WHITE,
    "MWBC": _MIXED,
    "MWBA": _MIXED,
    "MWAS": _MIXED,
    "MOTH": _MIXED,
    "AIND": _ASIAN,
    "APKN": _ASIAN,
    "ABAN": _ASIAN,
    "AOTH": _ASIAN,
    "CHNE": _ASIAN,
    "BCRB": _BLACK,
    "BAFR": _BLACK,
    "BOTH": _BLACK,
    "OOTH": _ANOTHER,
    "REFU": None,
    "NOBT": None,
}
"""In the groups the Department publishes, but for Gypsy, Roma and Irish Traveller children, who stand by themselves."""

NO_DISABILITY = "NONE"
DISABILITIES = frozenset(
    {"MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS", "BEH", "CON", "AUT", "DDA", NO_DISABILITY}
)
NEED_OF: dict[str, str | None] = {"N0": None} | {f"N{number}": f"N{number}" for number in range(1, 10)}
"""The main need (`PrimaryNeedCode`), as the census codes it; N0 is "not stated"."""
TRUE, FALSE = frozenset({"1", "true"}), frozenset({"0", "false"})
MOVED = "RC5"
"""Why work ended (`ReasonForClosure`): transferred to another area's services."""
