//! What the demo says and what its made-up firm is called; the sentences stand beside this file.

include!(concat!(env!("OUT_DIR"), "/text.rs"));
