//! What is wrong with the metadata of an item of a kind, field by field; it changes nothing.

use super::{DocumentNumber, Metadata, MetadataField};
use crate::catalogue::{Catalogue, DisclosureKind};
use crate::finding::Severity;
use crate::item_kind::ItemKind;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::HashSet;

/// The longest title, in characters: more than three lines of a page of the norm (28 a line).
const LONGEST_TITLE: usize = 100;

/// Something wrong with one field.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Problem {
    /// Which field.
    pub field: MetadataField,
    /// An error keeps the item from being published; the rest is for someone to look at.
    pub severity: Severity,
    /// What is wrong, a Chinese sentence.
    pub message: String,
    /// What to do, a Chinese sentence.
    pub hint: String,
}

impl Metadata {
    /// Everything wrong with it for an item of this kind, in the order of the metadata box.
    ///
    /// Index number and publication date are asked for from the day of publication on.
    pub fn problems(&self, catalogue: &Catalogue, kind: &ItemKind) -> Vec<Problem> {
        let mut found = Problems(Vec::new());
        found.missing(self, kind);
        found.title(self);
        found.numbers(self, kind);
        found.dates(self);
        found.organs_and_keywords(self);
        found.classes(self, catalogue);
        found.legal_item(self, catalogue, kind);
        found.disclosure(self, catalogue);
        found.validity(self, kind);
        found.0.sort_by_key(|problem| problem.field);
        found.0
    }

    /// Whether a field is filled.
    fn has(&self, field: MetadataField) -> bool {
        use MetadataField as F;
        let written = |text: &str| !text.trim().is_empty();
        match field {
            F::Title => written(&self.title),
            F::IndexNumber => self.index_number.is_some(),
            F::DocumentNumber => self.document_number.as_deref().is_some_and(written),
            F::Subject => !self.subjects.is_empty(),
            F::Genre => self.genre.is_some(),
            F::FormationDate => self.formation_date.is_some(),
            F::PublicationDate => self.publication_date.is_some(),
            F::EffectiveDate => self.effective_date.is_some(),
            F::RepealDate => self.repeal_date.is_some(),
            F::IssuingOrgans => self.issuing_organs.iter().any(|organ| written(organ)),
            // Validity follows from the days; one of them is enough to tell it.
            F::Validity => self.formation_date.or(self.effective_date).is_some(),
            F::Disclosure => self.disclosure.is_some(),
            F::LegalItem => self.legal_item.is_some(),
            F::Field => self.field.is_some(),
            F::Keywords => self.keywords.iter().any(|word| written(word)),
            F::Description => written(&self.description),
            F::ServiceObject => written(&self.service_object),
            F::Source => written(&self.source),
        }
    }
}

struct Problems(Vec<Problem>);

impl Problems {
    fn add(
        &mut self,
        field: MetadataField,
        severity: Severity,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let (message, hint) = (message.into(), hint.into());
        self.0.push(Problem { field, severity, message, hint });
    }

    fn missing(&mut self, metadata: &Metadata, kind: &ItemKind) {
        let published = metadata.publication_date.is_some() && kind.indexed;
        let on_publication = [MetadataField::IndexNumber].into_iter().filter(|_| published);
        for field in kind.requires.iter().copied().chain(on_publication) {
            if !metadata.has(field) {
                let label = field.label();
                let message = format!("{}必须填写“{label}”，现在是空的。", kind.title);
                self.add(field, Severity::Error, message, format!("请填写“{label}”。"));
            }
        }
    }

    fn title(&mut self, metadata: &Metadata) {
        let title = metadata.title.trim();
        let n_characters = title.chars().count();
        if title.contains(['\n', '\r']) {
            let message = "名称中有换行。";
            self.add(MetadataField::Title, Severity::Error, message, "请把名称写在一行内。");
        }
        if LONGEST_TITLE < n_characters {
            let message = format!("名称有 {n_characters} 字，过长。");
            let hint = format!("名称只写主标题，不超过 {LONGEST_TITLE} 字。");
            self.add(MetadataField::Title, Severity::Warning, message, hint);
        }
        if title.ends_with(['。', '；', '，', ';', ',']) {
            let message = "名称末尾有标点符号。";
            self.add(MetadataField::Title, Severity::Note, message, "请删去末尾的标点。");
        }
    }

    fn numbers(&mut self, metadata: &Metadata, kind: &ItemKind) {
        if let Some(number) = &metadata.index_number
            && number.code_holds() == Some(false)
        {
            let message = format!("索引号“{number}”中机构代码的校验位不符。");
            let hint = "索引号一经给定不再变更；如系录入错误，请在发布前核对。";
            self.add(MetadataField::IndexNumber, Severity::Note, message, hint);
        }
        let Some(text) = metadata.document_number.as_deref().map(str::trim) else { return };
        if text.is_empty() {
            return;
        }
        match DocumentNumber::parse(text) {
            Ok(number) => self.year_of_number(&number, metadata.formation_date),
            Err(fault) => {
                let strict = kind.requires(MetadataField::DocumentNumber);
                let severity = if strict { Severity::Error } else { Severity::Warning };
                let hint = fault.correction.as_ref().map_or_else(
                    || "请按原件核对发文字号。".to_owned(),
                    |right| format!("请改为“{right}”。"),
                );
                self.add(MetadataField::DocumentNumber, severity, format!("{fault}。"), hint);
            }
        }
    }

    fn year_of_number(&mut self, number: &DocumentNumber, formed: Option<Date>) {
        let (Some(year), Some(formed)) = (number.year(), formed) else { return };
        if year != formed.year() {
            let message = format!("发文字号的年份是 {year}，成文日期是 {formed}，年份不同。");
            let hint = "请按原件核对发文字号和成文日期。";
            self.add(MetadataField::DocumentNumber, Severity::Warning, message, hint);
        }
    }

    fn dates(&mut self, metadata: &Metadata) {
        use MetadataField as F;
        let formed = (F::FormationDate, metadata.formation_date);
        let published = (F::PublicationDate, metadata.publication_date);
        let effective = (F::EffectiveDate, metadata.effective_date);
        let repealed = (F::RepealDate, metadata.repeal_date);
        let orders = [
            (formed, published, Severity::Error),
            // A document may reach back, but hardly ever does.
            (formed, effective, Severity::Warning),
            (formed, repealed, Severity::Error),
            (effective, repealed, Severity::Error),
        ];
        for ((first, first_day), (then, then_day), severity) in orders {
            let (Some(first_day), Some(then_day)) = (first_day, then_day) else { continue };
            if then_day < first_day {
                let (first, label) = (first.label(), then.label());
                let message = format!("{label} {then_day} 早于{first} {first_day}。");
                self.add(then, severity, message, format!("请核对{label}和{first}。"));
            }
        }
    }

    fn organs_and_keywords(&mut self, metadata: &Metadata) {
        let lists = [
            (MetadataField::IssuingOrgans, &metadata.issuing_organs, Severity::Error),
            (MetadataField::Keywords, &metadata.keywords, Severity::Note),
        ];
        for (field, words, severity) in lists {
            let label = field.label();
            let mut seen = HashSet::new();
            for word in words.iter().map(|word| word.trim()) {
                if word.is_empty() {
                    let message = format!("“{label}”中有空白项。");
                    self.add(field, severity, message, "请删去空白项。");
                } else if !seen.insert(word) {
                    let message = format!("“{label}”中“{word}”写了两次。");
                    self.add(field, severity, message, "请删去重复的一项。");
                }
            }
        }
    }

    fn classes(&mut self, metadata: &Metadata, catalogue: &Catalogue) {
        let unknown_subjects =
            metadata.subjects.iter().filter(|key| catalogue.subject(key).is_none());
        let genre = metadata.genre.iter().filter(|key| catalogue.genre(key).is_none());
        let field = metadata.field.iter().filter(|key| catalogue.field(key).is_none());
        let unknown = unknown_subjects
            .map(|key| (MetadataField::Subject, key))
            .chain(genre.map(|key| (MetadataField::Genre, key)))
            .chain(field.map(|key| (MetadataField::Field, key)));
        for (field, key) in unknown {
            self.unknown(field, key);
        }
    }

    fn unknown(&mut self, field: MetadataField, key: &str) {
        let message = format!("“{}”的值“{key}”不在词表中。", field.label());
        self.add(field, Severity::Error, message, "请从列表中选择，或者请管理员添加本地词。");
    }

    fn legal_item(&mut self, metadata: &Metadata, catalogue: &Catalogue, kind: &ItemKind) {
        let Some(key) = metadata.legal_item.as_deref() else { return };
        let Some(item) = catalogue.item(key) else {
            return self.unknown(MetadataField::LegalItem, key);
        };
        // Items of article 21 are subjects of a place: any kind may serve them.
        if item.article() == 20 && !kind.items.iter().any(|own| own == key) {
            let message = format!("{}一般不归入“{}”。", kind.title, item.short);
            let hint = "请核对信息种类和法定主动公开内容。";
            self.add(MetadataField::LegalItem, Severity::Warning, message, hint);
        }
    }

    fn disclosure(&mut self, metadata: &Metadata, catalogue: &Catalogue) {
        const FIELD: MetadataField = MetadataField::Disclosure;
        let Some(disclosure) = &metadata.disclosure else { return };
        let Some(given) = disclosure.reason() else { return };
        let kind: DisclosureKind = disclosure.kind();
        let Some(reason) = catalogue.reason(&given.key) else {
            let message = format!("{}没有写明理由。", kind.title());
            return self.add(FIELD, Severity::Error, message, "请从列表中选择理由。");
        };
        if !reason.kinds.contains(&kind) {
            let message = format!("“{}”不能作为{}的理由。", reason.title, kind.title());
            self.add(FIELD, Severity::Error, message, "请重新选择公开方式或者理由。");
        }
        if !reason.explain.is_empty() && given.explanation.trim().is_empty() {
            let message =
                format!("以“{}”（条例{}）为理由，须另写说明。", reason.title, reason.article);
            self.add(FIELD, Severity::Error, message, format!("请写明{}。", reason.explain));
        }
        if metadata.publication_date.is_some() {
            let message = format!("公开方式为{}，却有发布日期。", kind.title());
            self.add(FIELD, Severity::Error, message, "请核对公开方式；不主动公开的不得发布。");
        }
    }

    fn validity(&mut self, metadata: &Metadata, kind: &ItemKind) {
        const FIELD: MetadataField = MetadataField::Validity;
        let changes = metadata.validity.changes();
        let gone = changes.iter().find(|change| !change.to.binds());
        if !kind.repealable && (gone.is_some() || metadata.repeal_date.is_some()) {
            let message = format!("{}没有废止、失效之说。", kind.title);
            self.add(FIELD, Severity::Warning, message, "请核对信息种类，或者改用撤回。");
        }
        if let (Some(gone), Some(repealed)) = (gone, metadata.repeal_date)
            && gone.on != repealed
        {
            let (label, on) = (gone.to.title(), gone.on);
            let message = format!("有效性自 {on} 起为“{label}”，废止日期却是 {repealed}。");
            self.add(FIELD, Severity::Error, message, "请改成同一天。");
        }
        let formed = metadata.formation_date;
        if let Some(early) = changes.iter().find(|change| Some(change.on) < formed) {
            let message = format!("有效性变更日期 {} 早于成文日期。", early.on);
            self.add(FIELD, Severity::Error, message, "请核对变更日期和成文日期。");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Disclosure, GivenReason, IndexNumber, ValidityChange, ValidityHistory};
    use super::*;
    use crate::catalogue::Validity;
    use crate::item_kind::kind;
    use jiff::civil::date;

    fn sound() -> Metadata {
        Metadata {
            title: "甲市人民政府办公室关于印发乙办法的通知".to_owned(),
            document_number: Some("甲政办发〔2021〕5号".to_owned()),
            subjects: vec!["general_affairs.open_government".to_owned()],
            genre: Some("notice".to_owned()),
            formation_date: Some(date(2021, 3, 1)),
            issuing_organs: vec!["甲市人民政府办公室".to_owned()],
            disclosure: Some(Disclosure::Proactive),
            legal_item: Some("20.1".to_owned()),
            ..Metadata::default()
        }
    }

    fn problems(metadata: &Metadata, key: &str) -> Vec<(MetadataField, Severity)> {
        let found = metadata.problems(Catalogue::official(), kind(key).unwrap());
        for problem in &found {
            assert!(problem.message.ends_with('。') && problem.hint.ends_with('。'), "{problem:?}");
        }
        found.into_iter().map(|problem| (problem.field, problem.severity)).collect()
    }

    #[test]
    fn sound_metadata_has_no_problem() {
        assert_eq!(problems(&sound(), "normative_document"), []);
    }

    #[test]
    fn empty_metadata_lacks_what_the_kind_requires_and_nothing_else() {
        for kind in crate::item_kind::kinds() {
            let found = problems(&Metadata::default(), &kind.key);
            let mut expected: Vec<_> =
                kind.requires.iter().map(|field| (*field, Severity::Error)).collect();
            expected.sort_by_key(|(field, _)| *field);
            assert_eq!(found, expected, "{}", kind.key);
        }
    }

    #[test]
    fn each_fault_is_told_at_its_field() {
        use MetadataField as F;
        type Change = fn(&mut Metadata);
        let cases: [(Change, F, Severity); 17] = [
            (|it| it.title.push('。'), F::Title, Severity::Note),
            (|it| it.title.insert(3, '\n'), F::Title, Severity::Error),
            (|it| it.title = "长".repeat(101), F::Title, Severity::Warning),
            (
                |it| it.document_number = Some("甲政办发[2021]5号".into()),
                F::DocumentNumber,
                Severity::Error,
            ),
            (
                |it| it.document_number = Some("甲政办发〔2020〕5号".into()),
                F::DocumentNumber,
                Severity::Warning,
            ),
            (|it| it.effective_date = Some(date(2021, 2, 1)), F::EffectiveDate, Severity::Warning),
            (|it| it.repeal_date = Some(date(2021, 2, 1)), F::RepealDate, Severity::Error),
            (|it| it.subjects = vec!["nothing".into()], F::Subject, Severity::Error),
            (|it| it.genre = Some("poem".into()), F::Genre, Severity::Error),
            (|it| it.field = Some("moon".into()), F::Field, Severity::Error),
            (|it| it.legal_item = Some("20.99".into()), F::LegalItem, Severity::Error),
            (|it| it.legal_item = Some("20.7".into()), F::LegalItem, Severity::Warning),
            (|it| it.issuing_organs.push(" ".into()), F::IssuingOrgans, Severity::Error),
            (
                |it| it.issuing_organs.push("甲市人民政府办公室".into()),
                F::IssuingOrgans,
                Severity::Error,
            ),
            (|it| it.keywords = vec!["公开".into(); 2], F::Keywords, Severity::Note),
            (|it| it.publication_date = Some(date(2021, 3, 2)), F::IndexNumber, Severity::Error),
            (
                |it| it.index_number = IndexNumber::parse("000014340/2021-00001").ok(),
                F::IndexNumber,
                Severity::Note,
            ),
        ];
        for (change, field, severity) in cases {
            let mut metadata = sound();
            change(&mut metadata);
            let found = problems(&metadata, "normative_document");
            assert_eq!(found, [(field, severity)], "{metadata:?}");
        }
    }

    #[test]
    fn an_item_of_article_21_may_be_served_by_any_kind() {
        let metadata =
            Metadata { legal_item: Some("21.county.land_expropriation".to_owned()), ..sound() };
        assert_eq!(problems(&metadata, "normative_document"), []);
    }

    #[test]
    fn what_is_not_published_says_why_and_the_why_must_fit() {
        let given = |kind: fn(GivenReason) -> Disclosure, key: &str, explanation: &str| {
            let (key, explanation) = (key.to_owned(), explanation.to_owned());
            let disclosure = Some(kind(GivenReason { key, explanation }));
            problems(&Metadata { disclosure, ..sound() }, "normative_document").len()
        };
        assert_eq!(given(Disclosure::Withheld, "personnel", ""), 0);
        assert_eq!(given(Disclosure::Withheld, "other_law", "统计法第二十五条"), 0);
        assert_eq!(given(Disclosure::OnRequest, "beyond_proactive_scope", ""), 0);
        assert_eq!(given(Disclosure::Withheld, "other_law", " "), 1);
        assert_eq!(given(Disclosure::Withheld, "", ""), 1);
        assert_eq!(given(Disclosure::Withheld, "beyond_proactive_scope", ""), 1);
        assert_eq!(given(Disclosure::OnRequest, "state_secret", ""), 1);
    }

    #[test]
    fn what_is_not_to_be_published_has_no_day_of_publication() {
        let reason = GivenReason { key: "personnel".to_owned(), explanation: String::new() };
        let metadata = Metadata {
            disclosure: Some(Disclosure::Withheld(reason)),
            publication_date: Some(date(2021, 3, 2)),
            index_number: IndexNumber::parse("000014349/2021-00001").ok(),
            ..sound()
        };
        let expected = [(MetadataField::Disclosure, Severity::Error)];
        assert_eq!(problems(&metadata, "normative_document"), expected);
    }

    #[test]
    fn validity_and_days_agree() {
        let with = |on, to| {
            let change = ValidityChange { on, to, by: "甲政发〔2023〕1号".to_owned() };
            Metadata { validity: ValidityHistory::default().change(change).unwrap(), ..sound() }
        };
        let expired = with(date(2023, 1, 1), Validity::Expired);
        assert_eq!(problems(&expired, "normative_document"), []);
        assert_eq!(expired.validity_on(date(2023, 1, 1)), Some(Validity::Expired));
        let other_day = Metadata { repeal_date: Some(date(2023, 2, 1)), ..expired.clone() };
        let early = with(date(2021, 2, 1), Validity::Amended);
        let error = [(MetadataField::Validity, Severity::Error)];
        assert_eq!(problems(&other_day, "normative_document"), error);
        assert_eq!(problems(&early, "normative_document"), error);
        let leaders =
            problems(&Metadata { legal_item: Some("20.2".to_owned()), ..expired }, "leaders");
        assert_eq!(leaders, [(MetadataField::Validity, Severity::Warning)]);
    }
}
