//! 汇总: counts an organ's year from its registers, adds up those below, and keeps the figures.

use super::act::{Ground, finish, ground, load, who};
use super::facts::gather;
use super::{form, rolled};
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::figure::Figures;
use gongkai_domain::filing::{Compilation, Filing};
use gongkai_domain::id::OrganId;
use gongkai_domain::report::cell;
use gongkai_store::Db;

/// What a compilation gives, before it is kept.
#[derive(Clone, Debug)]
pub struct Counted {
    /// What is kept.
    pub compilation: Compilation,
    /// What must be known about the parts of a sum, a sentence each.
    pub remarks: Vec<String>,
    /// What could not be counted, a sentence each.
    pub problems: Vec<String>,
}

/// The organ's own figures of a year.
pub(super) async fn own_figures(
    db: &mut Db,
    organ: &OrganId,
    year: i16,
) -> Result<(Figures, Vec<String>), AppError> {
    let gathered = gather(db, organ, year).await?;
    let compiled = cell::compile(form(year)?, year, &gathered.facts);
    let compiled = compiled.map_err(|error| AppError::Broken(error.to_string()))?;
    Ok((compiled.figures, gathered.problems))
}

/// Counts anew, without keeping anything.
pub(super) async fn count(db: &mut Db, ground: &Ground, year: i16) -> Result<Counted, AppError> {
    let (own, problems) = own_figures(db, &ground.organ.id, year).await?;
    let Some(sum) = rolled::sum(db, ground, year, own.clone()).await? else {
        let figures = own.clone();
        let compilation = Compilation { own, figures, basis: Vec::new() };
        return Ok(Counted { compilation, remarks: Vec::new(), problems });
    };
    let remarks = sum.remarks.iter().map(ToString::to_string).collect();
    let compilation = Compilation { own, figures: sum.figures, basis: sum.basis };
    Ok(Counted { compilation, remarks, problems })
}

/// Compiles the report and keeps it.
///
/// # Errors
/// When no form is laid down for the year, the year is locked, or the caller may not write.
pub async fn compile(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    year: i16,
) -> Result<Filing, AppError> {
    let mut transaction = app.store.begin().await?;
    let ground = ground(&mut transaction, caller, organ).await?;
    let loaded = load(&mut transaction, &ground, year).await?;
    let counted = count(&mut transaction, &ground, year).await?;
    let step = loaded.filing.clone().compile(counted.compilation, &who(app, caller, &ground))?;
    finish(app, transaction, caller, &loaded, step).await
}
