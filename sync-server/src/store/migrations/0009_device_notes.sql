-- What phones noted about themselves, each at the place of its fact. note is the body of the fact and stamp its time, both
-- JSON; at_ms is the last instant at which it can have been, place is store:seq. Anchors have a table of their own.
CREATE TABLE device_note (
    org BIGINT NOT NULL,
    store_id BYTEA NOT NULL,
    seq BIGINT NOT NULL,
    place TEXT NOT NULL,
    boot_id BYTEA NOT NULL,
    note TEXT NOT NULL,
    stamp TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY(org, store_id, seq)
);
