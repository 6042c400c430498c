-- Facts of a store up to late_through come late: its phone had lost the account before it sent them. freed_by is the act
-- that took the account from it, until it claims again.
ALTER TABLE device_store ADD COLUMN late_through BIGINT NOT NULL DEFAULT 0;
ALTER TABLE device_store ADD COLUMN freed_by BYTEA;
-- A late token opens only the way for what its phone has recorded.
ALTER TABLE token ADD COLUMN late BIGINT NOT NULL DEFAULT 0;
-- Whether the fact came late and nobody has adopted it.
ALTER TABLE parked ADD COLUMN late BIGINT NOT NULL DEFAULT 0;
-- Which act of the office decided on a fact that had come late.
CREATE TABLE decision (
    org BIGINT NOT NULL,
    fact BYTEA NOT NULL,
    act BYTEA NOT NULL,
    PRIMARY KEY(org, fact)
);
CREATE INDEX blob_unverified ON blob(org, id) WHERE state <> 'verified';
