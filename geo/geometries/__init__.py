"""The geometry to draw for each place of an event; the only importer of shapely and pyproj."""

from geo.geometries.drawing import draw
from geo.geometries.measuring import check_distance, check_phrases, credible

__all__ = ["check_distance", "check_phrases", "credible", "draw"]
