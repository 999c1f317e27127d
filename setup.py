"""What pyproject.toml cannot say: the wheel holds the look-up index of its packs, ready-made."""

from __future__ import annotations

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithIndex(build_py):
    """Copy the packages, then make the index of the packs beside them."""

    def run(self) -> None:
        """An editable installation, and one built without the dependencies, make it when asked."""
        super().run()
        if self.editable_mode:
            return
        sys.path.insert(0, str(Path(__file__).parent))
        try:
            from geo.lookup.bundled import available_packs
            from geo.lookup.index_build import PREBUILT, build_index
        except ModuleNotFoundError as missing:
            self.warn(f"no look-up index is put into the wheel: {missing}")
            return
        build_index(available_packs(), Path(self.build_lib) / "geo" / "lookup" / PREBUILT.name)


setup(cmdclass={"build_py": BuildWithIndex})
