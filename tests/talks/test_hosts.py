"""A host school holds a selection: invited, marks its finalists, writes its protocol, confirms."""

from __future__ import annotations

from datetime import timedelta

from bot.contest.authorize import RoleKind
from bot.contest.stages import Going
from handlers.host.parts import PARTS
from tests.documents.made import xlsx
from tests.talks.bulk_scene import rows_of
from tests.talks.chat import Chat
from tests.talks.stage_scene import at_home, invitation, reciters
from tests.talks.test_organizer_rights import NOT_AVAILABLE, presses_sealed, snapshot


async def test_a_host_names_its_finalists_and_everybody_hears_once(chat: Chat) -> None:
    here = await reciters(chat)
    zoya, nina = here.zoya, here.nina
    zoya.sees(
        "Отборочный этап · «Дни юности мятежной»\n"
        "МАОУ СОШ № 47 г. Томска\n"
        "Этап: с 15 по 24 ноября\n"
        "• от школы не больше 3\n"
        "• от школы в возрастной группе не больше 2\n"
        "• дальше проходят 57% участников этапа: до 3 из 5\n"
        "Участников 4, отмечено 0.\n"
        "Протокол: впишите день, место и комиссию.",
        "[Отметить финалистов] [Участники и работы] / [День, место, комиссия] [Скачать протокол] / "
        "[Прислать протокол] / [Подтвердить протокол] / [Год школы] [В меню]",
    )
    await here.ticks(1, 2)
    assert zoya.popups == ["✓ Соколова Вера", "✓ Белов Артём"]
    zoya.sees_in("✓ 2. Белов Артём, 8 класс · «Поэзия» · 8–9 классы\n3. Ветрова Анна", "отмечено 2.")
    await zoya.presses("3")
    zoya.sees(
        "Ветрова Анна: отметить не получится.\n"
        "Квота: от школы в возрастной группе не больше 2. Уже выбраны: Соколова Вера, Белов Артём.",
        "[К отметкам]",
    )
    await here.ticks("✓ 2")
    zoya.sees_in("отмечено 1.")
    await zoya.presses("3")
    zoya.sees_in("✓ 3. Ветрова Анна", "отмечено 2.")
    await zoya.presses("Готово")
    await zoya.presses("Подтвердить протокол")
    zoya.sees(
        "В протоколе не хватает дня, места или состава комиссии. Впишите их, пожалуйста, и подтвердите ещё раз.",
        "[К этапу]",
    )
    await here.writes_protocol()
    zoya.sees_in("Протокол: 23.11.2026, актовый зал. Комиссия: Седых Зоя, Лаптев Егор Ильич.")
    await zoya.presses("Подтвердить протокол")
    zoya.sees_in("Проходят дальше: 2, остальных: 2. Все они сразу получат сообщение.")
    await zoya.presses("Подтвердить и сообщить всем")
    zoya.sees_in("Участников 4: прошли 2, не прошли 2.", "Протокол подтверждён 23 ноября, 10:")
    await nina.looks()
    nina.sees(
        "Дни юности мятежной · Отборочный этап\n"
        "Поздравляем! Проходят дальше, впереди Финал:\n"
        "• Соколова Вера, 9 класс\n• Ветрова Анна, 9 класс\n"
        "Дальше: Финал, с 25 по 29 ноября, очно. "
        "Работу можно заменить до 29 ноября, 23:59 (томское время, UTC+7).\n"
        "Завершили участие на этом этапе:\n"
        "• Белов Артём, 8 класс\n• Громов Илья, 10 класс\n"
        "Спасибо за участие! Итог — «Участник отборочного этапа», сертификат пришлю после подведения итогов.",
        "[Мои заявки]",
    )
    await here.made.organizer.looks()
    here.made.organizer.sees_in("МАОУ СОШ № 47 г. Томска: протокол подтверждён, проходят дальше 2 из 4.")

    told = len(nina.all)
    await zoya.presses("Подтвердить и сообщить всем")
    zoya.sees_in("Участников 4: прошли 2, не прошли 2.")
    await nina.looks()
    assert len(nina.all) == told
    async with here.made.storage() as storage:
        outcomes = await storage.outcomes.of_event(here.made.event.code)
        finalists = await storage.stages.finalists(here.made.event.code)
    assert {one.result.outcome.label for one in outcomes.values()} == {"Участник отборочного этапа"}
    assert sorted(outcomes) == [here.works[1].id, here.works[3].id]
    assert set(finalists or ()) == {here.works[0].id, here.works[2].id}
    await nina.presses("Мои заявки")
    nina.sees_in("Отборочный этап: прошли, впереди Финал", "Отборочный этап: решение до 24 ноября")


async def test_the_protocol_goes_out_as_a_file_and_comes_back_filled(chat: Chat) -> None:
    here = await reciters(chat)
    zoya = here.zoya
    await zoya.presses("Скачать протокол")
    await zoya.looks()
    zoya.sees_in("«Отборочный этап»: файл протокола. Поставьте «да» в столбце «В финал»")
    rows = rows_of(await zoya.file())
    head = next(number for number, row in enumerate(rows) if row and row[0] == "№ заявки")
    people = [row[:5] for row in rows[head + 1 :]]
    assert [row[1] for row in people] == [
        "Соколова Вера, 9 класс",
        "Белов Артём, 8 класс",
        "Ветрова Анна, 9 класс",
        "Громов Илья, 10 класс",
    ]
    words = ["да", "ДА", "+", "возможно"]
    filled: list[list[str | None]] = [
        *rows[: head + 1],
        *([*row, word] for row, word in zip(people, words, strict=True)),
        ["ДЮ-2026-0999"],
    ]
    await here.to_desk()
    await zoya.presses("Прислать протокол")
    await zoya.sends_file("Протокол.xlsx", xlsx(filled))
    zoya.sees_in(
        "В файле отмечено 3: ДЮ-2026-0001, ДЮ-2026-0002, ДЮ-2026-0003. Без отметки: 0.",
        "пропущу: ДЮ-2026-0999.",
        "Не понял отметку, пропущу: ДЮ-2026-0004.",
    )
    assert await here.going() == {}
    await zoya.presses("Перенести отметки")
    assert zoya.new[0].text == (
        "Отметки из файла перенесены.\n"
        "ДЮ-2026-0003: Квота: от школы в возрастной группе не больше 2. Уже выбраны: Соколова Вера, Белов Артём."
    )
    assert await here.going() == {"Соколова": Going.CHOSEN, "Белов": Going.CHOSEN}
    await zoya.presses("Прислать протокол")
    await zoya.sends_file("другое.xlsx", xlsx([["Имя", "Оценка"], ["Вера", "5"]]))
    zoya.sees_in("В файле не нашлось столбцов «№ заявки» и «В финал».")


async def test_an_invitation_is_for_one_and_the_role_ends_at_once(chat: Chat) -> None:
    here = await reciters(chat, joins=False)
    word = await invitation(here.made, "47")
    zoya = here.zoya
    await zoya.writes(word)
    assert zoya.new[0].text == (
        "Вы представляете МАОУ СОШ № 47 г. Томска на событии «Дни юности мятежной». "
        "Всё нужное — в меню, кнопка «Опорная школа»."
    )
    petr = await here.made.person("Пётр", "Чужаков")
    await petr.starts(word)
    petr.sees("Приглашение не подошло. Возможно, оно уже использовано или устарело — попросите у организатора новое.")
    other = await invitation(here.made, "58")
    await chat.passes(timedelta(days=15))
    await petr.starts(other)
    petr.sees_in("Приглашение не подошло.")

    await here.made.opens("Ещё")
    for button in ("Этапы", "Отборочный этап", "Опорные школы"):
        await here.made.organizer.presses(button)
    here.made.organizer.sees_in("• Зоя Седых (vk.com/id", "МАОУ СОШ № 47 г. Томска")
    await here.made.organizer.presses("Убрать: Зоя Седых")
    here.made.organizer.sees("Представителя больше нет: МАОУ СОШ № 47 г. Томска. Всё вписанное сохранено.", "[К этапу]")
    await zoya.presses("Отметить финалистов")
    zoya.sees("Это действие вам недоступно.")
    await zoya.starts(word)
    zoya.sees_in("Приглашение не подошло.")
    async with here.made.storage() as storage:
        assert await storage.roles.of_person(zoya.id) == frozenset()


async def test_a_host_sees_its_own_participants_with_their_works_and_no_contacts(chat: Chat) -> None:
    here = await reciters(chat)
    zoya, url = here.zoya, "https://vk.com/video-1_2"
    await here.made.hands_in(here.works[0], url=url, check="open")
    await here.to_desk()
    await zoya.presses("Участники и работы")
    zoya.sees_in("1. Соколова Вера, 9 класс · «Поэзия» · 8–9 классы")
    assert "Лапина" not in zoya.last.text
    await zoya.presses("Соколова Вера")
    zoya.sees_in("ДЮ-2026-0001 · Соколова Вера, 9 класс", "Руководитель: Кедрова Зоя Львовна", "vk.com/video-1_2")
    assert "+7913" not in zoya.last.text
    assert "mail" not in zoya.last.text
    await zoya.presses("Проходит дальше")
    zoya.sees_in("Отмечено: проходит дальше. Протокол не подтверждён.")
    assert await here.going() == {"Соколова": Going.CHOSEN}


async def test_schools_without_a_host_are_given_to_one(chat: Chat) -> None:
    here = await reciters(chat)
    lyceum = ("lyceum-7-tomsk", "МАОУ лицей № 7 г. Томска")
    await here.made.applies(here.nina, "Осипова Алла", grade=9, nomination="prose", organisation=lyceum)
    olga = here.made.organizer
    await here.made.opens("Ещё")
    await olga.presses("Этапы")
    await olga.presses("Отборочный этап")
    olga.sees_in("• Ни к одной площадке не отнесены: 1. Решает организатор.")
    await olga.presses("Чьи школы у кого")
    await olga.writes("лицей")
    await olga.writes("47")
    assert "лицей № 7 г. Томска: теперь отбор проводит МАОУ СОШ № 47 г. Томска." in olga.new[0].text
    await here.to_desk()
    here.zoya.sees_in("Участников 5, отмечено 0.")


async def test_each_school_selects_at_home_and_the_organizer_stands_in_where_nobody_was_invited(chat: Chat) -> None:
    here = await reciters(chat, joins=False, changed=at_home)
    made, olga, zoya = here.made, here.made.organizer, here.zoya
    lone = await made.applies(
        here.nina, "Осипова Алла", grade=9, nomination="prose", organisation=(None, "Школа у моря")
    )  # fmt: skip
    here.works.append(lone)
    await made.opens("Ещё")
    await olga.presses("Этапы")
    await olga.presses("Отборочный этап")
    olga.sees_in(
        "• МАОУ СОШ № 47 г. Томска. Участников 4, отмечено 0. Протокол не подтверждён. Представителя нет.",
        "• Ни к одной площадке не отнесены: 1. Решает организатор.",
    )
    await olga.presses("Опорные школы")
    await olga.presses("Пригласить")
    olga.sees(
        "Чьего представителя пригласить? Выберите школу или напишите другую, можно коротко, например «г13».",
        "[МАОУ СОШ № 47 г. Томска] / [МАОУ СОШ № 58 г. Томска] / [Назад] [Отмена]",
    )
    await olga.writes("школа волшебства")
    olga.sees_in("Школы «школа волшебства» нет в справочнике. Попробуйте иначе:")
    await olga.writes("лицей 7")
    olga.sees_in("Приглашение: МАОУ лицей № 7 г. Томска")
    await olga.presses("Пригласить ещё")
    await olga.presses("МАОУ СОШ № 58 г. Томска")
    await zoya.writes(olga.last.text.partition("код: ")[2].split()[0])
    zoya.sees_in("МАОУ СОШ № 58 г. Томска", "Участников 1, отмечено 0.")
    await zoya.presses("Отметить финалистов")
    await zoya.presses("1")
    await here.writes_protocol()
    await zoya.presses("Подтвердить протокол")
    await zoya.presses("Подтвердить и сообщить всем")
    zoya.sees_in("Участников 1: прошли 1, не прошли 0.")

    await olga.presses("К этапу")
    assert olga.last.keyboard.startswith("[МАОУ СОШ № 47 г. Томска] / [МАОУ СОШ № 58 г. Томска] / [Организатор] / ")
    for button in ("МАОУ СОШ № 47 г. Томска", "Отметить финалистов", "2", "Готово", "День, место, комиссия"):
        await olga.presses(button)
    for words in ("22.11.2026", "дистанционно", "Лугова Ольга"):
        await olga.writes(words)
    await olga.presses("Подтвердить протокол")
    await olga.presses("Подтвердить и сообщить всем")
    assert await here.going() == {
        **dict.fromkeys(("Белов", "Лапина"), Going.PASSED),
        **dict.fromkeys(("Соколова", "Ветрова", "Громов"), Going.NOT_PASSED),
    }
    await olga.presses("К этапам")
    olga.sees_in("Участников 6: прошли 2, не прошли 3, ждут решения 1.")


async def test_nobody_else_can_do_anything_at_a_stage(chat: Chat) -> None:
    here = await reciters(chat)
    made, event = here.made, here.made.event.code
    where, one = f"{event}/0/school-47-tomsk", str(here.works[0].id)
    arguments = {"host": "", "trials": f"{event}/0", "trial_table": f"{event}/0", "trial_file": f"{event}/0"}
    arguments |= {"trial_upload": f"{event}/0", "trial": f"{one}/0", "trial_enter": f"{one}/0", "trial_fix": f"{one}/0"}
    arguments |= dict.fromkeys(("host_tick", "host_person", "host_override"), f"{one}/0")
    stranger, other = await made.person("Пётр", "Чужаков"), await made.person("Егор", "Лаптев")
    async with made.storage() as storage:
        now = chat.clock()
        await storage.roles.grant(other.id, RoleKind.HOST, event, by=None, at=now, organisation="school-58-tomsk")
    before = await snapshot(made)
    for person in (stranger, other, here.nina):
        for route in PARTS.routes:
            if route == "host" and person is other:
                continue
            await presses_sealed(made, person, f"{route}:{arguments.get(route, where)}")
            assert [message.text for message in person.new] == [NOT_AVAILABLE], (route, person)
    await presses_sealed(made, here.zoya, f"host_override:{one}/0")
    here.zoya.sees(NOT_AVAILABLE)
    assert await snapshot(made) == before
