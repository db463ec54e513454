"""A parent: the consents for one child, opened by a link that the teacher forwards."""
