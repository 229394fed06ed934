ALTER TABLE building_annotations ADD COLUMN end_line INTEGER NOT NULL DEFAULT 0;
ALTER TABLE building_annotations ADD COLUMN start_column INTEGER NOT NULL DEFAULT 0;
ALTER TABLE building_annotations ADD COLUMN end_column INTEGER NOT NULL DEFAULT 0;
