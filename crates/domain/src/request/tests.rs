//! The life of a request as tests.
