-- github.run_number counts the runs of one workflow; the number by which a run is called counts
-- those of the project.
ALTER TABLE building_runs ADD COLUMN ordinal BIGINT NOT NULL DEFAULT 0;
UPDATE building_runs SET ordinal =
    (SELECT COUNT(DISTINCT earlier.number) FROM building_runs earlier
     WHERE earlier.project = building_runs.project AND earlier.file = building_runs.file
       AND earlier.number <= building_runs.number);
CREATE TABLE building_ordinals (
    project TEXT NOT NULL,
    file TEXT NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (project, file)
);
INSERT INTO building_ordinals (project, file, last)
    SELECT project, file, MAX(ordinal) FROM building_runs GROUP BY project, file;
