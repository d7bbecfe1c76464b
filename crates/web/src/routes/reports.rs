//! Addresses of annual reports and of the registers they are compiled from.

use super::Table;
use crate::work::reports::{
    acts, board, cases, compared, earlier, file, page, registers, remedies, statistics, text,
};
use axum::routing::{get, post};

pub(super) fn add(table: Table) -> Table {
    let table = table
        .work("/work/reports", get(board::show))
        .work("/work/reports/{organ}/{year}", get(page::show))
        .work("/work/reports/{organ}/{year}/cells/{cell}", get(cases::show))
        .work("/work/reports/{organ}/{year}/charts/{key}", get(page::chart))
        .work("/work/reports/{organ}/{year}/text", get(text::show))
        .form("/work/reports/{organ}/{year}/text", post(text::save))
        .work("/work/reports/{organ}/{year}/files/{format}", get(file::show))
        .form("/work/reports/{organ}/{year}/compilation", post(acts::compile))
        .form("/work/reports/{organ}/{year}/answer", post(acts::answer))
        .form("/work/reports/{organ}/{year}/submission", post(acts::hand_in))
        .form("/work/reports/{organ}/{year}/return", post(acts::send_back))
        .form("/work/reports/{organ}/{year}/acceptance", post(acts::accept))
        .form("/work/reports/{organ}/{year}/item", post(acts::prepare))
        .form("/work/reports/{organ}/{year}/publication", post(acts::publish))
        .form("/work/reports/{organ}/{year}/restatement", post(acts::restate));
    table
        .work("/work/registers/{organ}", get(registers::show))
        .form("/work/registers/{organ}", post(registers::enter))
        .form("/work/registers/{organ}/preview", post(registers::preview))
        .form("/work/registers/{organ}/import", post(registers::import))
        .form("/work/registers/{organ}/undo", post(registers::undo))
        .work("/work/remedies/{organ}", get(remedies::show))
        .form("/work/remedies/{organ}", post(remedies::register))
        .form("/work/remedies/{organ}/answer", post(remedies::answer))
        .form("/work/remedies/{organ}/result", post(remedies::conclude))
        .work("/work/statistics/{organ}", get(statistics::list))
        .work("/work/statistics/{organ}/{paper}/{period}", get(statistics::show))
        .form("/work/statistics/{organ}/{paper}/{period}", post(statistics::enter))
        .form("/work/statistics/{organ}/{paper}/{period}/item", post(statistics::prepare))
        .work("/work/statistics/{organ}/{paper}/{period}/cells/{cell}", get(statistics::cases))
        .work("/work/statistics/{organ}/{paper}/{period}/files/{format}", get(statistics::file))
        .work("/work/compared-reports", get(compared::organs))
        .work("/work/compared-reports/{organ}", get(compared::years))
        .work("/work/earlier-reports/{organ}", get(earlier::show))
        .form("/work/earlier-reports/{organ}", post(earlier::import))
        .work("/work/earlier-reports/{organ}/{year}", get(earlier::beside))
        .form("/work/earlier-reports/{organ}/{year}", post(earlier::correct))
        .work("/work/earlier-reports/{organ}/{year}/original", get(earlier::original))
}
