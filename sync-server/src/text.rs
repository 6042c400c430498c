//! The server's own texts: those of its pages, stored beside them. Texts shared with the phone are in
//! [`firebee_protocol::text`].

include!(concat!(env!("OUT_DIR"), "/text.rs"));
