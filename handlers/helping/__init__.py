"""A human answers: calls for help, the organizers' queue of questions, ready answers."""
