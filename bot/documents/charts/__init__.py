"""Pictures for a phone: a figure of plain values in, a PNG out."""
