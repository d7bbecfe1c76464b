//! 到期删除个人信息: what is due by the settings goes, each request with its event. Figures stay as they
//! are, and so does the archive package.

pub use super::expiring::{Expiring, Standing, Sweep, plan};

use super::expiring::{
    PIECE, days_before, expiring, horizon, standing, working_copies, years_before,
};
use super::{package, seal, thing};
use crate::caller::system_event;
use crate::{App, AppError};
use gongkai_domain::audit::digest;
use gongkai_domain::id::RequestId;
use gongkai_domain::request::DisclosureRequest;
use gongkai_store::requests::files::{self, KeptFile};
use gongkai_store::requests::retention::{self as stored, Behind};
use gongkai_store::requests::{self, Loaded, drafts};
use gongkai_store::{Transaction, events};

/// Lets go what is due: requests one by one, so that others get their turn and what was done stays done
/// when it is cut off; then files, packages, drafts and texts.
///
/// # Errors
/// When the store fails.
pub async fn expire(app: &App) -> Result<Sweep, AppError> {
    let mut sweep = Sweep::default();
    let mut behind = Behind::default();
    loop {
        let mut reader = app.store.reader().await?;
        let (piece, next) = stored::erasable(&mut reader, horizon(app), &behind, PIECE).await?;
        drop(reader);
        if piece.is_empty() {
            break;
        }
        behind = next;
        for Loaded { request, .. } in piece {
            match erase(app, &request.id).await {
                Ok(gone) => sweep.requests.extend(gone),
                // One that is damaged does not keep the others.
                Err(error) => sweep.failed.push(format!("申请 {}：{error}", request.number)),
            }
        }
    }
    sweep.n_packages = packages(app).await?;
    sweep.n_loose_files = loose_files(app).await?;
    let now = app.clock.now();
    let mut transaction = app.store.begin().await?;
    drafts::expire(&mut transaction, now).await?;
    let before = days_before(now, app.config.retention.suggestion_days);
    let n_typed = stored::forget_suggestions(&mut transaction, before).await?;
    transaction.commit().await?;
    sweep.n_suggestions = usize::try_from(n_typed).unwrap_or_default();
    gongkai_store::whole::settle(&mut *app.store.reader().await?).await?;
    Ok(sweep)
}

/// What is done each day: what stands open from before is sealed, what is over goes; answers what
/// could not be done.
///
/// # Errors
/// When the store fails.
pub(crate) async fn daily(app: &App) -> Result<Vec<String>, AppError> {
    super::seal_open::seal_open(app).await?;
    Ok(expire(app).await?.failed)
}

/// Erases the personal data of one request where it is due; its package is made before.
async fn erase(app: &App, id: &RequestId) -> Result<Option<Expiring>, AppError> {
    let (now, today) = (app.clock.now(), app.clock.today());
    let mut transaction = app.store.begin().await?;
    let Some(Loaded { request, personal, version, .. }) =
        requests::find(&mut transaction, id).await?
    else {
        return Ok(None);
    };
    let is_done = stored::erased_on(&mut transaction, id).await?.is_some();
    let Some((goes_on, Standing::Due)) = standing(app, &mut transaction, &request).await? else {
        return Ok(None);
    };
    if is_done {
        return Ok(None);
    }
    let copies = working_copies(files::of_request(&mut transaction, id).await?);
    let package = match request.is_archived() {
        true => Some(package::keep(app, &mut transaction, &request).await?),
        false => None,
    };
    let rest = seal::rest(app, &request, &personal);
    let left = request.clone().without_names();
    stored::erase(&mut transaction, &left, &rest, version, now, today).await?;
    for file in &copies {
        files::erase(&mut transaction, &file.name, today).await?;
    }
    let organ = request.organ.as_str();
    let mut event = system_event("request.expire", thing(&request), organ, now);
    event.reason = format!(
        "办结于 {}，删除姓名、证件号码、联系方式，文书和附件 {} 份",
        closed(&request),
        copies.len()
    );
    event.after = package.map(|bytes| digest(&bytes)).unwrap_or_default();
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    end(app, transaction, &copies).await?;
    Ok(Some(expiring(&request, goes_on, Standing::Due, copies.len())))
}

/// Makes it last, and only then takes away the files that nothing opens any more.
async fn end(app: &App, transaction: Transaction, gone: &[KeptFile]) -> Result<(), AppError> {
    transaction.commit().await?;
    for file in gone {
        app.files.remove(&file.stored).await?;
    }
    Ok(())
}

fn closed(request: &DisclosureRequest) -> String {
    request.ended_on().map(|day| day.to_string()).unwrap_or_default()
}

async fn packages(app: &App) -> Result<usize, AppError> {
    let years = app.config.retention.package_years;
    let today = app.clock.today();
    let mut n_gone = 0;
    if years == 0 {
        return Ok(n_gone);
    }
    loop {
        let mut transaction = app.store.begin().await?;
        let before = years_before(today, years);
        let piece = files::packages(&mut transaction, before, PIECE).await?;
        for file in &piece {
            files::erase(&mut transaction, &file.name, today).await?;
            let request = file.request.as_ref().map(RequestId::to_string).unwrap_or_default();
            let thing = format!("request/{request}");
            let mut event = system_event("request.expire", thing, "", app.clock.now());
            event.reason = "删除归档包 1 份".to_owned();
            events::append(&mut transaction, event, app.config.audit.algorithm).await?;
        }
        end(app, transaction, &piece).await?;
        n_gone += piece.len();
        if piece.is_empty() {
            return Ok(n_gone);
        }
    }
}

async fn loose_files(app: &App) -> Result<usize, AppError> {
    let before = days_before(app.clock.now(), app.config.retention.loose_file_days);
    let mut n_gone = 0;
    loop {
        let mut transaction = app.store.begin().await?;
        let piece = files::loose(&mut transaction, before, PIECE).await?;
        for file in &piece {
            files::discard(&mut transaction, &file.name).await?;
        }
        end(app, transaction, &piece).await?;
        n_gone += piece.len();
        if piece.is_empty() {
            return Ok(n_gone);
        }
    }
}
