-- What a project keeps for less than the installation allows; 0 where it says nothing.
CREATE TABLE building_retention (
    project       TEXT   NOT NULL PRIMARY KEY,
    artifact_days BIGINT NOT NULL,
    log_days      BIGINT NOT NULL,
    cache_days    BIGINT NOT NULL,
    cache_bytes   BIGINT NOT NULL
);
