from django.db import models
from django.db.models import F, Q

from openmash.apps.casework.models.case import CaseRow
from openmash.apps.casework.models.transfer import TransferIn

CAME, WILL_NOT_COME = "came", "will_not_come"


class Awaited(CaseRow):
    """Something the work waits for from another agency: what, from whom, since when."""

    what = models.TextField()
    from_whom = models.TextField()
    since = models.DateTimeField(help_text="When it was asked for.")
    transfer = models.ForeignKey(
        TransferIn,
        on_delete=models.PROTECT,
        null=True,
        related_name="records",
        help_text="The move here for which these records were asked.",
    )

    class Meta(CaseRow.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(what__regex=r"\S", from_whom__regex=r"\S"), name="awaited_says_what_from_whom"
            ),
            models.CheckConstraint(
                condition=Q(since__lte=F("at")), name="awaited_since_before_it_is_written"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} from {self.from_whom}"


class AwaitedEnded(CaseRow):
    """That it came, or will not come; and what came, or why not."""

    awaited = models.OneToOneField(Awaited, on_delete=models.PROTECT, related_name="ended")
    outcome = models.CharField(
        max_length=20, choices=[(CAME, "It came"), (WILL_NOT_COME, "It will not come")]
    )
    words = models.TextField()

    class Meta(CaseRow.Meta):
        constraints = [models.CheckConstraint(condition=Q(words__regex=r"\S"), name="awaited_ended_says_how")]

    def __str__(self) -> str:
        return f"{self.awaited}: {self.outcome}"
