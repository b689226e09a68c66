"""The index of people in a PostgreSQL of its own: tables of the shape of `families`, loaded, and looked up in.

The statement is the very one of `openmash/apps/families/lookup_statement.py`, the keys and the verdict are those
of the engine. Nothing else of the application takes part.
"""

import multiprocessing
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import numpy as np
import psycopg

from benchmarks.invented_people.children import ON
from benchmarks.invented_people.population import Plan, Question, people_of
from openmash.apps.families.lookup_statement import LOOKUP, parameters
from openmash.config.postgres import SUPERUSER, PrivatePostgres
from openmash.engines.matching import weights
from openmash.engines.matching.described import DescribedPerson
from openmash.engines.matching.judging import Match, judge_all
from openmash.engines.matching.keys import (
    SPECIFICATION,
    Sought,
    keys_to_search,
    keys_to_store,
    sketch_of,
    sought,
)
from openmash.engines.matching.record import as_text, from_text

SECRET = b"only for the benchmark: 32 bytes"
WORKERS = 2

# Not logged, so that loading writes everything once. Reading is the same.
TABLES = """
create unlogged table families_indexedperson (
    id bigint not null, source varchar(11) not null, record_id uuid not null, described text not null,
    key_specification varchar(20) not null
);
create unlogged table families_matchkey (
    key bigint not null, person_id bigint not null, sketch bigint not null
);
alter table families_indexedperson set (autovacuum_enabled = off);
alter table families_matchkey set (autovacuum_enabled = off);
"""
INDEXES = (
    ("persons", "alter table families_indexedperson add primary key (id)"),
    ("once", "alter table families_indexedperson add constraint indexed_once unique (source, record_id)"),
    ("keys", "alter table families_matchkey add primary key (key, person_id) include (sketch)"),
    ("vacuum", "vacuum (freeze, analyze) families_matchkey, families_indexedperson"),
)
KEY_ROW = np.dtype(
    [("columns", ">i2")]
    + [part for name in ("key", "person", "sketch") for part in ((f"{name} bytes", ">i4"), (name, ">i8"))]
)
COPY_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
COPY_END = b"\xff\xff"


@dataclass
class Loaded:
    """What loading took: seconds and bytes, and the questions for this population."""

    questions: list[Question] = field(default_factory=list)
    people: int = 0
    keys: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    table_bytes: dict[str, int] = field(default_factory=dict)


class IndexServer:
    """A PostgreSQL for the benchmark. `memory`: its shared buffers, such as "1GB"."""

    def __init__(self, memory: str) -> None:
        self.memory = memory
        self.folder = Path(tempfile.mkdtemp(prefix="openmash-benchmark-"))
        self.folder.chmod(0o711)
        self.server = PrivatePostgres(self.folder / "postgres", durable=False, dies_with_me=True)
        self.socket = ""

    def start(self) -> None:
        self.socket = str(self.server.start())

    def restart_cold(self) -> None:
        """Stop the server, ask the system to forget its files, and start it again."""
        self.server.stop()
        for file in self.server.data.rglob("*"):
            if file.is_file():
                _forget(file)
        self.start()

    def configure(self) -> None:
        settings = {"shared_buffers": self.memory, "maintenance_work_mem": "1GB", "max_wal_size": "8GB"}
        settings |= {"max_parallel_maintenance_workers": "2", "random_page_cost": "1.1", "jit": "off"}
        with self.connection() as connection:
            for name, value in settings.items():
                connection.execute(f"alter system set {name} = '{value}'")
        self.server.stop()
        self.start()

    def connection(self) -> psycopg.Connection:
        return connect(self.socket)

    def disk(self) -> int:
        return sum(file.stat().st_size for file in self.server.data.rglob("*") if file.is_file())

    def memory_used(self) -> int:
        """Bytes that the server's processes hold by themselves and share, shared memory counted once."""
        process = self.server.process
        if process is None:
            return 0
        family = [process.pid, *_children_of(process.pid)]
        alone = sum(_kilobytes(pid, "Pss:") for pid in family)
        return alone * 1024

    def close(self) -> None:
        self.server.stop()
        data = self.server.data.parent
        shutil.rmtree(self.folder, ignore_errors=True)
        if data.parent == Path("/var/tmp") and data.name.startswith("openmash-pg-data-"):  # noqa: S108
            shutil.rmtree(data, ignore_errors=True)


@contextmanager
def index_server(memory: str) -> Iterator[IndexServer]:
    server = IndexServer(memory)
    try:
        server.start()
        server.configure()
        yield server
    finally:
        server.close()


def connect(socket: str) -> psycopg.Connection:
    return psycopg.connect(host=socket, user=SUPERUSER, dbname="postgres", autocommit=True)


def _forget(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)


def _children_of(process: int) -> list[int]:
    try:
        return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def _kilobytes(process: int, label: str) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(label)), 0)


# --- loading ------------------------------------------------------------------------------------------


def load(server: IndexServer, plan: Plan, workers: int = WORKERS) -> Loaded:
    """Make everybody of the plan and load them, towns side by side; then the indexes."""
    with server.connection() as connection:
        connection.execute(TABLES)
    loaded, began = Loaded(), time.perf_counter()
    tasks = [(server.socket, plan, town) for town in range(plan.towns)]
    if workers == 1 or plan.towns == 1:
        parts = [_load_town(task) for task in tasks]
    else:
        with multiprocessing.get_context("spawn").Pool(workers) as pool:
            parts = pool.map(_load_town, tasks, chunksize=1)
    for questions, people, keys in parts:
        loaded.questions += questions
        loaded.people += people
        loaded.keys += keys
    loaded.seconds["made_and_copied"] = time.perf_counter() - began
    _make_indexes(server, loaded)
    return loaded


def _load_town(task: tuple[str, Plan, int]) -> tuple[list[Question], int, int]:
    socket, plan, town = task
    made = people_of(plan, town)
    rows = _keys_of(made.indexed)
    with connect(socket) as connection, connection.cursor() as cursor:
        with cursor.copy(
            "copy families_matchkey (key, person_id, sketch) from stdin (format binary)"
        ) as copy:
            copy.write(COPY_HEADER + key_rows(rows) + COPY_END)
        columns = "id, source, record_id, described, key_specification"
        with cursor.copy(f"copy families_indexedperson ({columns}) from stdin") as copy:
            for number, person in made.indexed.items():
                copy.write_row((number, "description", UUID(int=number), as_text(person), SPECIFICATION))
    return made.questions, len(made.indexed), len(rows)


def _keys_of(people: dict[int, DescribedPerson]) -> list[tuple[int, int, int]]:
    """Key, person and sketch of everybody."""
    rows: list[tuple[int, int, int]] = []
    for number, person in people.items():
        sketch = sketch_of(person, secret=SECRET)
        rows += [(key, number, sketch) for key in keys_to_store(person, secret=SECRET)]
    return rows


def key_rows(rows: Sequence[tuple[int, int, int]]) -> bytes:
    """Rows of key, person and sketch as PostgreSQL's binary COPY wants them."""
    copied = np.empty(len(rows), KEY_ROW)
    copied["columns"] = 3
    for name, column in zip(("key", "person", "sketch"), zip(*rows, strict=True), strict=True):
        copied[f"{name} bytes"], copied[name] = 8, column
    return copied.tobytes()


def _make_indexes(server: IndexServer, loaded: Loaded) -> None:
    with server.connection() as connection:
        for name, statement in INDEXES:
            began = time.perf_counter()
            connection.execute(statement)
            loaded.seconds[name] = time.perf_counter() - began
        sizes = "select relname, pg_relation_size(oid) from pg_class where relname like 'families_%%'"
        loaded.table_bytes = dict(connection.execute(sizes).fetchall())
        connection.execute("checkpoint")


# --- looking up ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """What one lookup found: candidates in the order of the engine, and milliseconds."""

    judged: list[tuple[int, Match]]
    keys: int
    milliseconds: tuple[float, float, float]  # keys, statement, verdict

    @property
    def whole(self) -> float:
        return sum(self.milliseconds)


class Lookup:
    """Looks people up as the application does: keys, one statement, verdict."""

    def __init__(self, connection: psycopg.Connection, population: int) -> None:
        self.connection, self.population = connection, population
        self.cursor = connection.cursor(binary=True)
        self.weights = weights.current()

    def __call__(self, person: DescribedPerson) -> Answer:
        began = time.perf_counter()
        keys = keys_to_search(person, secret=SECRET, on=ON)
        searched = time.perf_counter()
        rows = self.rows(keys, sought(person, secret=SECRET, on=ON))
        found = time.perf_counter()
        others = {row[0]: from_text(row[3]) for row in rows}
        judged = judge_all(person, others, weights=self.weights, population=self.population, on=ON)
        done = time.perf_counter()
        took = ((searched - began) * 1e3, (found - searched) * 1e3, (done - found) * 1e3)
        return Answer(judged, len(keys), took)

    def rows(self, keys: frozenset[int], person: Sought) -> list[tuple[int, str, UUID, str]]:
        return self.cursor.execute(LOOKUP, parameters(keys, person), prepare=True).fetchall()
