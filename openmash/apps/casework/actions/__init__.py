"""Every write of the work with a child. Each action says who, when, and on what ground, in one transaction."""

from openmash.apps.casework.actions.opening import open_case

__all__ = ["open_case"]
