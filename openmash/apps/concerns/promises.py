"""The front door's own clocks, read from the policy in force and worked out on the server."""

from datetime import datetime

from openmash.engines.clocks import Clock, due
from openmash.engines.thresholds import Policy


def promised(policy: Policy, promise: str, start: datetime) -> datetime:
    """When something promised by the policy's front door falls due: `decide`, `advise`, `disagreement_1`…"""
    return due_by(policy, policy.promises[promise], start)


def due_by(policy: Policy, clock_id: str, start: datetime) -> datetime:
    """When one of the policy's clocks, started at `start`, runs out."""
    clock = policy.clock(clock_id)
    return due(start, Clock(kind=clock.kind, number=clock.number))
