"""From news articles to a map of who says what, who denies it, when, and how exactly where.

Importing this package loads nothing else: each stage is imported where it is used, so that a
look-up answers faster than a geographic library can be imported.
"""

__version__ = "0.1.0"
