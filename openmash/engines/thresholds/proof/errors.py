"""What can stop a proof or a comparison, in words for whoever asked for it."""


class ProofError(ValueError):
    """Something stood in the way of a proof; the message says what, and what to do."""


class ProofTooLarge(ProofError):
    """The policy is too entangled to be proved within the limit of size, so nothing is claimed about it."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"The proof was stopped because it grew beyond {limit:,} parts. Nothing was proved. Rules that"
            " count many signs in many different ways at once make it grow: count in fewer ways, or allow"
            " the proof more room."
        )
        self.limit = limit


class NoSuchCase(ProofError):
    """These numbers cannot be those of any case."""


class NotSettled(ProofError):
    """The search for a real case ended at its limit, so that neither "there is one" nor "none" is claimed."""


class CircuitDisagrees(ProofError):
    """The policy's circuit and its plain meaning differ on a case: a fault of this program, not of the policy."""

    def __init__(self, case: str, claim: str) -> None:
        super().__init__(
            f"The proof says {claim} of this case, and the plain meaning of the policy does not: {case}."
            " This is a fault in the program. Please report it; do not rely on the proof."
        )


class NotComparable(ProofError):
    """Two versions differ in what their answers or grades mean, so that "higher" has no one sense."""
