"""`python -m mlvalue` is `mlvalue`."""

import sys

from mlvalue.cli import main

sys.exit(main())
