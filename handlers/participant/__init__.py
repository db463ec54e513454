"""What participants, parents and teachers see and do."""
