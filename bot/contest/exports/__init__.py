"""Lists that organizers take away as files: what is in each, what of it is personal data, what a person chose."""
