//! The registers that table two is compiled from: entered, imported with a preview, undone.

mod enter;
mod import;
mod send;
pub mod tokens;
mod undo;

pub use enter::{enter, enter_once};
pub use gongkai_store::reports::registers::{Batch, Kept};
pub use import::{Preview, Previewed, import, preview};
pub use send::{FaultyRow, LARGEST, SendError, Sending, Sent, send};
pub use undo::undo;

use super::act::{Ground, ground};
use crate::caller::Caller;
use crate::{App, AppError, secret};
use gongkai_domain::audit::digest;
use gongkai_domain::figure::plain_text;
use gongkai_domain::id::OrganId;
use gongkai_domain::refusal::Refusal;
use gongkai_domain::register::Record;
use gongkai_store::reports::{self, registers};
use gongkai_store::{Transaction, events};

/// Most batches that a page shows.
const BATCHES: i64 = 100;

/// A register as a page shows it.
#[derive(Clone, Debug)]
pub struct Register {
    /// Whose.
    pub organ: gongkai_domain::organ::Organ,
    /// The rows that bear on the year.
    pub rows: Vec<Kept>,
    /// What came at once, the latest first.
    pub batches: Vec<Batch>,
    /// Whether the caller may write.
    pub can_write: bool,
    /// Whether the year's report locks it.
    pub is_locked: bool,
}

/// The register of an organ and year.
///
/// # Errors
/// When the caller may not see it.
pub async fn register(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    year: i16,
) -> Result<Register, AppError> {
    let mut reader = app.store.reader().await?;
    let ground = ground(&mut reader, caller, organ).await?;
    let filing = reports::find(&mut reader, organ, year).await?;
    Ok(Register {
        rows: registers::of_year(&mut reader, organ, year).await?,
        batches: registers::batches(&mut reader, organ, BATCHES).await?,
        can_write: caller.actor.writes_for(organ),
        is_locked: filing.is_some_and(|loaded| loaded.filing.is_locked()),
        organ: ground.organ,
    })
}

const ACT: &str = "登记台账";

/// Refuses a change of records that bear on a year whose report is locked.
async fn refuse_locked(
    transaction: &mut Transaction,
    ground: &Ground,
    records: impl Iterator<Item = &Record>,
) -> Result<(), AppError> {
    let records: Vec<&Record> = records.collect();
    for year in reports::years(transaction, &ground.organ.id).await? {
        let bears = records.iter().any(|record| record.touches(year));
        let filing = reports::find(transaction, &ground.organ.id, year).await?;
        if bears && filing.is_some_and(|loaded| loaded.filing.is_locked()) {
            let reason = format!(
                "{year} 年度报告已经报送，当年台账已锁定；确需改动，请先在年度报告页“更正”并写明理由"
            );
            return Err(Refusal::new(ACT, "已锁定", reason)
                .by("《政府信息公开条例》第四十九条")
                .into());
        }
    }
    Ok(())
}

fn may_write(caller: &Caller, organ: &OrganId) -> Result<(), AppError> {
    if caller.actor.writes_for(organ) {
        return Ok(());
    }
    Err(Refusal::new(ACT, "台账", "由本机关信息员或信息公开工作机构登记").into())
}

/// Adds records as one batch, with its event: who brought them signs the digest of the rows.
async fn add(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    (source, file): (String, Option<String>),
    records: Vec<Record>,
    sending: Option<Sending<'_>>,
) -> Result<Batch, AppError> {
    may_write(caller, organ)?;
    let mut transaction = app.store.begin().await?;
    let batch = add_in(app, caller, &mut transaction, organ, (source, file), records).await?;
    if let Some(sending) = sending {
        tokens::note(&mut transaction, sending, &batch).await?;
    }
    transaction.commit().await?;
    Ok(batch)
}

/// The same in a transaction that the caller of it commits.
async fn add_in(
    app: &App,
    caller: &Caller,
    transaction: &mut Transaction,
    organ: &OrganId,
    (source, file): (String, Option<String>),
    records: Vec<Record>,
) -> Result<Batch, AppError> {
    let ground = ground(transaction, caller, organ).await?;
    refuse_locked(transaction, &ground, records.iter()).await?;
    let now = app.clock.now();
    let signed = digest(signed_text(&records).as_bytes());
    if file.is_some() && registers::has(transaction, organ, &signed).await? {
        let message = "同样内容的文件已经导入过；确需再次导入，请先撤销上一批";
        return Err(AppError::Conflict(message.to_owned()));
    }
    let batch = Batch {
        id: secret::id(now),
        organ: organ.clone(),
        source,
        file,
        n_rows: i64::try_from(records.len()).unwrap_or(i64::MAX),
        digest: signed,
        made_by: caller.actor.name.clone(),
        made_at: now,
        undone: None,
    };
    let rows: Vec<(String, Record)> =
        records.into_iter().map(|record| (secret::id(now), record)).collect();
    registers::add(transaction, &batch, &rows).await?;
    let mut event = caller.event("register.add", thing(&batch.id), organ.as_str(), now);
    event.after = format!("{{\"rows\":{},\"digest\":\"{}\"}}", batch.n_rows, batch.digest);
    events::append(transaction, event, app.config.audit.algorithm).await?;
    Ok(batch)
}

fn thing(batch: &str) -> String {
    format!("register/{batch}")
}

/// The rows as who brings them signs them: a line each, fields parted by tabs.
fn signed_text(records: &[Record]) -> String {
    let line = |record: &Record| {
        let until = record.until.map(|day| day.to_string()).unwrap_or_default();
        let fields = [
            record.kind.key().to_owned(),
            record.line.clone(),
            record.number.clone(),
            record.title.clone(),
            record.on.to_string(),
            until,
            plain_text(record.amount),
        ];
        fields.join("\t") + "\n"
    };
    records.iter().map(line).collect()
}
