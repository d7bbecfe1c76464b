//! The facts of table three: the requests of organs as the cells of the annual report count them.

use crate::{App, AppError};
use gongkai_domain::id::OrganId;
use gongkai_domain::report::cell::{Applicant, Outcome, RequestFact};
use gongkai_store::requests::{self, Counted};
use jiff::civil::Date;

/// The requests of these organs that count in a year; `Err` in one names what cannot be counted.
///
/// # Errors
/// When the year is none, a request cannot be counted, or the store fails.
pub async fn facts(app: &App, organs: &[OrganId], year: i16) -> Result<Vec<RequestFact>, AppError> {
    let bound = |month, day| {
        Date::new(year, month, day)
            .map_err(|_| AppError::invalid("year", format!("没有 {year} 这一年")))
    };
    let (from, to) = (bound(1, 1)?, bound(12, 31)?);
    let mut reader = app.store.reader().await?;
    let counted = requests::counted(&mut reader, organs, from, to).await?;
    counted.into_iter().map(fact).collect()
}

fn fact(counted: Counted) -> Result<RequestFact, AppError> {
    let broken = |reason: String| AppError::Broken(format!("申请 {}：{reason}", counted.number));
    let applicant = Applicant::by_key(counted.kind.key());
    let applicant = applicant.ok_or_else(|| broken("申请人类别不在表三".to_owned()))?;
    let closed = match counted.closed {
        None => None,
        Some((outcome, on)) => {
            let outcome = Outcome::by_key(outcome.as_str());
            Some((outcome.ok_or_else(|| broken("办理结果不在表三".to_owned()))?, on))
        }
    };
    let id = counted.id.as_str();
    RequestFact::new(id, applicant, counted.received_on, closed)
        .map_err(|error| broken(error.to_string()))
}
