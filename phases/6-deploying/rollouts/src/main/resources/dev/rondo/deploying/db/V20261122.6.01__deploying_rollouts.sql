CREATE TABLE deploying_releases (
    project      TEXT   NOT NULL,
    version      TEXT   NOT NULL,
    commit_id    TEXT   NOT NULL,
    artifacts    TEXT   NOT NULL,
    tickets      TEXT   NOT NULL,
    environments TEXT   NOT NULL,
    event        BIGINT NOT NULL,
    recalled     TEXT   NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (project, version)
);

CREATE TABLE deploying_approvals (
    project     TEXT   NOT NULL,
    version     TEXT   NOT NULL,
    environment TEXT   NOT NULL,
    account     TEXT   NOT NULL,
    event       BIGINT NOT NULL,
    PRIMARY KEY (project, version, environment, account)
);

-- Which version lives where.
CREATE TABLE deploying_services (
    project     TEXT   NOT NULL,
    service     TEXT   NOT NULL,
    environment TEXT   NOT NULL,
    version     TEXT   NOT NULL,
    previous    TEXT   NOT NULL,
    rollout     TEXT   NOT NULL,
    since       BIGINT NOT NULL,
    PRIMARY KEY (project, service, environment)
);

-- course: which plan of the delivery is followed: first, next or back.
-- event: the last event about it; judgement: the last one given, or 0.
CREATE TABLE deploying_rollouts (
    id           TEXT    NOT NULL PRIMARY KEY,
    project      TEXT    NOT NULL,
    service      TEXT    NOT NULL,
    environment  TEXT    NOT NULL,
    version      TEXT    NOT NULL,
    from_version TEXT    NOT NULL,
    commit_id    TEXT    NOT NULL,
    artifact     TEXT    NOT NULL,
    tickets      TEXT    NOT NULL,
    delivery     TEXT    NOT NULL,
    course       TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    step         INTEGER NOT NULL,
    since        BIGINT  NOT NULL,
    weight       INTEGER NOT NULL,
    weight_since BIGINT  NOT NULL,
    outcome      TEXT    NOT NULL,
    reason       TEXT    NOT NULL,
    judgement    BIGINT  NOT NULL,
    actor        TEXT    NOT NULL,
    event        BIGINT  NOT NULL,
    created_at   BIGINT  NOT NULL,
    finished_at  BIGINT  NOT NULL,
    active       INTEGER NOT NULL
);
-- One at a time; those that wait or are over are not active.
CREATE UNIQUE INDEX deploying_rollouts_one
    ON deploying_rollouts (project, service, environment) WHERE active = 1;
CREATE INDEX deploying_rollouts_project ON deploying_rollouts (project, created_at);
CREATE INDEX deploying_rollouts_version ON deploying_rollouts (project, version);
CREATE INDEX deploying_rollouts_open ON deploying_rollouts (project) WHERE finished_at = 0;

CREATE TABLE deploying_instances (
    id          TEXT    NOT NULL PRIMARY KEY,
    project     TEXT    NOT NULL,
    service     TEXT    NOT NULL,
    environment TEXT    NOT NULL,
    version     TEXT    NOT NULL,
    rollout     TEXT    NOT NULL,
    handle      TEXT    NOT NULL,
    port        INTEGER NOT NULL,
    state       TEXT    NOT NULL,
    wanted      INTEGER NOT NULL,
    restarts    INTEGER NOT NULL,
    problem     TEXT    NOT NULL,
    since       BIGINT  NOT NULL
);
CREATE INDEX deploying_instances_rollout ON deploying_instances (rollout);
CREATE INDEX deploying_instances_alive ON deploying_instances (project) WHERE state <> 'stopped';
