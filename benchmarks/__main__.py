"""`python -m benchmarks`: run every measurement, one after the other."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from pathlib import Path

SHARED = {"__main__", "bank"}
"""Not measurements themselves."""

for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
    if module.name not in SHARED:
        print(f"== {module.name}", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{module.name}"], check=True)
