//! Addresses of signing in and out.

use super::Table;
use crate::work;
use axum::routing::{get, post};

pub(super) fn add(table: Table) -> Table {
    table
        .public("/sign-in", get(work::sign_in::show))
        .open_form("/sign-in", post(work::sign_in::sign_in))
        .form("/work/sign-out", post(work::sign_in::sign_out))
        .work("/work", get(work::today::show))
}
