from openmash.apps.policy.queries.versions import (
    PolicyInForce,
    Version,
    adopted,
    in_force,
    phones,
    versions,
)

__all__ = ["PolicyInForce", "Version", "adopted", "in_force", "phones", "versions"]
