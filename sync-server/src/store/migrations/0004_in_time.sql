-- Whether the last round came too late (R-128, R-221); NULL before it is handed in.
ALTER TABLE task ADD COLUMN late BIGINT;
