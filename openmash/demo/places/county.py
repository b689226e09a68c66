"""The county of Fennshire: making its localities, agencies and staff, and finding who works where."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from openmash.apps.directory.models import Agency, Locality, Person, RoleHeld
from openmash.demo.tables import rows

SERVED = timedelta(days=5 * 365)
"""How long before today everybody has held their role: longer than any story."""


@dataclass(frozen=True)
class Workplace:
    """An agency, the localities it covers (codes), and the ages in years of the children it sees."""

    agency: Agency
    covers: frozenset[str]
    ages: tuple[int, int]

    def sees(self, locality: str, months: int | None) -> bool:
        years = (months or 0) // 12
        return locality in self.covers and self.ages[0] <= years <= self.ages[1]


@dataclass
class County:
    """Everybody and everywhere, by locality code, agency name and role."""

    localities: dict[str, Locality] = field(default_factory=dict)
    workplaces: list[Workplace] = field(default_factory=list)
    staff: dict[str, list[Person]] = field(default_factory=dict)
    in_role: dict[tuple[str, str], list[Person]] = field(default_factory=dict)
    everywhere: dict[str, list[Person]] = field(default_factory=dict)

    def who_raises(self, kind: str, locality: str, months: int | None, rng: Random) -> Person:
        """Somebody of this kind of agency who would know a child of this age who lives here.

        Raises:
            LookupError: no agency of this kind sees such children.
        """
        near = [w for w in self.workplaces if w.agency.kind == kind and w.sees(locality, months)]
        anywhere = [w for w in self.workplaces if w.agency.kind == kind]
        for choice in (near, anywhere):
            people = [
                person
                for place in choice
                for person in self.staff.get(place.agency.name, [])
                if not self._screens(person)
            ]
            if people:
                return rng.choice(people)
        raise LookupError(f"Nobody works in an agency of the kind {kind}.")

    def _screens(self, person: Person) -> bool:
        here = (people for (role, _place), people in self.in_role.items() if role in FRONT_DOOR_ROLES)
        return any(person in people for people in (*here, *self.everywhere.values()))

    def school_of(self, key: str, locality: str, months: int | None) -> str:
        """The school or nursery a child goes to: always the same for the same child and place."""
        kinds = ("early_years",) if (months or 0) < 48 else ("school",)
        seen = [w.agency.name for w in self.workplaces if w.agency.kind in kinds and w.sees(locality, months)]
        return seen[sum(map(ord, key)) % len(seen)] if seen and (months or 0) >= 20 else ""

    def holding(self, role: str, locality: str) -> list[Person]:
        """Those who hold a role in a locality, or in all of them."""
        return [*self.in_role.get((role, locality), []), *self.everywhere.get(role, [])]


FRONT_DOOR_ROLES = frozenset(
    {
        "screening_practitioner",
        "manager",
        "adviser",
        "head_of_service",
        "safeguarding_partner",
        "social_worker",
        "team_manager",
        "conference_chair",
    }
)


def settle(today: date) -> County:
    """Make the county in an empty directory."""
    county = County()
    for row in rows("places/localities"):
        county.localities[row["code"]] = Locality.objects.create(name=row["name"], code=row["code"])
    agencies = {}
    for row in rows("places/agencies"):
        agency = Agency.objects.create(
            name=row["name"], kind=row["kind"], locality=county.localities[row["locality"]]
        )
        low, high = row["ages"].split("-")
        agencies[agency.name] = agency
        county.workplaces.append(Workplace(agency, frozenset(row["covers"].split()), (int(low), int(high))))
    for row in rows("places/staff"):
        _take_on(county, row, agencies[row["agency"]], today)
    return county


def _take_on(county: County, row: dict[str, str], agency: Agency, today: date) -> None:
    person = Person.objects.create_user(
        email=f"{_plain(row['name'])}@example.org",
        name=row["name"],
        job_title=row["job_title"],
        agency=agency,
        is_persona=True,
    )
    county.staff.setdefault(agency.name, []).append(person)
    if not row["roles"]:
        return
    role, since = row["roles"], today - SERVED
    if not row["in"]:
        RoleHeld.objects.create(person=person, role=role, locality=None, starts=since)
        county.everywhere.setdefault(role, []).append(person)
    for code in row["in"].split():
        RoleHeld.objects.create(person=person, role=role, locality=county.localities[code], starts=since)
        county.in_role.setdefault((role, code), []).append(person)


def _plain(name: str) -> str:
    """The name as it stands in an address: no accents, no titles in capitals, dots for spaces."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return ".".join("".join(c for c in word if c.isalpha()) for word in letters.lower().split())
