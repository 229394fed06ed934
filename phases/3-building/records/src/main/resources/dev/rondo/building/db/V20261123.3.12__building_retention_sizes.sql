-- How much a project keeps of what has no limit by itself; 0 where it says nothing.
ALTER TABLE building_retention ADD COLUMN artifact_bytes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE building_retention ADD COLUMN log_bytes BIGINT NOT NULL DEFAULT 0;
