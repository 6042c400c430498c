//! Ports for programs that a test starts.
#![expect(clippy::expect_used, reason = "a test may fail")]

use std::{
    net::{TcpListener, TcpStream},
    time::Duration,
};

/// A port that was free just now.
///
/// # Panics
/// If the machine has none.
pub fn free() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}

/// Waits until a program listens there: what is not ours tells nobody when it is ready.
///
/// # Panics
/// If it does not within ten seconds.
pub fn wait_until_it_listens(port: u16) {
    for _ in 0..1_000 {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    unreachable!("nothing listens on port {port}");
}
