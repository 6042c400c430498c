//! The texts of the demo and the names of its made-up firm. The sentences are in the files beside this one.
#![expect(clippy::enum_variant_names, reason = "each key of a folder begins with the folder's name")]

include!(concat!(env!("OUT_DIR"), "/text.rs"));
