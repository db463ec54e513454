"""What pictures of an event say: figures by the day, by the place and by the member of the jury.

Pure: counts and moments in, shares and findings out; drawing is in `bot.documents.charts`.
"""
