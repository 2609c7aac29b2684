"""Finding what identifies a child or a family in what people type: to warn, never to block.

Pure: text in, kinds and counts out. Nothing here keeps, returns or logs what it matched. It misses
some and suspects too much now and then (`docs/identifiers.md` says how often, as measured), so a
warning asks the writer to look again and leaves the text alone.

Public: `found_in(text, today)`, `warned_of(kinds)`, `Kind`; for a list's cells `structured_in`.
"""

from app.identifiers.kinds import Kind, Warned, warned_of
from app.identifiers.prose import found_in
from app.identifiers.structured import folded, structured_in

__all__ = ["Kind", "Warned", "folded", "found_in", "structured_in", "warned_of"]
