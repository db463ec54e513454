"""From scores to published outcomes: ranking, ties, awards, protocol, letters, the wall."""
