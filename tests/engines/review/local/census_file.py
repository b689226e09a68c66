"""Invented census files, child by child."""

from pathlib import Path


def element(name: str, *inside: str) -> str:
    return f"<{name}>{''.join(inside)}</{name}>\n"


def referral(on: str, *inside: str, source: str = "2A", nfa: str = "0", closed: str = "") -> str:
    parts = [
        element("CINreferralDate", on),
        element("ReferralSource", source),
        element("PrimaryNeedCode", "N1"),
    ]
    parts += [element("CINclosureDate", closed)] if closed else []
    return element("CINdetails", *parts, *inside, element("ReferralNFA", nfa))


def assessed(on: str) -> str:
    return element("Assessments", element("AssessmentActualStartDate", on))


def enquiry(on: str, conference: str = "") -> str:
    held = element("DateOfInitialCPC", conference) if conference else ""
    return element("Section47", element("S47ActualStartDate", on), held, element("ICPCnotRequired", "false"))


def plan(on: str, *reviews: str) -> str:
    return element("ChildProtectionPlans", element("CPPstartDate", on), *reviews)


def child(
    number: str,
    *referrals: str,
    upn: str = "",
    born: str = "2015-05-01",
    sex: str = "F",
    ethnicity: str = "WBRI",
    disability: str = "NONE",
    also: str = "",
) -> str:
    who = element("LAchildID", number) if number else ""
    who += element("UPN", upn) if upn else ""
    who += element("PersonBirthDate", born) + element("Sex", sex) + also
    about = element("Ethnicity", ethnicity) + element("Disabilities", element("Disability", disability))
    return element(
        "Child", element("ChildIdentifiers", who), element("ChildCharacteristics", about), *referrals
    )


def census(
    *children: str,
    year: int = 2025,
    area: str = "998",
    head: str = '<?xml version="1.0" encoding="utf-8"?>\n',
) -> str:
    about = (
        element("Collection", "CIN") + element("Year", str(year)) + element("ReferenceDate", f"{year}-03-31")
    )
    header = element("Header", element("CollectionDetails", about), element("Source", element("LEA", area)))
    return head + element("Message", header, element("Children", *children))


def written(folder: Path, text: str | bytes, name: str = "census.xml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path
