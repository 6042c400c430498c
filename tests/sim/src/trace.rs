//! What happened, in order: a hash that tells two runs apart, and words for people.

use sha2::{Digest, Sha256};
use std::{cell::RefCell, fmt::Write as _};
use tokio::time::Instant;

#[derive(Default)]
struct Trace {
    began: Option<Instant>,
    sum: Sha256,
    words: Vec<String>,
    events: u64,
    /// When the last event was. The virtual clock ends with its runtime.
    last_us: u128,
}

thread_local! {
    static TRACE: RefCell<Trace> = RefCell::default();
}

/// Begins a trace at this moment of the virtual clock.
pub fn begin() {
    TRACE.set(Trace { began: Some(Instant::now()), ..Trace::default() });
}

/// An event at a host: what it was, and with what.
pub fn note(host: &str, event: &str, about: &str) {
    TRACE.with_borrow_mut(|trace| {
        let at = trace.began.map_or(0, |began| began.elapsed().as_micros());
        let line = format!("{at} {host} {event} {about}");
        trace.sum.update(line.as_bytes());
        trace.sum.update(b"\n");
        trace.events += 1;
        trace.last_us = at;
        if std::env::var_os("SIM_EVENTS").is_some() {
            trace.words.push(format!("        {line}"));
        }
    });
}

/// An action, in words.
pub fn say(words: &str) {
    note("world", "does", words);
    TRACE.with_borrow_mut(|trace| {
        let at = trace.began.map_or(0, |began| began.elapsed().as_millis());
        trace.words.push(format!("{:>10}.{:03} s  {words}", at / 1_000, at % 1_000));
    });
}

/// The actions so far, a line each.
pub fn words() -> Vec<String> {
    TRACE.with_borrow(|trace| trace.words.clone())
}

/// How many events there were, how many virtual seconds passed, and the hash over all of it.
pub fn sum() -> (u64, u64, String) {
    TRACE.with_borrow(|trace| {
        let seconds = u64::try_from(trace.last_us / 1_000_000).unwrap_or(u64::MAX);
        (trace.events, seconds, hex(&trace.sum.clone().finalize()))
    })
}

/// Bytes in hex digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
