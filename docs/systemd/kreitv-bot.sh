#!/bin/sh
# Команды бота-службы: от её имени и с её настройками. Поставьте как /usr/local/bin/kreitv-bot, давайте через sudo:
#   sudo kreitv-bot check
# Файлы с коротким именем ищутся в папке службы, /var/lib/kreitv-bot.
exec systemd-run --pipe --wait --collect --quiet --uid=kreitv-bot --gid=kreitv-bot \
    --property=EnvironmentFile=/etc/kreitv-bot.env --property=UMask=0077 \
    --setenv=DATABASE_PATH=/var/lib/kreitv-bot/bot.db --setenv=PYTHONIOENCODING=utf-8 \
    --working-directory=/var/lib/kreitv-bot \
    /opt/kreitv-bot/.venv/bin/python -m bot "$@"
