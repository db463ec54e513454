"""The jury's papers: versions of the protocol, score sheets, corrections."""
