//! Taking a connection. Errors of the system are waited out.

use super::open::Open;
use crate::observe::Seldom;
use std::{io, net::SocketAddr, time::Duration};
use tokio::net::{TcpListener, TcpStream};

/// How long to wait when the system has no file for a connection, and nothing can be spared.
const AGAIN: Duration = Duration::from_millis(50);
/// How long a connection that was spared takes to give its file back.
const SOON: Duration = Duration::from_millis(1);

/// The next connection, however long the system has none to give.
pub(super) async fn accept(listener: &TcpListener, open: &Open, complaints: &Seldom) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if is_of_the_peer(&error) => {}
            Err(error) => {
                if let Some(left_out) = complaints.say() {
                    tracing::warn!(%error, left_out, "no connection can be taken now");
                }
                // Most likely there are too many open files; one that is silent can be spared.
                let spared = open.close_the_longest_silent();
                tokio::time::sleep(if spared { SOON } else { AGAIN }).await;
            }
        }
    }
}

/// The peer has left before its connection was taken.
fn is_of_the_peer(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    matches!(error.kind(), Kind::ConnectionRefused | Kind::ConnectionAborted | Kind::ConnectionReset)
}
