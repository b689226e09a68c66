"""Words to think twice about in a policy: dated or blaming ones with today's, and ones that need explaining.

Where a term was replaced by law or by guidance, that is named. The rest follow what children's charities and
services ask of those who write about children: say what was done to the child, and by whom.
"""

from typing import NamedTuple


class DatedTerm(NamedTuple):
    """`pattern` is matched in any case; `instead` is today's term; `why` is for whoever has to be convinced."""

    pattern: str
    instead: str
    why: str


DATED_TERMS = (
    DatedTerm(
        r"child prostitut\w+|(?:young|under-?age) prostitut\w+",
        "child sexual exploitation",
        "A child cannot sell what is abuse; the Serious Crime Act 2015 took the word out of the law.",
    ),
    DatedTerm(
        r"child porn\w*",
        "child sexual abuse material",
        "It shows a crime against a child; the Serious Crime Act 2015 took the word out of the law.",
    ),
    DatedTerm(
        r"domestic violence",
        "domestic abuse",
        "The Domestic Abuse Act 2021 also means control, threats, money and feelings.",
    ),
    DatedTerm(
        r"(?<!so-called )honou?r[- ](?:based )?(?:violence|killings?|crimes?|abuse)",
        "so-called honour-based abuse",
        "There is no honour in it.",
    ),
    DatedTerm(r"female circumcision", "female genital mutilation", "The Female Genital Mutilation Act 2003."),
    DatedTerm(
        r"commit(?:s|ted|ting)? suicide",
        "die (or try to die) by suicide",
        "Suicide has not been a crime since the Suicide Act 1961.",
    ),
    DatedTerm(
        r"attention[- ]seeking",
        "what the child does, and what they may need",
        "It makes a call for help sound like a fault.",
    ),
    DatedTerm(r"promiscuous|promiscuity", "what was seen or said", "It judges the child, and hides abuse."),
    DatedTerm(
        r"(?:put|plac)(?:s|es|ting|ing)? (?:him|her|them)sel(?:f|ves) at risk",
        "who or what is a danger to the child",
        "It blames the child for what others do.",
    ),
    DatedTerm(
        r"lifestyle choices?",
        "what is being done to the child, and by whom",
        "A child who is exploited has not chosen it.",
    ),
    DatedTerm(
        r"at risk of (?:child )?(?:sexual |criminal )?exploitation",
        "is being exploited, or what shows that it may soon happen",
        "Signs that exploitation is happening were often recorded as a risk of it, and nobody acted.",
    ),
    DatedTerm(
        r"drug[- ]runn(?:er|ers|ing)",
        "a child made to move drugs (child criminal exploitation)",
        "A child is a victim first.",
    ),
    DatedTerm(
        r"in a relationship with an (?:older )?(?:adult|man|woman)",
        "is being sexually abused or exploited by an adult",
        "It makes abuse sound like a choice.",
    ),
    DatedTerm(r"run-?aways?|abscond\w*", "missing", "It blames the child; statutory guidance says missing."),
    DatedTerm(
        r"(?:did|does|do) not attend (?:\w+ ){0,3}(?:appointments?|clinics?|checks?)|DNAs?",
        "was not brought",
        "A child depends on an adult to be taken there.",
    ),
    DatedTerm(
        r"wants? counsell?ing|needs? counsell?ing",
        "what troubles the child, and that they would like to talk with someone",
        "It names a service and not a need, and can be chosen for any child.",
    ),
    DatedTerm(
        r"peer[- ]on[- ]peer abuse",
        "child-on-child abuse",
        "The term in Keeping Children Safe in Education since 2022.",
    ),
    DatedTerm(
        r"sexting",
        "sharing nude or half-nude pictures",
        "The term of the advice to schools since 2020; children do not use the old one.",
    ),
    DatedTerm(
        r"revenge porn\w*",
        "sharing intimate pictures without consent",
        "The victim did nothing to be revenged for.",
    ),
    DatedTerm(
        r"toxic trio|trilogy of risk",
        "each by name: domestic abuse, a carer’s mental ill-health, substance use",
        "The evidence that the three together foretell harm is weak, and it labels parents.",
    ),
    DatedTerm(
        r"disguised compliance",
        "what the carers agreed to, and what did not change",
        "It says what somebody thinks and not what was seen.",
    ),
    DatedTerm(
        r"hard[- ]to[- ]reach",
        "whom our services do not reach",
        "It puts the fault with the family.",
    ),
    DatedTerm(
        r"non-?complian(?:t|ce)|(?:fail|refus)(?:s|es|ed|ing|ure)? to engage|un-?cooperative",
        "what was offered, and what happened",
        "It blames the family, and hides what was wrong with the help.",
    ),
    DatedTerm(
        r"problem famil(?:y|ies)|troubled famil(?:y|ies)", "a family that needs help", "It is a label."
    ),
    DatedTerm(r"broken homes?", "the parents live apart", "It judges a family for its form."),
    DatedTerm(
        r"substance (?:ab)?(?:users?|abuse)|drug abuse\w*|drug addicts?|alcoholics?(?! drinks?)|junkies?",
        "alcohol or drug use that harms",
        "The label keeps people from asking for help.",
    ),
    DatedTerm(
        r"(?:mentally )?handicap\w*|mentally retarded|retarded|wheelchair[- ]bound",
        "disabled; a learning disability; uses a wheelchair",
        "Disabled people have asked for these words, and the law uses them.",
    ),
    DatedTerm(
        r"illegal (?:im)?migrants?",
        "a person without permission to stay",
        "A person is not illegal, and a child is a child first.",
    ),
    DatedTerm(
        r"LACs?|LAC child(?:ren)?",
        "a child in care",
        "Children say that it sounds as if they lacked something.",
    ),
    DatedTerm(
        r"child protection register|at[- ]risk register",
        "child protection plan",
        "The register was ended in England in 2008.",
    ),
    DatedTerm(
        r"LSCBs?|local safeguarding children boards?",
        "the safeguarding partnership",
        "The Children and Social Work Act 2017 replaced the boards.",
    ),
    DatedTerm(
        r"statement(?:s|ed)? of special educational needs?",
        "education, health and care plan",
        "The Children and Families Act 2014 replaced statements.",
    ),
    DatedTerm(
        r"munchausen\w*(?: syndrome)?(?: by proxy)?",
        "illness that is exaggerated, invented or caused",
        "Doctors now speak of perplexing presentations and of fabricated or induced illness.",
    ),
)

VAGUE_WORDS = (
    *(
        "often",
        "some",
        "several",
        "sometimes",
        "at times",
        "occasionally",
        "regularly",
        "frequent",
        "frequently",
    ),
    *("repeatedly", "persistent", "persistently", "significant", "significantly", "excessive", "excessively"),
    *(
        "again and again",
        "keep happening",
        "keeps happening",
        "on a regular basis",
        "a number of",
        "prolonged",
    ),
)
"""Words of how much or how often that two people may read in two ways."""

EVERYDAY_ABBREVIATIONS = frozenset({"GP", "GPS", "NHS", "A&E", "UK", "TV", "ID", "OK", "CCTV", "PIN", "PE"})
"""What anybody would say in everyday talk; whoever writes them out would be less easily understood."""

JARGON = {
    "National Referral Mechanism": "the national scheme that finds and helps victims of trafficking",
    "Operation Encompass": "the police tell a school of domestic abuse before the next school day",
    "Prevent referral": "telling the council and the police that someone may be drawn into terrorism",
    "designated doctor": "the doctor who leads on child protection for the area",
    "return interview": "a talk with someone independent after the child was missing",
    "public law outline": "the steps before a council asks a court to protect a child",
    "core group": "the family and workers who carry out a child protection plan",
    "contextual safeguarding": "keeping children safe in the places and groups where they spend time",
    "team around the family": "everyone who helps a family, meeting with them",
    "trauma-informed": "mindful that bad experiences shape how people behave",
    "adverse childhood experiences": "bad experiences in childhood, such as abuse or losing a parent",
    "viability assessment": "a first look at whether a relative could care for the child",
    "step down": "move to less intensive help",
    "Gillick competent": "old and able enough to decide on their own treatment",
    "lateral checks": "asking other agencies what they know",
}
"""Terms of the trade, with words that would explain them."""
