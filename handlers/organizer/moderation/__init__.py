"""Applications before the jury sees them: lists, cards, decisions."""
