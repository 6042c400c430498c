//! The C library's `getrandom` for the whole process, following from a seed: std, tokio, the product and its libraries all
//! draw from here. One seed, one process.
#![expect(unsafe_code, reason = "a symbol of the C library is defined here, in place of its own")]

use crate::tape::split_mix;
use std::sync::Mutex;

static STATE: Mutex<u64> = Mutex::new(0);

/// Random bytes follow from this seed from now on.
pub fn seed(seed: u64) {
    if let Ok(mut state) = STATE.lock() {
        *state = seed ^ 0x005e_ed0f_f1eb_ee00;
    }
}

/// As getrandom(2): fills `len` bytes and returns how many it filled.
///
/// # Safety
/// `bytes` has room for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn getrandom(bytes: *mut u8, len: usize, _flags: u32) -> isize {
    let Ok(mut state) = STATE.lock() else { return -1 };
    for at in 0..len {
        let [byte, ..] = split_mix(&mut state).to_be_bytes();
        // SAFETY: the caller's promise.
        unsafe { bytes.add(at).write(byte) };
    }
    isize::try_from(len).unwrap_or(-1)
}
