"""What a test cannot do without: where it is missing the test is skipped, or fails where all is required."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def lacking(reason: str) -> NoReturn:
    """Skip the test that runs; with DECKBUILD_REQUIRE=all it fails instead."""
    if os.environ.get("DECKBUILD_REQUIRE") == "all":
        pytest.fail(reason)
    pytest.skip(reason)


def needed(file: Path, reason: str) -> Path:
    """Return a file that a test needs."""
    return file if file.exists() else lacking(reason)


def program(name: str) -> str:
    """Return the path of a program that a test needs."""
    return shutil.which(name) or lacking(f"{name} is not installed")
