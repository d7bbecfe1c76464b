//! 归档包: what a closed request leaves behind, in one file that proves by itself that nothing of it was
//! changed. It is made from the case each time until personal data goes, and kept from then on; its hash
//! stands in the audit log.

use super::act::load;
use super::{file, kept, reveal, served_papers, thing};
use crate::caller::Caller;
use crate::{App, AppError};
use bytes::Bytes;
use gongkai_domain::audit::{Event, digest};
use gongkai_domain::id::RequestId;
use gongkai_domain::request::{DisclosureRequest, RequestFile, RequestState};
use gongkai_domain::time::china_date;
use gongkai_papers::archive_package::{Case, Paper, build};
use gongkai_store::requests::files::{self, KeptFile};
use gongkai_store::{Db, events, organs, requests};

/// The act by which a package is taken.
const ACT: &str = "request.package";

/// A package with its name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Package {
    /// The name of the file.
    pub name: String,
    /// Its bytes: a ZIP.
    pub bytes: Bytes,
}

/// Takes the package of an archived request; the look is logged with the hash of the package.
///
/// # Errors
/// When the caller does not work on the request, it is not archived, or the store fails.
pub async fn package(app: &App, caller: &Caller, id: &RequestId) -> Result<Package, AppError> {
    let mut transaction = app.store.begin().await?;
    let request = load(&mut transaction, caller, id).await?.request;
    if !reveal::may(caller, &request) {
        let message = "归档包由办理、审核这件申请的人员下载，您没有这个权限".to_owned();
        return Err(AppError::Forbidden(message));
    }
    if !matches!(request.state, RequestState::Archived { .. }) {
        return Err(AppError::Conflict("申请归档以后才有归档包，请先办理归档".to_owned()));
    }
    let bytes = match files::package_of(&mut transaction, id).await? {
        // One that was kept before the case was opened again does not tell its end.
        Some(file) if is_whole(&file, &request) => kept::open(app, &file).await?,
        _ => made(app, &mut transaction, &request).await?,
    };
    let mut event = caller.event(ACT, thing(&request), request.organ.as_str(), app.clock.now());
    event.after = digest(&bytes);
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    transaction.commit().await?;
    Ok(Package { name: format!("归档包 {}.zip", request.number), bytes })
}

async fn made(app: &App, db: &mut Db, request: &DisclosureRequest) -> Result<Bytes, AppError> {
    let case = case(app, db, request).await?;
    let made = tokio::task::spawn_blocking(move || build(&case)).await;
    let made = made.map_err(|error| AppError::Broken(error.to_string()))?;
    made.map(Bytes::from).map_err(|error| AppError::Conflict(error.to_string()))
}

/// Makes the package of a request and keeps it, for what it is made of will be no more; answers its
/// bytes.
pub(super) async fn keep(
    app: &App,
    db: &mut Db,
    request: &DisclosureRequest,
) -> Result<Bytes, AppError> {
    let bytes = made(app, db, request).await?;
    let sealed = kept::seal(app, None, bytes.clone()).await?;
    let file = KeptFile { request: Some(request.id.clone()), is_package: true, ..sealed };
    files::add(db, &file).await?;
    Ok(bytes)
}

async fn case(app: &App, db: &mut Db, request: &DisclosureRequest) -> Result<Case, AppError> {
    let organ = organs::find(db, &request.organ).await?;
    let mut papers = vec![record(request)];
    let before = files::package_of(db, &request.id).await?;
    if let Some(before) = before.filter(|package| !package.stored.is_empty()) {
        papers.push(earlier(app, &before).await?);
    }
    for issued in requests::papers(db, &request.id).await? {
        papers.extend(paper(app, db, &served_papers::file(&issued)).await?);
    }
    for file in file::all(request) {
        papers.extend(paper(app, db, file).await?);
    }
    let links = events::of(db, &thing(request)).await?;
    // Taking a package must not change the next one.
    let events: Vec<Event> =
        links.into_iter().map(|link| link.event).filter(|event| event.act != ACT).collect();
    let closed_on = request.closings.last().map_or(request.arrived_on, |closing| closing.on);
    Ok(Case {
        number: request.number.clone(),
        title: request.wanted.title(),
        agency: organ.map(|organ| organ.name_on(closed_on).to_owned()).unwrap_or_default(),
        closed_on,
        papers,
        events,
    })
}

/// The request as it stands: who asked in full is not in it.
fn record(request: &DisclosureRequest) -> Paper {
    Paper {
        title: "案件记录".to_owned(),
        extension: "json".to_owned(),
        media_type: "application/json".to_owned(),
        bytes: serde_json::to_vec_pretty(request).expect("a request has text keys"),
    }
}

fn is_whole(package: &KeptFile, request: &DisclosureRequest) -> bool {
    request.closings.iter().all(|closing| closing.on <= china_date(package.kept_at))
}

/// The package that was kept when the case was archived before: what it holds may be no more elsewhere.
async fn earlier(app: &App, package: &KeptFile) -> Result<Paper, AppError> {
    Ok(Paper {
        title: format!("{} 的归档包", china_date(package.kept_at)),
        extension: "zip".to_owned(),
        media_type: "application/zip".to_owned(),
        bytes: kept::open(app, package).await?.to_vec(),
    })
}

/// A file; none where its time was over.
async fn paper(app: &App, db: &mut Db, file: &RequestFile) -> Result<Option<Paper>, AppError> {
    if kept::is_erased(db, &file.digest).await? {
        return Ok(None);
    }
    let bytes = kept::read(app, db, &file.digest).await?;
    let (title, extension) = file.name.rsplit_once('.').unwrap_or((&file.name, "bin"));
    Ok(Some(Paper {
        title: title.to_owned(),
        extension: extension.to_owned(),
        media_type: file.media_type.clone(),
        bytes: bytes.to_vec(),
    }))
}
