//! A job: the work of one transaction, and the report of its end.

use super::{StoreError, Tx};
use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::{Context, Poll, Waker},
};

/// `async move |tx: &mut Tx| …` (the type must be written), or an `async fn(&mut Tx)`, with a `Send` future.
pub trait Job<'t, T, E>: FnOnce(&'t mut Tx) -> Self::Future {
    /// What the job returns when called.
    type Future: Future<Output = Result<T, E>> + Send + 't;
}

impl<'t, T, E, F, Fut> Job<'t, T, E> for F
where
    F: FnOnce(&'t mut Tx) -> Fut,
    Fut: Future<Output = Result<T, E>> + Send + 't,
{
    type Future = Fut;
}

/// A job that was not applied: the caller's error, and the store's own error.
pub(super) struct Failure<E> {
    pub(super) error: E,
    /// `None` if the job decided so by itself.
    pub(super) cause: Option<StoreError>,
}

impl<E: From<StoreError>> From<StoreError> for Failure<E> {
    fn from(cause: StoreError) -> Self {
        Self { error: cause.clone().into(), cause: Some(cause) }
    }
}

pub(super) type Outcome<T, E> = Result<T, Failure<E>>;

impl Tx {
    /// The result of a finished job. A failed statement overrides an `Ok`, because PostgreSQL would answer the COMMIT
    /// with a silent ROLLBACK.
    pub(super) fn settle<T, E: From<StoreError>>(&mut self, out: Result<T, E>) -> Outcome<T, E> {
        self.feeds.clear();
        match (self.failed.take(), out) {
            (Some(cause), Ok(_)) => Err(cause.into()),
            (cause, Err(error)) => Err(Failure { error, cause }),
            (None, Ok(value)) => Ok(value),
        }
    }

    /// Turns a job's panic into an error that rolls it back.
    pub(super) fn panicked<T, E: From<StoreError>>(&mut self, panic: &(dyn Any + Send)) -> Result<T, E> {
        let text = panic.downcast_ref::<&str>().copied();
        let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("?");
        let bug = StoreError::Bug(format!("a job panicked: {text}"));
        self.failed = Some(bug.clone());
        Err(bug.into())
    }

    /// Runs a job to its end on this thread. On SQLite no verb ever waits, so one poll must finish it.
    pub(super) fn run_now<T, E: From<StoreError>>(&mut self, job: impl for<'t> Job<'t, T, E>) -> Outcome<T, E> {
        let run = AssertUnwindSafe(|| match pin!(job(self)).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(out) => Some(out),
            Poll::Pending => None,
        });
        let out = match catch_unwind(run) {
            Ok(Some(out)) => out,
            Ok(None) => {
                let bug = StoreError::Bug("a job may await nothing but its Tx".into());
                self.failed = Some(bug.clone());
                Err(bug.into())
            }
            Err(panic) => self.panicked(&*panic),
        };
        self.settle(out)
    }
}
