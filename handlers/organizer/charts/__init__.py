"""Pictures of an event: applications by day, municipalities, the jury's load and its strictness."""
