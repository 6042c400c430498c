//! The schema of the server: a list that only grows at its end.
//!
//! A migration is `migrations/NNNN_name.sql`, written once with PostgreSQL's names (see [`migrate`](super::migrate)). A
//! released migration never changes: a database stores the text of its migrations, and the server compares them.

use super::migrate::Migration;

/// All migrations, in order: the position is the version.
pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "0001_first", ddl: include_str!("migrations/0001_first.sql") },
    Migration { name: "0002_signed_logs", ddl: include_str!("migrations/0002_signed_logs.sql") },
    Migration { name: "0003_acts", ddl: include_str!("migrations/0003_acts.sql") },
    Migration { name: "0004_in_time", ddl: include_str!("migrations/0004_in_time.sql") },
    Migration { name: "0005_crc32", ddl: include_str!("migrations/0005_crc32.sql") },
    Migration { name: "0006_uploads", ddl: include_str!("migrations/0006_uploads.sql") },
    Migration { name: "0007_attachments", ddl: include_str!("migrations/0007_attachments.sql") },
    Migration { name: "0008_token", ddl: include_str!("migrations/0008_token.sql") },
    Migration { name: "0009_late", ddl: include_str!("migrations/0009_late.sql") },
];
