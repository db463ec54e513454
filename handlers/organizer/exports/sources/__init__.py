"""Where the rows of each list come from: read by stretches, so that a list may be of any length."""
