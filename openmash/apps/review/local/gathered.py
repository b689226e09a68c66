"""The hub's own tables gathered into a history: each read once, as it stands, and joined by DuckDB.

No words of anybody are read: that something could not be offered is read as yes or no, and nobody's name at all.
"""

from collections.abc import Iterable
from datetime import date
from itertools import islice

import duckdb
import pyarrow as pa
from django.db.models import Case, Q, QuerySet, When
from django.db.models.functions import TruncDate

from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.casework.models import ChildSeen, StageOpen
from openmash.apps.casework.stages import Stage
from openmash.apps.concerns.models import Answer, Contact, Decision, Part, Role, SignRecorded
from openmash.apps.concerns.states import Kind
from openmash.apps.families.models import HouseholdSaid, Link
from openmash.apps.policy.queries import adopted
from openmash.engines.review.local.history import AGE_IN_MONTHS, CHILDREN, CONTACTS, History, history

NOT_KEPT = frozenset({"ethnicity", "disabled", "deprivation", "need"})
STAGES = frozenset({"assessed_on", "enquiry_on", "conference_on", "plan_on"})
EVENT_OF = {
    Stage.ASSESSMENT: "assessed",
    Stage.SECTION_47_ENQUIRY: "enquiry",
    Stage.INITIAL_CONFERENCE: "conference",
    Stage.PROTECTION_PLAN: "plan",
    Stage.TRANSFER: "moved",
}
PIECE = 20_000
TEXT, DAY, MOMENT, NUMBER, YES_NO = pa.string(), pa.date32(), pa.timestamp("us"), pa.int64(), pa.bool_()
Rows = Iterable[tuple[object, ...]]


@seeing_everything("counted for the whole area, and nobody is shown one")
def gathered(places: frozenset[int] | None, last: date) -> History:
    """Every concern received up to the end of `last` in these localities, or in all where `places` is None."""
    contacts = Contact.objects.filter(kind=Kind.CONCERN, received_at__date__lte=last)
    if places is not None:
        contacts = contacts.filter(locality_id__in=places)
    database = duckdb.connect()
    database.execute("SET threads = 2")
    database.execute(AGE_IN_MONTHS)
    for name, table in _tables(contacts, last).items():
        database.register(name, table)
    database.execute(_WHO)
    database.register("home", _households(database))
    return history(
        "the hub’s own records",
        last,
        database.sql(_CONTACTS, params=[last]).to_arrow_table(),
        database.sql(_CHILDREN, params=[last]).to_arrow_table(),
        database.sql(_EVENTS).to_arrow_table(),
        has={column.name for column in CONTACTS + CHILDREN} - NOT_KEPT | STAGES,
    )


def _tables(contacts: QuerySet[Contact], last: date) -> dict[str, pa.Table]:
    """Each table of the hub that the review reads, with as few of its columns as will do."""
    in_use = contacts.order_by().values_list("policy_id", flat=True).distinct()
    versions = {pk: adopted(pk).policy for pk in in_use}
    return {
        "contact": _contacts(contacts),
        "decision": _decisions(contacts, last),
        "answer": _table(
            Answer.objects.filter(contact__in=contacts, sent_at__date__lte=last)
            .order_by("contact_id", "id")
            .distinct("contact_id")
            .values_list("contact_id", "sent_at", TruncDate("sent_at")),
            {"contact": TEXT, "at": MOMENT, "day": DAY},
        ),
        "sign": _table(
            SignRecorded.objects.filter(contact__in=contacts)
            .order_by()
            .values_list("contact_id", "sign", "at", "withdrawn__at"),
            {"contact": TEXT, "sign": TEXT, "at": MOMENT, "withdrawn_at": MOMENT},
        ),
        "part": _table(
            Part.objects.filter(contact__in=contacts, role=Role.SUBJECT)
            .order_by()
            .values_list("id", "contact_id", "description_id", "description__born_on", "description__sex"),
            {"id": NUMBER, "contact": TEXT, "description": TEXT, "born_on": DAY, "sex": TEXT},
        ),
        "link": _table(
            Link.objects.filter(undone__isnull=True).values_list("description_id", "known_person_id"),
            {"description": TEXT, "known": TEXT},
        ),
        "seen": _table(
            ChildSeen.objects.order_by().values_list("case__child_id", TruncDate("seen_at")),
            {"description": TEXT, "day": DAY},
        ),
        "stage": _table(
            StageOpen.objects.filter(stage__in=list(EVENT_OF), at__date__lte=last)
            .order_by()
            .values_list("case__child_id", TruncDate("at"), "stage"),
            {"description": TEXT, "day": DAY, "stage": TEXT},
        ),
        "kind": _table(EVENT_OF.items(), {"stage": TEXT, "kind": TEXT}),
        "level_of": _table(
            [(pk, level.rank, level.code) for pk, policy in versions.items() for level in policy.levels],
            {"policy": NUMBER, "rank": NUMBER, "level": TEXT},
        ),
        "closing": _table(
            [(pk, path.id) for pk, policy in versions.items() for path in policy.pathways if path.closes],
            {"policy": NUMBER, "pathway": TEXT},
        ),
    }


def _contacts(contacts: QuerySet[Contact]) -> pa.Table:
    return _table(
        contacts.order_by().values_list(
            "id",
            "received_at",
            TruncDate("received_at"),
            "locality__name",
            "raised_agency__name",
            "source",
            "policy_id",
        ),
        {
            "id": TEXT,
            "received_at": MOMENT,
            "received_on": DAY,
            "team": TEXT,
            "agency": TEXT,
            "source": TEXT,
            "policy": NUMBER,
        },
    )


def _decisions(contacts: QuerySet[Contact], last: date) -> pa.Table:
    """The first decision on each contact that took effect: by itself, or once a second person had agreed."""
    took_effect = Q(needs_second=False) | Q(second_word__agrees=True)
    lacking = Case(When(response_not_available__regex=r"\S", then=True), default=False)
    return _table(
        Decision.objects.filter(took_effect, contact__in=contacts, at__date__lte=last)
        .order_by("contact_id", "id")
        .distinct("contact_id")
        .values_list(
            "contact_id",
            "at",
            TruncDate("at"),
            "level",
            "level_rank",
            "policy_rank",
            "why_not_policy",
            lacking,
            "pathway",
        ),
        {
            "contact": TEXT,
            "at": MOMENT,
            "day": DAY,
            "level": TEXT,
            "rank": NUMBER,
            "policy_rank": NUMBER,
            "why": TEXT,
            "lacking": YES_NO,
            "pathway": TEXT,
        },
    )


def _table(rows: Rows, columns: dict[str, pa.DataType]) -> pa.Table:
    """Rows as a table, in pieces: ten years of rows never stand in memory as Python's own."""
    shape = pa.schema(list(columns.items()))
    every = rows.iterator(chunk_size=PIECE) if isinstance(rows, QuerySet) else iter(rows)
    pieces = []
    while piece := list(islice(every, PIECE)):
        cells = zip(*piece, strict=True)
        arrays = [
            pa.array(map(_text, column) if kind is TEXT else column, kind)
            for column, kind in zip(cells, columns.values(), strict=True)
        ]
        pieces.append(pa.record_batch(arrays, schema=shape))
    return pa.Table.from_batches(pieces, schema=shape)


def _text(cell: object) -> str | None:
    return None if cell is None else str(cell)


_WHO = """
    CREATE TABLE known AS SELECT description, min(known) AS known FROM link GROUP BY description;
    CREATE TABLE about AS
        SELECT part.*, coalesce(known.known, part.description) AS child
        FROM part LEFT JOIN known USING (description);
    CREATE TABLE child_seen AS
        SELECT DISTINCT coalesce(known.known, seen.description) AS child, day
        FROM seen LEFT JOIN known USING (description);
"""
"""A child is the known person to whom people have linked the description, or the description by itself."""

_CONTACTS = """
    WITH counted AS (
        SELECT sign.contact, list(DISTINCT sign.sign ORDER BY sign.sign) AS signs
        FROM sign JOIN decision USING (contact)
        WHERE sign.at <= decision.at AND (sign.withdrawn_at IS NULL OR sign.withdrawn_at > decision.at)
        GROUP BY sign.contact
    ),
    first_seen AS (
        SELECT about.id, min(child_seen.day) AS day
        FROM about JOIN contact ON contact.id = about.contact JOIN child_seen USING (child)
        WHERE child_seen.day BETWEEN contact.received_on AND CAST(? AS DATE) GROUP BY about.id
    )
    SELECT contact.id AS contact, about.child, contact.received_on, decision.day AS decided_on,
        answer.day AS answered_on, first_seen.day AS seen_on,
        date_diff('second', contact.received_at, decision.at) / 3600.0 AS hours_to_decision,
        date_diff('second', contact.received_at, answer.at) / 3600.0 AS hours_to_answer,
        contact.team, contact.agency, contact.source AS agency_kind,
        level_of.level AS policy_level, decision.policy_rank, decision.level AS decided_level,
        decision.rank AS decided_rank, nullif(decision.why, '') AS override_reason,
        CASE WHEN decision.lacking THEN true END AS lacked_capacity, -- that all could be offered is not known
        decision.pathway AS first_answer,
        CASE WHEN decision.contact IS NOT NULL THEN closing.pathway IS NOT NULL END AS closed_at_door,
        CASE WHEN decision.contact IS NOT NULL THEN coalesce(counted.signs, []::VARCHAR[]) END AS signs,
        age_in_months(about.born_on, contact.received_on) AS age_months,
        CAST(NULL AS VARCHAR) AS need
    FROM contact
        LEFT JOIN about ON about.contact = contact.id
        LEFT JOIN decision ON decision.contact = contact.id
        LEFT JOIN answer ON answer.contact = contact.id
        LEFT JOIN counted ON counted.contact = contact.id
        LEFT JOIN first_seen ON first_seen.id = about.id
        LEFT JOIN level_of ON level_of.policy = contact.policy AND level_of.rank = decision.policy_rank
        LEFT JOIN closing ON closing.policy = contact.policy AND closing.pathway = decision.pathway
    ORDER BY contact.received_at, contact.id, about.id
"""

_CHILDREN = """
    SELECT about.child, min(home.household) AS household,
        arg_min(about.born_on, about.id) FILTER (about.born_on IS NOT NULL) AS born_on,
        arg_min(about.sex, about.id) FILTER (about.sex <> 'not_known') AS sex,
        CAST(NULL AS VARCHAR) AS ethnicity, CAST(NULL AS BOOLEAN) AS disabled,
        CAST(NULL AS TINYINT) AS deprivation, CAST(? AS DATE) AS followed_to
    FROM about JOIN home USING (child) GROUP BY about.child ORDER BY min(about.id)
"""

_EVENTS = """
    SELECT child, stage.day AS "on", kind.kind, CAST(NULL AS VARCHAR) AS contact
    FROM stage LEFT JOIN known USING (description) JOIN kind USING (stage)
        JOIN (SELECT DISTINCT child FROM about) ON child = coalesce(known.known, stage.description)
    ORDER BY "on", child
"""


def _households(database: duckdb.DuckDBPyConnection) -> pa.Table:
    """Children who were ever on one contact, or on two that somebody said are of one household, are one household."""
    leads: dict[str, str] = {}

    def lead(name: str) -> str:
        while (above := leads.setdefault(name, name)) != name:
            leads[name] = leads[above]
            name = above
        return name

    pairs = database.execute("SELECT DISTINCT child, contact FROM about ORDER BY ALL").fetchall()
    for child, contact in pairs:
        leads[lead(child)] = lead(contact)
    said = HouseholdSaid.objects.order_by("id").values_list("contact_id", "earlier_id", "same")
    latest = {(str(one), str(other)): same for one, other, same in said}
    for (one, other), same in latest.items():
        if same:
            leads[lead(one)] = lead(other)
    children = sorted({child for child, _ in pairs})
    return pa.table({"child": pa.array(children, TEXT), "household": pa.array(map(lead, children), TEXT)})
