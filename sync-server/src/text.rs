//! What the server says by itself: the texts of its pages, which stand beside them. What the phone says too is of
//! [`firebee_protocol::text`].

include!(concat!(env!("OUT_DIR"), "/text.rs"));
