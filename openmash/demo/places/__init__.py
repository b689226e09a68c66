"""Invented localities, agencies and staff."""
