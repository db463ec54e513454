"""Speed, shown as ratios in one run: this bot next to ordinary ones, all against the sandbox with VK's limits.

Three processes: the measured bot on one core, the sandbox with its crowd on the other (`arena`), and the benchmark
that gives them orders by lines (`orders`, `processes`) and sleeps meanwhile.
"""
