"""Speed, shown as ratios in one run: this bot next to a bare vkbottle bot, both against the sandbox."""
