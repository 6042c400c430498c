//! The client for Kotlin, Swift and Python.
