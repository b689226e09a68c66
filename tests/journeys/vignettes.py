"""The twelve vignettes of the draft policy, as people would type them, with what must come of each."""

from dataclasses import dataclass, field
from datetime import timedelta

from tests.web.raising.pages import ChildTyped, ConcernTyped, PersonTyped, SignTyped


@dataclass(frozen=True)
class Before:
    """An earlier contact about the same child: who told us (part in the cast), what sign, how long ago, where."""

    by: str
    sign: str
    ago: timedelta
    address: str = ""
    postcode: str = ""


@dataclass(frozen=True)
class Decided:
    """What the front door decides. `second` is who agrees, where it takes two people."""

    level: str
    pathway: str
    second: str = ""
    not_seen_because: str = ""


@dataclass(frozen=True)
class Vignette:
    """`told` is typed by `by` ("" is somebody without an account).

    `at_once` is the level shown when it is sent and `rules` what led there. `linked` has what the screener is shown
    once earlier contacts are confirmed; nothing for the same. `same_as_before`: the raiser says it is a child they
    told us about.
    """

    story: str
    by: str
    told: ConcernTyped
    at_once: str
    rules: tuple[str, ...]
    decided: Decided
    before: tuple[Before, ...] = ()
    same_as_before: bool = False
    linked: str = ""
    linked_rules: tuple[str, ...] = ()
    duties: tuple[str, ...] = field(default=())


PROTECTION = Decided("4", "Strategy discussion")
SEEN = {"seen": "yes", "spoken_to": "yes"}
MONTH = timedelta(days=30)

ANXIOUS = ConcernTyped(
    account="She cannot sleep before school and asked to talk to somebody. No harm, and her mother came with her.",
    child=ChildTyped("Freya Lindqvist", "14"),
    signs=(SignTyped("A06", "said"),),
    happening={**SEEN, "parents_know": "yes"},
)

VIGNETTES = [
    Vignette(
        story="1 A health visitor sees a small bruise on a baby ten days old",
        by="health_visitor",
        told=ConcernTyped(
            account="A bruise the size of a pea on the left hand. A cannula had been in the other hand. Mum unsure.",
            child=ChildTyped("Noor Rahman", "10 days"),
            signs=(SignTyped("D01", "seen"),),
            happening=SEEN,
        ),
        at_once="I",
        rules=("C1a",),
        decided=Decided("I", "Emergency response"),
    ),
    Vignette(
        story="2 A school's fourth contact this year: hungry, dirty, tired",
        by="teacher",
        told=ConcernTyped(
            account="He fell asleep at his table again and had had no breakfast.",
            child=ChildTyped("Jayden Cole", "8"),
            signs=(SignTyped("A10", "seen"),),
            happening=SEEN,
        ),
        before=(
            Before("teacher", "A10", 9 * MONTH),
            Before("teacher", "A10", 5 * MONTH),
            Before("teacher", "A10", 2 * MONTH),
        ),
        same_as_before=True,
        at_once="3",
        rules=("C6a", "C7"),
        duties=("chronology", "manager_decision"),
        decided=Decided("3", "Assessment under section 17"),
    ),
    Vignette(
        story="3 A grandmother saw bruises that have gone; the father says she is malicious",
        by="",
        told=ConcernTyped(
            account="I saw finger marks on his arm last Sunday. They have gone. His dad says I make it up.",
            child=ChildTyped("Leo Marsh", "6"),
            who="family",
            area="Northfield",
            signs=(SignTyped("D02", "seen", immediate="no"), SignTyped("D03", "seen", immediate="no")),
            facts={"source_doubted": "yes"},
        ),
        at_once="4",
        rules=("C2a", "C14"),
        duties=("second_person_to_discount",),
        decided=PROTECTION,
    ),
    Vignette(
        story="4 A GP sees an anxious 14-year-old who wants to talk",
        by="gp",
        told=ANXIOUS,
        at_once="2",
        rules=("C2c",),
        decided=Decided("2", "Early help led by one agency"),
    ),
    Vignette(
        story="5 An independent boarding school: a new phone, train tickets, missing twice",
        by="boarding_lead",
        told=ConcernTyped(
            account="Out past midnight twice this month. He has a phone we did not give him and train tickets.",
            child=ChildTyped("Daniel Osei", "15"),
            signs=(
                SignTyped(
                    "B24", "seen", examples=("a new phone or several phones", "unexplained travel or tickets")
                ),
            ),
            happening=SEEN,
        ),
        at_once="4",
        rules=("S8",),
        decided=PROTECTION,
    ),
    Vignette(
        story="6 CAMHS: an overdose last night",
        by="camhs",
        told=ConcernTyped(
            account="Paracetamol at about midnight. On the ward now. Not yet asked what is driving it.",
            child=ChildTyped("Ellis Moreau", "16"),
            signs=(SignTyped("D28", "confirmed"),),
            happening=SEEN,
        ),
        at_once="I",
        rules=("C1a",),
        decided=Decided("I", "Emergency response"),
    ),
    Vignette(
        story="7 Police: the third domestic abuse call in 12 months, at different addresses",
        by="police_officer",
        told=ConcernTyped(
            account="Called at 23.10. Mother had a cut lip. Her partner had left. The boy was upstairs.",
            child=ChildTyped("Kai Brennan", "7", other={"address": "Flat 9, Canal Court\nNF3 9ZZ"}),
            others=(PersonTyped("parent", "Shannon Brennan", "27"),),
            signs=(SignTyped("B18", "reported"),),
            happening=SEEN,
        ),
        before=(
            Before("police_officer", "B18", 8 * MONTH, "4 Quarry Road", "NF1 4QR"),
            Before("police_officer", "B18", 4 * MONTH, "31 Station Terrace", "NF2 1ST"),
        ),
        at_once="3",
        rules=("C2b",),
        linked="4",
        linked_rules=("S9",),
        decided=PROTECTION,
    ),
    Vignette(
        story="8 Housing: a family of five in one damp room, the children well cared for",
        by="housing_officer",
        told=ConcernTyped(
            account="Five in one room, black mould by the cot. The children are clean, lively and fed.",
            child=ChildTyped("Amina Yusuf", "4"),
            signs=(SignTyped("A20", "seen"),),
            happening=SEEN,
        ),
        at_once="2",
        rules=("C2c",),
        decided=Decided("2", "Early help led by one agency"),
    ),
    Vignette(
        story="9 A nursery: an uncle with convictions moves in on Friday; alone with her? Nobody knows",
        by="nursery_worker",
        told=ConcernTyped(
            account="Her brother comes out on Friday and will stay. Mum told us what he was convicted of.",
            child=ChildTyped("Isla Novak", "3"),
            signs=(SignTyped("D07", "reported", immediate="not_known"),),
            happening=SEEN,
        ),
        at_once="I",
        rules=("C1b",),
        duties=("information_request",),
        decided=Decided("I", "Emergency response"),
    ),
    Vignette(
        story="10 A neighbour who gives no name hears a baby cry all night",
        by="",
        told=ConcernTyped(
            account="The baby next door cried all night.",
            child=ChildTyped("", "6 months"),
            who="neighbour",
            area="Northfield",
        ),
        at_once="1",
        rules=("C10",),
        duties=("seen_before_closing",),
        decided=Decided(
            "1", "Advice given", not_seen_because="The health visitor saw the baby on Tuesday, well."
        ),
    ),
    Vignette(
        story="11 A mother takes back what she told the police; the baby is five months old",
        by="police_officer",
        told=ConcernTyped(
            account="She says now that nothing happened and she will not sign.",
            child=ChildTyped("Teddy Hall", "5 months"),
            signs=(SignTyped("D18", "reported"),),
            facts={"account_retracted": "yes"},
            happening=SEEN,
        ),
        at_once="4",
        rules=("C2a", "C15"),
        duties=("hold_level",),
        decided=PROTECTION,
    ),
    Vignette(
        story="12 As the fourth, with strengths written down",
        by="gp",
        told=ConcernTyped(
            account=ANXIOUS.account,
            child=ANXIOUS.child,
            signs=(
                *ANXIOUS.signs,
                *(SignTyped(sign, "seen") for sign in ("U01", "U02", "U03", "U04", "U05", "U06")),
            ),
            happening=ANXIOUS.happening,
        ),
        at_once="2",
        rules=("C2c",),
        decided=Decided("2", "Early help led by one agency"),
    ),
]
