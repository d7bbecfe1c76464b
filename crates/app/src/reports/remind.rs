//! What people are reminded of about annual reports: one that is due soon or returned, and for the
//! office above, how many are missing. Reckoned anew each time, never kept.

use super::board::{Row, board, current_year};
use crate::caller::Caller;
use crate::duties::Reminder;
use crate::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::filing::FilingKey;

/// A report is called to mind so many days before it is due: our own choice, so that one who begins
/// then still has time for a return.
const DAYS: i32 = 30;

/// The reminders of the caller.
///
/// # Errors
/// When the store fails.
pub async fn reminders(app: &App, caller: &Caller) -> Result<Vec<Reminder>, AppError> {
    let today = app.clock.today();
    let year = current_year(today);
    let rows = match board(app, caller, year).await {
        Ok(rows) => rows,
        // No form is laid down for the year: there is nothing to hand in.
        Err(AppError::Invalid(_)) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let is_near = |row: &Row| row.due.is_some_and(|due| (due - today).get_days() <= DAYS);
    let is_open = |row: &Row| !row.state.is_some_and(FilingKey::is_locked);
    let is_own = |row: &Row| caller.actor.works_in(&row.organ.id);
    let mut found: Vec<Reminder> = rows
        .iter()
        .filter(|row| is_own(row) && is_open(row))
        .filter_map(|row| own(row, year, is_near(row)))
        .collect();
    let late = |row: &&Row| !is_own(row) && is_open(row) && row.due.is_some_and(|due| due < today);
    let n_late = rows.iter().filter(late).count();
    if 0 < n_late && caller.actor.is_anywhere(Role::DisclosureOffice) {
        found.push(Reminder {
            address: "/work/reports".to_owned(),
            subject: format!("{year} 年度报告"),
            sentence: format!("有 {n_late} 个机关逾期没有报送"),
        });
    }
    Ok(found)
}

fn own(row: &Row, year: i16, is_near: bool) -> Option<Reminder> {
    let due = row.due.map(|due| due.to_string()).unwrap_or_default();
    let sentence = match row.state {
        Some(FilingKey::Returned) => "上级已退回，请改正后重新报送".to_owned(),
        Some(FilingKey::Restating) => "正在更正，请改正后重新报送".to_owned(),
        _ if 0 < row.n_days_late => format!("报送期限 {due} 已过，还没有报送"),
        _ if is_near => format!("应于 {due} 前报送，还没有报送"),
        _ => return None,
    };
    Some(Reminder {
        address: format!("/work/reports/{}/{year}", row.organ.id),
        subject: format!("{} {year} 年度报告", row.organ.short_name),
        sentence,
    })
}
