//! How the C library gives memory back.
//!
//! Left alone, glibc keeps an arena for each thread and never returns what once was large there: a server that took a
//! crowd's pushes holds their memory for ever. glibc reads its settings from the environment when a program starts, so the
//! program sets them and starts itself again, as the same process.

use std::{env, os::unix::process::CommandExt as _, process::Command};

/// At most two arenas, and a mapping of its own, which is returned when it is freed, for whatever has 128 KiB or more.
pub const ALLOCATOR: [(&str, &str); 2] = [("MALLOC_ARENA_MAX", "2"), ("MALLOC_MMAP_THRESHOLD_", "131072")];

/// Starts the program again with [`ALLOCATOR`], unless an operator has set one of these. On return the settings are as
/// they were: they were set, or the system does not start the program again.
pub(super) fn settle() {
    if ALLOCATOR.iter().any(|(name, _)| env::var_os(name).is_some()) {
        return;
    }
    let Ok(program) = env::current_exe() else { return };
    let error = Command::new(program).args(env::args_os().skip(1)).envs(ALLOCATOR).exec();
    tracing::warn!(%error, "the allocator keeps its own settings, so the server may hold more memory than it needs");
}
