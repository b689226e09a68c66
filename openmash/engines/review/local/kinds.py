"""Who raises a concern: independent schools, GPs and CAMHS by themselves, as the question of 2002 needs."""

AGENCY_KINDS = {
    "school": "Schools",
    "independent_school": "Independent schools",
    "education_services": "Education services",
    "early_years": "Nurseries and early years",
    "gp": "GP practices",
    "health_visiting": "Health visitors and school nurses",
    "hospital": "Hospitals",
    "camhs": "Child and adolescent mental health services",
    "other_health": "Other health services",
    "police": "Police",
    "probation": "Probation",
    "prison": "Prisons",
    "court": "Courts",
    "other_legal": "Courts, probation and other legal agencies, not told apart",
    "housing": "Housing",
    "childrens_social_care": "Children’s social care",
    "council_services": "Other services of the council",
    "early_help": "Early help",
    "partnership": "The safeguarding partnership",
    "family": "Family members",
    "neighbour": "Neighbours and friends",
    "child": "The child or young person",
    "other_public": "Other members of the public",
    "anonymous": "Nobody who gave a name",
    "other": "Others",
}

ASKED_ABOUT_IN_2002 = ("independent_school", "gp", "camhs")
"""The agencies the chief inspectors found to stand outside. Always shown, with nought when they raised nothing."""

ALSO_INSIDE = {
    "school": "independent schools too: the census does not tell them apart",
    "other_health": "child and adolescent mental health services too: the census does not tell them apart",
}
"""What the census's own codes hide. Said wherever a history comes from a census."""

RAISED_BY = {
    kind: broad
    for broad, kinds in {
        "education": ("school", "independent_school", "education_services", "early_years"),
        "health": ("gp", "health_visiting", "hospital", "camhs", "other_health"),
        "justice": ("police", "probation", "prison", "court", "other_legal"),
        "council": ("housing", "childrens_social_care", "council_services", "early_help", "partnership"),
        "public": ("family", "neighbour", "child", "other_public", "anonymous"),
        "other": ("other",),
    }.items()
    for kind in kinds
}
"""Kinds of agency in a few broad ones, for setting concerns beside those that are alike."""
