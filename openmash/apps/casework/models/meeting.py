import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q

from openmash.apps.audit.guards import kept
from openmash.apps.casework.meeting_kinds import CATEGORIES, MEETINGS
from openmash.apps.casework.models.case import Case
from openmash.apps.casework.models.nothing_goes_on import STILL_LOST
from openmash.apps.directory.models import Person


class Meeting(models.Model):
    """A meeting that somebody called: what kind, for when and why. That it was held and ended are rows below."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=30, choices=[(each.kind, each.label) for each in MEETINGS.values()])
    purpose = models.TextField()
    planned_for = models.DateTimeField()
    called_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()

    class Meta:
        ordering = ["planned_for"]
        constraints = [
            models.CheckConstraint(condition=Q(purpose__regex=r"\S"), name="meeting_has_a_purpose"),
            models.CheckConstraint(
                condition=Q(planned_for__gte=F("called_at")), name="meeting_after_it_is_called"
            ),
        ]
        triggers = kept("meeting", "id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.planned_for:%d.%m.%Y}"


class MeetingRow(models.Model):
    """What every row of a meeting has. Never changed, never removed."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="%(class)s_set", related_query_name="%(class)s"
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["id"]
        triggers = kept("meeting", "meeting_id")


class MeetingAbout(MeetingRow):
    """One of the children a meeting is about. Each gets a decision of its own (rule C12)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="meetings")

    class Meta(MeetingRow.Meta):
        constraints = [models.UniqueConstraint(fields=["meeting", "case"], name="meeting_about_a_child_once")]

    def __str__(self) -> str:
        return f"{self.meeting} about {self.case}"


class Invitation(MeetingRow):
    """Somebody invited, for their agency. They see the meeting and their own entries."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(MeetingRow.Meta):
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="invited_once")]

    def __str__(self) -> str:
        return f"{self.person} to {self.meeting}"


class MeetingHeld(MeetingRow):
    """That it was held, when, and whom it lacked; `not_applying` says why somebody was not needed."""

    held_at = models.DateTimeField()
    missing = models.JSONField(
        default=list, help_text="Who was needed and not there, by the practice in force."
    )
    not_applying = models.JSONField(default=dict)

    class Meta(MeetingRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["meeting"], name="meeting_held_once"),
            models.CheckConstraint(
                condition=Q(held_at__lte=F("at")), name="meeting_held_before_it_is_written"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} held"


class Attendance(MeetingRow):
    """Whether somebody invited came, and if not why, as far as it is known."""

    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="attendance")
    came = models.BooleanField()
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.invitation}: {'came' if self.came else 'did not come'}"


OWN_ENTRY = pgtrigger.Trigger(
    name="own_entry",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
        IF NOT EXISTS (
            SELECT 1 FROM casework_invitation i
            WHERE i.id = NEW.invitation_id AND i.person_id = NEW.by_id AND i.meeting_id = NEW.meeting_id
        ) THEN
            RAISE EXCEPTION 'what an agency says is written by the person it sent'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    """,
)


class AgencyEntry(MeetingRow):
    """What one agency says, in its own words, by its own person. Whoever has more to say adds another."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="entries")
    text = models.TextField()

    class Meta(MeetingRow.Meta):
        constraints = [models.CheckConstraint(condition=Q(text__regex=r"\S"), name="entry_says_something")]
        triggers = [*MeetingRow.Meta.triggers, OWN_ENTRY]

    def __str__(self) -> str:
        return f"entry of {self.invitation}"


class MeetingDecision(MeetingRow):
    """What was decided for one child, and why. A meeting that lacked somebody says why it decided all the same,
    and its decision takes effect once a second person has agreed. The latest for a child counts.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="meeting_decisions")
    outcome = models.CharField(max_length=40)
    goes_on = models.CharField(max_length=30, blank=True)
    category = models.CharField(max_length=20, blank=True, choices=list(CATEGORIES.items()))
    rationale = models.TextField()
    quorate = models.BooleanField()
    not_quorate_because = models.TextField(blank=True)
    lower_because = models.TextField(
        blank=True, help_text="Why it is lower than the published threshold (rule C19)."
    )
    asked_rank = models.PositiveSmallIntegerField(
        default=0, help_text="Highest the threshold said; 0: not asked."
    )
    decided_rank = models.PositiveSmallIntegerField(default=0)
    guarded_from = models.PositiveSmallIntegerField(default=0)
    written = models.JSONField(default=dict, help_text="The views given with it, until it takes effect.")

    class Meta(MeetingRow.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(rationale__regex=r"\S"), name="meeting_decision_has_a_rationale"
            ),
            models.CheckConstraint(
                condition=Q(quorate=True) | Q(not_quorate_because__regex=r"\S"),
                name="meeting_decision_not_quorate_says_why",
            ),
            models.CheckConstraint(
                condition=Q(decided_rank__gte=F("asked_rank"))
                | Q(asked_rank__lt=F("guarded_from"))
                | Q(lower_because__regex=r"\S"),
                name="meeting_decision_lower_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.outcome}"

    @property
    def word(self) -> "MeetingSecondWord | None":
        """The second person's word on it, if there is one."""
        return getattr(self, "second_word", None)

    @property
    def takes_two(self) -> bool:
        """Whether a second person must agree: the meeting lacked somebody, or it is lower than the threshold."""
        return not self.quorate or bool(self.lower_because)

    @property
    def in_force(self) -> bool:
        """Whether it has taken effect."""
        return not self.takes_two or (self.word is not None and self.word.agrees)

    @property
    def is_waiting(self) -> bool:
        return self.takes_two and self.word is None


class MeetingSecondWord(MeetingRow):
    """A second person's word on what a meeting decided that lacked somebody. Never the first person's own."""

    decision = models.OneToOneField(MeetingDecision, on_delete=models.PROTECT, related_name="second_word")
    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    reason = models.TextField()

    class Meta(MeetingRow.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="meeting_word_has_a_reason"),
            models.CheckConstraint(condition=~Q(by=F("first")), name="meeting_word_is_another_persons"),
        ]

    def __str__(self) -> str:
        return "agreed" if self.agrees else "returned"


class Dissent(MeetingRow):
    """That somebody at the table disagrees, and why, in their own words."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="dissents")
    text = models.TextField()

    class Meta(MeetingRow.Meta):
        constraints = [models.CheckConstraint(condition=Q(text__regex=r"\S"), name="dissent_says_why")]
        triggers = [*MeetingRow.Meta.triggers, OWN_ENTRY]

    def __str__(self) -> str:
        return f"dissent of {self.invitation}"


EVERY_CHILD_DECIDED = pgtrigger.Trigger(
    name="every_child_decided",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func=f"""
        IF EXISTS (
            SELECT 1 FROM casework_meetingabout a
            WHERE a.meeting_id = NEW.meeting_id AND NOT EXISTS ({STILL_LOST.format(case="a.case_id")})
              AND (NOT EXISTS (SELECT 1 FROM casework_meetingheld h WHERE h.meeting_id = NEW.meeting_id)
                   OR NOT EXISTS (
                SELECT 1 FROM casework_meetingdecision d
                WHERE d.meeting_id = a.meeting_id AND d.case_id = a.case_id
                  AND (d.quorate AND d.lower_because = '' OR EXISTS (
                        SELECT 1 FROM casework_meetingsecondword s
                        WHERE s.decision_id = d.id AND s.agrees AND s.by_id <> d.by_id))))
              AND EXISTS (
                SELECT 1 FROM casework_stageopen o JOIN casework_meeting m ON m.id = a.meeting_id
                WHERE o.case_id = a.case_id
                  AND o.stage = CASE m.kind
                        WHEN 'transfer_in_conference' THEN 'transfer_in'
                        WHEN 'core_group' THEN 'protection_plan'
                        WHEN 'review_conference' THEN 'protection_plan'
                        ELSE m.kind END
                  AND NOT EXISTS (SELECT 1 FROM casework_stageended e WHERE e.opened_id = o.id))
        ) THEN
            RAISE EXCEPTION 'a meeting cannot end while a child is without a decision'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    """,  # noqa: S608 -- no value of anybody's stands in it
)
"""Rule C12, where no check constraint can see it. Nothing is decided for a child whose pregnancy has ended,
nor for one who has left the stage that a meeting of this kind decides on (the table of the pathway names it)."""


class MeetingEnded(MeetingRow):
    """That the meeting is over: every child has a decision in force."""

    summary = models.TextField(blank=True, help_text="What everybody at the table is told.")

    class Meta(MeetingRow.Meta):
        constraints = [models.UniqueConstraint(fields=["meeting"], name="meeting_ended_once")]
        triggers = [*MeetingRow.Meta.triggers, EVERY_CHILD_DECIDED]

    def __str__(self) -> str:
        return f"{self.meeting} ended"
