import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q

from openmash.apps.audit.guards import kept, kept_moving
from openmash.apps.casework.models import Case
from openmash.apps.concerns.models import Contact, FollowUp
from openmash.apps.directory.models import Agency, Person
from openmash.apps.sharing.states import State

STATES = [(state.value, state.value) for state in State]

HOLDS_TOGETHER = pgtrigger.Trigger(
    name="holds_together",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    timing=pgtrigger.Deferred,
    func="""
        IF NOT EXISTS (SELECT 1 FROM sharing_item i WHERE i.request_id = NEW.id)
           OR NOT EXISTS (
               SELECT 1 FROM sharing_shared s
               WHERE s.request_id = NEW.id AND s.from_agency_id = NEW.asking_agency_id
                 AND s.to_agency_id = NEW.asked_agency_id)
        THEN
            RAISE EXCEPTION 'a request says what is asked, and what left with it on which ground'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NEW.state = 'answered_in_full' AND EXISTS (
            SELECT 1 FROM sharing_item i WHERE i.request_id = NEW.id AND COALESCE((
                SELECT a.outcome FROM sharing_itemanswer a WHERE a.item_id = i.id ORDER BY a.id DESC LIMIT 1
            ), 'withheld') = 'withheld'
        ) THEN
            RAISE EXCEPTION 'a request is not answered in full while something is to come or not shared'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF (NEW.state = 'answered_in_part'
                AND NOT EXISTS (SELECT 1 FROM sharing_answer a WHERE a.request_id = NEW.id))
           OR (NEW.state = 'withdrawn'
                AND NOT EXISTS (SELECT 1 FROM sharing_withdrawal w WHERE w.request_id = NEW.id))
           OR (NEW.state = 'refused'
                AND NOT EXISTS (SELECT 1 FROM sharing_notshared n WHERE n.request_id = NEW.id))
        THEN
            RAISE EXCEPTION 'a request does not end without an answer or a reason'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    """,
)
"""What check constraints cannot see, because it spans rows."""


class Request(models.Model):
    """What one agency asks of another about a child, on account of a contact or a case.

    The agency that is asked reads what left with it (`Shared`) and what is asked (`Item`), and nothing behind it: not
    the contact, not the case, not what the family said. The moving parts are the state and `version`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=STATES, default=State.ASKED.value)
    version = models.PositiveIntegerField(default=1)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asking_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    asked_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    asked_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    about = models.TextField(help_text="The child or children, as the agency asked is told.")
    why = models.TextField()
    family = models.CharField(
        max_length=40, help_text="What the family says to it, by the id of the dated text."
    )
    family_words = models.TextField(help_text="The same, as the dated text put it that day.")
    family_said = models.TextField(
        blank=True, help_text="What they said, or why they were not asked. Stays here."
    )
    due_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["asked_agency", "state", "at"], name="request_to_answer"),
            models.Index(fields=["asking_agency", "state", "at"], name="request_asked"),
            models.Index(fields=["contact"], name="request_contact"),
            models.Index(fields=["case"], name="request_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(contact__isnull=False, case__isnull=True)
                | Q(contact__isnull=True, case__isnull=False),
                name="request_has_one_record",
            ),
            models.CheckConstraint(
                condition=~Q(asked_agency=F("asking_agency")), name="request_is_to_another"
            ),
            models.CheckConstraint(
                condition=Q(why__regex=r"\S", about__regex=r"\S"), name="request_says_about_whom_and_why"
            ),
            models.CheckConstraint(condition=~Q(family=""), name="request_says_what_the_family_says"),
            models.CheckConstraint(condition=Q(due_at__gte=F("at")), name="request_due_after_asked"),
        ]
        triggers = [
            *kept_moving("information_request", "id"),
            pgtrigger.ReadOnly(name="words_stay", exclude=["state", "version"]),
            HOLDS_TOGETHER,
        ]

    def __str__(self) -> str:
        return self.reference


class RequestRow(models.Model):
    """What every row of a request has. Never changed, never removed."""

    request = models.ForeignKey(
        Request, on_delete=models.PROTECT, related_name="%(class)s_set", related_query_name="%(class)s"
    )

    class Meta:
        abstract = True
        ordering = ["id"]
        triggers = kept("information_request", "request_id")


class Item(RequestRow):
    """One thing that is asked."""

    number = models.PositiveSmallIntegerField()
    question = models.TextField()
    follow_up = models.ForeignKey(
        FollowUp,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="The not-known that matters and is asked for (rule C16).",
    )

    class Meta(RequestRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="item_once"),
            models.CheckConstraint(condition=Q(question__regex=r"\S"), name="item_asks_something"),
        ]

    def __str__(self) -> str:
        return self.question
