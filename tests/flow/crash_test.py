"""The server is killed in the middle of a polling day; nothing that was acknowledged is lost or doubled."""
import json
import threading
import unittest

import stimme


class Crash(unittest.TestCase):
    def test_what_was_acknowledged_before_a_kill_is_there_after_it(self):
        server = stimme.Server()
        self.addCleanup(server.remove)
        election = stimme.Election(server, "absturz", people=300)
        server.start()
        election.prepare()
        voters = [v["number"] for v in election.voters("altstadt")][:12]

        passes = [election.check_in("altstadt", number) for number in voters[:4]]
        answers = election.vote("altstadt", [{"pass": passes[0], "choices": ["k01"], "then": "cast"},
                                             {"pass": passes[1], "choices": ["k02"], "then": "challenge"}])

        # Killed while a desk checks the others in.
        killer = threading.Timer(0.3, server.kill)
        killer.start()
        try:
            election.run("desks/desk-altstadt", "desk", "check-in", "--batch", "-", stdin="\n".join(voters[4:]) + "\n")
        except stimme.Refused as interrupted:
            self.assertEqual(interrupted.code, 3)
        killer.join()
        server.start()

        state = json.loads(election.run("desks/desk-altstadt", "desk", "pass-state", passes[0], "--json"))
        self.assertEqual(state["status"], "cast")
        state = json.loads(election.run("desks/desk-altstadt", "desk", "pass-state", passes[1], "--json"))
        self.assertEqual((state["status"], state["challenges"]), ("unused", 1))
        with self.assertRaises(stimme.Refused):
            election.vote("altstadt", [{"pass": passes[0], "choices": ["k01"], "then": "cast"}])
        for number in voters[:4]:
            with self.assertRaises(stimme.Refused):
                election.run("desks/desk-altstadt", "desk", "check-in", number)
        # What was asked and not answered is asked again with the same element: one check-in each, and counts that agree.
        election.run("desks/desk-altstadt", "desk", "pending")
        election.vote("altstadt", [{"pass": p, "choices": ["k05"], "then": "cast"} for p in passes[1:4]])
        self.assertEqual(len(answers), 2)
        election.close()
        election.count()
        report = election.verify(election.url, "--record", election.folder / "record")
        self.assertTrue(report["complete"], report)


if __name__ == "__main__":
    unittest.main()
