"""Data only: one folder a pack. Read by ``geo.gazetteer``; see README.md here."""
