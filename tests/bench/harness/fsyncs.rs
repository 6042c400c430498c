//! Counts the fsyncs of this process, whoever asks for them: SQLite, the standard library, ours, theirs.
//!
//! This program answers to the names `fsync` and `fdatasync` itself, counts, and asks the kernel directly.
#![expect(unsafe_code, reason = "taking the place of a C function is unsafe by nature")]

use rustix::fd::BorrowedFd;
use std::{
    ffi::c_int,
    sync::atomic::{AtomicU64, Ordering},
};

static DONE: AtomicU64 = AtomicU64::new(0);

/// How many there were so far.
pub fn count() -> u64 {
    DONE.load(Ordering::Relaxed)
}

/// Takes the place of the C library's.
#[unsafe(no_mangle)]
extern "C" fn fsync(file: c_int) -> c_int {
    // SAFETY: the caller of `fsync` holds the file open until it returns.
    answer(rustix::fs::fsync(unsafe { BorrowedFd::borrow_raw(file) }))
}

/// Takes the place of the C library's.
#[unsafe(no_mangle)]
extern "C" fn fdatasync(file: c_int) -> c_int {
    // SAFETY: the caller of `fdatasync` holds the file open until it returns.
    answer(rustix::fs::fdatasync(unsafe { BorrowedFd::borrow_raw(file) }))
}

fn answer(done: rustix::io::Result<()>) -> c_int {
    DONE.fetch_add(1, Ordering::Relaxed);
    if let Err(error) = done {
        // Nothing that is measured on such a disk would mean anything.
        eprintln!("the disk does not sync: {error}");
        std::process::abort();
    }
    0
}
