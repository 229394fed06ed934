-- Environments that a release was let into after it was published; event: what let it in.
CREATE TABLE deploying_openings (
    project     TEXT   NOT NULL,
    version     TEXT   NOT NULL,
    environment TEXT   NOT NULL,
    event       BIGINT NOT NULL,
    PRIMARY KEY (project, version, environment)
);
