//! 接口报送: records that a program sends with its token; all or nothing, once a key, signed and undoable
//! like an import.

use super::{Batch, add, tokens};
use crate::caller::Caller;
use crate::{App, AppError};
use bytes::Bytes;
use gongkai_domain::access::{Actor, Post, Role};
use gongkai_domain::register::token::RegisterToken;
use gongkai_domain::register::{Record, RecordFault, RecordKind, Typed, line_of};
use gongkai_store::reports::{registers, tokens as kept};
use jiff::civil::Date;
use serde::Deserialize;

/// The largest body, in bytes: five thousand records of two hundred characters each are half of it.
pub const LARGEST: usize = 4 << 20;

/// The most records of one body.
const MOST_ROWS: usize = 5_000;

/// The longest `Idempotency-Key`, in characters.
const LONGEST_KEY: usize = 100;

/// What a program sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    /// The organ, where the program names it: it must be that of the token.
    #[serde(default)]
    organ: Option<String>,
    /// `act` or `matter`.
    #[serde(default)]
    kind: Option<String>,
    rows: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    #[serde(default)]
    number: String,
    #[serde(default)]
    title: String,
    on: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    amount: String,
}

/// A record that cannot be taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FaultyRow {
    /// Its number in the body, from 1.
    pub row: usize,
    /// What is wrong with it.
    pub faults: Vec<RecordFault>,
}

/// Why nothing was taken.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// No token, or one that opens nothing.
    #[error("请求没有带有效的令牌：令牌有误、已撤销或者已过期；请向安全管理员申领")]
    NoToken,
    /// Records cannot be taken.
    #[error("有 {} 行不能接收，整批没有登记；请改正后重新报送", .0.len())]
    Rows(Vec<FaultyRow>),
    /// As an import would be refused.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<gongkai_store::StoreError> for SendError {
    fn from(error: gongkai_store::StoreError) -> Self {
        Self::App(error.into())
    }
}

/// What a program brought.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sent {
    /// The batch.
    pub batch: Batch,
    /// Whether it had been sent before under this key: nothing was added.
    pub was_known: bool,
}

/// What a batch came by.
#[derive(Clone, Copy, Debug)]
pub struct Sending<'a> {
    /// Whose leave.
    pub(super) token: &'a RegisterToken,
    /// Its key.
    pub(super) key: &'a str,
    /// The hash of the body.
    pub(super) body: &'a str,
}

/// The register that an address names.
///
/// # Errors
/// When there is none.
fn register(text: &str) -> Result<&'static str, AppError> {
    let line = line_of(text).filter(|line| line.key == text);
    line.map(|line| line.key).ok_or(AppError::NotFound("这种台账"))
}

fn checked_key(key: &str) -> Result<&str, AppError> {
    let is_fit =
        (1..=LONGEST_KEY).contains(&key.len()) && key.chars().all(|c| c.is_ascii_graphic());
    if is_fit {
        return Ok(key);
    }
    let message =
        "请用请求头 Idempotency-Key 给这一批编一个不重复的号（1 到 100 个字母、数字、符号）";
    Err(AppError::invalid("Idempotency-Key", message))
}

/// Takes what a program sends to a register.
///
/// # Errors
/// When the token is none or does not reach the register, a record cannot be taken, the key was used for
/// something else, the same came before, or the year is locked.
pub async fn send(
    app: &App,
    (secret, origin): (&str, &str),
    (wanted, key): (&str, &str),
    body: Bytes,
) -> Result<Sent, SendError> {
    let mut reader = app.store.reader().await?;
    let token = tokens::of_secret(app, &mut reader, secret).await?.ok_or(SendError::NoToken)?;
    let register = register(wanted)?;
    if !token.reaches(register) {
        let message = format!("令牌不能写入“{register}”台账；请向安全管理员申领");
        return Err(AppError::Forbidden(message).into());
    }
    let key = checked_key(key)?;
    // The register stands in the address: the same rows sent to another one are another sending.
    let digest = gongkai_domain::audit::digest(&[register.as_bytes(), b"\n", &body].concat());
    if let Some(known) = kept::sending(&mut reader, &token.id, key).await? {
        if known.body != digest {
            let message = "这个 Idempotency-Key 已经用于另一批内容；新的内容请换一个号";
            return Err(AppError::Conflict(message.to_owned()).into());
        }
        let batch = registers::batch(&mut reader, &known.batch).await?;
        let batch = batch.ok_or(AppError::NotFound("这批台账"))?;
        return Ok(Sent { batch, was_known: true });
    }
    drop(reader);
    let records = records(&token, register, &body, app.clock.today())?;
    let file = app.files.keep(body).await.map_err(AppError::from)?;
    let caller = caller(&token, origin, app.clock.today());
    let source = (format!("接口：{}", token.name), Some(file));
    let sending = Sending { token: &token, key, body: &digest };
    let batch = add(app, &caller, &token.organ, source, records, Some(sending)).await?;
    Ok(Sent { batch, was_known: false })
}

/// The program as a caller: it writes for its organ, and signs by its own name.
fn caller(token: &RegisterToken, origin: &str, today: Date) -> Caller {
    let organ = token.organ.clone();
    let post = Post { organ, role: Role::Clerk, from: today, until: None, instead_of: None };
    let person = token.id.parse().expect("digits and small letters make an id");
    let name = format!("接口令牌“{}”", token.name);
    Caller { actor: Actor { person, name, posts: vec![post] }, origin: origin.to_owned() }
}

/// The records of a body, or what is wrong with each row.
fn records(
    token: &RegisterToken,
    register: &str,
    body: &[u8],
    today: Date,
) -> Result<Vec<Record>, SendError> {
    let wrong = |error: serde_json::Error| {
        AppError::invalid("body", format!("内容不是约定的 JSON（{error}）；格式见接口说明"))
    };
    let body: Body = serde_json::from_slice(body).map_err(wrong)?;
    if body.organ.is_some_and(|organ| organ != token.organ.as_str()) {
        let message = "令牌不是发给这个机关的，不能替它报送".to_owned();
        return Err(AppError::Forbidden(message).into());
    }
    let kind = match body.kind.as_deref() {
        None => RecordKind::Act,
        Some(key) => {
            let found = RecordKind::ALL.into_iter().find(|kind| kind.key() == key);
            found.ok_or_else(|| AppError::invalid("kind", "kind 只能写 act 或者 matter"))?
        }
    };
    if body.rows.is_empty() || MOST_ROWS < body.rows.len() {
        let message = format!("rows 要有 1 到 {MOST_ROWS} 行，请分批报送");
        return Err(AppError::invalid("rows", message).into());
    }
    let mut faulty = Vec::new();
    let mut records = Vec::with_capacity(body.rows.len());
    for (row, given) in (1..).zip(body.rows) {
        let typed = Typed {
            line: register.to_owned(),
            number: given.number,
            title: given.title,
            on: given.on,
            until: given.until,
            amount: given.amount,
        };
        match Record::read(kind, &typed, today) {
            Ok(record) => records.push(record),
            Err(faults) => faulty.push(FaultyRow { row, faults }),
        }
    }
    if faulty.is_empty() { Ok(records) } else { Err(SendError::Rows(faulty)) }
}
