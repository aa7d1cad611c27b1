from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.learner import Learner


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    """Return a learner with an empty collection."""
    pytest.importorskip("anki")
    from support.learner import Learner

    found = Learner(tmp_path)
    yield found
    found.close()
