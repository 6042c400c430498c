//! Blobs over the wire: whole and by pieces, announced, verified, read by who may; on both engines.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

mod circle;
mod disk;
mod evidence;
mod faults;
mod read;
mod servers;
mod substance;
mod tracks;
mod tus;
mod whole;

/// Runs each behaviour on both engines.
#[macro_export]
macro_rules! both {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        mod $name {
            use firebee_tests::{firm::{postgres, sqlite}, house::House};
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                super::$name(House::open(sqlite().await).await).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                super::$name(House::open(postgres().await).await).await;
            }
        }
    )* };
}
