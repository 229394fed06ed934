CREATE TABLE operating_services (
    project         TEXT   NOT NULL,
    service         TEXT   NOT NULL,
    environment     TEXT   NOT NULL,
    version         TEXT   NOT NULL,
    commit_id       TEXT   NOT NULL,
    deployed_at     BIGINT NOT NULL,
    owners          TEXT   NOT NULL,
    on_call         TEXT   NOT NULL,
    escalation      TEXT   NOT NULL,
    escalate_after  BIGINT NOT NULL,
    runbook         TEXT   NOT NULL,
    PRIMARY KEY (project, service, environment)
);

CREATE TABLE operating_incidents (
    project         TEXT   NOT NULL,
    number          BIGINT NOT NULL,
    severity        TEXT   NOT NULL,
    title           TEXT   NOT NULL,
    service         TEXT   NOT NULL,
    environment     TEXT   NOT NULL,
    version         TEXT   NOT NULL,
    commit_id       TEXT   NOT NULL,
    rollout         TEXT   NOT NULL,
    cause           TEXT   NOT NULL,
    evidence        TEXT   NOT NULL,
    state           TEXT   NOT NULL,
    opened_by       TEXT   NOT NULL,
    detected_at     BIGINT NOT NULL,
    acknowledged_at BIGINT NOT NULL,
    acknowledged_by TEXT   NOT NULL,
    mitigated_at    BIGINT NOT NULL,
    resolved_at     BIGINT NOT NULL,
    resolution      TEXT   NOT NULL,
    resolved_with   TEXT   NOT NULL,
    escalate_at     BIGINT NOT NULL,
    opened_seq      BIGINT NOT NULL,
    PRIMARY KEY (project, number)
);
-- One open incident per service, environment and cause: the database itself says so.
CREATE UNIQUE INDEX operating_incidents_open
    ON operating_incidents (project, service, environment, cause) WHERE state <> 'resolved';
CREATE INDEX operating_incidents_commit ON operating_incidents (project, commit_id);
CREATE INDEX operating_incidents_version ON operating_incidents (project, version);
CREATE INDEX operating_incidents_escalate ON operating_incidents (escalate_at) WHERE escalate_at > 0;

-- The events that an incident grew from: the one that opened it and those that joined later.
CREATE TABLE operating_signals (
    project TEXT   NOT NULL,
    number  BIGINT NOT NULL,
    seq     BIGINT NOT NULL,
    rule    TEXT   NOT NULL,
    firing  BIGINT NOT NULL,
    PRIMARY KEY (project, number, seq)
);
CREATE INDEX operating_signals_rule ON operating_signals (project, rule);

-- Tickets that shipped with the version at fault, and those written because of the incident.
CREATE TABLE operating_tickets (
    project  TEXT   NOT NULL,
    number   BIGINT NOT NULL,
    ticket   BIGINT NOT NULL,
    relation TEXT   NOT NULL,
    PRIMARY KEY (project, number, ticket)
);
CREATE INDEX operating_tickets_ticket ON operating_tickets (project, ticket);

CREATE TABLE operating_reviews (
    project      TEXT   NOT NULL,
    number       BIGINT NOT NULL,
    summary      TEXT   NOT NULL,
    impact       TEXT   NOT NULL,
    root_cause   TEXT   NOT NULL,
    went_well    TEXT   NOT NULL,
    to_improve   TEXT   NOT NULL,
    edited_by    TEXT   NOT NULL,
    edited_at    BIGINT NOT NULL,
    edition      BIGINT NOT NULL,
    PRIMARY KEY (project, number)
);

-- What is still to be said to whom; the id holds the event's, so that nothing is said twice.
CREATE TABLE operating_notifications (
    id       TEXT   NOT NULL PRIMARY KEY,
    project  TEXT   NOT NULL,
    number   BIGINT NOT NULL,
    seq      BIGINT NOT NULL,
    occasion TEXT   NOT NULL,
    channel  TEXT   NOT NULL,
    target   TEXT   NOT NULL,
    attempts BIGINT NOT NULL,
    next_at  BIGINT NOT NULL,
    state    TEXT   NOT NULL,
    error    TEXT   NOT NULL,
    made_at  BIGINT NOT NULL
);
CREATE INDEX operating_notifications_due ON operating_notifications (next_at) WHERE state = 'waiting';
CREATE INDEX operating_notifications_incident ON operating_notifications (project, number);

CREATE TABLE operating_webhooks (
    project TEXT    NOT NULL PRIMARY KEY,
    url     TEXT    NOT NULL,
    secret  ${blob} NOT NULL
);

-- One row or none: the mail server of the whole installation.
CREATE TABLE operating_mail (
    one      BIGINT  NOT NULL PRIMARY KEY,
    host     TEXT    NOT NULL,
    port     BIGINT  NOT NULL,
    security TEXT    NOT NULL,
    account  TEXT    NOT NULL,
    password ${blob} NOT NULL,
    sender   TEXT    NOT NULL
);

CREATE TABLE operating_numbers (
    project TEXT   NOT NULL PRIMARY KEY,
    last    BIGINT NOT NULL
);
