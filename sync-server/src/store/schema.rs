//! The schema of the server: a list that only grows at its end.
//!
//! A migration is `migrations/NNNN_name.sql`, written once with PostgreSQL's names (see [`migrate`](super::migrate)). A
//! released migration never changes: a database stores the text of its migrations, and the server compares them.

use super::migrate::Migration;

/// All migrations, in order: the position is the version.
pub const MIGRATIONS: &[Migration] =
    &[Migration { name: "0001_first", ddl: include_str!("migrations/0001_first.sql") }];
