-- What is watched: a service in an environment, as the events of deploying told it.
CREATE TABLE monitoring_service (
    project TEXT NOT NULL,
    service TEXT NOT NULL,
    environment TEXT NOT NULL,
    version TEXT NOT NULL,
    candidate TEXT NOT NULL,
    weight INTEGER NOT NULL,
    changed_at BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (project, service, environment)
);

-- What is marked on the charts.
CREATE TABLE monitoring_marker (
    seq BIGINT PRIMARY KEY,
    project TEXT NOT NULL,
    service TEXT NOT NULL,
    environment TEXT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    version TEXT NOT NULL,
    weight INTEGER NOT NULL
);
CREATE INDEX monitoring_marker_at ON monitoring_marker (project, service, environment, at);

-- A judgement that was asked for. The id is that of the event which asked.
CREATE TABLE monitoring_judgement (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    project TEXT NOT NULL,
    rollout TEXT NOT NULL,
    step INTEGER NOT NULL,
    service TEXT NOT NULL,
    environment TEXT NOT NULL,
    stable TEXT NOT NULL,
    candidate TEXT NOT NULL,
    since BIGINT NOT NULL,
    rules TEXT NOT NULL,
    state TEXT NOT NULL,
    report TEXT NOT NULL,
    ended_at BIGINT NOT NULL
);
CREATE INDEX monitoring_judgement_open ON monitoring_judgement (state);
CREATE INDEX monitoring_judgement_rollout ON monitoring_judgement (project, rollout);
CREATE INDEX monitoring_judgement_seq ON monitoring_judgement (project, seq);

-- The rules that a project's default branch asks for, or why they cannot be read.
CREATE TABLE monitoring_rule_file (
    project TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    revision TEXT NOT NULL,
    content TEXT NOT NULL,
    problem TEXT NOT NULL
);

-- Pushes whose file is still to be read.
CREATE TABLE monitoring_rule_push (
    project TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    revision TEXT NOT NULL
);

CREATE TABLE monitoring_alert (
    project TEXT NOT NULL,
    rule TEXT NOT NULL,
    service TEXT NOT NULL,
    environment TEXT NOT NULL,
    state TEXT NOT NULL,
    since BIGINT NOT NULL,
    clear_since BIGINT NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    threshold DOUBLE PRECISION NOT NULL,
    version TEXT NOT NULL,
    severity TEXT NOT NULL,
    summary TEXT NOT NULL,
    fired_seq BIGINT NOT NULL,
    PRIMARY KEY (project, rule, service, environment)
);
