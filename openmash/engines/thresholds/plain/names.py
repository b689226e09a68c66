"""What levels, kinds and versions are called on every page, so that each has one name."""

from openmash.engines.thresholds.policy.model import EvidenceGrade, Level, Policy


def is_level_of_need(level: Level, policy: Policy) -> bool:
    """Whether it is an answer of the front door's gate. Those have numbers; the later gates say yes or no."""
    return level.gate == policy.gates[0].id


def titled(level: Level, policy: Policy) -> str:
    """As a heading: “Level 4: Protection”, or “Section 47 enquiry”."""
    return f"Level {level.code}: {level.name}" if is_level_of_need(level, policy) else level.name


def named(level: Level, policy: Policy) -> str:
    """Inside a sentence: “level 4 (Protection)”, or “Section 47 enquiry”."""
    return f"level {level.code} ({level.name})" if is_level_of_need(level, policy) else f"“{level.name}”"


def group_name(name: str) -> str:
    """`carer_health_or_substance` as people write it."""
    return name.replace("_", " ")


def label_of(clock: str, policy: Policy) -> str:
    """The words for a clock by its id, "" for none."""
    return policy.clock(clock).label if clock else ""


def grade_number(grade: EvidenceGrade, policy: Policy) -> str:
    """“1 of 4”: how strong a grade is, among all there are."""
    return f"{grade.rank} of {policy.evidence[-1].rank}"


def fingerprint(digest: str) -> str:
    """The first twelve signs of a digest in fours, short enough to compare with a sheet of paper."""
    return " ".join(digest[start : start + 4] for start in (0, 4, 8))
