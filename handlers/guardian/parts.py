"""What a parent adds to the book."""

from __future__ import annotations

from handlers.parts import Parts

PARTS = Parts()
