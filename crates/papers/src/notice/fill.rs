//! Fills a notice: every blank gets its words or the notice is refused with what is missing.

use super::find;
use super::reply::{Decision, reply};
use super::template::{Frame, Kind, Template, TemplateCell, TemplateTable, blank, frame};
use super::text::{self, Context};
use super::values::{Value, Values};
use crate::official::{Head, OfficialPaper, Part, Signature, Table, written_date};
use jiff::civil::Date;

/// Why a notice was not filled. Each says in Chinese what to do.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
pub enum NotFilled {
    /// There is no notice of this key.
    #[error("没有“{0}”这种文书")]
    Unknown(String),
    /// The notice cannot be issued on this day.
    #[error("“{name}”在{on}不能使用：{why}", on = written_date(*.on))]
    NotInForce {
        /// What people call the notice.
        name: String,
        /// The day of the paper.
        on: Date,
        /// Since when or until when it may be used.
        why: String,
    },
    /// Blanks are empty; all of them are named.
    #[error("“{name}”还有空白没有填写：{}", .blanks.join("、"))]
    Empty {
        /// What people call the notice.
        name: String,
        /// What people call the blanks, with what is to be filled in.
        blanks: Vec<String>,
    },
    /// Something stands in a blank that takes something else.
    #[error("“{name}”的“{blank}”应当填写{wanted}")]
    WrongKind {
        /// What people call the notice.
        name: String,
        /// What people call the blank.
        blank: String,
        /// What it takes.
        wanted: &'static str,
    },
    /// An answer was asked for without a decision.
    #[error("答复至少要有一项决定")]
    NoDecision,
    /// This notice cannot stand in one answer with others.
    #[error("“{0}”不是答复，不能与其他决定写在一份告知书里")]
    NotAReply(String),
}

/// Blanks that were found empty, each once.
#[derive(Default)]
pub(super) struct Missing(Vec<String>);

impl Missing {
    pub fn add(&mut self, name: &str) {
        let told = match blank(name) {
            Some(blank) => match &blank.hint {
                Some(hint) => format!("{}（{hint}）", blank.label),
                None => blank.label.clone(),
            },
            None => name.to_owned(),
        };
        self.add_told(told);
    }

    pub fn add_limit(&mut self) {
        self.add_told("法定期限（成文日期那一天没有规定这项期限）".to_owned());
    }

    fn add_told(&mut self, told: String) {
        if !self.0.contains(&told) {
            self.0.push(told);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Fills a notice or an answer with one decision. `issued_on` among the values is the day of the
/// paper; it picks the version of the notice and the limits of the law.
///
/// # Errors
/// [`NotFilled`] names every empty blank, or says why the notice cannot be used.
pub fn fill(key: &str, values: &Values) -> Result<OfficialPaper, NotFilled> {
    let template = template(key, values)?;
    if template.is_reply() {
        let decision = Decision { key: key.to_owned(), values: Values::new() };
        return reply(&[decision], values);
    }
    check_kinds(template, values)?;
    let context = context(template, values);
    let mut missing = Missing::default();
    check_one_of(template, values, &mut missing);
    let body = body(template.body.as_deref().unwrap_or_default(), template, &context, &mut missing);
    let frame = frame();
    let paper = OfficialPaper {
        body,
        attachments: attachments(template, &context, &mut missing),
        ..start(template, frame, &context, &mut missing)
    };
    finish(template, paper, missing)
}

/// The template that the values ask for.
pub(super) fn template(key: &str, values: &Values) -> Result<&'static Template, NotFilled> {
    let known = super::all().iter().find(|each| each.key == key);
    let known = known.ok_or_else(|| NotFilled::Unknown(key.to_owned()))?;
    let on = issued_on(known, values)?;
    find(key, on).ok_or_else(|| NotFilled::NotInForce {
        name: known.name.clone(),
        on,
        why: match known.until {
            Some(until) if until < on => format!("只用到{}", written_date(until)),
            _ => format!("自{}起才可以使用", written_date(known.from)),
        },
    })
}

/// The day of the paper; a form that nobody signs needs none.
fn issued_on(template: &Template, values: &Values) -> Result<Date, NotFilled> {
    match values.get("issued_on") {
        Some(Value::Date(day)) => Ok(*day),
        Some(_) => Err(wrong_kind(template, "issued_on")),
        None if template.unsigned => Ok(template.until.unwrap_or(template.from)),
        None => {
            let mut missing = Missing::default();
            missing.add("issued_on");
            Err(NotFilled::Empty { name: template.name.clone(), blanks: missing.0 })
        }
    }
}

pub(super) fn wrong_kind(template: &Template, name: &str) -> NotFilled {
    let blank = blank(name).expect("every blank that a text names is declared, as tested");
    let wanted = match blank.kind {
        Kind::Date => "日期",
        Kind::Rows => "表格的各行",
        Kind::Line => "一行文字",
        Kind::Text => "文字",
    };
    NotFilled::WrongKind { name: template.name.clone(), blank: blank.label.clone(), wanted }
}

/// Whether every filling is of the kind that its blank takes.
pub(super) fn check_kinds(template: &Template, values: &Values) -> Result<(), NotFilled> {
    for (name, _) in used(template) {
        let Some(blank) = blank(&name) else { continue };
        let right = match (blank.kind, values.get(&name)) {
            (_, None) => true,
            (Kind::Date, Some(value)) => matches!(value, Value::Date(_)),
            (Kind::Rows, Some(value)) => matches!(value, Value::Rows(_)),
            (Kind::Text, Some(value)) => matches!(value, Value::Text(_)),
            (Kind::Line, Some(value)) => {
                matches!(value, Value::Text(_))
                    && values.words(&name).is_none_or(|words| !words.contains('\n'))
            }
        };
        if !right {
            return Err(wrong_kind(template, &name));
        }
    }
    Ok(())
}

pub(super) fn check_one_of(template: &Template, values: &Values, missing: &mut Missing) {
    let filled = template.one_of.iter().any(|name| values.words(name).is_some());
    if !filled && !template.one_of.is_empty() {
        let labels: Vec<_> =
            template.one_of.iter().filter_map(|name| Some(blank(name)?.label.clone())).collect();
        missing.add_told(format!("{}（至少填写一项）", labels.join("或者")));
    }
}

pub(super) fn context<'a>(template: &'a Template, values: &'a Values) -> Context<'a> {
    let on = issued_on(template, values).unwrap_or(template.from);
    Context { values, basis: &template.basis, on }
}

/// The paper without body: head, number, title, addressee, signature.
pub(super) fn start(
    template: &Template,
    frame: &Frame,
    context: &Context<'_>,
    missing: &mut Missing,
) -> OfficialPaper {
    let head = template.head.unwrap_or(frame.head);
    let title = template.title.as_deref().unwrap_or(&frame.title);
    let mut paper = OfficialPaper::new(head, title, context.on);
    let addressee = match template.is_reply() {
        true => Some(&frame.addressee),
        false => template.addressee.as_ref(),
    };
    paper.addressee = addressee.map(|to| text::write(to, context, missing));
    if head != Head::Plain {
        paper.letterhead = text::write("{organ}", context, missing);
        paper.number = Some(text::write("{number}", context, missing));
    }
    if !template.unsigned {
        let organ = text::write("{organ}", context, missing);
        paper.signature = Some(Signature { organs: vec![organ], date: context.on, seal: None });
    }
    paper
}

pub(super) fn attachments(
    template: &Template,
    context: &Context<'_>,
    missing: &mut Missing,
) -> Vec<String> {
    let fixed = template.attachments.iter().map(|name| text::write(name, context, missing));
    let mut names: Vec<_> = fixed.collect();
    let own = context.values.words("attachments").filter(|_| template.is_reply());
    names.extend(own.iter().flat_map(|own| own.lines().map(str::to_owned)));
    names
}

pub(super) fn finish(
    template: &Template,
    paper: OfficialPaper,
    missing: Missing,
) -> Result<OfficialPaper, NotFilled> {
    if missing.is_empty() {
        Ok(paper)
    } else {
        Err(NotFilled::Empty { name: template.name.clone(), blanks: missing.0 })
    }
}

/// The paragraphs and tables of a text.
pub(super) fn body(
    text: &str,
    template: &Template,
    context: &Context<'_>,
    missing: &mut Missing,
) -> Vec<Part> {
    let mut parts = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if let Some(name) = table_name(line) {
            let table = template.table.get(name).expect("a test sees that every table is there");
            parts.push(Part::Table(self::table(table, context, missing)));
            continue;
        }
        let written = text::write(line, context, missing);
        let (sign, _) = sign(line);
        let words = written.strip_prefix(sign).unwrap_or(&written);
        let lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
        parts.extend(lines.map(|line| part(sign, line.to_owned())));
    }
    parts
}

/// The name of the table that a line stands for.
pub(super) fn table_name(line: &str) -> Option<&str> {
    line.strip_prefix("[表 ")?.strip_suffix(']')
}

/// The sign at the beginning of a line, and the rest.
fn sign(line: &str) -> (&str, &str) {
    let signs = ["## ", "# ", "> ", "* "];
    let found = signs.iter().find_map(|sign| Some((*sign, line.strip_prefix(sign)?)));
    found.unwrap_or(("", line))
}

fn part(sign: &str, words: String) -> Part {
    match sign {
        "# " => Part::Heading(1, words),
        "## " => Part::Heading(2, words),
        "> " => Part::Flush(words),
        "* " => Part::Small(words),
        _ => Part::Text(words),
    }
}

fn table(table: &TemplateTable, context: &Context<'_>, missing: &mut Missing) -> Table {
    let mut write = |cell: &TemplateCell| cell.with(text::write(cell.text(), context, missing));
    let mut rows: Vec<Vec<_>> =
        table.rows.iter().map(|row| row.iter().map(&mut write).collect()).collect();
    if let Some(repeat) = &table.repeat {
        let lines = context.values.lines(&repeat.of).unwrap_or_else(|| {
            missing.add(&repeat.of);
            Vec::new()
        });
        let line = |(at, fields): (usize, &Vec<String>)| {
            repeat.row.iter().map(|cell| cell.with(field(cell.text(), at + 1, fields))).collect()
        };
        rows.extend(lines.iter().enumerate().map(line));
    }
    Table { columns: table.columns.clone(), rows, header_rows: table.header_rows, compact: false }
}

/// `{n}` is the number of the line, `{1}` its first field.
fn field(text: &str, number: usize, fields: &[String]) -> String {
    let name = text.trim_start_matches('{').trim_end_matches('}');
    match name.parse::<usize>() {
        Ok(at) => fields.get(at - 1).cloned().unwrap_or_default(),
        Err(_) => number.to_string(),
    }
}

/// Every blank of a template: its name, and whether it may stay empty.
pub(super) fn used(template: &Template) -> Vec<(String, bool)> {
    let frame = frame();
    let mut texts: Vec<&str> = vec![template.addressee.as_deref().unwrap_or_default()];
    texts.extend(template.body.iter().flat_map(|body| body.lines()));
    if let Some(decision) = &template.decision {
        texts.extend([frame.addressee.as_str(), &frame.opening, decision]);
        texts.extend(
            frame
                .ending
                .lines()
                .filter(|line| !(template.without_remedy && line.contains("{remedy}"))),
        );
    }
    texts.extend(template.attachments.iter().map(String::as_str));
    let cells = template.table.values().flat_map(|table| table.rows.iter().flatten());
    texts.extend(cells.map(TemplateCell::text));
    if template.head.unwrap_or(frame.head) != Head::Plain {
        texts.push("{organ}{number}");
    }
    if !template.unsigned {
        texts.push("{organ}{issued_on}");
    }
    let lines = template.table.values().filter_map(|table| table.repeat.as_ref());
    let mut all: Vec<(String, bool)> = lines.map(|repeat| (repeat.of.clone(), false)).collect();
    for text in texts.into_iter().filter(|text| table_name(text).is_none()) {
        let pieces = text::pieces(text).expect("a test reads every text of every template");
        for (name, optional) in text::blanks(&pieces) {
            match all.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) => *known &= optional,
                None => all.push((name.to_owned(), optional)),
            }
        }
    }
    all
}

impl Template {
    /// The blanks that the notice has, and for each whether it may stay empty.
    pub fn blanks(&self) -> Vec<(&'static super::Blank, bool)> {
        let known = |(name, optional): (String, bool)| {
            let blank = blank(&name)?;
            Some((blank, optional || blank.default.is_some()))
        };
        used(self).into_iter().filter_map(known).collect()
    }
}
