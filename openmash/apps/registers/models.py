import uuid

from django.db import models
from django.db.models import F, Q

from openmash.apps.audit.guards import append_only, audited, never_deleted
from openmash.apps.directory.models import Agency, Person
from openmash.apps.families.models import Description
from openmash.apps.registers.guards import OF_REGISTER, OF_RUN, append_only_until_its_day


class Register(models.Model):
    """A register as an agency handed it over: for what purpose, on what legal ground, and until when."""

    class Kind(models.TextChoices):
        SCHOOL_ROLL = "school_roll", "School roll"
        GP_LIST = "gp_list", "GP list"
        NOTIFICATIONS = "notifications", "Police notifications"
        OTHER = "other", "Other register"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="registers")
    kind = models.CharField(max_length=20, choices=Kind)
    purpose = models.TextField()
    legal_ground = models.TextField()
    keep_until = models.DateField(help_text="From the day after, nobody is found by it or shown it any more.")
    file_name = models.TextField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    notes = models.JSONField(default=list, help_text="What was said of the file as a whole.")
    people = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField()
    to_look_at = models.PositiveIntegerField(help_text="Rows kept with something to look at.")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(purpose=""), name="register_has_a_purpose"),
            models.CheckConstraint(condition=~Q(legal_ground=""), name="register_has_a_legal_ground"),
            models.UniqueConstraint(fields=["agency", "digest"], name="register_handed_over_once"),
        ]
        triggers = [append_only(), audited("register", "id")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.agency}"


class RegisterRow(models.Model):
    """One person of a register, in the engine's compact form, and the line they stand in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField()
    described = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "line"], name="one_row_a_line")]
        triggers = [append_only_until_its_day(OF_REGISTER), audited("register", "register_id")]

    def __str__(self) -> str:
        return f"{self.register}, line {self.line}"


class RowToMend(models.Model):
    """A row about which something was said: left out, or kept without what could not be used."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="rows_to_mend")
    line = models.PositiveIntegerField()
    wrong = models.TextField()
    became = models.TextField()
    cells = models.JSONField(default=list)

    class Meta:
        ordering = ["line"]
        triggers = [append_only_until_its_day(OF_REGISTER), audited("register", "register_id")]

    def __str__(self) -> str:
        return f"{self.register}, line {self.line}: {self.wrong}"


class LinkingRun(models.Model):
    """Somebody asked for two registers to be linked. How far it is stands in `RunProgress`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    one = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(purpose=""), name="run_has_a_purpose"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="run_of_two_registers"),
        ]
        triggers = [append_only(), audited("linking_run", "id")]

    def __str__(self) -> str:
        return f"{self.one} with {self.other}"


class RunProgress(models.Model):
    """How far a run is. It records nothing of anybody: only which process has it, and since when it last moved."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to begin"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Stopped by a fault"

    run = models.OneToOneField(
        LinkingRun, on_delete=models.PROTECT, primary_key=True, related_name="progress"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    stage = models.TextField(blank=True)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField()

    class Meta:
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return f"{self.run}: {self.state}"


class RunResult(models.Model):
    """What a run came to, in numbers, and by which version of the weights."""

    run = models.OneToOneField(LinkingRun, on_delete=models.PROTECT, primary_key=True, related_name="result")
    weights = models.CharField(max_length=40)
    very_likely = models.PositiveIntegerField()
    possible = models.PositiveIntegerField()
    siblings = models.PositiveIntegerField()
    expected_false = models.FloatField()
    expected_missed = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        triggers = [append_only(), audited("linking_run", "run_id")]

    def __str__(self) -> str:
        return f"{self.run}: {self.very_likely} very likely"


class Pair(models.Model):
    """Two rows that may be of the same person: a proposal, for people to look at."""

    run = models.ForeignKey(LinkingRun, on_delete=models.PROTECT, related_name="pairs")
    one = models.ForeignKey(RegisterRow, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(RegisterRow, on_delete=models.PROTECT, related_name="+")
    sureness = models.CharField(max_length=20, help_text="The engine's word, by its name.")
    same = models.FloatField(
        help_text="The probability that it is the same person. Shown to nobody as a number."
    )
    second_look = models.BooleanField(
        help_text="Drawn by lot: two people look at it, neither seeing the other's word."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "one", "other"], name="pair_proposed_once")]
        indexes = [models.Index(fields=["run", "-same"], name="pair_of_run")]
        triggers = [append_only_until_its_day(OF_RUN), audited("linking_run", "run_id")]

    def __str__(self) -> str:
        return f"{self.one} and {self.other}"


class PairHeld(models.Model):
    """Who has a pair on the screen just now, so that nobody else is given it. It records nothing lasting."""

    pair = models.OneToOneField(Pair, on_delete=models.PROTECT, primary_key=True, related_name="held")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.pair} with {self.by}"


class PairSaid(models.Model):
    """What somebody said of a pair, on the evidence that was on the page. Taken back by `PairSaidTakenBack`."""

    class Verdict(models.TextChoices):
        SAME = "same", "The same person"
        NOT_SAME = "not_same", "Not the same person"
        CANNOT_TELL = "cannot_tell", "Cannot tell from this"

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="said")
    run = models.ForeignKey(LinkingRun, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=12, choices=Verdict)
    reason = models.TextField()
    shown = models.JSONField(
        default=dict, help_text="The evidence on the page, and the version of the weights."
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="pair_said_has_a_reason")]
        triggers = [append_only_until_its_day(OF_RUN), audited("linking_run", "run_id")]

    def __str__(self) -> str:
        return f"{self.pair}: {self.verdict}"


class PairSaidTakenBack(models.Model):
    """Somebody's word on a pair was wrong: the pair is to be looked at again. Both stay visible."""

    said = models.OneToOneField(PairSaid, on_delete=models.PROTECT, related_name="taken_back")
    run = models.ForeignKey(LinkingRun, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="pair_taken_back_with_a_reason")]
        triggers = [append_only_until_its_day(OF_RUN), audited("linking_run", "run_id")]

    def __str__(self) -> str:
        return f"taken back: {self.said}"


class RowSaid(models.Model):
    """A person's word that a row of a register is, or is not, somebody described on a contact. The latest counts.

    It holds for every description that people have linked with that one, and goes with the register.
    """

    row = models.ForeignKey(RegisterRow, on_delete=models.PROTECT, related_name="said")
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="+")
    description = models.ForeignKey(Description, on_delete=models.PROTECT, related_name="+")
    contact_id = models.UUIDField(help_text="The contact on which this was said.")
    same = models.BooleanField()
    reason = models.TextField()
    shown = models.JSONField(
        default=dict, help_text="The evidence on the page, and the version of the weights."
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="row_said_has_a_reason")]
        triggers = [append_only_until_its_day(OF_REGISTER), audited("contact", "contact_id")]

    def __str__(self) -> str:
        return f"{self.row} is {'' if self.same else 'not '}{self.description}"
