"""Reading dumps of GeoNames and making the indexes of the world from them.

dumps -> blocks of lines -> staged rows (resumable) -> index, whole or not at all
"""
