//! What the demo says and what its made-up firm is called; the sentences stand beside this file.
#![expect(clippy::enum_variant_names, reason = "each key of a folder begins with the folder's name")]

include!(concat!(env!("OUT_DIR"), "/text.rs"));
