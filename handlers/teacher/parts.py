"""What a teacher with many children adds to the book."""

from __future__ import annotations

from handlers.parts import Parts
from handlers.teacher import blank, bulk, considering, desk, lists, previewing, sending, walking, works, year

PARTS = Parts(
    routes={
        "blank": blank.blank,
        "blanks": bulk.blanks,
        "bulk_event": bulk.choose_event,
        "bulk_send": sending.send,
        "bulk_send_once": sending.send_once,
        "bulk_drop": sending.drop,
        "teacher_desk": desk.teacher_desk,
        "next_gap": walking.next_gap,
        "works_at_once": works.works_at_once,
        "paste_list": lists.paste_list,
        "list_for": lists.list_for,
        "my_year": year.my_year,
        f"thought.{year.THINKER}": year.thought,
        "my_year_file": year.my_year_file,
        f"thought.{considering.THINKER}": previewing.thought,
    },
    talks=(blank.BLANK, sending.BULK, lists.LIST, works.WORKS, year.MY_YEAR),
    phrases=(desk.phrase, year.phrase),
    chores=(sending.forget_old,),
    catchers=(bulk.catch, works.catch, lists.catch),
    makers={blank.MAKER: blank.make, year.MAKER: year.make},
    readers={bulk.READER: bulk.read},
    thinkers={considering.THINKER: considering.consider, year.THINKER: year.think},
)
