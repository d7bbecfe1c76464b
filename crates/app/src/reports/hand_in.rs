//! 报送: checks once more and hands the report in; its year is locked from then on.

use super::act::{finish, ground, load, who};
use super::view::examined;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::filing::Filing;
use gongkai_domain::id::OrganId;
use gongkai_domain::refusal::Refusal;

/// Hands the report in.
///
/// # Errors
/// When the registers changed since it was compiled, a check holds it up, or the rules do not allow it.
pub async fn hand_in(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    year: i16,
) -> Result<Filing, AppError> {
    let mut transaction = app.store.begin().await?;
    let ground = ground(&mut transaction, caller, organ).await?;
    let loaded = load(&mut transaction, &ground, year).await?;
    let who = who(app, caller, &ground);
    loaded.filing.permits(gongkai_domain::filing::FilingAct::HandIn, &who)?;
    let seen = examined(&mut transaction, &ground, &loaded.filing).await?;
    if !loaded.filing.figures.is_empty() && !seen.drift.is_empty() {
        let n = seen.drift.len();
        let reason = format!("汇总之后台账有变化，{n} 个数字已经不同；请重新汇总并核对后再报送");
        let act = gongkai_domain::filing::FilingAct::HandIn;
        return Err(Refusal::new(act.name(), loaded.filing.state.name(), reason)
            .by(act.article())
            .into());
    }
    let step = loaded.filing.clone().hand_in(&seen.concerns, &who)?;
    finish(app, transaction, caller, &loaded, step).await
}
