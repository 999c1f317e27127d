"""Answers about names and points from a prebuilt index, with as few imports as can be.

Nothing is imported here: the cold look-up pays for every import.
"""
