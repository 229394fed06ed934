CREATE TABLE journal_head (
    one  INTEGER PRIMARY KEY,
    seq  BIGINT NOT NULL,
    hash TEXT   NOT NULL
);
INSERT INTO journal_head (one, seq, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TABLE journal_events (
    seq          BIGINT  NOT NULL PRIMARY KEY,
    id           TEXT    NOT NULL UNIQUE,
    kind         TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    project      TEXT    NOT NULL,
    subject_kind TEXT    NOT NULL,
    subject_id   TEXT    NOT NULL,
    actor        TEXT    NOT NULL,
    at           BIGINT  NOT NULL,
    payload      TEXT    NOT NULL,
    hash         TEXT    NOT NULL
);
CREATE INDEX journal_events_subject ON journal_events (project, subject_kind, subject_id, seq);
CREATE INDEX journal_events_project ON journal_events (project, seq);
CREATE INDEX journal_events_kind ON journal_events (kind, seq);

CREATE TABLE journal_causes (
    seq   BIGINT NOT NULL REFERENCES journal_events (seq),
    cause BIGINT NOT NULL REFERENCES journal_events (seq),
    PRIMARY KEY (seq, cause)
);
CREATE INDEX journal_causes_cause ON journal_causes (cause, seq);

CREATE TABLE journal_cursors (
    reaction TEXT   NOT NULL PRIMARY KEY,
    seq      BIGINT NOT NULL
);

CREATE TABLE journal_parked (
    reaction     TEXT    NOT NULL,
    seq          BIGINT  NOT NULL,
    project      TEXT    NOT NULL,
    subject_kind TEXT    NOT NULL,
    subject_id   TEXT    NOT NULL,
    error        TEXT    NOT NULL,
    at           BIGINT  NOT NULL,
    PRIMARY KEY (reaction, seq)
);
