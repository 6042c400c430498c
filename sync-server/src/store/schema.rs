//! The schema of the server: a list that only grows at its end.
//!
//! A migration is `migrations/NNNN_name.sql`, written once with PostgreSQL's names (see [`migrate`](super::migrate)).
//! One that was released is never changed: a database keeps the text it was made with, and a server compares them.

use super::migrate::Migration;

/// All migrations, in order: the position is the version.
pub const MIGRATIONS: &[Migration] =
    &[Migration { name: "0001_first", ddl: include_str!("migrations/0001_first.sql") }];
