"""A partner comes, with a child of his own whom another front door knows, and two agencies differ on who the youngest
child’s father is.
"""

from openmash.apps.concerns.states import State
from openmash.demo.stories.generations.told import MARSH, MERE, Generations, Known, Part, Same, Telling

HOLLIS = Generations(
    key="hollis",
    carer="kayleigh",
    child="jamie",
    people={
        "jamie": Known("Jamie Hollis", "male", 7, 120, is_child=True),
        "ruby": Known("Ruby Hollis", "female", 3, 60, is_child=True),
        "baby": Known("", "not_known", 0, -95, is_child=True),
        "noah": Known("Noah Tate", "male", 9, 30, is_child=True),
        "kayleigh": Known("Kayleigh Hollis", "female", 26, 200),
        "darren": Known("Darren Stott", "male", 31, 10),
        "lee": Known("Lee Marsden", "male", 34, 77),
        "gemma": Known("Gemma Tate", "female", 33, 5),
        "sandra": Known("Sandra Hollis", "female", 49, 150),
    },
    homes={
        "tollgate": ("Flat 3, 22 Tollgate Road", "FN1 2AB"),
        "heron": ("9 Heron Close", "FN1 4DQ"),
        "station": ("41 Station Parade", "FN1 5HJ"),
        "wherry": ("17 Wherry Road", "FN2 1LN"),
    },
    tellings=(
        Telling(
            820,
            "police",
            MERE,
            ("A17",),
            (
                Part("noah", "subject", home="wherry"),
                Part("gemma", "parent", (("mother", 0, ""),), "wherry"),
                Part("lee", "may_have_harmed", (("father", 0, ""), ("partner", 1, "")), "wherry"),
            ),
            "Called by a neighbour at 11pm to shouting and breaking glass. Ms Tate had a cut hand and would not say "
            "how. Noah was awake on the stairs. Mr Marsden left with us.",
        ),
        Telling(
            700,
            "police",
            MARSH,
            ("A17",),
            (
                Part("noah", "subject", home="heron"),
                Part("gemma", "parent", (("mother", 0, ""), ("former_partner", 2, "")), "wherry"),
                Part("lee", "parent", (("father", 0, ""),), "heron", "Lee Marsdon"),
            ),
            "Ms Tate came to collect Noah from his father’s new address and the two argued in the street. Noah was "
            "in the car. She says that they parted last year and that she is afraid of him.",
        ),
        Telling(
            560,
            "school",
            MARSH,
            ("A04",),
            (
                Part("jamie", "subject", home="tollgate"),
                Part("kayleigh", "parent", (("mother", 0, ""),), "tollgate"),
                Part("darren", "parent", (("father", 0, ""), ("former_partner", 1, "")), dated=False),
                Part("sandra", "relative", (("grandparent", 0, "gran"), ("mother", 1, "")), "station"),
            ),
            "Jamie’s attendance is 84%. Gran brings him most days. Mum says that mornings are hard since Darren left.",
        ),
        Telling(
            300,
            "school",
            MARSH,
            ("A10",),
            (
                Part("jamie", "subject", home="heron"),
                Part("kayleigh", "parent", (("mother", 0, ""),), "heron"),
                Part("lee", "partner", (("partner", 1, ""), ("step_parent", 0, "")), "heron"),
            ),
            "Third week that Jamie comes in the same shirt and is hungry. They have moved in with Mum’s new partner, "
            "Lee. We gave him breakfast and a clean jumper.",
        ),
        Telling(
            170,
            "health_visiting",
            MARSH,
            ("A01", "A03"),
            (
                Part("ruby", "subject", home="heron"),
                Part("jamie", "other_child", (("half_sibling", 0, ""),), "heron"),
                Part("kayleigh", "parent", (("mother", 0, ""), ("mother", 1, "")), "heron"),
                Part("lee", "parent", (("father", 0, ""), ("partner", 2, "")), "heron"),
            ),
            "Ruby has missed her two-year review twice and says few words. Kayleigh told me that Lee is Ruby’s father. "
            "The flat was cold and there was little in the kitchen.",
        ),
        Telling(
            95,
            "police",
            MARSH,
            ("B18", "A10"),
            (
                Part("jamie", "subject", home="heron"),
                Part("ruby", "other_child", (("sibling", 0, ""),), "heron"),
                Part("kayleigh", "parent", (("mother", 0, ""), ("mother", 1, "")), "heron"),
                Part("lee", "may_have_harmed", (("partner", 2, ""),), "heron"),
                Part("darren", "parent", (("father", 0, ""), ("father", 1, "")), dated=False),
            ),
            "Called to Heron Close by Darren Stott, who says that he is the father of both children and that Lee had "
            "locked him out. Kayleigh had a bruise on her arm. Both children were up at 1am, in school clothes.",
        ),
        Telling(
            24,
            "gp",
            MARSH,
            ("A15",),
            (
                Part("baby", "subject"),
                Part("kayleigh", "parent", (("mother", 0, ""),), "heron"),
                Part("lee", "partner", (("father", 0, ""), ("partner", 1, "")), "heron"),
            ),
            "Booked late, at 26 weeks. She is low, sleeps little, and came with Lee, who answered for her.",
        ),
        Telling(
            1,
            "school",
            MARSH,
            ("A10", "A06"),
            (
                Part("jamie", "subject", home="station"),
                Part("ruby", "other_child", (("half_sibling", 0, ""),), "station"),
                Part(
                    "sandra",
                    "carer",
                    (("carer", 0, "gran"), ("grandparent", 0, ""), ("mother", 3, "")),
                    "station",
                ),
                Part("kayleigh", "parent", (("mother", 0, ""), ("mother", 1, "")), "heron"),
            ),
            "Gran brought Jamie and says that the children have been with her since Friday, because “it kicked off "
            "again”. He fell asleep in class and cried when I asked about home.",
            rest=State.SCREENING,
        ),
    ),
    same=(
        Same(1, 2, 0, 2, "Lee Marsden: the same date of birth and the same child, Noah."),
        Same(1, 0, 0, 0, "Noah: the same date of birth and the same mother."),
        Same(3, 0, 2, 0, "The school says so: the same pupil."),
        Same(3, 1, 2, 1, "Mother of the same pupil."),
        Same(3, 2, 1, 2, "The man at Heron Close: date of birth checked with the police."),
        Same(4, 1, 3, 0, "Named by the health visitor as Ruby’s brother; date of birth agrees."),
        Same(4, 2, 3, 1, "The same mother, at the same address."),
        Same(4, 3, 3, 2, "The same man, at the same address."),
        Same(5, 0, 4, 1, "The same two children at the same address."),
        Same(5, 1, 4, 0, "The same two children at the same address."),
        Same(5, 2, 4, 2, "The same mother."),
        Same(5, 3, 4, 3, "The same man: date of birth given by the police."),
        Same(5, 4, 2, 2, "Darren Stott: the school rang him on the number it has for Jamie’s father."),
        Same(6, 1, 5, 2, "The GP confirmed the date of birth."),
        Same(6, 2, 5, 3, "The GP confirmed the date of birth."),
        Same(7, 0, 5, 0, "The same pupil."),
        Same(7, 1, 5, 1, "The school confirmed Ruby’s date of birth with Gran."),
        Same(7, 2, 2, 3, "Gran, as the school knows her."),
        Same(7, 3, 6, 1, "The same mother."),
    ),
)
