-- Each fact says how long its blobs are: an upload has one of the lengths that were announced for its blob.
ALTER TABLE blob_use ADD COLUMN len BIGINT NOT NULL DEFAULT 0;
-- Unfinished uploads by pieces. Every store has its own, so no phone disturbs what another has begun. The first received
-- bytes of the file that part numbers are synced. writer is the request that writes the file now, wanted the newest that
-- asked to. beat grows with every sign of life of a writer.
CREATE TABLE upload (
    org BIGINT NOT NULL,
    blob BYTEA NOT NULL,
    store_id BYTEA NOT NULL,
    len BIGINT NOT NULL,
    received BIGINT NOT NULL,
    part BIGINT NOT NULL,
    writer BIGINT,
    wanted BIGINT NOT NULL,
    beat BIGINT NOT NULL,
    touched_ms BIGINT NOT NULL,
    PRIMARY KEY(org, blob, store_id)
);
CREATE INDEX upload_store ON upload(org, store_id);
ALTER TABLE blob DROP COLUMN received;
