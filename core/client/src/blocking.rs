//! Work that may block: on threads of the runtime's own, or, in a program whose time stands still, in a task.
//!
//! A simulation runs a phone on one thread with paused time. Time would run past a thread that the runtime does not see,
//! and threads never meet in the same order twice. Such a program says so once, and everything below follows.

use std::{cell::Cell, marker::PhantomData};
use tokio::task::{JoinHandle, spawn, spawn_blocking, yield_now};

thread_local! {
    static TURNS: Cell<Option<fn() -> u32>> = const { Cell::new(None) };
}

/// Runs work that blocks, such as file operations and hashing. It goes on when nobody waits for it. A panic is an error
/// of the handle.
pub fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    match TURNS.get() {
        None => spawn_blocking(work),
        Some(turns) => {
            let turns = turns();
            spawn(async move {
                for _ in 0..turns {
                    yield_now().await;
                }
                work()
            })
        }
    }
}

/// Until the answer is dropped, what this thread asks for runs in tasks of its own runtime, each after as many turns of
/// the others as `turns` says when it is asked for.
pub fn inline_on_this_thread(turns: fn() -> u32) -> Inline {
    TURNS.set(Some(turns));
    Inline(PhantomData)
}

/// While it lives, its thread runs such work in tasks.
#[must_use]
pub struct Inline(PhantomData<*const ()>);

impl Drop for Inline {
    fn drop(&mut self) {
        TURNS.set(None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    fn thread_of(inlined: bool) -> (thread::ThreadId, thread::ThreadId) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let asked = move || {
            let _inline = inlined.then(|| inline_on_this_thread(|| 2));
            runtime.block_on(async { (thread::current().id(), run(|| thread::current().id()).await.unwrap()) })
        };
        thread::spawn(asked).join().unwrap()
    }

    #[test]
    fn work_runs_on_a_thread_of_its_own_until_its_own_thread_is_told_to_do_it() {
        let (here, ran) = thread_of(false);
        assert_ne!(here, ran);
        let (here, ran) = thread_of(true);
        assert_eq!(here, ran);
        assert_eq!(TURNS.get().map(drop), None, "one thread's word is not another's");
    }

    #[tokio::test]
    async fn a_panic_is_an_error_of_the_handle_either_way() {
        assert!(run(|| panic!("in a thread")).await.is_err_and(|error| error.is_panic()));
        let _inline = inline_on_this_thread(|| 0);
        assert!(run(|| panic!("in a task")).await.is_err_and(|error| error.is_panic()));
    }
}
