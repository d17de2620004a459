"""A session from publishing to its end, with a manual clock: its log, and who sees which rows."""

from hosting.sessions.engine.log_writer import LogWriter
from hosting.sessions.engine.scheduler import Scheduler
from tests.hosting.session_fixtures import AttendeeClient, control_session


def rows_of_kind(frames, kind):
    return [one["row"] for one in frames if one["row"]["type"] == kind]


def test_a_session_plays_by_itself(client, team, begin, tick, clock):
    session = begin()
    assert session["phase"] == "waiting"
    anna = AttendeeClient(client, "", session, "Anna")
    tick()
    first = anna.fetch_snapshot()
    assert first["phase"] == "waiting"
    assert first["starts_at"] == clock() + 5_000
    clock.advance(5_000)
    assert anna.fetch_snapshot()["phase"] == "running"
    wake = tick()
    assert wake is not None
    clock.ms = session["starts_at"] + 5_000
    tick()
    frames = anna.fetch_events(public=first["seen"][0]["seq"])
    offers = [cue for row in rows_of_kind(frames, "cued") for cue in row["cues"] if cue["type"] == "cta"]
    assert [cue["offer"] for cue in offers] == ["buy"]
    assert offers[0]["at"] == session["starts_at"] + 5_000
    clock.ms = session["starts_at"] + 10 * 60_000
    tick()
    assert anna.fetch_snapshot()["phase"] == "over"
    listed = client.get("/api/sessions", headers=team).json()["sessions"]
    assert [one["state"] for one in listed] == ["over"]
    assert tick() is None


def test_the_scheduler_wakes_when_a_cue_is_due_and_issues_none_twice(client, team, begin, tick, clock):
    session = begin()
    anna = AttendeeClient(client, "", session, "Anna")
    wakes = last = 0
    while (wake := tick()) is not None:
        assert wake > clock()
        last = wake
        assert tick() == wake, "nothing more is due until then"
        clock.ms = wake
        wakes += 1
        assert wakes < 50
    frames = anna.fetch_events()
    public = [one for one in frames if one["audience"] == "public"]
    cues = [
        (cue["type"], cue.get("offer"), cue["at"], cue["until"])
        for one in rows_of_kind(public, "cued")
        for cue in one["cues"]
    ]
    assert len(set(cues)) == len(cues)
    assert [offer for kind, offer, _, _ in cues if kind != "stage"] == ["buy", "poll", "last"]
    assert last == session["ends_at"]


def test_the_log_has_no_gaps_and_every_frame_names_the_one_before(client, team, begin, tick, clock):
    session = begin()
    people = [AttendeeClient(client, "", session, name) for name in ("Anna", "Bo")]
    tick()
    for number, one in enumerate(people * 2):
        clock.advance(1_000)
        assert one.say(f"m{number}", f"hello {number}").status_code == 200
    log = client.get(f"/api/sessions/{session['id']}/log", headers=team).json()["frames"]
    seqs = {one["seq"] for one in log}
    for person in people:
        frames = person.fetch_events()
        seqs |= {one["seq"] for one in frames}
        for audience in ("public", person.person):
            mine = [one for one in frames if one["audience"] == audience]
            assert [one["prev"] for one in mine] == [0, *(one["seq"] for one in mine)][: len(mine)]
    assert seqs == set(range(1, max(seqs) + 1))
    after = sorted(seqs)[3]
    rest = client.get(f"/api/sessions/{session['id']}/log?after={after}", headers=team).json()["frames"]
    assert [one["seq"] for one in rest] == [one["seq"] for one in log if one["seq"] > after]


def test_a_control_takes_effect_at_once_and_once(client, team, begin, tick, clock):
    session = begin()
    anna = AttendeeClient(client, "", session, "Anna")
    tick()
    clock.advance(15_000)
    tick()
    held = control_session(client, team, session, "hold", note="A moment, please")
    assert held.status_code == 200, held.text
    assert held.json()["phase"] == "held"
    again = control_session(client, team, session, "hold", generation=held.json()["generation"] - 1)
    assert (again.status_code, again.json()["code"]) == (409, "session.generation")
    response = control_session(client, team, session, "hold")
    assert (response.status_code, response.json()["code"]) == (409, "clock.held")
    cue = next(cue for cue in rows_of_kind(anna.fetch_events(), "cued")[-1]["cues"] if cue["type"] == "stage")
    assert (cue["phase"], cue["note"]) == ("held", "A moment, please")
    clock.advance(60_000)
    assert anna.fetch_snapshot()["phase"] == "held"
    assert control_session(client, team, session, "resume").json()["position_ms"] == 10_000
    assert control_session(client, team, session, "skip", to_ms=9 * 60_000).json()["position_ms"] == 9 * 60_000
    assert control_session(client, team, session, "skip").json()["code"] == "control.incomplete"
    assert control_session(client, team, session, "end").json()["phase"] == "over"
    assert anna.fetch_snapshot()["phase"] == "over"
    clock_events = [
        one["row"]["event"]["event"]
        for one in client.get(f"/api/sessions/{session['id']}/log", headers=team).json()["frames"]
        if one["row"]["type"] == "clocked"
    ]
    assert clock_events == ["held", "resumed", "skipped", "ended"]
    assert not rows_of_kind(anna.fetch_events(), "clocked"), "who stepped in is the team's"


def test_a_pause_ends_by_itself(client, team, begin, tick, clock):
    session = begin()
    tick()
    clock.advance(15_000)
    control_session(client, team, session, "hold")
    wake = tick()
    assert wake == clock() + 15 * 60_000
    clock.ms = wake
    tick()
    assert client.get(f"/api/sessions/{session['id']}", headers=team).json()["phase"] == "running"


def test_a_restarted_hosting_continues_at_the_room_clock(client, team, begin, tick, context, clock):
    session = begin()
    anna = AttendeeClient(client, "", session, "Anna")
    tick()
    clock.advance(27_000)
    # As after a restart: only the log is known.
    Scheduler(context, LogWriter(context)).tick(context.now())
    snapshot = anna.fetch_snapshot()
    assert [cue["offer"] for cue in snapshot["offers"]] == ["buy", "poll"]
    cues = [cue for one in rows_of_kind(anna.fetch_events(), "cued") for cue in one["cues"]]
    assert "buy" not in {cue.get("offer") for cue in cues}, "what is over is not opened any more"
    assert "poll" in {cue.get("offer") for cue in cues}
    before = len(anna.fetch_events())
    Scheduler(context, LogWriter(context)).tick(context.now())
    assert len(anna.fetch_events()) == before


def test_the_snapshot_and_the_rows_after_it_fit_together(client, team, begin, tick, clock):
    session = begin()
    anna, bo = (AttendeeClient(client, "", session, name) for name in ("Anna", "Bo"))
    tick()
    anna.say("m1", "Hello")
    seen = {one["audience"]: one["seq"] for one in anna.fetch_snapshot()["seen"]}
    assert anna.fetch_events(public=seen["public"], own=seen[anna.person]) == []
    anna.say("m2", "There")
    bo.say("m3", "Somebody else")
    frames = anna.fetch_events(public=seen["public"], own=seen[anna.person])
    assert [one["row"]["message"] for one in frames] == ["m2"]
    assert [one["message"] for one in anna.fetch_snapshot()["messages"]] == ["m1", "m2"]
    ahead = anna.get(f"events?public={seen['public'] + 99}&own=0")
    assert (ahead.status_code, ahead.json()["code"]) == (410, "events.gone")
