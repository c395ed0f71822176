"""Pairs of claims labelled same, opposed, related or other, and what tells them apart."""
