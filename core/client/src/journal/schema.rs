//! The tables of journal.db.

/// The version of the tables, kept as `user_version`.
pub(super) const VERSION: i64 = 1;

/// The tables. Ids and hashes are binary; times are milliseconds.
pub(super) const TABLES: &str = "
CREATE TABLE store (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    store_id BLOB NOT NULL,
    install_id BLOB NOT NULL,
    key_alias TEXT NOT NULL,
    public_key BLOB NOT NULL,
    sent_through INTEGER NOT NULL DEFAULT 0,
    acked_through INTEGER NOT NULL DEFAULT 0,
    durable_through INTEGER NOT NULL DEFAULT 0,
    retired TEXT
) STRICT;
CREATE TABLE session (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    state TEXT NOT NULL CHECK (state IN ('asking', 'signed_in', 'released')),
    claim_id BLOB NOT NULL,
    login TEXT NOT NULL,
    account BLOB,
    epoch INTEGER NOT NULL DEFAULT 0,
    incarnation BLOB,
    server_key TEXT,
    claim_receipt TEXT,
    access TEXT,
    refresh TEXT,
    late TEXT,
    recipient TEXT
) STRICT;
CREATE TABLE former_store (n INTEGER PRIMARY KEY, store_id BLOB NOT NULL, key_alias TEXT NOT NULL) STRICT;
CREATE TABLE fact (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    project BLOB,
    task BLOB,
    line BLOB NOT NULL,
    content_hash BLOB NOT NULL,
    chain BLOB NOT NULL,
    parked TEXT
) STRICT;
CREATE INDEX fact_of_task ON fact (task, seq) WHERE task IS NOT NULL;
CREATE INDEX fact_parked ON fact (seq) WHERE parked IS NOT NULL;
CREATE INDEX fact_photo ON fact (task, seq) WHERE kind = 'photo.taken';
CREATE TABLE blob (
    id BLOB PRIMARY KEY,
    len INTEGER NOT NULL,
    mime TEXT NOT NULL,
    role TEXT NOT NULL,
    fact_seq INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'unknown' CHECK (state IN ('unknown', 'verified', 'durable', 'lost')),
    sent_offset INTEGER NOT NULL DEFAULT 0,
    durable_ms INTEGER,
    collected INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX blob_unknown ON blob (fact_seq) WHERE state = 'unknown';
CREATE INDEX blob_lost ON blob (fact_seq) WHERE state = 'lost';
CREATE TABLE announced (
    fact_seq INTEGER NOT NULL,
    blob BLOB NOT NULL,
    PRIMARY KEY (fact_seq, blob)
) STRICT, WITHOUT ROWID;
CREATE INDEX announced_blob ON announced (blob);
CREATE TABLE request (id BLOB PRIMARY KEY, operation TEXT NOT NULL, answer TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE receipt (seq INTEGER PRIMARY KEY, received_ms INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE anchor (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    server_ms INTEGER NOT NULL,
    boot_ms INTEGER NOT NULL,
    boot_id BLOB NOT NULL,
    rtt_ms INTEGER NOT NULL,
    stamp TEXT,
    noted INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE refused_size (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    bytes INTEGER NOT NULL,
    wall_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE settings (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    pictures TEXT NOT NULL,
    looks_bytes_max INTEGER NOT NULL
) STRICT;
CREATE TABLE track (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    task BLOB NOT NULL,
    boot_id BLOB NOT NULL,
    replayed INTEGER NOT NULL,
    since_seq INTEGER NOT NULL
) STRICT;
CREATE TABLE fix (
    n INTEGER PRIMARY KEY,
    boot_ms INTEGER NOT NULL,
    lat_e6 INTEGER NOT NULL,
    lon_e6 INTEGER NOT NULL,
    accuracy_m INTEGER NOT NULL,
    provider INTEGER NOT NULL,
    mock INTEGER NOT NULL
) STRICT;
CREATE TABLE hint (n INTEGER PRIMARY KEY, boot_ms INTEGER NOT NULL, cause INTEGER NOT NULL) STRICT;
CREATE TABLE draft (
    place TEXT NOT NULL,
    field TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (place, field)
) STRICT, WITHOUT ROWID;
CREATE TABLE told (key TEXT PRIMARY KEY, mark INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE foretold (
    key TEXT NOT NULL,
    mark INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (key, at_ms)
) STRICT, WITHOUT ROWID;
";
