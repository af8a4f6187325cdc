"""The definition's JSON schema, checked by a second validator: it accepts every definition in tests/data, and refuses
a document for each kind of damage that our own reader refuses too."""
import copy
import json
import pathlib
import sys

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
schema = json.loads((ROOT / "docs/stimme-election-1.schema.json").read_text(encoding="utf-8"))
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)

definitions = sorted((ROOT / "tests/data").glob("*/definition.json"))
assert len(definitions) >= 3, "the definitions in tests/data are missing"
for path in definitions:
    validator.validate(json.loads(path.read_text(encoding="utf-8")))


def damaged(change):
    document = copy.deepcopy(json.loads(definitions[0].read_text(encoding="utf-8")))
    change(document)
    return document


DAMAGE = {
    "unknown key": lambda d: d.update(extra=1),
    "missing key": lambda d: d.pop("log"),
    "upper case name": lambda d: d.update(id="Magdeburg"),
    "no votes": lambda d: d["contests"][0].update(votes_per_voter=0),
    "uncompressed key": lambda d: d["officials"][0].update(key="04" + "00" * 64),
    "time without offset": lambda d: d["calendar"].update(polls_open="1996-12-15T08:00:00"),
    "unknown group": lambda d: d["eligibility"].update(groups=["martian"]),
    "two spans": lambda d: d["eligibility"].update(residence={"days": 1, "months": 1}),
}
for name, change in DAMAGE.items():
    if validator.is_valid(damaged(change)):
        sys.exit(f"the schema accepts a definition with: {name}")
print(f"{len(definitions)} definitions accepted, {len(DAMAGE)} damaged ones refused")
