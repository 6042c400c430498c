//! What travels: facts, documents, requests, replies and their limits.
