//! Addresses of disclosure requests in the workplace.

use super::Table;
use crate::work::requests::{
    acts, areas, board, case, files, marks, papers, register, registration, reply, views,
};
use axum::routing::{get, post};

pub(super) fn add(table: Table) -> Table {
    table
        .work("/work/requests", get(register::show))
        .work("/work/requests.csv", get(register::csv))
        .work("/work/requests.xlsx", get(register::xlsx))
        .form("/work/requests/by-name", post(register::by_name))
        .form("/work/requests/views", post(views::keep))
        .form("/work/requests/views/forget", post(views::forget))
        .work("/work/requests/board", get(board::show))
        .work("/work/requests/new", get(registration::show))
        .form("/work/requests/new", post(registration::create))
        .work("/work/requests/{request}", get(case::show))
        .form("/work/requests/{request}/personal", post(case::personal))
        .form("/work/requests/{request}/notes", post(case::annotate))
        .work("/work/requests/{request}/acts/{act}", get(acts::show))
        .form("/work/requests/{request}/acts/{act}", post(acts::perform))
        .work("/work/requests/{request}/reply", get(reply::show))
        .form("/work/requests/{request}/reply", post(reply::propose))
        .work("/work/requests/{request}/package", get(papers::package))
        .work("/work/requests/{request}/papers", get(papers::show))
        .form("/work/requests/{request}/papers", post(papers::issue))
        .work("/work/requests/{request}/papers/{paper}/{format}", get(papers::open))
        .work("/work/requests/{request}/release", get(marks::show))
        .form("/work/requests/{request}/release", post(marks::make))
        .form("/work/requests/{request}/release/files", post(marks::bring))
        .work("/work/requests/{request}/release/{release}", get(areas::show))
        .form("/work/requests/{request}/release/{release}", post(areas::make))
        .work("/work/requests/{request}/release/{release}/pages/{page}", get(areas::picture))
        .work("/work/requests/{request}/files/{digest}/{name}", get(files::show))
}
