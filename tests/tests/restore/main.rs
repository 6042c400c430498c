//! The key, the incarnation and the backups of a firm's data, on both engines.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

mod backup;
mod guide;
mod key;
mod operations;
mod scene;

pub use firebee_tests::both;

/// Runs each behaviour on a site of both engines.
#[macro_export]
macro_rules! each_engine {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        mod $name {
            use $crate::scene::Site;
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                super::$name(Site::sqlite().await).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                super::$name(Site::postgres().await).await;
            }
        }
    )* };
}
