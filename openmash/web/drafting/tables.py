"""The tables of a policy as people meet them: what each is called, and what each of its columns asks.

The columns themselves are those of `text.parse.COLUMNS`; a test holds the two together.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column. `kind` says with what it is filled in: see `forms.row`."""

    name: str
    label: str
    kind: str = "line"
    hint: str = ""


@dataclass(frozen=True)
class TableShown:
    """One table: its address, its file, what it is called, what one row is called, and its columns.

    `main` is the column that says what a row is about.
    """

    slug: str
    file: str
    title: str
    one: str
    about: str
    main: str
    columns: tuple[Column, ...]

    @property
    def adding(self) -> str:
        """`Add a rule`, `Add an example`"""
        return f"Add {'an' if self.one[0] in 'aeiou' else 'a'} {self.one}"

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


_CODE = "It names the row and cannot be changed later."
_CONDITION = "One of the sentences listed on this page, with your own numbers and names."

RULES = TableShown(
    "rules",
    "rules.csv",
    "Rules",
    "rule",
    "What follows from what: the level, the time and the duties.",
    "name",
    (
        Column("rule", "Code", "code", f"Such as C3 or S12. {_CODE}"),
        Column("gate", "Decision", "gate", "At which of the decisions the rule counts."),
        Column("name", "Name"),
        Column("when", "When", "condition", _CONDITION),
        Column("and", "And", "condition", "Leave empty if one condition is enough."),
        Column("also", "Also", "condition", "A third condition, or empty."),
        Column("level", "Level", "any_level", "The least level when all of this holds."),
        Column("consider", "Level to consider", "any_level", "A higher level that a manager must consider."),
        Column(
            "respond",
            "Answer within",
            "clock_or_none",
            "Only where it must be sooner than the level’s own time.",
        ),
        Column("duty", "Duties", "duties"),
        Column(
            "because", "Because", "text", "The reason in plain words. Whoever raised a concern may read it."
        ),
        Column("note", "Note", "text"),
    ),
)
SIGNS = TableShown(
    "signs",
    "signs.csv",
    "Signs",
    "sign",
    "What may be seen, heard or known, and the level of each.",
    "wording",
    (
        Column("sign", "Code", "code", f"Such as B24. {_CODE}"),
        Column("wording", "Wording", "text", "A sentence that two people would read alike."),
        Column("domain", "Part of the child’s life", "domain"),
        Column("subdomain", "Within that part"),
        Column("harm", "Kind of harm"),
        Column("level", "Level", "level"),
        Column("immediate", "Immediate", "immediate"),
        Column(
            "question",
            "Question",
            "text",
            "Only for a sign that is immediate unless something is known. Yes means danger now.",
        ),
        Column(
            "accumulates",
            "Adds up as",
            "kind_of_contact",
            "Such as neglect. Empty if contacts about it are not counted together.",
        ),
        Column(
            "examples",
            "Examples that are counted",
            "text",
            "Each after a semicolon. Empty if none are counted.",
        ),
        Column("strength", "Is it a strength?", "yes_no", "A strength is kept in mind and changes no level."),
        Column("dfe_factor", "Factor in the national return"),
        Column("note", "Note", "text", "What would raise it: “Level 4 if …”."),
        Column("meanwhile", "What to do meanwhile", "text"),
    ),
)
FACTS = TableShown(
    "questions",
    "facts.csv",
    "Questions of fact",
    "question",
    "Questions about the child, the family or the account. Yes always means more concern.",
    "question",
    (
        Column("fact", "Name", "code", f"Such as help_refused. {_CODE}"),
        Column("question", "Question", "text", "Put so that yes means more concern, and ending in “?”."),
        Column("about", "About", "fact_about"),
        Column("asked_of", "Asked of", "asked_of"),
        Column("gate", "First asked at", "gate"),
        Column("ask", "Whom to ask when nobody knows"),
    ),
)
SETS = TableShown(
    "groups",
    "sets.csv",
    "Groups",
    "group",
    "Names for groups of signs or of questions, which rules can speak of.",
    "note",
    (
        Column("set", "Name", "code", f"Such as direct_harm. {_CODE}"),
        Column("of", "Made of", "set_of"),
        Column(
            "members",
            "Members",
            "text",
            "The codes of signs, or the names of questions, with spaces between.",
        ),
        Column("note", "What they have in common", "text"),
    ),
)
DUTIES = TableShown(
    "duties",
    "duties.csv",
    "Duties",
    "duty",
    "What must be done because a rule says so, by whom and by when.",
    "label",
    (
        Column("duty", "Name", "code", f"Such as manager_decision. {_CODE}"),
        Column("label", "Label"),
        Column("text", "What must be done", "text"),
        Column("clock", "Within", "clock"),
        Column("blocks", "Until it is done, nobody may", "blocks"),
        Column("owner", "Whose duty it is"),
    ),
)
ROUTING = TableShown(
    "routing",
    "routing.csv",
    "Routing",
    "route",
    "Where a case goes once its level is settled. It touches neither level nor time.",
    "name",
    (
        Column("route", "Code", "code", f"Such as R3. {_CODE}"),
        Column("name", "Name"),
        Column("when", "When", "condition", _CONDITION),
        Column("and", "And", "condition", "Leave empty if one condition is enough."),
        Column("also", "Also", "condition", "A third condition, or empty."),
        Column("levels", "At which levels", "levels"),
        Column("tell", "What to do about it", "text"),
        Column("note", "Note", "text"),
    ),
)
PATHWAYS = TableShown(
    "pathways",
    "pathways.csv",
    "Pathways",
    "pathway",
    "Where a decision may lead, at each level.",
    "label",
    (
        Column("pathway", "Name", "code", f"Such as strategy_discussion. {_CODE}"),
        Column("label", "Label"),
        Column("level", "Level", "any_level_needed"),
        Column("closes", "Does it end without a service?", "yes_no"),
        Column("clock", "Starts within", "clock_or_none"),
        Column("needs", "What it needs", "text"),
        Column("what_happens_next", "What happens next", "text"),
        Column("source", "Where the time comes from"),
        Column("to_be_confirmed", "Is the source still to be confirmed?", "yes_no"),
    ),
)
ADVICE = TableShown(
    "advice",
    "advice.csv",
    "Advice",
    "line of advice",
    "What the person who raised a concern reads, at each level.",
    "text",
    (
        Column("level", "Level", "any_level_needed"),
        Column("kind", "Kind", "advice_kind"),
        Column(
            "text",
            "What they read",
            "text",
            "May hold {due} and the name of a contact, such as {duty_phone}.",
        ),
    ),
)
EXAMPLES = TableShown(
    "examples",
    "examples.csv",
    "Agreed examples",
    "example",
    "Invented cases with what was agreed of them. A version is only adopted when all come out so.",
    "story",
    (
        Column("example", "Name", "code", f"Such as three_serious. {_CODE}"),
        Column("gate", "Decision", "gate"),
        Column("story", "Story", "text", "No real child."),
        Column("age", "Age", "line", "“6 years”, “10 months”, “unborn”, “perhaps unborn” or “not known”"),
        Column("signs", "Signs", "text", "“D03 said, immediate no; B24 seen x2; A10 seen for 4 months”"),
        Column(
            "facts",
            "Answers",
            "text",
            "“help_refused yes; child_not_seen no”. What is not written is not known.",
        ),
        Column(
            "past",
            "Earlier contacts",
            "text",
            "“3 months ago from school about neglect; 5 months ago from police, assessed”",
        ),
        Column("raised_by", "Raised by", "agency"),
        Column("level", "Level that was agreed", "any_level_needed"),
        Column("consider", "Level to consider that was agreed", "any_level"),
        Column("rules", "Rules that must hold", "line", "Their codes, with spaces between."),
        Column("duties", "Duties that must follow", "duties"),
    ),
)
TABLES = (RULES, SIGNS, FACTS, SETS, DUTIES, ROUTING, PATHWAYS, ADVICE, EXAMPLES)
BY_SLUG = {table.slug: table for table in TABLES}
BY_FILE = {table.file: table for table in TABLES}
HEADER_TITLE = "Header"


def title_of(file: str) -> str:
    """What a file is called on the pages."""
    if file in BY_FILE:
        return BY_FILE[file].title
    return {"policy.toml": HEADER_TITLE, "changes.csv": "List of changes", "workbook": "Workbook"}.get(
        file, file
    )
