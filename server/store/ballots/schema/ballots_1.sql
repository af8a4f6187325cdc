-- The log of one election and what it stands on. Nothing here knows a person; no row holds a time.

-- The entries of the log: dense, never changed.
CREATE TABLE entry (
    idx   INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 2 AND 65535)
) STRICT;
CREATE TRIGGER entry_dense BEFORE INSERT ON entry
WHEN NEW.idx IS NOT (SELECT coalesce(max(idx) + 1, 0) FROM entry)
BEGIN SELECT RAISE(ABORT, 'the log has a gap'); END;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'the log never changes'); END;
CREATE TRIGGER entry_remains BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'the log never shrinks'); END;

-- What was published: the root at each size that got a signed checkpoint. Signing is deterministic, so the text
-- of each can be written again.
CREATE TABLE checkpoint (
    size INTEGER PRIMARY KEY,
    root BLOB NOT NULL CHECK (length(root) = 32)
) STRICT;
CREATE TABLE cosignature (
    size    INTEGER NOT NULL REFERENCES checkpoint (size),
    witness TEXT NOT NULL,
    line    TEXT NOT NULL,
    PRIMARY KEY (size, witness)
) STRICT, WITHOUT ROWID;

-- Each ballot that was ever submitted.
CREATE TABLE submission (
    tracking_code BLOB NOT NULL PRIMARY KEY CHECK (length(tracking_code) = 32),
    t             BLOB NOT NULL CHECK (length(t) = 10),
    station       TEXT NOT NULL,
    style         TEXT NOT NULL,
    tag           BLOB NOT NULL CHECK (length(tag) = 5),
    y             BLOB NOT NULL CHECK (length(y) = 32),
    status        TEXT NOT NULL CHECK (status IN ('open', 'cast', 'challenged', 'failed', 'expired')),
    submitted     INTEGER NOT NULL,  -- entries of the log
    ended         INTEGER CHECK ((ended IS NULL) = (status = 'open'))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_open_submission ON submission (t) WHERE status = 'open';
CREATE UNIQUE INDEX one_cast ON submission (t) WHERE status = 'cast';
CREATE INDEX submission_of_pass ON submission (t);
CREATE TRIGGER submission_ends_once BEFORE UPDATE OF status ON submission WHEN OLD.status <> 'open'
BEGIN SELECT RAISE(ABORT, 'a submission ends once'); END;

CREATE TABLE voided (
    t BLOB NOT NULL PRIMARY KEY CHECK (length(t) = 10)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER voided_submits_nothing BEFORE INSERT ON submission
WHEN EXISTS (SELECT 1 FROM voided WHERE t = NEW.t)
BEGIN SELECT RAISE(ABORT, 'this pass was given back'); END;

-- Bodies of ballots that are open or cast; the others' are deleted.
CREATE TABLE body (
    tracking_code BLOB NOT NULL PRIMARY KEY REFERENCES submission (tracking_code),
    bytes         BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The order of the cast ballots within each group (district and style): dense, never changed.
CREATE TABLE cast_ballot (
    district      TEXT NOT NULL,
    style         TEXT NOT NULL,
    seq           INTEGER NOT NULL,
    tracking_code BLOB NOT NULL UNIQUE REFERENCES submission (tracking_code),
    PRIMARY KEY (district, style, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER cast_dense BEFORE INSERT ON cast_ballot
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM cast_ballot
                     WHERE district = NEW.district AND style = NEW.style)
BEGIN SELECT RAISE(ABORT, 'the group has a gap'); END;

CREATE TABLE booth (
    booth      TEXT NOT NULL PRIMARY KEY,
    wrong_tags INTEGER NOT NULL DEFAULT 0,
    closed     INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Acts that still wait for signatures; `content` is canonical JSON.
CREATE TABLE act_signature (
    content   TEXT NOT NULL,
    signer    TEXT NOT NULL,
    size      INTEGER NOT NULL,
    root      BLOB NOT NULL CHECK (length(root) = 32),
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (content, signer)
) STRICT, WITHOUT ROWID;

-- Where acts stand in the log, by SHA-256 of their content: for requests that are repeated.
CREATE TABLE logged_act (
    content BLOB NOT NULL PRIMARY KEY CHECK (length(content) = 32),
    idx     INTEGER NOT NULL REFERENCES entry (idx)
) STRICT, WITHOUT ROWID;

-- The messages of the key ceremony, in the order in which they came.
CREATE TABLE ceremony (
    seq     INTEGER PRIMARY KEY,
    message TEXT NOT NULL UNIQUE
) STRICT;

-- Repeated writes: the same key must come with the same request. Those of a station go when it closes.
CREATE TABLE idempotency (
    key     TEXT NOT NULL PRIMARY KEY,
    digest  BLOB NOT NULL CHECK (length(digest) = 32),
    station TEXT NOT NULL  -- empty: of no station
) STRICT, WITHOUT ROWID;
