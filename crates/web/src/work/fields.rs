//! The fields of the editor for a kind of item, each with its choices and the problems beside it.

use super::form::{Filled, input};
use crate::choice::Choice;
use gongkai_app::Problem;
use gongkai_app::items::Line;
use gongkai_domain::catalogue::{Catalogue, DisclosureKind};
use gongkai_domain::finding::Severity;
use gongkai_domain::item_kind::ItemKind;
use gongkai_domain::metadata::{self, MetadataField as F};

/// A problem as it is shown beside its field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// Which input.
    pub field: &'static str,
    /// What is wrong and what to do.
    pub message: String,
    /// Whether it keeps the item from being submitted.
    pub grave: bool,
}

/// How a field is entered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Control {
    /// One line.
    Line,
    /// A day.
    Day,
    /// Some lines.
    Area,
    /// One of a list.
    List(Vec<Choice>),
}

/// A field as it is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// The name of its input.
    pub name: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// What to write, where that is not plain.
    pub hint: &'static str,
    /// Whether it must be there before review.
    pub required: bool,
    /// What stands there.
    pub value: String,
    /// How it is entered.
    pub control: Control,
    /// What is wrong with it.
    pub notes: Vec<Note>,
}

/// Problems of what was entered, as they are shown.
pub fn of_entered(problems: &[Problem]) -> Vec<Note> {
    let note =
        |each: &Problem| Note { field: each.field, message: each.message.clone(), grave: true };
    problems.iter().map(note).collect()
}

/// Problems of the metadata, as they are shown.
pub fn of_metadata(problems: Vec<metadata::Problem>) -> Vec<Note> {
    let note = |each: metadata::Problem| Note {
        field: input(each.field),
        message: format!("{}{}", each.message, each.hint),
        grave: each.severity == Severity::Error,
    };
    problems.into_iter().map(note).collect()
}

fn list(value: &str, entries: impl Iterator<Item = (String, String)>) -> Control {
    let choice =
        |(key, label): (String, String)| Choice { chosen: key == value, value: key, label };
    let mut choices: Vec<Choice> = entries.map(choice).collect();
    // A value that the list does not have is shown, not dropped.
    if !value.is_empty() && !choices.iter().any(|each| each.chosen) {
        let label = format!("（词表外）{value}");
        choices.push(Choice { value: value.to_owned(), label, chosen: true });
    }
    Control::List(choices)
}

fn subjects(value: &str) -> Control {
    let catalogue = Catalogue::official();
    let entries = catalogue.subjects().iter();
    let entries = entries.filter_map(|each| {
        Some((each.key.clone(), catalogue.subject_path(&each.key)?.replace('\\', " / ")))
    });
    list(value, entries)
}

fn legal_items(value: &str, kind: &ItemKind) -> Control {
    let items = Catalogue::official().items();
    let usual = items.iter().filter(|item| kind.items.contains(&item.key));
    let others = items.iter().filter(|item| !kind.items.contains(&item.key));
    let entry = |item: &gongkai_domain::catalogue::LegalItem| {
        let short = match item.level {
            Some(gongkai_domain::catalogue::Level::County) => format!("市县：{}", item.short),
            Some(gongkai_domain::catalogue::Level::Township) => format!("乡镇：{}", item.short),
            None => item.short.clone(),
        };
        (item.key.clone(), format!("第{}条 {short}", item.article()))
    };
    list(value, usual.chain(others).map(entry))
}

fn reasons(value: &str) -> Control {
    let reasons = Catalogue::official().reasons().iter();
    let entry = |each: &gongkai_domain::catalogue::Reason| {
        (each.key.clone(), format!("{}（{}）", each.title, each.article))
    };
    list(value, reasons.map(entry))
}

/// The fields of a kind, in the order in which they are entered; title and text stand apart.
#[expect(clippy::too_many_lines, reason = "a table: the fields of the editor, one after the other")]
pub fn fields(kind: &ItemKind, filled: &Filled, policies: &[Line], notes: &[Note]) -> Vec<Field> {
    let catalogue = Catalogue::official();
    let mut fields = Vec::new();
    let mut add = |name: &'static str, label, hint, required, value: &str, control| {
        let notes = notes.iter().filter(|note| note.field == name).cloned().collect();
        fields.push(Field { name, label, hint, required, value: value.to_owned(), control, notes });
    };
    if kind.key == "interpretation" {
        let policies = policies.iter().map(|line| (line.id.to_string(), line.title.clone()));
        let control = list(&filled.interprets, policies);
        add("interprets", "所解读的政策", "公开后两边互相链接", false, &filled.interprets, control);
    }
    let on = "公开期限自这一天起算";
    add("formed_on", "成文日期", on, true, &filled.formed_on, Control::Day);
    if kind.asks(F::DocumentNumber) {
        let required = kind.requires(F::DocumentNumber);
        let hint = "如：某政办发〔2025〕12号";
        add("document_number", "发文字号", hint, required, &filled.document_number, Control::Line);
    }
    let organs = "多个机关用顿号隔开，牵头机关在前；不填即为本机关";
    add("issuing_organs", "发文机关", organs, true, &filled.issuing_organs, Control::Line);
    let required = kind.requires(F::Subject);
    add("subject", "主题分类", "", required, &filled.subject, subjects(&filled.subject));
    let other = subjects(&filled.other_subject);
    add("other_subject", "另属主题", "", false, &filled.other_subject, other);
    if kind.asks(F::Genre) {
        let genres = catalogue.genres().iter().map(|term| (term.key.clone(), term.title.clone()));
        let control = list(&filled.genre, genres);
        add("genre", "体裁", "", kind.requires(F::Genre), &filled.genre, control);
    }
    if kind.asks(F::EffectiveDate) {
        let required = kind.requires(F::EffectiveDate);
        let hint = "与成文日期不同时填写";
        add("effective_on", "施行日期", hint, required, &filled.effective_on, Control::Day);
    }
    if kind.repealable {
        let hint = "文件写明有效期的，填最后一天；次日起标注“失效”";
        add("valid_until", "有效期至", hint, false, &filled.valid_until, Control::Day);
    }
    let kinds = DisclosureKind::ALL.map(|kind| (kind.key().to_owned(), kind.title().to_owned()));
    let control = list(&filled.disclosure, kinds.into_iter());
    add("disclosure", "公开方式", "", true, &filled.disclosure, control);
    let reason = reasons(&filled.disclosure_reason);
    let hint = "公开方式不是“主动公开”时选择";
    add("disclosure_reason", "不主动公开的理由", hint, false, &filled.disclosure_reason, reason);
    let text = &filled.disclosure_explanation;
    add("disclosure_explanation", "理由的说明", "", false, text, Control::Line);
    if kind.asks(F::LegalItem) {
        let control = legal_items(&filled.legal_item, kind);
        let required = kind.requires(F::LegalItem);
        add("legal_item", "法定主动公开内容", "", required, &filled.legal_item, control);
    }
    if kind.asks(F::Field) {
        let entries = catalogue.fields().iter();
        let entries = entries.map(|each| (each.term.key.clone(), each.term.title.clone()));
        let control = list(&filled.field, entries);
        add("field", "基层政务公开领域", "", false, &filled.field, control);
    }
    add("keywords", "主题词", "用顿号隔开", false, &filled.keywords, Control::Line);
    add("description", "内容概述", "", false, &filled.description, Control::Area);
    if kind.asks(F::ServiceObject) {
        add("service_object", "服务对象", "", false, &filled.service_object, Control::Line);
    }
    let required = kind.requires(F::Source);
    add("source", "信息来源", "转载的写明出处", required, &filled.source, Control::Line);
    fields
}
