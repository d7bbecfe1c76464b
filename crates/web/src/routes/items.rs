//! Addresses of items in the workplace.

use super::Table;
use crate::work;
use axum::routing::{get, post};

pub(super) fn add(table: Table) -> Table {
    table
        .work("/work/items", get(work::list::show))
        .work("/work/items/new", get(work::draft::show))
        .form("/work/items/new", post(work::draft::create))
        .work("/work/items/{id}", get(work::item::show))
        .work("/work/items/{id}/edit", get(work::edit::show))
        .form("/work/items/{id}/edit", post(work::edit::save))
        .form("/work/items/{id}/submission", post(work::acts::submit))
        .form("/work/items/{id}/recall", post(work::acts::recall))
        .form("/work/items/{id}/signature", post(work::acts::sign))
        .form("/work/items/{id}/return", post(work::acts::send_back))
        .form("/work/items/{id}/publication", post(work::acts::publish))
        .form("/work/items/{id}/schedule", post(work::acts::schedule))
        .form("/work/items/{id}/withdrawal", post(work::acts::withdraw))
        .form("/work/items/{id}/edition", post(work::acts::reopen))
        .form("/work/items/{id}/archive", post(work::acts::archive))
        .form("/work/items/{id}/discard", post(work::acts::discard))
        .form("/work/items/{id}/emergency", post(work::acts::emergency))
        .form("/work/items/{id}/confirmation", post(work::acts::confirm))
        .form("/work/items/{id}/unschedule", post(work::acts::unschedule))
        .form("/work/items/{id}/lapse", post(work::acts::lapse))
        .form("/work/items/{id}/answer", post(work::acts::answer))
        .form("/work/items/{id}/mask", post(work::acts::mask))
        .work("/work/items/{id}/preview", get(work::preview::show))
        .work("/work/items/{id}/differences", get(work::compare::show))
        .form("/work/items/{id}/files", post(work::files::add))
        .form("/work/items/{id}/files/change", post(work::files::change))
        .work("/work/items/{id}/files/{digest}/{name}", get(work::files::show))
        .work("/work/items.csv", get(work::list::csv))
        .work("/work/items.xlsx", get(work::list::xlsx))
        .public("/items/{id}/files/{digest}/{name}", get(work::files::public))
}
