"""The roll as an election office keeps it, over HTTPS with the programs that officials use."""
import json
import subprocess
import threading
import time
import unittest

import stimme

TOWNS = ("magdeburg-1996", "rostock-2005", "muenster-2025")
OFFICIAL, OTHER = "officials/wahlleitung", "officials/stellvertretung"


def of_town(town):
    """The definition of that town, with a server of its own name."""
    def change(definition):
        name, origin = definition["id"], definition["log"]["origin"]
        definition.clear()
        definition.update(json.loads((stimme.ROOT / f"tests/data/{town}/definition.json").read_text(encoding="utf-8")))
        definition["id"], definition["log"]["origin"], definition["min_ballots"] = name, origin, 3
        definition["languages"] = ["de", "en", "ru", "ar", "vi", "tr"]
        for titled in (definition, *definition["contests"]):
            titled["titles"].update({tag: titled["titles"]["en"] for tag in ("ru", "ar", "vi", "tr")})
    return change


class RollFlow(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = stimme.Server()
        cls.towns = {town: stimme.Election(cls.server, town, of_town(town)) for town in TOWNS}
        cls.office = stimme.Election(cls.server, "wahlamt", of_town("magdeburg-1996"))
        cls.places = stimme.Election(cls.server, "bezirke", of_town("magdeburg-1996"))
        cls.server.start()
        for election in (*cls.towns.values(), cls.office, cls.places):
            election.run(OFFICIAL, "election", "create", election.folder / "keys/definition.json")

    @classmethod
    def tearDownClass(cls):
        cls.server.remove()

    def roll(self, *words, who=OFFICIAL, of=None):
        return json.loads((of or self.office).run(who, "roll", *words, "--json"))

    def refused(self, code, *words, who=OFFICIAL, of=None):
        with self.assertRaises(stimme.Refused) as caught:
            (of or self.office).run(who, "roll", *words)
        self.assertIn(code, caught.exception.errors + caught.exception.output)

    def register(self, name, change=lambda rows: rows):
        """A register of the first 400 people, its rows changed."""
        head, *lines = self.office.register.read_text(encoding="utf-8").splitlines()
        rows = change([line.split(";") for line in lines])
        path = self.office.folder / name
        path.write_text("\n".join([head, *(";".join(row) for row in rows)]) + "\n", encoding="utf-8")
        return path

    def decisions(self, election):
        """What speaks against each person's vote, by number."""
        entries = [json.loads(line) for line in self.ask("entries", election).splitlines()]
        return {e["person"]["Personennummer"]: e["reasons"] for e in entries}

    def test_1_three_towns_decide_as_expected_through_the_real_import(self):
        for town in TOWNS:
            data = stimme.ROOT / "tests/data" / town
            expected = json.loads((data / "expected.json").read_text(encoding="utf-8"))
            with self.subTest(town):
                answer = json.loads(self.towns[town].run(OFFICIAL, "roll", "import", data / "register.csv", "--json"))
                self.assertEqual((answer["people"], answer["eligible"]), (expected["people"], expected["eligible"]))
                self.assertEqual(answer["reasons"], expected["reasons"])
                found = {number: reasons for number, reasons in self.decisions(town).items() if reasons}
                self.assertEqual(found, expected["decisions"])
                western = json.loads(self.towns[town].run(OFFICIAL, "roll", "import", data / "register-cp1252.csv",
                                                          "--json", "--dry-run"))
                self.assertIn("Windows-1252", western["written_as"])
                self.assertEqual(western["added"] + western["changed"] + western["bad_lines"], 0)
                self.assertEqual(western["gone"], expected["people"] - western["unchanged"])

    def test_2_an_office_works_from_the_first_register_to_the_journal(self):
        first = self.roll("import", self.register("first.csv"))
        self.assertEqual((first["added"], first["import"]), (400, 1))
        self.refused("register-invalid", "import", self.register("bad.csv", lambda rows: rows[:5] + [["x"]]))

        # An objection by the person against the refusal, decided; an application; an appeal.
        young = next(n for n, reasons in self.decisions("wahlamt").items() if reasons == ["age"])
        objection = self.roll("object", young, "--received", "1996-11-20", "--text", "was born earlier")
        decided = self.roll("decide", str(objection["id"]), "granted", "--effect", "enrol", "--reason", "passport seen",
                            "--on", "1996-11-22", who=OTHER)
        self.assertEqual(decided["decision"]["decided_by"], "stellvertretung")
        self.assertEqual(self.roll("show", young)["reasons"], [])
        self.refused("matter-decided", "decide", str(objection["id"]), "refused", "--reason", "no")
        appeal = self.roll("appeal", str(objection["id"]), "--received", "1996-11-25", "--text", "of a neighbour")
        self.assertEqual([m["id"] for m in self.roll("matters", "--open")["matters"]], [appeal["id"]])

        # A newer register: one moved, one gone, one new; the decision made by hand stays and is asked about.
        def newer(rows):
            rows[0][13] = "Altstadt" if rows[0][13] != "Altstadt" else "Buckau"
            rows = [r for i, r in enumerate(rows) if i != 1]
            next(r for r in rows if r[0] == young)[10] = "999"
            return rows + [["19999999", "Neu", "Nina", "01.02.1970", "w", "POL", "", "01.01.1990", "01.01.1990", "Weg",
                            "1", "39104", "Magdeburg", "Altstadt", "E", "", "", "", ""]]
        register = self.register("newer.csv", newer)
        dry = self.roll("import", register, "--dry-run")
        self.assertEqual([dry[k] for k in ("added", "changed", "gone", "conflicts")], [1, 2, 1, 1])
        self.assertEqual(self.roll("imports")["imports"][-1]["import"], 1)
        done = self.roll("import", register)
        self.assertEqual({k: done[k] for k in ("added", "changed", "gone")}, {"added": 1, "changed": 2, "gone": 1})
        self.assertEqual(sorted(c["kind"] for c in self.roll("changes")["changes"]), ["changed", "changed", "gone"])
        self.assertEqual([e["number"] for e in self.roll("conflicts")["entries"]], [young])
        self.assertEqual(self.roll("resolve", young, "keep", "--reason", "only moved")["conflict"], "")
        taken = self.roll("take-back")
        self.assertEqual((taken["import"], taken["taken_back"]), (2, True))
        self.refused("import-none", "take-back")

        # Somebody whom no register names; the similar one is offered; a wrong entry is made invalid.
        someone = self.roll("show", "10000008")["person"]
        same = [f"--set={c}={someone[c]}" for c in ("Familienname", "Vornamen", "Geburtsdatum", "Staatsangehörigkeiten",
                                                   "Hauptwohnung seit", "PLZ", "Ort", "Stadtteil", "Wohnungsstatus")]
        self.refused("person-known", "add", *same)
        added = self.roll("add", *same, "--distinct-from", "10000008")
        self.assertEqual((added["number"], added["origin"]), ("AMT-0001", 0))
        self.assertNotIn("AMT-0001", json.dumps(self.roll("duplicates")))
        self.assertEqual(self.roll("invalid", "AMT-0001", "--reason", "entered twice")["reasons"], ["invalid-entry"])
        self.assertIn("erfolgte irrtümlich", self.office.run(OFFICIAL, "roll", "show", "AMT-0001", "--lang", "de"))

        # The journal in sentences, filtered.
        text = self.office.run(OFFICIAL, "roll", "journal", "--person", young)
        self.assertRegex(text, r"wahlleitung entered matter \d+, an objection about " + young)
        self.assertRegex(text, r"stellvertretung decided matter \d+ about " + young + ": granted, enrol; passport seen")
        self.assertRegex(text, rf"imported a register \(import 1\): {young} is new")
        self.assertEqual(len(self.roll("journal", "--official", "stellvertretung")["acts"]), 1)
        self.assertEqual({a["type"] for a in self.roll("journal", "--type", "import-taken-back")["acts"]},
                         {"import-taken-back"})
        self.assertEqual(self.roll("journal", "--until", "1999-12-31")["acts"], [])

    def test_3_two_officials_at_the_same_person_lose_nothing(self):
        number = "10000012"
        version = self.roll("show", number)["version"]
        answers = []

        def act(who, reason):
            answers.append(self.post(who, f"people/{number}/invalid", f"{reason}-{version}",
                                     {"version": version, "reason": reason})[0])
        threads = [threading.Thread(target=act, args=a) for a in ((OFFICIAL, "first"), (OTHER, "second"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(answers), ["200", "409"])
        self.assertEqual(len(self.roll("journal", "--person", number)["acts"]), 1)

    def test_3_a_request_repeated_after_a_lost_answer_is_done_once(self):
        before = self.roll("matters")["matters"]
        matter = {"number": "10000020", "kind": "objection", "by": "", "received": "1996-11-20", "text": "is on no list"}
        answers = [self.post(OFFICIAL, "matters", "one-key", matter) for _ in range(3)]
        self.assertEqual({status for status, _ in answers}, {"200"})
        self.assertEqual(len({body for _, body in answers}), 1)
        self.assertEqual(len(self.roll("matters")["matters"]), len(before) + 1)
        self.server.kill()
        self.server.start()
        self.assertEqual(self.post(OFFICIAL, "matters", "one-key", matter), answers[0])
        status, problem = self.post(OFFICIAL, "matters", "one-key", {**matter, "text": "another"})
        self.assertEqual(status, "409")
        self.assertIn("idempotency-key-reused", problem)
        self.assertEqual(len(self.roll("matters")["matters"]), len(before) + 1)

    def test_4_only_officials_keep_the_roll(self):
        for who in ("desks/desk-altstadt", "booths/booth-altstadt-1"):
            for words in (("show", "10000008"), ("matters",), ("take-back",), ("import", self.office.register),
                          ("journal",), ("conflicts",)):
                with self.subTest(f"{who} {words[0]}"):
                    self.refused("role", *words, who=who)

    def test_5_a_server_killed_amid_an_import_keeps_the_old_roll(self):
        before, imports = self.roll("status"), self.roll("imports")
        head, *lines = (stimme.ROOT / "tests/data/magdeburg-1996/register.csv").read_text(encoding="utf-8").splitlines()
        big = self.office.folder / "big.csv"
        big.write_text("\n".join([head, *(f"2{copy}{line[2:]}" for copy in range(10) for line in lines)]) + "\n",
                       encoding="utf-8")
        client = subprocess.Popen([stimme.BIN / "stimme", "--as", self.office.folder / "keys" / OFFICIAL, "roll", "import",
                                   big], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while json.loads(self.ask("imports/progress"))["people"] == 0:
            self.assertIsNone(client.poll(), "the import was over before it was seen")
            time.sleep(0.01)
        self.server.kill()
        client.kill()
        client.wait()
        self.server.start()
        self.assertEqual(self.roll("status"), before)
        self.assertEqual(self.roll("imports"), imports)
        done = self.roll("import", big, "--dry-run")
        self.assertEqual((done["added"], done["import"]), (66000, imports["imports"][-1]["import"] + 1))

    def test_6_paper_names_who_it_should_and_nobody_else(self):
        out = self.office.folder
        blocked = {e["Personennummer"]: e for e in self.people() if e.get("Auskunftssperre")}
        self.assertTrue(blocked)
        self.roll("letters", "--out", out / "letters.pdf", "--sender-address", "Stadt, Alter Markt 6, 39104 Magdeburg",
                  "--objections-until", "1996-11-29")
        self.roll("inspection-list", "--out", out / "inspection.pdf", "--from", "1996-11-25", "--until", "1996-11-29")
        self.roll("station-roll", "altstadt", "--out", out / "roll.pdf")
        self.assertEqual((out / "letters.pdf").stat().st_mode & 0o777, 0o600)
        letters, listed, station = (self.text_of(out / name) for name in ("letters.pdf", "inspection.pdf", "roll.pdf"))
        voters = int(self.roll("status")["count"])
        self.assertEqual(letters.count("\f"), voters)
        self.assertIn("Wahlbenachrichtigung", letters)
        self.assertIn("Wahltag", letters)
        for number, person in blocked.items():
            self.assertNotIn(number, listed)
            self.assertNotIn(f"{person['Straße']} {person['Hausnummer']}, {person['PLZ']}", station)
        self.assertIn("Auskunftssperre", station)
        decided = next(m for m in self.roll("matters")["matters"] if "decision" in m)
        self.roll("decision-letter", str(decided["id"]), "--out", out / "decision.pdf", "--sender-address", "Alter Markt 6",
                  "--signed-by", "Die Wahlleitung", "--appeal-to", "Verwaltungsgericht", "--appeal-until", "1996-12-06")
        self.assertIn("passport seen", self.text_of(out / "decision.pdf"))

    def post(self, who, route, key, message):
        """What the server answers to POST roll/ROUTE: status and body."""
        folder = self.office.folder / "keys" / who
        done = subprocess.run(
            ["curl", "-s", "-w", "\n%{http_code}", "--cacert", self.server.identity / "ca/ca.pem", "--cert",
             folder / "cert.pem", "--key", folder / "key.pem", "-H", "Content-Type: application/json",
             "-H", f"Idempotency-Key: {key}", "-d", json.dumps(message),
             f"https://127.0.0.1:{self.server.staff}/v1/elections/wahlamt/roll/{route}"],
            capture_output=True, text=True, check=True).stdout
        body, status = done.rsplit("\n", 1)
        return status, body

    def ask(self, route, election="wahlamt"):
        """What the server answers to GET roll/ROUTE."""
        folder = self.server.folder / election / "keys/officials/wahlleitung"
        return subprocess.run(
            ["curl", "-sf", "--cacert", self.server.identity / "ca/ca.pem", "--cert", folder / "cert.pem", "--key",
             folder / "key.pem", f"https://127.0.0.1:{self.server.staff}/v1/elections/{election}/roll/{route}"],
            capture_output=True, check=True).stdout.decode()

    def people(self):
        return [json.loads(line)["person"] for line in self.ask("entries").splitlines()]

    @staticmethod
    def text_of(path):
        return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True).stdout

    def test_7_people_are_found_in_any_spelling(self):
        for words in ("Haddad Mohammad 1975", "12.12.1975 mohammad haddad", "hadad 12.12.1975", "1975-12-12 Haddad", "12.12.1975 haddad", "10000008"):
            with self.subTest(words):
                found = [v["number"] for v in self.roll("find", words)["voters"]]
                self.assertIn("10000008", found)

    def place(self, *words, who=OFFICIAL):
        return self.roll(*words, who=who, of=self.places)

    def file_of_places(self, name, *lines, encoding="utf-8"):
        path = self.places.folder / name
        path.write_text("\n".join(lines) + "\n", encoding=encoding)
        return path

    def import_with_gaps(self):
        """Everyone in Breiter Weg lives in a part of town that is no station's; gives who of them may vote."""
        head, *lines = self.places.register.read_text(encoding="utf-8").splitlines()
        rows = [line.split(";") for line in lines]
        for row in rows:
            if row[9] == "Breiter Weg":
                row[13] = "Olvenstedt"
        self.places.register.write_text("\n".join([head, *(";".join(row) for row in rows)]) + "\n", encoding="utf-8")
        answer = self.place("import", self.places.register)
        entries = [json.loads(line) for line in self.ask("entries", "bezirke").splitlines()]
        there = [e["person"] for e in entries if e["person"]["Straße"] == "Breiter Weg" and not e["reasons"]]
        self.assertEqual(answer["without_station"], len(there))
        self.assertGreater(len(there), 3)
        return there

    def test_8_people_are_assigned_to_stations_until_the_roll_is_sealed(self):
        there = self.import_with_gaps()
        for step in ("commit", "share", "confirm"):
            for trustee in self.places.definition["trustees"]["members"]:
                self.places.run(f"trustees/{trustee['id']}", "trustee", step)

        # Gaps are named by street, and hold the sealing up.
        gaps = self.place("gaps")["gaps"]
        self.assertEqual({g["street"] for g in gaps}, {"Breiter Weg"})
        self.assertEqual(sum(g["people"] for g in gaps), len(there))
        with self.assertRaises(stimme.Refused) as caught:
            self.places.both("seal")
        self.assertIn("roll-without-station", str(caught.exception))

        # A bad file is named line by line; a dry run tells; the file counts; again it changes nothing.
        header = "Straße;von;bis;Seite;PLZ;Wahlbezirk"
        bad = self.file_of_places("bad.csv", header, "Breiter Weg;1;;ungerade;;altstadt", "Breiter Weg;x;;;;olvenstedt")
        self.refused('line 3, von: "x": right is a house number', "assign", bad, of=self.places)
        self.refused('line 3, Wahlbezirk: "olvenstedt": right is a polling station: altstadt', "assign", bad, of=self.places)
        twice = self.file_of_places("twice.csv", header, "Breiter Weg;1;9;;;altstadt", "Breiter Weg;7;;;;buckau")
        self.refused('line 3, Wahlbezirk: "buckau": right is one polling station for each address; line 2', "assign", twice,
                     of=self.places)
        streets = self.file_of_places("streets.csv", header, "Breiter Weg;1;;ungerade;;altstadt",
                                      "Breiter Weg;2;;gerade;;buckau", "Dreiter Weg;;;;;buckau", encoding="cp1252")
        root = self.place("status")["root"]
        told = self.place("assign", streets, "--dry-run")
        self.assertEqual((told["part"], told["size"], told["dry_run"], told["without_station"]), ("streets", 3, True, 0))
        self.assertEqual(len(self.place("gaps")["gaps"]), len(gaps))
        done = self.place("assign", streets)
        self.assertEqual(dict(done, dry_run=True), told)
        self.assertGreaterEqual(done["moved"], len(there))
        again = self.place("assign", streets)
        self.assertEqual((again["same"], again["moved"]), (True, 0))
        self.assertEqual(self.place("status")["root"], root, "one style everywhere: no leaf changed")
        for person in there:
            number = int("".join(c for c in person["Hausnummer"] if c.isdigit()))
            self.assertEqual(self.place("show", person["Personennummer"])["station"],
                             "altstadt" if number % 2 else "buckau")
        report = self.place("gaps")
        self.assertEqual((report["gaps"], report["overlaps"]), ([], []))
        self.assertEqual(report["unused"], [{"part": "streets", "name": "Dreiter Weg"}])

        # A list goes before the streets, which is told; areas come from a third file; a later register follows all.
        one = there[0]["Personennummer"]
        self.place("assign", self.file_of_places("list.csv", "Personennummer;Wahlbezirk", f"{one};sudenburg"), who=OTHER)
        self.assertEqual([v["station"] for v in self.place("find", one)["voters"] if v["number"] == one], ["sudenburg"])
        overlap, = self.place("gaps")["overlaps"]
        self.assertEqual((overlap["source"], overlap["station"], overlap["other_source"], overlap["numbers"]),
                         ("list", "sudenburg", "streets", [one]))
        self.place("assign", self.file_of_places("areas.csv", "Stadtteil;Wahlbezirk", "Neu Olvenstedt;kannenstieg"))
        fresh = "Neu;Nina;01.02.1970;w;POL;;01.01.1990;01.01.1990;{};39104;Magdeburg;{};E;;;;"
        with self.places.register.open("a", encoding="utf-8") as register:
            register.write(f"19999998;{fresh.format('Breiter Weg;4', 'Olvenstedt')}\n"
                           f"19999999;{fresh.format('Feldweg;4', 'Neu Olvenstedt')}\n")
        self.assertEqual(self.place("import", self.places.register)["without_station"], 0)
        self.assertEqual(self.place("show", "19999998")["station"], "buckau")
        self.assertEqual(self.place("show", "19999999")["station"], "kannenstieg")
        view = self.place("stations")
        self.assertEqual([(p["part"], p["official"]) for p in view["parts"]],
                         [("list", "stellvertretung"), ("streets", "wahlleitung"), ("areas", "wahlleitung")])
        self.assertEqual(sum(view["stations"].values()), self.place("status")["count"])

        # Taken away again; all of it stands in the journal; nobody else may do it.
        self.assertEqual(self.place("unassign", "list")["moved"], 1)
        self.refused("stations-part-none", "unassign", "list", of=self.places)
        text = self.places.run(OFFICIAL, "roll", "journal")
        self.assertRegex(text, r"wahlleitung assigned people to stations by the street directory \(3 entries\): \d+ people")
        self.assertEqual(text.count("the street directory"), 1)
        self.assertRegex(text, r"wahlleitung took away the list of people \(1 entries\): 1 people")
        for words in (("assign", streets), ("unassign", "streets"), ("stations",), ("gaps",), ("statistics",)):
            self.refused("role", *words, who="desks/desk-altstadt", of=self.places)

        self.places.both("seal")
        self.refused("roll-sealed", "assign", bad, of=self.places)
        self.refused("roll-sealed", "assign", streets, of=self.places)
        self.refused("roll-sealed", "unassign", "streets", of=self.places)

    def test_9_statistics_count_everyone_and_a_publication_tells_nothing_small(self):
        full = self.roll("statistics")
        self.assertEqual(full["total"]["eligible"], self.roll("status")["count"])
        for topic in ("nationality", "age", "sex", "district", "station", "reason"):
            rows = full["tables"][topic]
            for figure in ("all", "eligible", "not_eligible"):
                self.assertEqual(sum(r[figure] for r in rows), full["total"][figure], topic)
        out = self.office.folder / "statistics.csv"
        self.office.run(OFFICIAL, "roll", "statistics", "--csv", out)
        self.assertEqual(out.stat().st_mode & 0o777, 0o600)
        lines = out.read_text(encoding="utf-8").splitlines()
        self.assertEqual(lines[0], "topic;name;all;eligible;not_eligible")
        self.assertEqual(lines[1], "total;;{all};{eligible};{not_eligible}".format(**full["total"]))
        for places, other in (("station", "district"), ("district", "station")):
            shown = self.roll("statistics", "--publish", "--threshold", "7", "--places", places)
            self.assertNotIn(other, shown["tables"])
            figures = [r[f] for rows in shown["tables"].values() for r in rows for f in ("all", "eligible", "not_eligible")]
            self.assertIn(None, figures)
            self.assertEqual([f for f in figures if f and f < 7], [])
        text = self.office.run(OFFICIAL, "roll", "statistics", "--publish")
        self.assertRegex(text, r"(?m)^station +altstadt +\d")
        self.assertNotRegex(text, r"(?m)^district ")
        self.refused("threshold-wrong", "statistics", "--publish", "--threshold", "2")


if __name__ == "__main__":
    unittest.main()
