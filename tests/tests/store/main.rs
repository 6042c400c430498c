//! The store behaves the same on both engines: each behaviour is one function over a [`Store`](firebee_server::store::Store)
//! that runs on SQLite and on a real PostgreSQL. What only one engine has stands in a file of its own.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod bench;
mod both;
mod ends;
mod fixture;
mod migrations;
mod postgres;
mod sqlite;
mod tls;
