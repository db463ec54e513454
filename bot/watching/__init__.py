"""Watching the bot run: health, figures for Prometheus, logs that machines read, a dog for the event loop."""
