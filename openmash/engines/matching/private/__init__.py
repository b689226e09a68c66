"""Asking whether a list holds a person without showing either. Needs the extra `private`."""
