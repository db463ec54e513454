"""Works: handing in by link and file, versions, link checks, what is told about a work."""
