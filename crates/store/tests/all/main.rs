//! The store on SQLite and on PostgreSQL: every query, two writers at once, what is undone, upgrades.

mod common;
mod items;
mod migrations;
mod queries;
mod requests;
mod whole;
