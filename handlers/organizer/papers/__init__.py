"""Papers of an event: what is due, samples, issuing, delivery, looks, mistakes."""
