"""Tables that people send: read carefully, in a process of their own, and given on as plain text."""
