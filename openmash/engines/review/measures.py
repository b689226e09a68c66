"""The figures of the review: what each counts, of what, and what it cannot tell.

Where the Department publishes a percentage it is shown as published. The others are worked out from published
counts, exactly, and rounded half up to one decimal as the Department does. Rates are for each 10,000 children in
the middle of the year before: the year to March 2025 over mid-2024.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["share", "rate", "plain"]
"""`share`: so many out of so many. `rate`: a count beside a size that it is no part of. `plain`: neither, such as
a percentage of posts; no limits are drawn for those."""


@dataclass(frozen=True)
class Column:
    """A column of a table, `lag` years before the year that is looked at."""

    table: str
    name: str
    lag: int = 0


@dataclass(frozen=True)
class Measure:
    """A figure: `top` (added up) times `times` over `bottom` (added up).

    `published` is the column that holds the figure ready made, if there is one. `size` says what an area's size is
    for it. `reads` is the sentence it is read with, `mind` what misleads.
    """

    id: str
    title: str
    unit: str
    top: tuple[Column, ...]
    bottom: tuple[Column, ...]
    times: int
    kind: Kind
    size: str
    reads: str
    mind: str
    published: Column | None = None
    group: str = "The front door"


def _referrals(name: str) -> Column:
    return Column("referrals", name)


def _enquiries(name: str) -> Column:
    return Column("enquiries", name)


def _workforce(name: str) -> Column:
    return Column("workforce", name)


_CHILDREN = (Column("children", "population_estimate", lag=1),)
_ALL_REFERRALS = (_referrals("referral_count"),)
_PROTECTION, _PEOPLE = "Protecting children", "The people who do the work"

MEASURES = (
    Measure(
        "referrals",
        "Referrals",
        "for every 10,000 children",
        _ALL_REFERRALS,
        _CHILDREN,
        10_000,
        "rate",
        "children",
        "How many concerns were taken as a referral to children’s social care.",
        "Areas draw the line between a contact and a referral in different places. Ask first what is counted, then "
        "how many.",
    ),
    Measure(
        "rereferrals",
        "Re-referrals within 12 months",
        "% of referrals",
        (_referrals("rereferral_count"),),
        _ALL_REFERRALS,
        100,
        "share",
        "referrals",
        "Of every 100 referrals, how many were about a child who had been referred within the 12 months before.",
        "Many can mean that too little was done the first time, or that people are encouraged to come back. Few can "
        "mean help that lasts, or a door that was closed. The figure alone does not say which.",
        _referrals("rereferral_percent"),
    ),
    Measure(
        "no_further_action",
        "No further action at once",
        "% of referrals",
        (_referrals("no_further_action_count"),),
        _ALL_REFERRALS,
        100,
        "share",
        "referrals",
        "Of every 100 referrals, how many were closed without an assessment.",
        "An area that closes none or very few usually counts a concern as a referral only once it has been looked at. "
        "So this is never read alone: see the figure for both together.",
        _referrals("no_further_action_percent"),
    ),
    Measure(
        "not_in_need",
        "Assessed, and not in need",
        "% of referrals",
        (_referrals("not_in_need_count"),),
        _ALL_REFERRALS,
        100,
        "share",
        "referrals",
        "Of every 100 referrals, how many were assessed and ended with the child found not to be in need.",
        "Some of these families were helped by early help instead. That is not in these tables.",
        _referrals("not_in_need_percent"),
    ),
    Measure(
        "ended_early",
        "No further action, or assessed and not in need",
        "% of referrals",
        (_referrals("no_further_action_count"), _referrals("not_in_need_count")),
        _ALL_REFERRALS,
        100,
        "share",
        "referrals",
        "Of every 100 referrals, how many ended before the child was a child in need: both figures above together.",
        "The two add up where one hides the other: whoever closes none at once often assesses more who turn out not to "
        "be in need. Worked out here; the Department does not publish the sum.",
    ),
    Measure(
        "enquiries",
        "Section 47 enquiries",
        "for every 100 referrals",
        (_enquiries("Section47"),),
        _ALL_REFERRALS,
        100,
        "rate",
        "referrals",
        "How many child protection enquiries were begun for every 100 referrals.",
        "Not every enquiry began with a referral of the same year: some are about children already known. An area that "
        "counts fewer referrals shows more enquiries for each.",
        group=_PROTECTION,
    ),
    Measure(
        "conferences",
        "Initial conferences",
        "for every 100 section 47 enquiries",
        (_enquiries("ICPC"),),
        (_enquiries("Section47"),),
        100,
        "rate",
        "section 47 enquiries",
        "How many initial child protection conferences were held for every 100 enquiries.",
        "Few for many enquiries: ask what an enquiry is used for. Many for few: ask whether enquiries start late.",
        group=_PROTECTION,
    ),
    Measure(
        "plans",
        "Child protection plans started",
        "for every 10,000 children",
        (Column("plans", "CPP_start"),),
        _CHILDREN,
        10_000,
        "rate",
        "children",
        "How many children came under a child protection plan.",
        "Need differs between areas: poverty explains much of it. Neighbours are chosen to be alike in that.",
        group=_PROTECTION,
    ),
    Measure(
        "repeat_plans",
        "Second or later plans",
        "% of plans started",
        (Column("plans", "CPP_subsequent"),),
        (Column("plans", "CPP_start"),),
        100,
        "share",
        "plans started",
        "Of every 100 plans started, how many were for a child who had been under one before, at any time.",
        "The earlier plan may lie many years back, and may have been in another area.",
        Column("plans", "CPP_subsequent_percent"),
        _PROTECTION,
    ),
    Measure(
        "caseload",
        "Cases for each social worker",
        "cases",
        (_workforce("cases"),),
        (_workforce("case_holders_fte"),),
        1,
        "rate",
        "social workers who hold cases",
        "How many children and families a full-time social worker held on 30 September, on average.",
        "An average hides who carries most, and counts a case alike whatever it asks.",
        _workforce("caseload_fte"),
        _PEOPLE,
    ),
    Measure(
        "vacancies",
        "Vacant posts",
        "% of posts",
        (_workforce("vacancy_fte"),),
        (_workforce("vacancy_fte"), _workforce("inpost_fte")),
        100,
        "plain",
        "posts",
        "Of every 100 social work posts, how many had nobody of the council’s own in them.",
        "A post filled by an agency worker counts as vacant.",
        _workforce("vacancy_rate_fte"),
        _PEOPLE,
    ),
    Measure(
        "agency",
        "Agency workers",
        "% of social workers",
        (_workforce("agency_headcount"),),
        (_workforce("agency_headcount"), _workforce("inpost_headcount")),
        100,
        "share",
        "social workers",
        "Of every 100 social workers, how many came from an agency.",
        "Whole teams bought in for a project count differently in different areas.",
        _workforce("agency_rate_headcount"),
        _PEOPLE,
    ),
    Measure(
        "turnover",
        "Social workers who left",
        "% in the year",
        (_workforce("leavers_headcount"),),
        (_workforce("inpost_headcount"),),
        100,
        "rate",
        "social workers",
        "How many social workers left in the year, for every 100 in post at its end.",
        "Moving to another post within the same council does not count as leaving.",
        _workforce("turnover_rate_headcount"),
        _PEOPLE,
    ),
    Measure(
        "absence",
        "Days lost to sickness",
        "% of working days",
        (_workforce("working_days_lost_fte"),),
        (_workforce("inpost_fte"),),
        100,
        "plain",
        "social workers",
        "Of every 100 working days, how many were lost to sickness.",
        "Worked out by the Department over 253 working days a year.",
        _workforce("absence_rate_fte"),
        _PEOPLE,
    ),
)
BY_ID = {each.id: each for each in MEASURES}
GROUPS = tuple(dict.fromkeys(each.group for each in MEASURES))
