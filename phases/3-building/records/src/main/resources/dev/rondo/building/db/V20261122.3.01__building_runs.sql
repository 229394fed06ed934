-- A push that is not yet looked at: the position of its event.
CREATE TABLE building_pushes (
    seq BIGINT NOT NULL PRIMARY KEY
);

CREATE TABLE building_counters (
    project TEXT   NOT NULL PRIMARY KEY,
    last    BIGINT NOT NULL
);

CREATE TABLE building_runs (
    id             TEXT    NOT NULL PRIMARY KEY,
    project        TEXT    NOT NULL,
    number         BIGINT  NOT NULL,
    file           TEXT    NOT NULL,
    name           TEXT    NOT NULL,
    title          TEXT    NOT NULL,
    trigger_kind   TEXT    NOT NULL,
    ref            TEXT    NOT NULL,
    commit_id      TEXT    NOT NULL,
    default_branch BOOLEAN NOT NULL,
    actor          TEXT    NOT NULL,
    event_name     TEXT    NOT NULL,
    event_payload  TEXT    NOT NULL,
    attempt        INTEGER NOT NULL,
    rerun_of       TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    outcome        TEXT    NOT NULL,
    message        TEXT    NOT NULL,
    cancelled_by   TEXT    NOT NULL,
    queued_at      BIGINT  NOT NULL,
    started_at     BIGINT  NOT NULL,
    finished_at    BIGINT  NOT NULL,
    UNIQUE (project, number)
);
CREATE INDEX building_runs_commit ON building_runs (project, commit_id, number);
CREATE INDEX building_runs_state ON building_runs (state, project);

CREATE TABLE building_jobs (
    run         TEXT    NOT NULL REFERENCES building_runs (id),
    id          TEXT    NOT NULL,
    job         TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    place       INTEGER NOT NULL,
    matrix      TEXT    NOT NULL,
    needs       TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    outcome     TEXT    NOT NULL,
    allowed     BOOLEAN NOT NULL,
    message     TEXT    NOT NULL,
    outputs     TEXT    NOT NULL,
    tries       INTEGER NOT NULL,
    started_at  BIGINT  NOT NULL,
    finished_at BIGINT  NOT NULL,
    PRIMARY KEY (run, id)
);

CREATE TABLE building_steps (
    run         TEXT    NOT NULL REFERENCES building_runs (id),
    job         TEXT    NOT NULL,
    place       INTEGER NOT NULL,
    id          TEXT    NOT NULL,
    title       TEXT    NOT NULL,
    outcome     TEXT    NOT NULL,
    conclusion  TEXT    NOT NULL,
    message     TEXT    NOT NULL,
    first_line  BIGINT  NOT NULL,
    summary     TEXT    NOT NULL,
    started_at  BIGINT  NOT NULL,
    finished_at BIGINT  NOT NULL,
    PRIMARY KEY (run, job, place)
);

CREATE TABLE building_annotations (
    run     TEXT    NOT NULL REFERENCES building_runs (id),
    job     TEXT    NOT NULL,
    place   INTEGER NOT NULL,
    level   TEXT    NOT NULL,
    title   TEXT    NOT NULL,
    message TEXT    NOT NULL,
    file    TEXT    NOT NULL,
    line    INTEGER NOT NULL,
    PRIMARY KEY (run, job, place)
);

CREATE TABLE building_artifacts (
    run        TEXT   NOT NULL REFERENCES building_runs (id),
    name       TEXT   NOT NULL,
    job        TEXT   NOT NULL,
    digest     TEXT   NOT NULL,
    size       BIGINT NOT NULL,
    files      INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (run, name)
);

CREATE TABLE building_secrets (
    project    TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    sealed     ${blob} NOT NULL,
    updated_by TEXT   NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (project, name)
);

-- Tickets that the commits of a run's push name.
CREATE TABLE building_tickets (
    project TEXT   NOT NULL,
    ticket  BIGINT NOT NULL,
    run     TEXT   NOT NULL REFERENCES building_runs (id),
    PRIMARY KEY (project, ticket, run)
);
