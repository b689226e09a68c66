"""Twins, parents who parted, and a grandfather to whose home two families come."""

from openmash.apps.concerns.states import State
from openmash.demo.stories.generations.told import HILL, Generations, Known, Part, Same, Telling

RAHMAN = Generations(
    key="rahman",
    carer="nadia",
    child="hana",
    people={
        "hana": Known("Hana Rahman-Ali", "female", 14, 80, is_child=True),
        "zayd": Known("Zayd Ali", "male", 11, 20, is_child=True),
        "idris": Known("Idris Ali", "male", 11, 20, is_child=True),
        "nadia": Known("Nadia Rahman", "female", 38, 9),
        "karim": Known("Karim Ali", "male", 42, 300),
        "yusuf": Known("Yusuf Rahman", "male", 71, 40),
        "leila": Known("Leila Rahman", "female", 29, 111),
        "sam": Known("Samira Rahman", "female", 6, 15, is_child=True),
    },
    homes={
        "ropewalk": ("58 Ropewalk", "FN3 3TB"),
        "quarry": ("4 Quarry Mount", "FN3 4WP"),
    },
    tellings=(
        Telling(
            430,
            "school",
            HILL,
            ("A06",),
            (
                Part("hana", "subject", home="ropewalk"),
                Part("nadia", "parent", (("mother", 0, ""),), "ropewalk"),
                Part("karim", "parent", (("father", 0, ""), ("partner", 1, "")), "ropewalk"),
            ),
            "Hana has gone quiet since the summer and eats alone. She says that her parents are “always at it”.",
        ),
        Telling(
            260,
            "police",
            HILL,
            ("A17",),
            (
                Part("zayd", "subject", home="ropewalk"),
                Part("idris", "subject", (("twin", 0, ""),), "ropewalk"),
                Part("hana", "other_child", (("sibling", 0, ""), ("sibling", 1, "")), "ropewalk"),
                Part(
                    "nadia", "parent", (("mother", 0, ""), ("mother", 1, ""), ("mother", 2, "")), "ropewalk"
                ),
                Part(
                    "karim", "parent", (("father", 0, ""), ("father", 1, ""), ("partner", 3, "")), "ropewalk"
                ),
            ),
            "Called by the eldest child, who had locked herself and her brothers in the bathroom. Mr Ali had left.",
        ),
        Telling(
            120,
            "school",
            HILL,
            ("A06", "A10"),
            (
                Part("idris", "subject", home="quarry"),
                Part("zayd", "other_child", (("twin", 0, ""),), "quarry"),
                Part("nadia", "parent", (("mother", 0, ""), ("former_partner", 3, "")), "quarry"),
                Part("karim", "parent", (("father", 0, ""),), dated=False),
                Part("yusuf", "relative", (("grandparent", 0, "grandfather"), ("father", 2, "")), "quarry"),
            ),
            "The boys now live at their grandfather’s with Mum. Idris says that he sleeps on the sofa and that nobody "
            "minds when he is out. His shoes have been wet for a week.",
        ),
        Telling(
            3,
            "health_visiting",
            HILL,
            ("A20",),
            (
                Part("sam", "subject", home="quarry"),
                Part("leila", "parent", (("mother", 0, ""),), "quarry"),
                Part("yusuf", "relative", (("grandparent", 0, "grandfather"), ("father", 1, "")), "quarry"),
                Part("nadia", "relative", (("aunt_or_uncle", 0, "aunt"), ("sibling", 1, "")), "quarry"),
            ),
            "Seven people in two bedrooms since Leila and Samira came in October. Samira is well. Leila is worried "
            "about her nephews, who “come and go”.",
            rest=State.SCREENING,
        ),
    ),
    same=(
        Same(1, 2, 0, 0, "The eldest: the same date of birth and parents."),
        Same(1, 3, 0, 1, "The same mother."),
        Same(1, 4, 0, 2, "The same father."),
        Same(2, 0, 1, 1, "Idris: the school checked which twin."),
        Same(2, 1, 1, 0, "Zayd: the school checked which twin."),
        Same(2, 2, 1, 3, "The same mother."),
        Same(2, 3, 1, 4, "The same father."),
        Same(3, 2, 2, 4, "The grandfather, at the same address."),
        Same(3, 3, 2, 2, "The same address, and named by her sister."),
    ),
)
