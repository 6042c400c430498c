//! The one binary of Firebee: serve, demo, admin.

#[cfg_attr(not(test), expect(dead_code, reason = "the demo's story, which reads walks, is not told yet"))]
mod demo;

fn main() {}
