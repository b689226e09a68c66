"""How far auditors agree, in words."""

from dataclasses import dataclass

from openmash.apps.case_audit.queries.opened import SampleOpened
from openmash.engines.statistics import Alpha, NotEnough, Share

TOO_FEW = "Too few judgements to say."


@dataclass(frozen=True)
class OutcomeShown:
    """Each figure with its interval in one sentence, and how the sample was drawn."""

    figures: tuple[tuple[str, str], ...]
    drawn: tuple[tuple[str, str], ...]
    by_group: str


def outcome_of(found: SampleOpened) -> OutcomeShown:
    """What the page says."""
    figures = (
        (
            "Auditors among themselves (Krippendorff’s alpha: 1 is full agreement, 0 is chance)",
            _alpha(found.among),
        ),
        ("Judged as was decided", _share(found.with_decision)),
        ("Judged as the threshold said", _share(found.with_threshold)),
        ("Judged lower than was decided", f"{found.lower} of {found.judgements}"),
        ("Judged higher than was decided", f"{found.higher} of {found.judgements}"),
    )
    drawn = tuple((group, str(taken)) for group, (_of, taken) in found.sample.groups.items())
    return OutcomeShown(figures, drawn, str(found.sample.get_by_group_display()))


def _share(value: Share | NotEnough) -> str:
    if isinstance(value, NotEnough):
        return TOO_FEW
    low, high = round(100 * value.interval.low), round(100 * value.interval.high)
    return f"{value.count} of {value.of}: {round(100 * value.value)}%, and with chance allowed for {low}% to {high}%"


def _alpha(value: Alpha | NotEnough) -> str:
    if isinstance(value, NotEnough):
        return (
            "It cannot be said: too few concerns were judged by two people, or all judged everything alike."
        )
    if value.interval is None:
        return f"{value.value:.2f}, on too few concerns to say how sure that is"
    return f"{value.value:.2f}, and with chance allowed for {value.interval.low:.2f} to {value.interval.high:.2f}"
