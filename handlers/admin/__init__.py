"""What administrators are told of the running bot, and what only they decide."""
