//! The board of today: what waits for whom, what is late, what has to be explained.

use super::deadline::{Shown, missing_years, shown};
use super::interpret::{Wanting, wanting};
use super::possible::waits_for;
use super::read::{narrow, own_lines};
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::id::OrganId;
use gongkai_store::items::{self, By, Filter, Line, Page};
use jiff::civil::Date;
use std::collections::HashMap;

/// Most lines of a part of the board.
const LINES: i64 = 200;

/// The board.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Board {
    /// What waits for the caller.
    pub mine: Vec<Line>,
    /// What others are at.
    pub others: Vec<Line>,
    /// Published in an emergency and not yet approved.
    pub unconfirmed: Vec<Line>,
    /// Policies whose interpretation is missing.
    pub wanting: Vec<Wanting>,
    /// How many are late, by organ.
    pub late: Vec<(OrganId, i64)>,
    /// How many were published in an emergency this year.
    pub n_emergencies: i64,
    /// The years whose working days are not laid down.
    pub missing_years: Vec<i16>,
}

/// The last day of a line as it is shown.
pub fn due(today: Date, line: &Line) -> Option<Shown> {
    line.due_on.map(|on| shown(today, line.formed_on, on))
}

/// The board of the caller.
///
/// # Errors
/// When the store fails.
pub async fn board(app: &App, caller: &Caller) -> Result<Board, AppError> {
    let in_work = ["draft", "in_review", "returned", "approved", "scheduled"];
    let states = in_work.map(str::to_owned).to_vec();
    let filter = Filter { states, due_first: true, ..Filter::default() };
    let lines = own_lines(app, caller, filter, Page { skip: 0, limit: LINES }).await?;
    let today = app.clock.today();
    let mut board = Board { missing_years: missing_years(today), ..Board::default() };
    let mut reader = app.store.reader().await?;
    let ids: Vec<_> = lines.iter().map(|line| &line.id).collect();
    let loaded = items::find_all(&mut reader, &ids).await?;
    let mut loaded: HashMap<_, _> =
        loaded.into_iter().map(|each| (each.item.id.clone(), each)).collect();
    for line in lines {
        let Some(loaded) = loaded.remove(&line.id) else { continue };
        if loaded.item.awaits_confirmation() {
            board.unconfirmed.push(line.clone());
        }
        let part =
            if waits_for(caller, &loaded.item) { &mut board.mine } else { &mut board.others };
        part.push(line);
    }
    let organs = gongkai_store::organs::all(&mut reader).await?;
    let yesterday = today.yesterday().unwrap_or(today);
    let mut late = Filter { due_by: Some(yesterday), ..Filter::default() };
    if !narrow(caller, &organs, &mut late) {
        return Ok(board);
    }
    let counts = items::counts(&mut reader, &late, By::Organ).await?;
    let parsed = counts.into_iter().filter_map(|(organ, n)| Some((organ.parse().ok()?, n)));
    board.late = parsed.collect();
    board.late.sort_by_key(|(_, n)| -n);
    board.n_emergencies = items::emergencies(&mut reader, &late.organs, today.year()).await?;
    board.wanting = wanting(&mut reader, &late.organs, today).await?;
    Ok(board)
}
