//! Screens through the client.
