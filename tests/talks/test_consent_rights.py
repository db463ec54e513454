"""Who may not: every route about consents, as somebody who has no business there."""

from __future__ import annotations

from tests.talks.chat import Chat
from tests.talks.consent_scene import agrees, link_for
from tests.talks.organizer_scene import scene
from tests.talks.test_organizer_rights import NOT_AVAILABLE, presses_sealed, snapshot
from tests.talks.test_own_applications import ABSENT

#: What a stranger hears to a button about somebody else's child.
REFUSED = {
    "parent_link": ABSENT,
    "consent_blank": ABSENT,
    "consent_scan": ABSENT,
    "consent_original": ABSENT,
    "consents": ABSENT,
    "my_child": NOT_AVAILABLE,
    "my_withdraw": NOT_AVAILABLE,
    "my_withdraw_sure": NOT_AVAILABLE,
    "consent_withdraw": ABSENT,
    "consent_withdraw_sure": ABSENT,
}
#: What the buttons of a case name, where it is not the child alone.
ARGUMENTS = {
    "my_withdraw": "{place}/processing",
    "my_withdraw_sure": "{place}/processing",
    "consent_withdraw": "1/processing",
    "consent_withdraw_sure": "1/processing",
}


async def test_b22_somebody_elses_child_is_absent(chat: Chat) -> None:
    """An organizer decides for no parent; a teacher is no parent, and a parent no teacher."""
    made = await scene(chat)
    nina, anna = await made.person("Нина", "Орлова"), await made.person("Анна", "Соколова")
    vera = await made.applies(nina, "Соколова Вера", consent=False, publish=False)
    await agrees(anna, await link_for(nina, vera.number))
    stranger = await made.person("Мэл", "Громов")
    place = f"{vera.id}/{vera.participants[0].id}"
    parents = [route for route in REFUSED if route.startswith("my_")]
    teachers = [route for route in REFUSED if route not in parents]
    foreign = ((stranger, REFUSED), (made.organizer, REFUSED), (nina, parents), (anna, teachers))
    before = await snapshot(made)
    for person, routes in foreign:
        for route in routes:
            await presses_sealed(made, person, f"{route}:{ARGUMENTS.get(route, '{place}').format(place=place)}")
            assert person.last.text == REFUSED[route], route
    for route in ("consents", "my_child", "consent_withdraw_sure"):
        for argument in ("999/9", "x", "9" * 40):
            await presses_sealed(made, stranger, f"{route}:{argument}")
            assert stranger.last.text == REFUSED[route], (route, argument)
    assert await snapshot(made) == before


async def test_a_link_tells_a_stranger_nothing_of_the_child(chat: Chat) -> None:
    made = await scene(chat)
    nina, anna = await made.person("Нина", "Орлова"), await made.person("Анна", "Соколова")
    mallory = await made.person("Мэл", "Громов")
    vera = await made.applies(nina, "Соколова Вера", consent=False, publish=False)
    code = await link_for(nina, vera.number)
    await anna.starts(code)
    await mallory.starts(code)
    assert "Соколова" not in "".join(one.text for one in mallory.all)
    await anna.presses("Мать")
    await anna.writes("Соколова Анна Игоревна")
    anna.sees_in("Вы согласны за ребёнка: Соколова Вера?")
