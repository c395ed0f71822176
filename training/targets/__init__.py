"""Fitting and measuring of the targets of own stances."""
