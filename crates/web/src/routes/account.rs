//! Addresses of signing in and out, of one's own account, and of the first start.

use super::Table;
use crate::work;
use axum::routing::{get, post};

pub(super) fn add(table: Table) -> Table {
    table
        .public("/sign-in", get(work::sign_in::show))
        .open_form("/sign-in", post(work::sign_in::sign_in))
        .public("/sign-in/oidc", get(work::oidc::leave))
        .public("/sign-in/oidc/return", get(work::oidc::back))
        .public("/sign-in/code", get(work::account::code::show))
        .open_form("/sign-in/code", post(work::account::code::give))
        .form("/work/sign-out", post(work::sign_in::sign_out))
        .public("/setup/{token}", get(work::setup::show))
        .open_form("/setup/{token}", post(work::setup::set_up))
        .work("/work", get(work::today::show))
        .work("/work/account", get(work::account::show))
        .work("/work/account/password", get(work::account::password::show))
        .form("/work/account/password", post(work::account::password::change))
        .work("/work/account/second-factor", get(work::account::second_factor::show))
        .form("/work/account/second-factor", post(work::account::second_factor::begin))
        .work("/work/account/second-factor/picture", get(work::account::second_factor::picture))
        .form(
            "/work/account/second-factor/confirmation",
            post(work::account::second_factor::confirm),
        )
        .form("/work/account/reminders", post(work::account::reminders::set))
        .form("/work/account/delegations", post(work::account::delegation::create))
        .form("/work/account/delegations/{post}/end", post(work::account::delegation::end))
}
