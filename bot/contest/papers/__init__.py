"""The papers that an event gives: which ones, to whom, and in what words."""
