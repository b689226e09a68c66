import pgtrigger
from django.db import models
from django.db.models import F, Q

from openmash.apps.casework.models.case import Case, CaseRow

OF_AN_UNBORN_CHILD = pgtrigger.Trigger(
    name="of_an_unborn_child",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
        IF NOT EXISTS (
            SELECT 1 FROM casework_case c JOIN families_description d ON d.id = c.child_id
            WHERE c.id = NEW.case_id AND d.kind = 'unborn'
        ) THEN
            RAISE EXCEPTION 'only a child who was not yet born can be born'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    """,
)


class Birth(CaseRow):
    """That a child who was not yet born when the work began was born: when, and the name as far as it is known.

    The name, the date and the NHS number are also said of the child itself (`families`), by which it is found.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="birth")
    born_at = models.DateTimeField(help_text="From which clocks that start at birth count.")
    name = models.TextField(blank=True, help_text="Empty: not known yet.")
    where = models.TextField(help_text="Where the child is now, and with whom.")

    class Meta(CaseRow.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(where__regex=r"\S"), name="birth_says_where_the_child_is"),
            models.CheckConstraint(condition=Q(born_at__lte=F("at")), name="birth_before_it_is_written"),
        ]
        triggers = [*CaseRow.Meta.triggers, OF_AN_UNBORN_CHILD]

    def __str__(self) -> str:
        return f"{self.case} born"


class ExpectedDate(CaseRow):
    """When an unborn child is expected, as it was learned later. The latest counts."""

    expected_on = models.DateField()
    reason = models.TextField(help_text="How it is known.")

    class Meta(CaseRow.Meta):
        constraints = [models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="expected_says_how")]

    def __str__(self) -> str:
        return f"{self.case} expected {self.expected_on}"
