"""Which published files the compact copy is made from."""

from dataclasses import dataclass

LICENCE = "Crown copyright, Open Government Licence v3.0"
CHILDREN_IN_NEED = "Department for Education, Characteristics of children in need, 2025"


@dataclass(frozen=True)
class Source:
    """A published file, and the table here that is made from it. `years` is said where it is not obvious."""

    table: str
    file: str
    publication: str
    about: str


SOURCES = (
    Source(
        "referrals",
        "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv",
        CHILDREN_IN_NEED,
        "referrals, re-referrals, no further action, assessed and not in need; years to 31 March",
    ),
    Source(
        "enquiries",
        "c4_children_in_need_section_47s_and_icpcs_2013_to_2025.csv",
        CHILDREN_IN_NEED,
        "section 47 enquiries and initial child protection conferences; years to 31 March",
    ),
    Source(
        "plans",
        "d3_cpps_subsequent_plan_2013_to_2025.csv",
        CHILDREN_IN_NEED,
        "child protection plans started, and those that were a second or later plan; years to 31 March",
    ),
    Source(
        "workforce",
        "csww_indicators_2017_to_2025.csv",
        "Department for Education, Children’s social work workforce, 2025",
        "social workers in post on 30 September, vacancies, agency workers, caseload; years to 30 September",
    ),
    Source(
        "children",
        "ons_mid-year_population_estimates_2012_to_2024.csv",
        "Office for National Statistics, mid-year population estimates, as published with children in need, 2025",
        "children aged 0 to 17 in the middle of the year",
    ),
    Source(
        "months",
        "c6_children_in_need_referrals_by_month_2013_to_2022.csv",
        "Department for Education, Characteristics of children in need, 2022",
        "referrals by month; published only up to the year to 31 March 2022",
    ),
)
NEIGHBOURS = Source(
    "neighbours",
    "New_Statistical_Neighbour_Groupings_April_2021.csv",
    "Department for Education, Children’s services statistical neighbour benchmarking, April 2021",
    "ten areas most like each area, and how alike they are",
)
