"""Making an agency's answers ready: the outputs of its people's tokens under its own key."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import connection, transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Agency, Person
from openmash.apps.private_asking.models import HolderKey, Preparation, PreparedOutput, PreparedPerson
from openmash.apps.private_asking.queries.keys import key_in_use
from openmash.apps.private_asking.sealing import evaluation_key, new_sealed_seed
from openmash.engines.matching.described import DescribedPerson
from openmash.engines.matching.private.group import ensure_installed
from openmash.engines.matching.private.kinds import Kind, as_mask
from openmash.engines.matching.private.messages import shortened
from openmash.engines.matching.private.oblivious import output_of
from openmash.engines.matching.private.tokens import SPECIFICATION, own_keys, tokens_to_keep

BATCH = 500
BY_COMMAND = "by whoever runs this service, on the agency's behalf"


@dataclass(frozen=True)
class Listed:
    """One record of the holder's list."""

    record_id: UUID
    person: DescribedPerson


NUMBERS = """
    SELECT nextval(pg_get_serial_sequence('private_asking_preparedperson', 'id')) FROM generate_series(1, %s)
"""
COPY_PEOPLE = "COPY private_asking_preparedperson (id, key_id, record_ids, kinds) FROM STDIN (FORMAT BINARY)"
COPY_OUTPUTS = (
    "COPY private_asking_preparedoutput (key_id, output, kind, person_id) FROM STDIN (FORMAT BINARY)"
)

PREPARING = 0x6F6D7061
"""Names this sort of lock among all of the database's."""


def _one_at_a_time(agency: Agency) -> None:
    """Waits for another run for this agency. A lock of its own: people of the agency can ask meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [PREPARING, agency.pk])


def _fresh_key(agency: Agency, now: datetime) -> HolderKey:
    return HolderKey.objects.create(agency=agency, sealed_seed=new_sealed_seed(), at=now)


def _forget(key: HolderKey) -> None:
    """Outputs under an older key can hit nothing any more. They were made from the list and can be again."""
    PreparedOutput.objects.filter(key=key).delete()
    PreparedPerson.objects.filter(key=key).delete()


@acting
@transaction.atomic
def prepare_answers(
    *,
    agency: Agency,
    people: Iterable[Listed],
    by: Person | None,
    now: datetime,
    workers: int = 2,
    progress: Callable[[int], None] = lambda done: None,
) -> Preparation:
    """Make everything anew under a new key: whoever got hold of older outputs can do nothing with them.

    Until it is done, questions are answered from what was there before. About 20 tokens a person and
    0.1 milliseconds a token; libsodium works outside Python's lock, so threads help.

    Raises:
        NotInstalled: the extra `private` is missing.
    """
    ensure_installed()
    _one_at_a_time(agency)
    before = key_in_use(agency.pk)
    key = _fresh_key(agency, now)
    children = of_one_child(people)
    done = outputs = 0
    evaluation = evaluation_key(bytes(key.sealed_seed), agency.pk)
    with ThreadPoolExecutor(workers) as pool:
        for batch in _batches(children):
            made = list(pool.map(lambda records: _outputs(records, evaluation), batch))
            outputs += _keep(key, batch, made)
            done += len(batch)
            progress(done)
    if before is not None:
        _forget(before)
    preparation = Preparation.objects.create(
        agency=agency, key=key, people=done, outputs=outputs, specification=SPECIFICATION, at=now
    )
    record(
        by=by,
        verb="prepare_answers",
        subject_kind="private_answers",
        subject_id=agency.pk,
        ground=BY_COMMAND,
        now=now,
        detail={"people": done, "outputs": outputs, "specification": SPECIFICATION},
    )
    return preparation


@acting
def of_one_child(people: Iterable[Listed]) -> list[list[Listed]]:
    """Records that are surely of one child, together.

    A child whom an agency told the front door about five times would otherwise look like five alike children,
    among whom a question can tell nobody apart.
    """
    group_of: dict[str, list[Listed]] = {}
    for listed in people:
        keys = own_keys(listed.person)
        joined = [listed]
        for group in {id(group_of[key]): group_of[key] for key in keys if key in group_of}.values():
            joined += group
        for each in joined:
            group_of |= dict.fromkeys(own_keys(each.person) or {str(each.record_id)}, joined)
    return list({id(group): group for group in group_of.values()}.values())


def _batches(children: Iterable[list[Listed]]) -> Iterator[list[list[Listed]]]:
    rest = iter(children)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _outputs(records: list[Listed], key: bytes) -> set[tuple[int, Kind]]:
    tokens = {each for record in records for each in tokens_to_keep(record.person)}
    return {(shortened(output_of(token, key)), kind) for kind, token in tokens}


def _keep(key: HolderKey, batch: list[list[Listed]], made: list[set[tuple[int, Kind]]]) -> int:
    """Copied straight into the tables: a million people have 43 million outputs. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, [len(batch)])
        numbers = [number for (number,) in cursor.fetchall()]
        with cursor.copy(COPY_PEOPLE) as copy:
            copy.set_types(["int8", "int8", "uuid[]", "int4"])
            for number, records, outputs in zip(numbers, batch, made, strict=True):
                kinds = as_mask(kind for _output, kind in outputs)
                copy.write_row((number, key.pk, [record.record_id for record in records], kinds))
        with cursor.copy(COPY_OUTPUTS) as copy:
            copy.set_types(["int8", "int8", "int2", "int8"])
            for number, outputs in zip(numbers, made, strict=True):
                for output, kind in sorted(outputs):
                    copy.write_row((key.pk, output, int(kind), number))
    return sum(map(len, made))
