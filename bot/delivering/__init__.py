"""Papers put into the register, drawn, handed to the messenger: the jobs behind an organizer's «Выдать и отправить».

Whatever has happened is a row's state, so that a process that dies goes on where it was: what was drawn is drawn
again to the same bytes, what was uploaded is not uploaded again, and no letter is written twice. No transaction is
open while papers are drawn or uploaded.
"""
