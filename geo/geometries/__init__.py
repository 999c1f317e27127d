"""The geometry to draw for each place of an event; the only importer of shapely and pyproj."""

from geo.geometries.drawing import draw, precision_of
from geo.geometries.measuring import check_distance
from geo.geometries.table import precision_table

__all__ = ["check_distance", "draw", "precision_of", "precision_table"]
