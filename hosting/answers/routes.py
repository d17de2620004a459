"""Clicks and answers over HTTP."""

from litestar import post

from editor.protocol.api import Answer, Click, Taken
from hosting.answers import service
from hosting.house import House
from hosting.problems import register
from hosting.registration.routes import Attendee
from hosting.sessions.desk import desk_of

register(
    {
        "room.no_offer": 404,
        "room.no_question": 404,
        "room.offer_over": 409,
        "room.answered": 409,
        "room.answer_needed": 422,
        "room.answer_choice": 422,
        "room.answer_one": 422,
        "room.answer_rating": 422,
        "room.answer_long": 422,
        "room.answer_kind": 422,
    }
)


@post("/room/{session_id:str}/clicks", status_code=200, sync_to_thread=True)
def click(session_id: str, data: Click, person: Attendee, house: House) -> Taken:
    """Press a call to action's button; counted once."""
    desk = desk_of(house)
    with desk.write() as writing:
        state = desk.rooms.state(writing.connection, session_id)
        return Taken(seq=service.click(writing.log, state, person, data, house.now()))


@post("/room/{session_id:str}/answers", status_code=200, sync_to_thread=True)
def answer(session_id: str, data: Answer, person: Attendee, house: House) -> Taken:
    """Answer a question; once."""
    desk = desk_of(house)
    with desk.write() as writing:
        state = desk.rooms.state(writing.connection, session_id)
        return Taken(seq=service.answer(writing.log, state, person, data, house.now()))


API = (click, answer)
