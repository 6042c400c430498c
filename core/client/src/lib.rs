//! The phone: journal, cache, sync, evidence, tracks, session.
