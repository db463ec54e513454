"""What a teacher with many children adds to the book."""

from __future__ import annotations

from handlers.parts import Parts

PARTS = Parts()
