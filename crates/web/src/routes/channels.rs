//! Addresses of channels and background jobs in the workplace.

use super::Table;
use crate::work::{channels, jobs};
use axum::routing::{get, post};

pub(super) fn add(table: Table) -> Table {
    table
        .work("/work/channels", get(channels::list::show))
        .work("/work/channels/counts.csv", get(channels::counts::csv))
        .work("/work/channels/accounts/new", get(channels::accounts::show_new))
        .form("/work/channels/accounts/new", post(channels::accounts::create))
        .work("/work/channels/accounts/{id}", get(channels::accounts::show))
        .form("/work/channels/accounts/{id}", post(channels::accounts::save))
        .form("/work/channels/accounts/{id}/closure", post(channels::accounts::shut))
        .form("/work/items/{id}/channels", post(channels::acts::want))
        .form("/work/releases/{id}/withdrawal", post(channels::acts::withdraw))
        .form("/work/releases/{id}/retry", post(channels::acts::retry))
        .form("/work/releases/{id}/evidence", post(channels::acts::do_by_hand))
        .form("/work/releases/{id}/follow-up", post(channels::acts::follow_up))
        .work("/work/jobs", get(jobs::show))
        .form("/work/jobs/{id}/retry", post(jobs::restart))
        .form("/work/jobs/{id}/cancellation", post(jobs::cancel))
}
