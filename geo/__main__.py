"""``python -m geo`` is the same as the ``clashmap`` command."""

import sys

from geo.cli import main

sys.exit(main())
