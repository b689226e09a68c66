"""What every story needs: the moment it all leads up to, the policy, the county, the words, who is who."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import UUID

from openmash.apps.policy.queries import PolicyInForce
from openmash.demo.people.families import Family
from openmash.demo.places.county import County
from openmash.demo.stories.timeline import Timeline
from openmash.demo.tables import rows
from openmash.demo.words.phrases import Phrase, Wording, phrases_of, table_of
from openmash.engines.thresholds import Policy

SEED = "Fennshire"


def invented(key: str) -> Random:
    """A source of chance of its own for each story, the same in every run."""
    return Random(f"{SEED}:{key}")  # noqa: S311 -- invents stories, guards nothing


class Shares:
    """Keeps the sources of concerns near the shares they have in England."""

    def __init__(self) -> None:
        self.share = {row["source"]: float(row["share"]) for row in rows("places/sources")}
        self.words = {row["source"]: row["words"] for row in rows("places/sources")}
        self.told: Counter[str] = Counter()

    def next_of(self, sources: Collection[str], rng: Random) -> str:
        """The source, of those that could be, that has told us least for its share."""
        total = sum(self.told.values()) + 1
        whole = sum(self.share.values())

        def owed(source: str) -> float:
            return self.share[source] / whole * total - self.told[source]

        return max(sorted(sources), key=lambda source: owed(source) + rng.random())


@dataclass
class World:
    """The stage on which all stories play."""

    now: datetime
    in_force: PolicyInForce
    county: County
    timeline: Timeline
    shares: Shares = field(default_factory=Shares)
    wording: Wording = field(default_factory=Wording)
    seen: list[Phrase] = field(default_factory=lambda: phrases_of("words/signs_told", part="sign"))
    around: list[Phrase] = field(default_factory=lambda: phrases_of("words/account_parts"))
    decided: dict[str, list[tuple[frozenset[str], str]]] = field(
        default_factory=lambda: table_of("words/front_door")
    )
    replies: dict[str, list[tuple[frozenset[str], str]]] = field(
        default_factory=lambda: table_of("words/replies")
    )
    children: dict[UUID, str] = field(default_factory=dict)
    """Which child of which family each description really is of: what the screeners find out."""

    told_of: Counter[str] = field(default_factory=Counter)
    """How often each family has been told of, by its key."""
    linked: dict[UUID, list[str]] = field(default_factory=dict)
    """For each contact, the sources of the earlier ones that its screener linked it to."""
    owed: set[int] = field(default_factory=set)
    """Follow-ups that already have a story."""
    families: list[Family] = field(default_factory=list)
    """Families that come up again and again."""
    vignettes: dict[str, UUID] = field(default_factory=dict)
    """The contact of today for each of the policy's examples."""
    open_today: set[str] = field(default_factory=set)
    """Keys of families with something open today: one thing each is enough."""

    @property
    def policy(self) -> Policy:
        return self.in_force.policy

    def one_of(self, part: str, whom: str, rng: Random) -> str:
        """One of the words of the front door for a level or kind of source, or for all."""
        offered = [*self.decided.get(part, []), *self.replies.get(part, [])]
        return self.wording.take([text for for_, text in offered if "all" in for_ or whom in for_], rng)
