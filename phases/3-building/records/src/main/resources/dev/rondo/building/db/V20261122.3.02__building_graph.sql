-- Why a run waits, and who stopped it for what reason; failures that were allowed.
ALTER TABLE building_runs ADD COLUMN waits TEXT NOT NULL DEFAULT '';
ALTER TABLE building_runs ADD COLUMN cancel_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE building_runs ADD COLUMN cancelled_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE building_runs ADD COLUMN cancel_forced BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE building_runs ADD COLUMN tolerated INTEGER NOT NULL DEFAULT 0;
ALTER TABLE building_runs ADD COLUMN started_by TEXT NOT NULL DEFAULT '';

-- The job that calls the workflow which a job belongs to; what it calls itself; what it waits for.
ALTER TABLE building_jobs ADD COLUMN caller TEXT NOT NULL DEFAULT '';
ALTER TABLE building_jobs ADD COLUMN calls TEXT NOT NULL DEFAULT '';
ALTER TABLE building_jobs ADD COLUMN inputs TEXT NOT NULL DEFAULT '{}';
ALTER TABLE building_jobs ADD COLUMN labels TEXT NOT NULL DEFAULT '';
ALTER TABLE building_jobs ADD COLUMN environment TEXT NOT NULL DEFAULT '';
ALTER TABLE building_jobs ADD COLUMN url TEXT NOT NULL DEFAULT '';
ALTER TABLE building_jobs ADD COLUMN waits TEXT NOT NULL DEFAULT '';
ALTER TABLE building_jobs ADD COLUMN stop TEXT NOT NULL DEFAULT '';
ALTER TABLE building_jobs ADD COLUMN ready_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE building_jobs ADD COLUMN origin TEXT NOT NULL DEFAULT '';

-- At which commit a run reads a workflow of another project.
CREATE TABLE building_calls (
    run       TEXT NOT NULL REFERENCES building_runs (id),
    reference TEXT NOT NULL,
    commit_id TEXT NOT NULL,
    PRIMARY KEY (run, reference)
);

-- Who holds a concurrency group and who waits for it; of the run itself the job is empty.
CREATE TABLE building_claims (
    id         TEXT    NOT NULL PRIMARY KEY,
    project    TEXT    NOT NULL,
    group_name TEXT    NOT NULL,
    run        TEXT    NOT NULL REFERENCES building_runs (id),
    job        TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    UNIQUE (run, job)
);
CREATE INDEX building_claims_group ON building_claims (project, group_name, id);

CREATE TABLE building_environments (
    project      TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    title        TEXT    NOT NULL,
    reviewers    TEXT    NOT NULL,
    no_self      BOOLEAN NOT NULL,
    bypass       BOOLEAN NOT NULL,
    wait_minutes INTEGER NOT NULL,
    refs         TEXT    NOT NULL,
    created_at   BIGINT  NOT NULL,
    PRIMARY KEY (project, name)
);

CREATE TABLE building_environment_secrets (
    project     TEXT   NOT NULL,
    environment TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    sealed      ${blob} NOT NULL,
    updated_by  TEXT   NOT NULL,
    updated_at  BIGINT NOT NULL,
    PRIMARY KEY (project, environment, name)
);

-- Of the project itself the environment is empty.
CREATE TABLE building_variables (
    project     TEXT   NOT NULL,
    environment TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    value       TEXT   NOT NULL,
    updated_by  TEXT   NOT NULL,
    updated_at  BIGINT NOT NULL,
    PRIMARY KEY (project, environment, name)
);

CREATE TABLE building_reviews (
    run         TEXT   NOT NULL REFERENCES building_runs (id),
    job         TEXT   NOT NULL,
    environment TEXT   NOT NULL,
    verdict     TEXT   NOT NULL,
    reviewer    TEXT   NOT NULL,
    comment     TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (run, job)
);

-- Of the whole installation the project is empty.
CREATE TABLE building_settings (
    project TEXT NOT NULL,
    name    TEXT NOT NULL,
    value   TEXT NOT NULL,
    PRIMARY KEY (project, name)
);
