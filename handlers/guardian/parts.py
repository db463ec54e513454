"""What this folder adds to the book, with the consents of a teacher's children and «Мои данные»."""

from __future__ import annotations

from handlers.guardian import allowing, answering, chasing, children, invitation, keeping, posting
from handlers.participant.consents import my_data, my_data_file
from handlers.parts import Parts
from handlers.teacher import consent_desk, consent_papers

PARTS = Parts(
    routes={
        "my_consents": children.my_consents,
        "my_child": children.my_child,
        "my_allow": allowing.my_allow,
        "my_withdraw": children.my_withdraw,
        "my_withdraw_sure": children.my_withdraw_sure,
        "consents_desk": consent_desk.consents_desk,
        "parent_link": consent_desk.parent_link,
        "remind_parents": consent_desk.remind_parents,
        "consent_blank": consent_desk.consent_blank,
        "consent_blanks": consent_desk.consent_blanks,
        "consent_scan": consent_papers.consent_scan,
        "consent_original": consent_papers.consent_original,
        "chase": chasing.chase,
        "chase_remind": chasing.remind,
        "post_address": posting.post_address,
        "post_removed": posting.post_removed,
        "my_data": my_data.my_data,
        "my_data_file": my_data.my_data_file,
        "my_data_delete": my_data.my_data_delete,
        "my_data_delete_ask": my_data.my_data_delete_ask,
        "my_data_delete_sure": my_data.my_data_delete_sure,
        "retention": keeping.retention,
        "retention_event": keeping.retention_event,
        "retention_destroy": keeping.retention_destroy,
    },
    talks=(answering.GUARDIAN, allowing.ALLOW, consent_papers.PAPERS, posting.POST_ADDRESS),
    doors=(invitation.door,),
    phrases=(invitation.typed_code, my_data.phrase, children.phrase, consent_desk.phrase),
    describe={invitation.TALK: answering.describe},
    is_open={invitation.TALK: answering.is_open},
    chores=(keeping.remind_admins,),
    makers={
        "consent_paper": consent_papers.blank,
        my_data_file.TEXT: my_data_file.make_text,
        my_data_file.JSON: my_data_file.make_json,
    },
)
