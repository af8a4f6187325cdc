-- The roll of one election: who may vote, and who was checked in. Nothing here knows a ballot; no row holds a
-- time, and no table keeps the order in which people came.

-- Everyone whom a register named or the office entered. First what the register says: the columns after the
-- number, as core/roll/register/register_row.h writes them on one line; then where the entry comes from; then what follows
-- from it. Who may vote has a leaf; so has who is about to be admitted. A salt stays with its person, so that a letter
-- stays true. Leaves are indexed when the roll is sealed. (Lists of IN would be made into a table for each row that is written, so the checks are spelled out.)
CREATE TABLE person (
    number   TEXT NOT NULL PRIMARY KEY,
    register TEXT NOT NULL,

    origin      INTEGER NOT NULL,  -- the import that brought it; 0: entered by hand
    presence    TEXT NOT NULL CHECK (presence = 'present' OR presence = 'gone' OR presence = 'returned'
                                     OR presence = 'invalid'),
    applied_on  TEXT NOT NULL,     -- day on which the office received an application; mostly empty
    ruling      TEXT NOT NULL CHECK (ruling = 'none' OR ruling = 'enrol' OR ruling = 'refuse'),
    version     INTEGER NOT NULL,  -- grows with each change, so that two officials don't undo each other

    station  TEXT NOT NULL,        -- empty: the address belongs to none
    style    TEXT NOT NULL,
    standing TEXT NOT NULL CHECK (standing = 'none' OR standing = 'enrolled' OR standing = 'admitted'),
    reasons  TEXT NOT NULL,        -- codes, joined by blanks; none of who may vote
    salt     BLOB CHECK (length(salt) = 16),
    leaf     BLOB CHECK (length(leaf) = 32),
    CHECK (leaf IS NULL OR salt IS NOT NULL),
    CHECK (standing = 'none' OR leaf IS NOT NULL),
    CHECK ((standing = 'none') = (reasons <> ''))
) STRICT;

-- Registers that were imported, the newest last.
CREATE TABLE import (
    id       INTEGER PRIMARY KEY,
    act      TEXT NOT NULL,             -- as it stands in the journal
    taken_back INTEGER NOT NULL DEFAULT 0 CHECK (taken_back IN (0, 1))
) STRICT;

-- What an import changed of people who were there already, with what stood there before.
CREATE TABLE import_change (
    import INTEGER NOT NULL REFERENCES import (id) DEFERRABLE INITIALLY DEFERRED,
    number TEXT NOT NULL REFERENCES person (number),
    kind   TEXT NOT NULL CHECK (kind IN ('changed', 'gone', 'returned')),
    before TEXT NOT NULL,               -- {"person": ..., "presence": ...}
    PRIMARY KEY (import, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_change_of_person ON import_change (number);

-- Where an import met a decision made by hand: a person must say what holds.
CREATE TABLE conflict (
    number TEXT NOT NULL REFERENCES person (number),
    import INTEGER NOT NULL REFERENCES import (id) DEFERRABLE INITIALLY DEFERRED,
    kind   TEXT NOT NULL CHECK (kind IN ('changed', 'gone', 'returned')),
    PRIMARY KEY (number, import)
) STRICT, WITHOUT ROWID;

-- Applications, objections and appeals.
CREATE TABLE matter (
    id       INTEGER PRIMARY KEY,
    number   TEXT NOT NULL REFERENCES person (number),
    entered  TEXT NOT NULL,             -- as RFC 8785
    decision TEXT                       -- likewise; NULL while it is open
) STRICT;
CREATE INDEX matter_of_person ON matter (number);

-- Pairs that look like one person and are two: a < b.
CREATE TABLE distinct_people (
    a TEXT NOT NULL REFERENCES person (number) ON DELETE CASCADE,
    b TEXT NOT NULL REFERENCES person (number) ON DELETE CASCADE,
    PRIMARY KEY (a, b),
    CHECK (a < b)
) STRICT, WITHOUT ROWID;
CREATE INDEX distinct_people_b ON distinct_people (b);

-- What the office brought for the assignment of people to stations, beside the areas of the definition
-- (core/roll/stations/assignment.h); everyone's station follows from it.
CREATE TABLE station_part (
    part    TEXT NOT NULL PRIMARY KEY CHECK (part IN ('list', 'streets', 'areas')),
    digest  BLOB NOT NULL CHECK (length(digest) = 32),  -- SHA-256 of the content
    content TEXT NOT NULL,              -- as RFC 8785
    act     TEXT NOT NULL               -- as it stands in the journal
) STRICT;

-- Answers to acts of the office and to moves and paper votes of desks, by idempotency key, so that a late
-- repetition does nothing.
CREATE TABLE answered_act (
    key    TEXT NOT NULL PRIMARY KEY,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    answer TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Stations whose close has begun or is done: nobody is checked in there any more.
CREATE TABLE closed_station (
    station TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- One row a voter, with the request of the desk and its answer.
CREATE TABLE check_in (
    number  TEXT NOT NULL PRIMARY KEY REFERENCES person (number),
    station TEXT NOT NULL,
    desk    TEXT NOT NULL,
    blinded BLOB NOT NULL UNIQUE CHECK (length(blinded) = 33),
    answer  BLOB NOT NULL CHECK (length(answer) = 97)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER check_in_of_voters_only BEFORE INSERT ON check_in
WHEN NOT EXISTS (SELECT 1 FROM person WHERE number = NEW.number AND standing <> 'none')
BEGIN SELECT RAISE(ABORT, 'this person may not vote'); END;
CREATE TRIGGER check_in_while_open BEFORE INSERT ON check_in
WHEN EXISTS (SELECT 1 FROM closed_station WHERE station = NEW.station)
BEGIN SELECT RAISE(ABORT, 'the station is closed'); END;
CREATE TRIGGER check_in_stays_as_it_is BEFORE UPDATE ON check_in
BEGIN SELECT RAISE(ABORT, 'a check-in never changes'); END;
CREATE TRIGGER checked_in_cannot_be_struck BEFORE UPDATE OF standing ON person
WHEN NEW.standing = 'none' AND EXISTS (SELECT 1 FROM check_in WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'this voter is checked in'); END;

-- Passes that are being voided: the check-in goes when the log has the pass-voided entry.
CREATE TABLE void_intent (
    t      BLOB NOT NULL PRIMARY KEY CHECK (length(t) = 10),
    number TEXT NOT NULL UNIQUE REFERENCES check_in (number),
    desk   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Corrections that are being logged: who is to be struck isn't checked in meanwhile.
CREATE TABLE correction_intent (
    leaf   BLOB NOT NULL PRIMARY KEY CHECK (length(leaf) = 32),
    struck INTEGER NOT NULL CHECK (struck IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER check_in_not_while_striking BEFORE INSERT ON check_in
WHEN EXISTS (SELECT 1 FROM correction_intent JOIN person USING (leaf)
             WHERE number = NEW.number AND correction_intent.struck = 1)
BEGIN SELECT RAISE(ABORT, 'this voter is being struck off'); END;

-- Check-ins that two members of the board moved from one entry to another, by the entry that has it now.
CREATE TABLE moved_check_in (
    number      TEXT NOT NULL PRIMARY KEY REFERENCES person (number),
    from_number TEXT NOT NULL REFERENCES person (number),
    station     TEXT NOT NULL,
    desk        TEXT NOT NULL,
    member_1    TEXT NOT NULL,
    member_2    TEXT NOT NULL,
    CHECK (number <> from_number AND member_1 <> member_2)
) STRICT, WITHOUT ROWID;

-- Who voted on paper at a station, by the rows that were ticked. With a conflict they voted otherwise, too, or
-- shouldn't have; they then count nowhere, and the station's record tells them.
CREATE TABLE paper_vote (
    number   TEXT NOT NULL REFERENCES person (number),
    station  TEXT NOT NULL,
    desk     TEXT NOT NULL,
    conflict TEXT NOT NULL,             -- a code; '' is none
    PRIMARY KEY (number, station)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX paper_vote_once ON paper_vote (number) WHERE conflict = '';
CREATE TRIGGER paper_vote_of_voters_only BEFORE INSERT ON paper_vote
WHEN NEW.conflict = '' AND NOT EXISTS (SELECT 1 FROM person WHERE number = NEW.number AND standing <> 'none')
BEGIN SELECT RAISE(ABORT, 'this person may not vote'); END;
CREATE TRIGGER paper_vote_not_with_check_in BEFORE INSERT ON paper_vote
WHEN NEW.conflict = '' AND EXISTS (SELECT 1 FROM check_in WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'this voter is checked in'); END;
CREATE TRIGGER check_in_not_with_paper_vote BEFORE INSERT ON check_in
WHEN EXISTS (SELECT 1 FROM paper_vote WHERE number = NEW.number AND conflict = '')
BEGIN SELECT RAISE(ABORT, 'this voter voted on paper'); END;
CREATE TRIGGER paper_vote_while_open BEFORE INSERT ON paper_vote
WHEN EXISTS (SELECT 1 FROM closed_station WHERE station = NEW.station)
BEGIN SELECT RAISE(ABORT, 'the station is closed'); END;
CREATE TRIGGER paper_voter_cannot_be_struck BEFORE UPDATE OF standing ON person
WHEN NEW.standing = 'none' AND EXISTS (SELECT 1 FROM paper_vote WHERE number = NEW.number AND conflict = '')
BEGIN SELECT RAISE(ABORT, 'this voter voted on paper'); END;

-- Who has a polling card: they vote by post, or at a station only when they hand it in.
CREATE TABLE polling_card (
    number TEXT NOT NULL PRIMARY KEY REFERENCES person (number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE desk_count (
    desk       TEXT NOT NULL PRIMARY KEY,
    checked_in INTEGER NOT NULL DEFAULT 0,
    voided     INTEGER NOT NULL DEFAULT 0,
    moved      INTEGER NOT NULL DEFAULT 0,
    paper      INTEGER NOT NULL DEFAULT 0,
    withdrawn  INTEGER NOT NULL DEFAULT 0,  -- of those on paper
    CHECK (checked_in >= 0 AND voided >= 0 AND moved >= 0 AND paper >= 0 AND withdrawn BETWEEN 0 AND paper)
) STRICT, WITHOUT ROWID;

-- Answers to check-ins by idempotency key, so that a late repetition does nothing. They go when their station
-- closes.
CREATE TABLE idempotency (
    key     TEXT NOT NULL PRIMARY KEY,
    digest  BLOB NOT NULL CHECK (length(digest) = 32),
    station TEXT NOT NULL,
    style   TEXT NOT NULL,
    answer  BLOB NOT NULL CHECK (length(answer) = 97)
) STRICT, WITHOUT ROWID;

-- Official acts that stay private, chained (docs/protocol.md, section 6.5).
CREATE TABLE journal (
    seq  INTEGER PRIMARY KEY,
    act  TEXT NOT NULL,
    head BLOB NOT NULL CHECK (length(head) = 32)
) STRICT;
CREATE TRIGGER journal_dense BEFORE INSERT ON journal
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM journal)
BEGIN SELECT RAISE(ABORT, 'the journal has a gap'); END;
CREATE TRIGGER journal_stays BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal never changes'); END;
CREATE TRIGGER journal_remains BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal never shrinks'); END;
