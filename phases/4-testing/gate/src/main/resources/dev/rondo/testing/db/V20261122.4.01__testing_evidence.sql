-- A run whose reports are to be read (state waiting) or were (state done). Who asked is the account
-- that wants another decision, and suite_seq the event that told of the tests, or 0. The place orders runs: it is
-- the position of the event that said that the run is finished.
CREATE TABLE testing_runs (
    project         TEXT    NOT NULL,
    run             TEXT    NOT NULL,
    number          BIGINT  NOT NULL,
    workflow        TEXT    NOT NULL,
    ref             TEXT    NOT NULL,
    commit_id       TEXT    NOT NULL,
    default_branch  INTEGER NOT NULL,
    outcome         TEXT    NOT NULL,
    place           BIGINT  NOT NULL,
    finished_at     BIGINT  NOT NULL,
    state           TEXT    NOT NULL,
    reports         INTEGER NOT NULL DEFAULT 0,
    suites          INTEGER NOT NULL DEFAULT 0,
    tests           INTEGER NOT NULL DEFAULT 0,
    failed          INTEGER NOT NULL DEFAULT 0,
    errors          INTEGER NOT NULL DEFAULT 0,
    skipped         INTEGER NOT NULL DEFAULT 0,
    flaky           INTEGER NOT NULL DEFAULT 0,
    micros          BIGINT  NOT NULL DEFAULT 0,
    files_covered   INTEGER NOT NULL DEFAULT 0,
    lines_covered   BIGINT  NOT NULL DEFAULT 0,
    lines_total     BIGINT  NOT NULL DEFAULT 0,
    base            TEXT    NOT NULL DEFAULT '',
    changed_covered INTEGER NOT NULL DEFAULT 0,
    changed_total   INTEGER NOT NULL DEFAULT 0,
    findings        INTEGER NOT NULL DEFAULT 0,
    evidence        TEXT    NOT NULL DEFAULT '{}',
    verdict         TEXT    NOT NULL DEFAULT '',
    suite_seq       BIGINT  NOT NULL DEFAULT 0,
    asked_by        TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (project, run)
);
CREATE INDEX testing_runs_place ON testing_runs (project, place);
CREATE INDEX testing_runs_commit ON testing_runs (project, commit_id);
CREATE INDEX testing_runs_waiting ON testing_runs (state, place);

-- A report file of a job; the cause is the position of the event that brought it.
CREATE TABLE testing_reports (
    project TEXT    NOT NULL,
    run     TEXT    NOT NULL,
    job     TEXT    NOT NULL,
    path    TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    digest  TEXT    NOT NULL,
    size    BIGINT  NOT NULL,
    cause   BIGINT  NOT NULL,
    format  TEXT    NOT NULL DEFAULT '',
    problem TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (project, run, job, path)
);

-- The jobs of a run that have ended, for the causes of what is found.
CREATE TABLE testing_jobs (
    project TEXT   NOT NULL,
    run     TEXT   NOT NULL,
    job     TEXT   NOT NULL,
    cause   BIGINT NOT NULL,
    PRIMARY KEY (project, run, job)
);

CREATE TABLE testing_suites (
    project TEXT    NOT NULL,
    run     TEXT    NOT NULL,
    ordinal INTEGER NOT NULL,
    name    TEXT    NOT NULL,
    level   TEXT    NOT NULL,
    tests   INTEGER NOT NULL,
    failed  INTEGER NOT NULL,
    errors  INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    micros  BIGINT  NOT NULL,
    PRIMARY KEY (project, run, ordinal)
);

-- What a test is called; its id is a digest of what stays the same from run to run.
CREATE TABLE testing_tests (
    project TEXT   NOT NULL,
    test    TEXT   NOT NULL,
    holder  TEXT   NOT NULL,
    name    TEXT   NOT NULL,
    level   TEXT   NOT NULL,
    place   BIGINT NOT NULL,
    PRIMARY KEY (project, test)
);

CREATE TABLE testing_results (
    project  TEXT    NOT NULL,
    run      TEXT    NOT NULL,
    ordinal  INTEGER NOT NULL,
    test     TEXT    NOT NULL,
    place    BIGINT  NOT NULL,
    outcome  TEXT    NOT NULL,
    flaky    INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    micros   BIGINT  NOT NULL,
    PRIMARY KEY (project, run, ordinal)
);
CREATE INDEX testing_results_test ON testing_results (project, test, place);
CREATE INDEX testing_results_bad ON testing_results (project, place)
    WHERE outcome IN ('failed', 'error');
CREATE INDEX testing_results_flaky ON testing_results (project, place) WHERE flaky = 1;
CREATE INDEX testing_results_slow ON testing_results (project, run, micros);

CREATE TABLE testing_failures (
    project TEXT    NOT NULL,
    run     TEXT    NOT NULL,
    ordinal INTEGER NOT NULL,
    message TEXT    NOT NULL,
    stack   TEXT    NOT NULL,
    PRIMARY KEY (project, run, ordinal)
);

-- Sets of lines are written as runs: 1-5,8. Changed are those that can be run and were changed.
CREATE TABLE testing_coverage (
    project         TEXT    NOT NULL,
    run             TEXT    NOT NULL,
    path            TEXT    NOT NULL,
    known           INTEGER NOT NULL,
    lines           TEXT    NOT NULL,
    covered         TEXT    NOT NULL,
    changed         TEXT    NOT NULL,
    lines_total     INTEGER NOT NULL,
    lines_covered   INTEGER NOT NULL,
    changed_total   INTEGER NOT NULL,
    changed_covered INTEGER NOT NULL,
    PRIMARY KEY (project, run, path)
);

CREATE TABLE testing_findings (
    project     TEXT    NOT NULL,
    run         TEXT    NOT NULL,
    ordinal     INTEGER NOT NULL,
    fingerprint TEXT    NOT NULL,
    tool        TEXT    NOT NULL,
    rule        TEXT    NOT NULL,
    severity    TEXT    NOT NULL,
    message     TEXT    NOT NULL,
    path        TEXT    NOT NULL,
    line        INTEGER NOT NULL,
    col         INTEGER NOT NULL,
    fresh       INTEGER NOT NULL,
    PRIMARY KEY (project, run, ordinal)
);

-- Every decision of the gate; the highest number is the one that counts.
CREATE TABLE testing_decisions (
    project TEXT    NOT NULL,
    run     TEXT    NOT NULL,
    number  INTEGER NOT NULL,
    verdict TEXT    NOT NULL,
    reasons TEXT    NOT NULL,
    rules   TEXT    NOT NULL,
    actor   TEXT    NOT NULL,
    at      BIGINT  NOT NULL,
    seq     BIGINT  NOT NULL,
    PRIMARY KEY (project, run, number)
);

-- Which tickets the commits of a push name; the commit is the one that a run of that push is for.
CREATE TABLE testing_mentions (
    project   TEXT   NOT NULL,
    ticket    BIGINT NOT NULL,
    commit_id TEXT   NOT NULL,
    seq       BIGINT NOT NULL,
    PRIMARY KEY (project, ticket, commit_id)
);
