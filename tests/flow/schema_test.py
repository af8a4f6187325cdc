"""The definition's JSON schema, checked by a second validator: it accepts every definition in tests/data and the rules
of every statute there, and refuses a document for each kind of damage. Whatever it accepts or refuses here, our own
reader (`stimme election check`) accepts or refuses too."""
import copy
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

import stimme

ROOT = pathlib.Path(__file__).resolve().parents[2]
schema = json.loads((ROOT / "docs/stimme-election-1.schema.json").read_text(encoding="utf-8"))
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)

definitions = sorted((ROOT / "tests/data").glob("*/definition.json"))
assert len(definitions) >= 3, "the definitions in tests/data are missing"
for path in definitions:
    validator.validate(json.loads(path.read_text(encoding="utf-8")))


def changed(change):
    document = copy.deepcopy(json.loads(definitions[0].read_text(encoding="utf-8")))
    change(document)
    return document


def with_statute(path):
    """The first definition with the rules of that statute, held on its day."""
    statute = json.loads(path.read_text(encoding="utf-8"))

    def change(document):
        if "election_day" in statute:
            day = statute["election_day"]
            document["calendar"].update(election_day=day, polls_open=f"{day}T08:00:00+01:00",
                                        polls_close=f"{day}T18:00:00+01:00")
        if "deadlines" in statute:
            document["calendar"]["deadlines"] = statute["deadlines"]
        document.update({key: statute[key] for key in ("eligibility", "candidacy") if key in statute})
        if "contest" in statute:
            document["contests"][0].update(dict({"votes_per_option": 1}, **statute["contest"]))

    return changed(change)


def reader_accepts(document):
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(document, file)
        file.flush()
        done = subprocess.run([stimme.BIN / "stimme", "election", "check", file.name], capture_output=True)
    return done.returncode == 0


def limited(document, limits):
    document["contests"][0]["options"][0]["group"] = "TUR"
    document["contests"][0]["seat_rules"] = {"limits": limits}


def with_substitute(document, kind):
    document["contests"][0]["options"][0]["substitute"] = "Arslan, Elif"
    document["contests"][0]["seat_rules"] = {"substitutes": kind}


RULES = {"min_age": 18, "groups": ["foreign"]}
ON_APPLICATION = {"min_age": 18, "application": ["stateless", "german"]}
GOOD = {
    "residence status": lambda d: d["eligibility"].update(except_status=["Duldung", "Diplomat"]),
    "last day for applications": lambda d: d.update(eligibility=dict(ON_APPLICATION, application_until="1996-12-03")),
    "rules from a day": lambda d: d.update(eligibility=[RULES, dict(RULES, **{"from": "1996-01-01"})]),
    "one rule from a day": lambda d: d.update(eligibility=[dict(RULES, **{"from": "1996-12-15"})]),
    "candidacy": lambda d: d.update(candidacy=dict(RULES, min_age=21)),
    "candidacy from a day": lambda d: d.update(candidacy=[dict(RULES, **{"from": "1996-01-01"})]),
    "deadlines": lambda d: d["calendar"].update(deadlines={"roll_drawn": "1996-11-03", "roll_closes": "1996-12-14"}),
    "rules for paper": lambda d: d["contests"][0].update(paper_rules={"over_option": "cut", "over_voter": "invalid"}),
    "threshold": lambda d: d["contests"][0].update(seat_rules={"threshold": {"per_mille": 25}}),
    "limits": lambda d: limited(d, [{"most": 7}, {"group": "TUR", "least": 2, "most": 3}]),
    "personal substitute": lambda d: with_substitute(d, "personal"),
    "board": lambda d: d["contests"][0].update(seat_rules={"other_seats": {"delegated": 4, "co_opted": 2}}),
    "enough candidates": lambda d: d["contests"][0].update(seat_rules={"least_candidates": 11}),
    "ballots for the urn": lambda d: d.update(printed_ballots={}),
    "audit by hand count": lambda d: d.update(printed_ballots={"risk_limit": 50}),
    "no deadlines": lambda d: d["calendar"].update(deadlines={}),
}
GOOD_DOCUMENTS = {name: changed(change) for name, change in GOOD.items()}
GOOD_DOCUMENTS.update({path.stem: with_statute(path) for path in sorted((ROOT / "tests/data/statutes").glob("*.json"))})


DAMAGE = {
    "unknown key": lambda d: d.update(extra=1),
    "missing key": lambda d: d.pop("log"),
    "upper case name": lambda d: d.update(id="Magdeburg"),
    "no votes": lambda d: d["contests"][0].update(votes_per_voter=0),
    "uncompressed key": lambda d: d["officials"][0].update(key="04" + "00" * 64),
    "time without offset": lambda d: d["calendar"].update(polls_open="1996-12-15T08:00:00"),
    "unknown group": lambda d: d["eligibility"].update(groups=["martian"]),
    "two spans": lambda d: d["eligibility"].update(residence={"days": 1, "months": 1}),
    "too long a span": lambda d: d["eligibility"].update(residence={"months": 1201}),
    "naturalised in months": lambda d: d["eligibility"].update(groups=["naturalised"],
                                                               naturalised_within={"months": 60}),
    "empty status": lambda d: d["eligibility"].update(except_status=[""]),
    "status twice": lambda d: d["eligibility"].update(except_status=["Duldung", "Duldung"]),
    "no status": lambda d: d["eligibility"].update(except_status=[]),
    "overlong status": lambda d: d["eligibility"].update(except_status=["a" * 41]),
    "last day for no applications": lambda d: d["eligibility"].update(application_until="1996-12-03"),
    "last day in German": lambda d: d.update(eligibility=dict(ON_APPLICATION, application_until="03.12.1996")),
    "a day outside an array": lambda d: d["eligibility"].update({"from": "1996-01-01"}),
    "second rules without a day": lambda d: d.update(eligibility=[RULES, RULES]),
    "no rules": lambda d: d.update(eligibility=[]),
    "candidacy without age": lambda d: d.update(candidacy={"groups": ["foreign"]}),
    "unknown deadline": lambda d: d["calendar"].update(deadlines={"roll_opens": "1996-11-03"}),
    "deadline with a time": lambda d: d["calendar"].update(deadlines={"roll_drawn": "1996-11-03T08:00:00Z"}),
    "unknown rule for paper": lambda d: d["contests"][0].update(paper_rules={"over_voter": "cut"}),
    "unknown seat method": lambda d: d["contests"][0].update(seat_method="imperiali"),
    "two thresholds": lambda d: d["contests"][0].update(seat_rules={"threshold": {"percent": 5, "votes": 9}}),
    "too high a threshold": lambda d: d["contests"][0].update(seat_rules={"threshold": {"percent": 51}}),
    "limit of nothing": lambda d: limited(d, [{"group": "TUR"}]),
    "least for each group": lambda d: limited(d, [{"least": 1}]),
    "empty group": lambda d: limited(d, [{"group": "", "most": 3}]),
    "unknown substitutes": lambda d: with_substitute(d, "by-lot"),
    "list without candidates": lambda d: d["contests"][0].update(lists=[{"id": "l", "name": "L", "candidates": []}]),
    "ballots for the urn, yes or no": lambda d: d.update(printed_ballots=True),
    "unknown audit": lambda d: d.update(printed_ballots={"risk": 50}),
    "audit without any risk": lambda d: d.update(printed_ballots={"risk_limit": 0}),
    "audit that proves nothing": lambda d: d.update(printed_ballots={"risk_limit": 501}),
    "half an inspection": lambda d: d["calendar"].update(deadlines={"inspection_from": "1996-11-25"}),
}
for name, document in GOOD_DOCUMENTS.items():
    validator.validate(document)
    if not reader_accepts(document):
        sys.exit(f"the reader refuses a definition with: {name}")
for name, change in DAMAGE.items():
    document = changed(change)
    if validator.is_valid(document):
        sys.exit(f"the schema accepts a definition with: {name}")
    if reader_accepts(document):
        sys.exit(f"the reader accepts a definition with: {name}")
print(f"{len(definitions) + len(GOOD_DOCUMENTS)} definitions accepted, {len(DAMAGE)} damaged ones refused")
