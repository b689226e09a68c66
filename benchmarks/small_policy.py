"""A policy of 40 signs and 25 rules, written in the language of policies, and larger ones after its pattern."""

from openmash.engines.thresholds import Policy, parse

HEADER = """
id = "bench"
version = "1"
title = "Invented policy for timing"
status = "draft"
in_force_from = 2026-01-01
review_by = 2027-01-01
sign_off = "Nobody: invented for timing."
agency_kinds = ["school", "police", "health", "public"]

[contacts]
emergency_phone = "999"
duty_phone = "020 7946 0112"
advice_phone = "020 7946 0134"
advice_hours = "Monday to Friday"

[promises]
decide = "day"
answer = "day"
advise = "day"
disagreement_1 = "day"
disagreement_2 = "day"
disagreement_3 = "day"
disagreement_4 = "day"

[[gate]]
id = "services"
name = "Services"
question = "What does this child need?"
when = "When a concern arrives"
second_person_from = "4"
"""
LEVELS = (("1", "week"), ("2", "day"), ("3", "day"), ("4", "same_day"), ("I", "at_once"))
CLOCKS = (("at_once", "at_once", 0), ("same_day", "same_day", 0), ("day", "working_days", 1))
DOMAINS = ("health", "care", "home", "outside")
KINDS = ("neglect", "", "domestic_abuse", "")
FACTS = ("disabled", "not_seen", "help_refused", "danger_now", "plan_failing", "known_risk")
ABOUT = ("child", "child", "family", "child", "family", "family")

# rule | when | and | also | level | consider | respond
RULES = """
any always immediate sign at least suspected|||I||at_once
any conditionally immediate sign not ruled out at least suspected|||I||at_once
fact danger_now|||I||at_once
any level 4 sign at least suspected|||4||
any level 3 sign at least suspected|||3||
any level 2 sign at least suspected|||2||
3 or more level 3 signs at least suspected across 2 or more domains|||3|4|same_day
4 or more level 2 signs at least suspected across 2 or more domains|||3||
5 or more signs at least reported|||3||
3 or more neglect contacts in 12 months|||3||
3 or more neglect contacts in 12 months|child under 60 months||3|4|same_day
4 or more contacts in 12 months|||2|3|
2 or more neglect signs at least reported|any frailty fact||3||
any level 3 sign at least reported|any frailty fact||4||
any level 2 sign at least reported|child under 24 months||3||
any level 3 sign at least suspected|child under 24 months||4||
any domestic_abuse sign at least seen|child under 12 months||4||
any level 3 sign at least suspected|fact help_refused||3|4|same_day
fact plan_failing|||2|3|
fact plan_failing|any level 3 sign at least suspected||3|4|
fact known_risk|||4||
any level 2 sign at least suspected|fact not_seen not ruled out|2 or more signs at least suspected|2|3|
2 or more domestic_abuse signs at least reported|||4||
3 or more signs at least confirmed|||3|4|
2 or more care signs at least seen|fact known_risk not ruled out||4||
""".strip().splitlines()
GRADES = ("suspected", "reported", "seen", "confirmed")


def small_policy(signs: int = 40, rules: int = 25) -> Policy:
    """A policy of so many signs (20 or more) and rules. Beyond 25 the rules come again, asking for more."""
    return parse(
        {
            "policy.toml": HEADER + _tables(),
            "signs.csv": _signs(signs),
            "facts.csv": _facts(),
            "sets.csv": _sets(signs),
            "duties.csv": "duty,label,text,clock,blocks,owner\n",
            "rules.csv": _rules(rules),
            "routing.csv": "route,name,when,and,also,levels,tell,note\n",
            "pathways.csv": "pathway,label,level,closes,clock,needs,what_happens_next,source,to_be_confirmed\n"
            + "".join(f"way_{code.lower()},Way,{code},no,,Nothing,Help follows,,no\n" for code, _ in LEVELS),
            "advice.csv": "level,kind,text\n"
            + "".join(f"{code},happens_next,Somebody reads it.\n" for code, _ in LEVELS),
            "examples.csv": "example,gate,story,age,signs,facts,past,raised_by,level,consider,rules,duties\n",
            "changes.csv": "file,row,reason\n",
        }
    )


def _tables() -> str:
    clocks = (*CLOCKS, ("week", "working_days", 5))
    return "\n".join(
        [
            *(
                f'[[level]]\ncode = "{code}"\ngate = "services"\nrank = {rank}\nname = "{code}"\n'
                f'summary = "Level {code}."\nclock = "{clock}"\ntold = "Thank you."\n'
                for rank, (code, clock) in enumerate(LEVELS, start=1)
            ),
            *(
                f'[[clock]]\nid = "{id}"\nkind = "{kind}"\nlabel = "{id}"\n' + f"number = {n}\n" * bool(n)
                for id, kind, n in clocks
            ),
            *(f'[[domain]]\nid = "{id}"\nlabel = "{id}"\n' for id in DOMAINS),
            *(
                f'[[evidence]]\nid = "{id}"\nrank = {rank}\nlabel = "{id}"\n'
                for rank, id in enumerate(GRADES, start=1)
            ),
        ]
    )


def _signs(number: int) -> str:
    rows = [
        "sign,domain,subdomain,harm,level,immediate,question,accumulates,examples,strength,dfe_factor,wording,note,meanwhile"
    ]
    for nth in range(number):
        # Of every ten signs five are of level 2, three of level 3, and two of level 4.
        level = "2222233344"[nth % 10]
        immediate = {8: "unless", 9: "always"}.get(nth % 20, "never")
        question = "Is the danger there now?" if immediate == "unless" else ""
        kind = KINDS[nth % len(KINDS)]
        cells = (f"N{nth:03}", DOMAINS[nth % 4], "", "", level, immediate, question, kind)
        rows.append(",".join(cells) + f",,,,Invented sign {nth}.,,")
    return "\n".join(rows) + "\n"


def _facts() -> str:
    rows = ["fact,question,about,asked_of,gate,ask"]
    rows += [f"{id},Is it so?,{about},anyone,services,Them" for id, about in zip(FACTS, ABOUT, strict=True)]
    return "\n".join(rows) + "\n"


def _sets(number: int) -> str:
    members = " ".join(f"N{nth:03}" for nth in range(1, number, 3))
    return f"set,of,members,note\ncare,signs,{members},\nfrailty,facts,disabled not_seen,\n"


def _rules(number: int) -> str:
    rows = ["rule,gate,name,when,and,also,level,consider,respond,duty,because,note"]
    for nth in range(number):
        when, and_, also, level, consider, respond = RULES[nth % len(RULES)].split("|")
        for _ in range(nth // len(RULES)):
            when = _asking_more(when)
        rows.append(f"R{nth + 1},services,Rule,{when},{and_},{also},{level},{consider},{respond},,Invented.,")
    return "\n".join(rows) + "\n"


def _asking_more(sentence: str) -> str:
    words = sentence.split()
    words = [str(int(word) + 1) if nth == 0 and word.isdigit() else word for nth, word in enumerate(words)]
    if words[-1] in GRADES[:-1]:
        words[-1] = GRADES[GRADES.index(words[-1]) + 1]
    return " ".join(words)
