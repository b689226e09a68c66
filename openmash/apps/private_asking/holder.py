"""The holder's part: evaluates points for a question it may answer. It never sees a token or an output."""

from openmash.apps.private_asking.models import HolderKey
from openmash.apps.private_asking.sealing import evaluation_key
from openmash.engines.matching.private.asking import answer_points
from openmash.engines.matching.private.messages import Question


def evaluate_for(key: HolderKey, message: bytes) -> bytes:
    """The answer to a `Question`, both as they would travel.

    Raises:
        MessageRefused: no honest asker sends this.
    """
    evaluation = evaluation_key(bytes(key.sealed_seed), key.agency_id)
    return answer_points(Question.from_bytes(message), evaluation).as_bytes()
