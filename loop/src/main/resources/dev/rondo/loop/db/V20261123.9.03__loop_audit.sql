-- The journal's audit entries, laid out for whoever looks for one of them.
CREATE TABLE loop_audit (
    seq     BIGINT NOT NULL PRIMARY KEY,
    at      BIGINT NOT NULL,
    project TEXT   NOT NULL,
    actor   TEXT   NOT NULL,
    action  TEXT   NOT NULL,
    target  TEXT   NOT NULL,
    details TEXT   NOT NULL,
    address TEXT   NOT NULL
);
CREATE INDEX loop_audit_actor ON loop_audit (actor, seq);
CREATE INDEX loop_audit_action ON loop_audit (action, seq);
CREATE INDEX loop_audit_project ON loop_audit (project, seq);
CREATE INDEX loop_audit_at ON loop_audit (at, seq);
