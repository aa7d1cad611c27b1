"""Joining PDFs that were typeset by themselves into one file: their pages, and their trees of tags."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pikepdf


def join_pdfs(parts: Sequence[bytes]) -> bytes:
    """Return one file with the pages of all parts; what holds for a file as a whole comes from the first.

    Parts have tags, and no outline. Without a part that failed there is no whole.
    """
    if len(parts) == 1 or not all(parts):
        return parts[0] if len(parts) == 1 else b""
    import pikepdf

    with pikepdf.open(io.BytesIO(parts[0])) as whole:
        for data in parts[1:]:
            with pikepdf.open(io.BytesIO(data)) as part:
                _append(whole, part)
        out = io.BytesIO()
        # An id made from the content: equal parts give equal bytes.
        whole.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _append(whole: pikepdf.Pdf, part: pikepdf.Pdf) -> None:
    """Add the pages of a part. Pages and links refer to tags by a number that is their place in one table."""
    tags, more = whole.Root.StructTreeRoot, part.Root.StructTreeRoot
    shift = len(tags.ParentTree.Nums) // 2
    for page in part.pages:
        page.obj.StructParents += shift
        for note in page.obj.get("/Annots", []):
            if "/StructParent" in note:
                note.StructParent += shift
    document = more.K[0]
    # Else the part's whole tree and its catalog would be copied along.
    del document.P
    whole.pages.extend(part.pages)
    for element in whole.copy_foreign(document).K:
        element.P = tags.K[0]
        tags.K[0].K.append(element)
    numbers = list(more.ParentTree.Nums)
    for key, value in zip(numbers[::2], numbers[1::2], strict=True):
        tags.ParentTree.Nums.append(int(key) + shift)
        tags.ParentTree.Nums.append(_copied(whole, value))


def _copied(whole: pikepdf.Pdf, value: Any) -> Any:
    """Return a tag, or the list of a page's tags, as it was copied with its document."""
    import pikepdf

    if isinstance(value, pikepdf.Array):
        return pikepdf.Array([whole.copy_foreign(tag) for tag in value])
    return whole.copy_foreign(value)
