//! The first connection to a PostgreSQL server, and a sentence for the operator where it fails.

use crate::config::PostgresAddress;
use std::error::Error;
use tokio_postgres::{Client, error::SqlState};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Why the PostgreSQL server cannot be used, as a sentence for the operator: what happened, what the server or the system
/// says, what to check. It never holds the password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("PostgreSQL at {place} {}: {reason}. {}", trouble.what(), trouble.remedy())]
pub struct ReachError {
    /// Host and port.
    pub place: String,
    /// What the server, TLS or the system says.
    pub reason: String,
    /// What kind of trouble it is.
    pub trouble: Trouble,
}

/// What is wrong with a PostgreSQL server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody answers there.
    Silent,
    /// The server speaks no TLS, or its certificate is not trusted.
    Untrusted,
    /// User or password is wrong, or this machine may not come in.
    Refused,
    /// There is no such database.
    NoDatabase,
    /// The user may not make tables.
    NotOwner,
    /// The server, or the pooler before it, has no connection left.
    Crowded,
    /// Anything else.
    Other,
}

impl Trouble {
    const fn what(self) -> &'static str {
        match self {
            Self::Silent => "does not answer",
            Self::Untrusted => "cannot be trusted",
            Self::Refused => "refuses the user",
            Self::NoDatabase => "has no such database",
            Self::NotOwner => "lets the user make no tables",
            Self::Crowded => "has no connection left",
            Self::Other => "cannot be used",
        }
    }

    const fn remedy(self) -> &'static str {
        match self {
            Self::Silent => "Check host and port in `postgres`, and whether the database server runs",
            Self::Untrusted => {
                "Check `sslmode` and `sslrootcert` in `postgres`, and the certificate of the database server"
            }
            Self::Refused => "Check user and password in `postgres`, and pg_hba.conf of the database server",
            Self::NoDatabase => "Make it with createdb, or name another in `postgres`",
            Self::NotOwner => "Make the user the owner of the database",
            Self::Crowded => "Lower `connections`, or raise max_connections of the database server",
            Self::Other => "The log of the database server tells more",
        }
    }
}

/// Connects once, and makes a table that does not stay.
pub(in crate::store) async fn reach(address: &PostgresAddress) -> Result<(), ReachError> {
    let place = address.place();
    let untrusted = |reason: String| ReachError { place: place.clone(), reason, trouble: Trouble::Untrusted };
    let tls = address.tls().map_err(|error| untrusted(error.to_string()))?;
    let tried = address.config().connect(MakeRustlsConnect::new(tls)).await;
    let (client, connection) = tried.map_err(|error| ReachError::of(place.clone(), &error))?;
    let connection = tokio::spawn(connection);
    let made = make_table(&client).await;
    drop(client);
    connection.abort();
    made.map_err(|error| ReachError::of(place, &error))
}

impl ReachError {
    fn of(place: String, error: &tokio_postgres::Error) -> Self {
        let Some(refused) = error.as_db_error() else {
            let source = error.source();
            let reason = source.map_or_else(|| error.to_string(), ToString::to_string);
            let is_io = source.is_some_and(|source| source.is::<std::io::Error>());
            // What TLS says comes as an error of input and output, too.
            let trouble = match (error.to_string().contains("TLS"), is_io) {
                (true, _) => Trouble::Untrusted,
                (false, true) => Trouble::Silent,
                (false, false) => Trouble::Other,
            };
            return Self { place, reason, trouble };
        };
        let state = refused.code();
        let trouble = match state.code() {
            _ if *state == SqlState::INVALID_CATALOG_NAME => Trouble::NoDatabase,
            _ if *state == SqlState::INSUFFICIENT_PRIVILEGE => Trouble::NotOwner,
            _ if *state == SqlState::TOO_MANY_CONNECTIONS => Trouble::Crowded,
            class if class.starts_with("28") => Trouble::Refused,
            _ => Trouble::Other,
        };
        Self { place, reason: refused.message().to_owned(), trouble }
    }
}

async fn make_table(client: &Client) -> Result<(), tokio_postgres::Error> {
    client.batch_execute("BEGIN; CREATE TABLE firebee_reached (n BIGINT); ROLLBACK").await
}
