-- Artifacts have numbers, an end and a kind of archive now. What was packed before is a gzipped tar.
INSERT INTO building_archives (number, project, run, run_number, job, name, digest, size, files, mime,
    ref, commit_id, created_at, expires_at, expired, kept_by)
SELECT (SELECT COUNT(*) FROM building_artifacts b WHERE b.created_at < a.created_at
        OR (b.created_at = a.created_at AND (b.run || '/' || b.name) <= (a.run || '/' || a.name))),
    r.project, a.run, r.number, a.job, a.name, a.digest, a.size, a.files, 'application/gzip',
    r.ref, r.commit_id, a.created_at, a.created_at + 7776000000000, FALSE, ''
FROM building_artifacts a JOIN building_runs r ON r.id = a.run;

INSERT INTO building_numbers (kind, last)
SELECT 'artifact', MAX(number) FROM building_archives HAVING COUNT(*) > 0;

DROP TABLE building_artifacts;
