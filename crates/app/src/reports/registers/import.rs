//! 导入: a file of records, shown with its faults row by row before any is taken; all or nothing.

use super::{Batch, add, may_write};
use crate::caller::Caller;
use crate::{App, AppError};
use bytes::Bytes;
use gongkai_domain::id::OrganId;
use gongkai_domain::register::{Record, RecordKind, Typed};
use gongkai_papers::register_file;
use jiff::civil::Date;

/// The words that heads of columns hold, in the order in which they are tried.
const HEADS: [(&str, &[&str]); 6] = [
    ("until", &["取消", "截止"]),
    ("line", &["类别", "种类"]),
    ("number", &["文号", "编号"]),
    ("on", &["日期", "时间"]),
    ("amount", &["金额"]),
    ("title", &["名称", "事项", "项目", "标题"]),
];

/// A row of a file with what it says, or what is wrong with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Previewed {
    /// Its number in the file, from 1.
    pub number: usize,
    /// As it stands there.
    pub typed: Typed,
    /// The record, or its faults in words.
    pub read: Result<Record, Vec<String>>,
}

/// A file before it is taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preview {
    /// The name of the file.
    pub name: String,
    /// The hash under which it is kept.
    pub file: String,
    /// What its rows are.
    pub kind: RecordKind,
    /// Its rows.
    pub rows: Vec<Previewed>,
}

impl Preview {
    /// How many rows cannot be taken.
    pub fn n_faulty(&self) -> usize {
        self.rows.iter().filter(|row| row.read.is_err()).count()
    }
}

/// Keeps a file and shows what it says.
///
/// # Errors
/// When it is no table, has no heads that say what is what, or the caller may not write.
pub async fn preview(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    kind: RecordKind,
    (name, content): (String, Bytes),
) -> Result<Preview, AppError> {
    may_write(caller, organ)?;
    let rows = read(&content, kind, app.clock.today())?;
    let file = app.files.keep(content).await?;
    Ok(Preview { name, file, kind, rows })
}

/// Takes a file that was shown.
///
/// # Errors
/// When a row cannot be taken, the same was taken before, a year is locked, or the caller may not
/// write.
pub async fn import(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    kind: RecordKind,
    (name, file): (String, String),
) -> Result<Batch, AppError> {
    may_write(caller, organ)?;
    let content = app.files.read(&file).await?.ok_or(AppError::NotFound("要导入的文件"))?;
    let rows = read(&content, kind, app.clock.today())?;
    let n_faulty = rows.iter().filter(|row| row.read.is_err()).count();
    if 0 < n_faulty {
        let message = format!("有 {n_faulty} 行不能导入，请在文件里改正后重新上传");
        return Err(AppError::invalid("file", message));
    }
    let records = rows.into_iter().filter_map(|row| row.read.ok()).collect();
    add(app, caller, organ, (name, Some(file)), records, None).await
}

fn read(content: &[u8], kind: RecordKind, today: Date) -> Result<Vec<Previewed>, AppError> {
    let rows = register_file::rows(content).map_err(|error| AppError::invalid("file", error))?;
    let mut rows = rows.into_iter();
    let (_, heads) = rows.next().unwrap_or_default();
    let columns: Vec<Option<&str>> = heads.iter().map(|head| field(head)).collect();
    for (wanted, name) in [("line", "类别"), ("on", "日期")] {
        if !columns.contains(&Some(wanted)) {
            let message = format!("第一行是表头，要有“{name}”一列；可参照页面上的模板");
            return Err(AppError::invalid("file", message));
        }
    }
    let is_ten_thousand = |at: usize| heads.get(at).is_some_and(|head| head.contains("万元"));
    let previewed = |(number, cells): (usize, Vec<String>)| {
        let mut typed = Typed::default();
        for (at, (column, cell)) in columns.iter().zip(&cells).enumerate() {
            let unit = if is_ten_thousand(at) && !cell.trim().is_empty() { "万元" } else { "" };
            match *column {
                Some("line") => typed.line.clone_from(cell),
                Some("number") => typed.number.clone_from(cell),
                Some("title") => typed.title.clone_from(cell),
                Some("on") => typed.on.clone_from(cell),
                Some("until") => typed.until.clone_from(cell),
                Some("amount") => typed.amount = format!("{}{unit}", cell.trim()),
                _ => {}
            }
        }
        let read = Record::read(kind, &typed, today);
        let words = |faults: Vec<gongkai_domain::register::RecordFault>| {
            faults.into_iter().map(|fault| fault.message).collect()
        };
        Previewed { number, read: read.map_err(words), typed }
    };
    let rows: Vec<Previewed> = rows.map(previewed).collect();
    if rows.is_empty() {
        return Err(AppError::invalid("file", "文件里只有表头，没有记录"));
    }
    Ok(rows)
}

/// The field that a head names.
fn field(head: &str) -> Option<&'static str> {
    let names = |words: &[&str]| words.iter().any(|word| head.contains(word));
    HEADS.iter().find(|(_, words)| names(words)).map(|(field, _)| *field)
}
