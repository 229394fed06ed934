-- A run that goes again keeps its number: each row is one of its attempts. What was the number says
-- in which turn the attempts of a project came.
ALTER TABLE building_runs RENAME COLUMN number TO turn;
ALTER TABLE building_runs ADD COLUMN number BIGINT NOT NULL DEFAULT 0;
UPDATE building_runs SET number = turn;
ALTER TABLE building_runs ADD COLUMN latest BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE building_runs ADD COLUMN debug BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE building_counters ADD COLUMN turns BIGINT NOT NULL DEFAULT 0;
UPDATE building_counters SET turns = last;
DROP INDEX building_runs_commit;
DROP INDEX building_runs_file;
CREATE UNIQUE INDEX building_runs_attempt ON building_runs (project, number, attempt);
CREATE INDEX building_runs_commit ON building_runs (project, commit_id, number);
CREATE INDEX building_runs_file ON building_runs (project, file, number);
