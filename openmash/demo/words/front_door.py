"""What the front door writes: the reasons of its decisions, and its answers."""

from random import Random

from openmash.demo.words.voice import Voice
from openmash.demo.world import World
from openmash.engines.thresholds import Finding, Level, Pathway

SPELLED = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine"}


def named(world: World, voice: Voice, source: str, **more: str) -> dict[str, str]:
    """The names for words of the front door: the people as a professional calls them, and the source."""
    said = world.shares.words[source]
    return {**voice.names, "source": said, "Source": said[:1].upper() + said[1:], **more}


def say(world: World, part: str, whom: str, names: dict[str, str], rng: Random) -> str:
    """One of the words of the front door, filled in."""
    return world.wording.say(world.one_of(part, whom, rng), names, rng)


def rationale(
    world: World,
    finding: Finding,
    level: Level,
    names: dict[str, str],
    rng: Random,
    *,
    is_public: bool = False,
    earlier_from: tuple[str, ...] = (),
    why_not_policy: str = "",
) -> str:
    """The reasons of a decision, in four to seven sentences."""
    sentences = [say(world, "read", "public" if is_public else "agency", names, rng)]
    if earlier_from:
        count = len(earlier_from) + 1
        history = {"number": SPELLED.get(count, str(count)), "agencies": _listed(earlier_from)}
        sentences.append(say(world, "earlier", "all", {**names, **history}, rng))
    weighty = [
        sign for fired in finding.fired for sign in fired.signs if not world.policy.sign(sign).protective
    ]
    if weighty and level.code != "1":
        wording = world.policy.sign(weighty[0]).wording.rstrip(".")
        quoted = {**names, "wording": wording[:1].lower() + wording[1:]}
        sentences.append(say(world, "weighs", level.code, quoted, rng))
    sentences.append(say(world, "reason", level.code, names, rng))
    if why_not_policy:
        sentences.append(say(world, why_not_policy, "over", names, rng))
    if finding.strengths:
        strength = world.policy.sign(finding.strengths[0]).wording.rstrip(".")
        kept = {**names, "strength": strength[:1].lower() + strength[1:]}
        sentences.append(say(world, "strength", "all", kept, rng))
    return " ".join(sentences)


def _listed(words: tuple[str, ...]) -> str:
    kinds = sorted(set(words))
    return kinds[0] if len(kinds) == 1 else ", ".join(kinds[:-1]) + f" and {kinds[-1]}"


def answer_text(world: World, level: Level, pathway: Pathway, names: dict[str, str], rng: Random) -> str:
    """The answer to an agency: the decision, what happens next, what they can do, how to disagree."""
    about = {**names, "level": level.code, "level_name": level.name}
    body = [
        say(world, "thanks", "all", about, rng),
        say(world, "told", level.code, about, rng),
        pathway.what_happens_next,
    ]
    end = [say(world, "ask", level.code, about, rng), say(world, "differ", "all", about, rng)]
    return "\n\n".join([say(world, "greeting", "agency", about, rng), " ".join(body), " ".join(end)])


def answer_to_the_public(world: World, names: dict[str, str], rng: Random) -> str:
    """The answer to a member of the public, who may know that it counted and not what was decided."""
    body = [say(world, part, "public", names, rng) for part in ("thanks", "told_public", "privacy")]
    end = [say(world, part, "public", names, rng) for part in ("ask_public", "differ")]
    return "\n\n".join([say(world, "greeting", "public", names, rng), " ".join(body), " ".join(end)])


def answer_to_a_child(world: World, names: dict[str, str], rng: Random) -> str:
    """The answer to a child or young person who wrote for themselves."""
    paragraphs = [("greeting", "public"), ("to_a_child", "all"), ("differ_child", "all")]
    return "\n\n".join(say(world, part, whom, names, rng) for part, whom in paragraphs)
