from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class Locality(models.Model):
    """An area with a front door of its own."""

    name = models.CharField(max_length=100, unique=True)
    code = models.SlugField(max_length=20, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "localities"

    def __str__(self) -> str:
        return self.name


class AgencyKind(models.TextChoices):
    SCHOOL = "school", "School"
    INDEPENDENT_SCHOOL = "independent_school", "Independent school"
    EARLY_YEARS = "early_years", "Nursery or early years"
    GP = "gp", "GP practice"
    HEALTH_VISITING = "health_visiting", "Health visiting or school nursing"
    HOSPITAL = "hospital", "Hospital"
    CAMHS = "camhs", "Child and adolescent mental health service"
    POLICE = "police", "Police"
    PROBATION = "probation", "Probation"
    PRISON = "prison", "Prison"
    COURT = "court", "Court"
    HOUSING = "housing", "Housing"
    CHILDRENS_SOCIAL_CARE = "childrens_social_care", "Children's social care"
    PARTNERSHIP = "partnership", "Safeguarding partnership"


class Agency(models.Model):
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=30, choices=AgencyKind)
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="agencies")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Person":
        """Create an account. Without a password nobody can sign in by password."""
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody with an account. What they may do follows from their roles, never from a flag here."""

    name = models.CharField(max_length=200)
    email = models.EmailField(unique=True)
    job_title = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="people")
    is_active = models.BooleanField(default=True)
    is_persona = models.BooleanField(
        default=False, help_text="Fictitious, for demonstration: may be signed in as without a password."
    )
    persona_note = models.CharField(max_length=300, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = PersonManager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class Role(models.TextChoices):
    SAFEGUARDING_LEAD = "safeguarding_lead", "Safeguarding lead of an agency"
    SCREENING_PRACTITIONER = "screening_practitioner", "Screening practitioner"
    MANAGER = "manager", "Front door manager"
    ADVISER = "adviser", "Adviser"
    HEAD_OF_SERVICE = "head_of_service", "Head of service"
    SAFEGUARDING_PARTNER = "safeguarding_partner", "Delegated safeguarding partner"
    POLICY_LEAD = "policy_lead", "Threshold policy lead"
    SOCIAL_WORKER = "social_worker", "Social worker"
    TEAM_MANAGER = "team_manager", "Team manager"
    CONFERENCE_CHAIR = "conference_chair", "Conference chair"


class RoleHeld(models.Model):
    """A role somebody holds, from a date, in one locality or in all of them."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles_held")
    role = models.CharField(max_length=30, choices=Role)
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, null=True, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                name="role_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"
