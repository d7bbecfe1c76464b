//! Requests through the actions that people use.
