//! The program killed in the middle of writing, again and again: what it acknowledged is there, whole.

mod items;
mod requests;
mod server;
