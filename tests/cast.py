"""The people and places of the tests: one locality with a front door, and a second one next to it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from openmash.apps.concerns.account import Account, PartTold, Raiser, SignTold
from openmash.apps.directory.models import Agency, Locality, Person, RoleHeld
from openmash.apps.families.actions import PersonDescribed
from openmash.apps.policy.actions import adopt
from openmash.apps.policy.models import AdoptedPolicy

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 11, 16, 10, 0, tzinfo=LONDON)
"""A working Monday morning, when the tests begin."""

POLICY_FOLDER = Path(__file__).parent.parent / "policies" / "draft-2026-11"


def policy_texts() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(POLICY_FOLDER.iterdir())}


@dataclass
class Cast:
    """Everybody, by the name of their part."""

    here: Locality
    elsewhere: Locality
    policy: AdoptedPolicy
    people: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None


PARTS = [
    # name, agency, kind, roles
    ("teacher", "Millbrook Primary School", "school", []),
    ("safeguarding_lead", "Millbrook Primary School", "school", ["safeguarding_lead"]),
    ("boarding_lead", "Ashdown House School", "independent_school", ["safeguarding_lead"]),
    ("nursery_worker", "Acorns Nursery", "early_years", []),
    ("health_visitor", "Northfield Health Visiting", "health_visiting", []),
    ("gp", "Elm Street Surgery", "gp", []),
    ("camhs", "Northfield CAMHS", "camhs", []),
    ("police_officer", "Northfield Police", "police", []),
    ("housing_officer", "Northfield Homes", "housing", []),
    ("screener", "Northfield Children's Services", "childrens_social_care", ["screening_practitioner"]),
    (
        "second_screener",
        "Northfield Children's Services",
        "childrens_social_care",
        ["screening_practitioner"],
    ),
    ("manager", "Northfield Children's Services", "childrens_social_care", ["manager"]),
    ("second_manager", "Northfield Children's Services", "childrens_social_care", ["manager"]),
    ("adviser", "Northfield Children's Services", "childrens_social_care", ["adviser"]),
    ("head", "Northfield Children's Services", "childrens_social_care", ["head_of_service"]),
    ("partner", "Northfield Safeguarding Partnership", "partnership", ["safeguarding_partner"]),
    ("second_partner", "Northfield Police", "police", ["safeguarding_partner"]),
    ("social_worker", "Northfield Children's Services", "childrens_social_care", ["social_worker"]),
    ("second_social_worker", "Northfield Children's Services", "childrens_social_care", ["social_worker"]),
    ("team_manager", "Northfield Children's Services", "childrens_social_care", ["team_manager"]),
    ("chair", "Northfield Children's Services", "childrens_social_care", ["conference_chair"]),
    ("policy_lead", "Northfield Safeguarding Partnership", "partnership", ["policy_lead"]),
]


def make_cast() -> Cast:
    """Create everybody in the test's database."""
    here = Locality.objects.create(name="Northfield", code="northfield")
    elsewhere = Locality.objects.create(name="Southmere", code="southmere")
    policy = adopt(
        texts=policy_texts(),
        in_force_from=datetime(2024, 6, 1, tzinfo=LONDON),
        decision="Agreed for the tests.",
        by=None,
        now=MONDAY,
    )
    cast = Cast(here=here, elsewhere=elsewhere, policy=policy)
    for name, agency_name, kind, roles in PARTS:
        cast.people[name] = _person(name, agency_name, kind, here, roles)
    cast.people["screener_elsewhere"] = _person(
        "screener_elsewhere",
        "Southmere Children's Services",
        "childrens_social_care",
        elsewhere,
        ["screening_practitioner"],
    )
    cast.people["team_manager_elsewhere"] = _person(
        "team_manager_elsewhere",
        "Southmere Children's Services",
        "childrens_social_care",
        elsewhere,
        ["team_manager"],
    )
    return cast


def _person(name: str, agency_name: str, kind: str, locality: Locality, roles: list[str]) -> Person:
    agency, _made = Agency.objects.get_or_create(
        name=agency_name, defaults={"kind": kind, "locality": locality}
    )
    person = Person.objects.create_user(
        email=f"{name.replace('_', '.')}@example.org",
        name=name.replace("_", " ").title(),
        job_title=name.replace("_", " ").capitalize(),
        agency=agency,
        is_persona=True,
    )
    for role in roles:
        RoleHeld.objects.create(
            person=person,
            role=role,
            locality=None if role == "safeguarding_partner" else locality,
            starts=date(2020, 1, 1),
        )
    return person


def child(name: str = "Alex Winter", **known: object) -> PartTold:
    """The child a concern is about."""
    return PartTold(role="subject", person=PersonDescribed(kind="child", name=name, **known))  # type: ignore[arg-type]


def account(cast: Cast, *signs: SignTold | str, **given: object) -> Account:
    """A concern or request with as little as may be sent, and whatever is given."""
    told = tuple(sign if isinstance(sign, SignTold) else SignTold(sign, "seen") for sign in signs)
    fields: dict[str, object] = {
        "raiser": Raiser(source="neighbour"),
        "locality_id": cast.here.pk,
        "policy_id": cast.policy.pk,
        "parts": (child(about_age=8),),
        "signs": told,
        "seen": "yes",
        "in_danger": "no",
        "account": "What I saw, in my own words.",
    }
    return Account(**{**fields, **given})  # type: ignore[arg-type]
