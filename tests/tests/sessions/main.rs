//! Signing in and out, one device an account, on both engines, through the real router.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

mod claim;
mod described;
mod firm;
mod refresh;
mod release;
mod remedies;
mod sign_in;
mod start;

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
