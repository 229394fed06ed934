-- An event that is not yet looked at: its position in the journal.
ALTER TABLE building_pushes RENAME TO building_events;

-- Every workflow file that was ever seen; state is active or disabled_manually.
CREATE TABLE building_workflows (
    project    TEXT   NOT NULL,
    file       TEXT   NOT NULL,
    number     BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    state      TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (project, file),
    UNIQUE (project, number)
);

-- The time tables on the default branch, and when each is due next.
CREATE TABLE building_schedules (
    project TEXT   NOT NULL,
    file    TEXT   NOT NULL,
    cron    TEXT   NOT NULL,
    zone    TEXT   NOT NULL,
    actor   TEXT   NOT NULL,
    due_at  BIGINT NOT NULL,
    PRIMARY KEY (project, file, cron, zone)
);
CREATE INDEX building_schedules_due ON building_schedules (due_at);

CREATE INDEX building_runs_file ON building_runs (project, file, number);
