"""Lists that organizers take away as files."""
