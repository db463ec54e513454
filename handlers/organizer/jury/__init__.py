"""The jury as organizers see it: inviting, assigning, how far it has come."""
