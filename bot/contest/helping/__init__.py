"""People who help people: when an answer may be expected, ready answers, words that can't wait, anonymous questions."""
