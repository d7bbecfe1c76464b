//! The form of the editor: what is filled in made into a content, and a content into what is filled in.

use gongkai_app::Problem;
use gongkai_app::items::text::typed;
use gongkai_domain::item::{Content, Markup, Typed};
use gongkai_domain::metadata::{Disclosure, GivenReason, MetadataField};
use jiff::civil::Date;
use serde::Deserialize;

/// What is filled in, each as it was typed.
#[derive(Deserialize, Default, Clone, Debug)]
#[serde(default)]
pub struct Filled {
    /// The title.
    pub title: String,
    /// The text.
    pub text: String,
    /// How it was typed: `html`, `markdown`, `plain`.
    pub markup: String,
    /// 成文日期.
    pub formed_on: String,
    /// 发文字号.
    pub document_number: String,
    /// 主题分类.
    pub subject: String,
    /// 另属主题.
    pub other_subject: String,
    /// 体裁.
    pub genre: String,
    /// 生效日期.
    pub effective_on: String,
    /// 有效期至.
    pub valid_until: String,
    /// 发文机关, parted by 、.
    pub issuing_organs: String,
    /// 公开方式.
    pub disclosure: String,
    /// The reason, where it is not proactive.
    pub disclosure_reason: String,
    /// What the reason asks to be said besides.
    pub disclosure_explanation: String,
    /// 法定主动公开内容.
    pub legal_item: String,
    /// 基层政务公开领域.
    pub field: String,
    /// 主题词, parted by 、.
    pub keywords: String,
    /// 内容概述.
    pub description: String,
    /// 服务对象.
    pub service_object: String,
    /// 信息来源.
    pub source: String,
    /// The policy that it interprets.
    pub interprets: String,
    /// The version that was shown; empty for a new item.
    pub version: String,
    /// Set when the editor is to stay open.
    pub stay: String,
}

fn some(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn parted(text: &str) -> Vec<String> {
    let signs = ['、', '，', ',', '；', ';', '\n'];
    text.split(signs).filter_map(some).collect()
}

/// A day, or the problem with it.
fn day(field: &'static str, text: &str, problems: &mut Vec<Problem>) -> Option<Date> {
    let text = some(text)?;
    let day = text.parse().ok();
    if day.is_none() {
        let message = format!("“{text}”不是日期，请写成 2025-03-04 这样的形式");
        problems.push(Problem { field, message });
    }
    day
}

impl Filled {
    /// The content without its text, and the text as it was typed.
    ///
    /// # Errors
    /// Every field that cannot be read.
    pub fn content(&self) -> Result<(Content, Typed), Vec<Problem>> {
        let mut problems = Vec::new();
        let formed_on = day("formed_on", &self.formed_on, &mut problems);
        let effective_on = day("effective_on", &self.effective_on, &mut problems);
        let valid_until = day("valid_until", &self.valid_until, &mut problems);
        if formed_on.is_none() && problems.is_empty() {
            let message = "请填写成文日期，公开期限从这一天起算".to_owned();
            problems.push(Problem { field: "formed_on", message });
        }
        let interprets = some(&self.interprets).map(|id| id.parse()).transpose();
        let interprets = interprets.unwrap_or_else(|_| {
            let message = "请从列表中选择所解读的政策文件".to_owned();
            problems.push(Problem { field: "interprets", message });
            None
        });
        let (Some(formed_on), true) = (formed_on, problems.is_empty()) else {
            return Err(problems);
        };
        let content = Content {
            title: self.title.trim().to_owned(),
            formed_on,
            effective_on,
            valid_until,
            interprets,
            document_number: some(&self.document_number),
            subject: some(&self.subject),
            other_subjects: some(&self.other_subject).into_iter().collect(),
            genre: some(&self.genre),
            issuing_organs: parted(&self.issuing_organs),
            disclosure: self.disclosure(),
            legal_item: some(&self.legal_item),
            field: some(&self.field),
            keywords: parted(&self.keywords),
            description: self.description.trim().to_owned(),
            service_object: self.service_object.trim().to_owned(),
            source: some(&self.source),
            ..Content::default()
        };
        let markup = match self.markup.as_str() {
            "html" => Markup::Html,
            "markdown" => Markup::Markdown,
            _ => Markup::Plain,
        };
        Ok((content, Typed { markup, text: self.text.replace("\r\n", "\n") }))
    }

    fn disclosure(&self) -> Option<Disclosure> {
        let reason = || GivenReason {
            key: self.disclosure_reason.clone(),
            explanation: self.disclosure_explanation.trim().to_owned(),
        };
        match self.disclosure.as_str() {
            "proactive" => Some(Disclosure::Proactive),
            "on_request" => Some(Disclosure::OnRequest(reason())),
            "withheld" => Some(Disclosure::Withheld(reason())),
            _ => None,
        }
    }

    /// What is filled in of a content.
    pub fn of(content: &Content, version: i64) -> Self {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let given = |text: &Option<String>| text.clone().unwrap_or_default();
        let typed = typed(content);
        let kind = content.disclosure.as_ref().map(|each| each.kind().key().to_owned());
        let reason = content.disclosure.as_ref().and_then(Disclosure::reason);
        let markup = match typed.markup {
            Markup::Html => "html",
            Markup::Markdown => "markdown",
            Markup::Plain => "plain",
        };
        Self {
            title: content.title.clone(),
            text: typed.text,
            markup: markup.to_owned(),
            formed_on: content.formed_on.to_string(),
            document_number: given(&content.document_number),
            subject: given(&content.subject),
            other_subject: content.other_subjects.first().cloned().unwrap_or_default(),
            genre: given(&content.genre),
            effective_on: day(content.effective_on),
            valid_until: day(content.valid_until),
            issuing_organs: content.issuing_organs.join("、"),
            disclosure: kind.unwrap_or_default(),
            disclosure_reason: reason.map(|each| each.key.clone()).unwrap_or_default(),
            disclosure_explanation: reason.map(|each| each.explanation.clone()).unwrap_or_default(),
            legal_item: given(&content.legal_item),
            field: given(&content.field),
            keywords: content.keywords.join("、"),
            description: content.description.clone(),
            service_object: content.service_object.clone(),
            source: given(&content.source),
            interprets: content.interprets.as_ref().map(ToString::to_string).unwrap_or_default(),
            version: version.to_string(),
            stay: String::new(),
        }
    }

    /// The version that was shown.
    pub fn version(&self) -> Option<i64> {
        self.version.trim().parse().ok()
    }
}

/// The name of the input of a field of the metadata.
pub fn input(field: MetadataField) -> &'static str {
    match field {
        MetadataField::FormationDate => "formed_on",
        MetadataField::EffectiveDate => "effective_on",
        MetadataField::Validity | MetadataField::RepealDate => "valid_until",
        other => other.key(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_filled_in_comes_back_as_it_was() {
        let filled = Filled {
            title: "通知".to_owned(),
            formed_on: "2025-03-04".to_owned(),
            keywords: "稳岗、补贴".to_owned(),
            issuing_organs: "县甲局，县乙局".to_owned(),
            disclosure: "on_request".to_owned(),
            disclosure_reason: "separable".to_owned(),
            disclosure_explanation: "第三页".to_owned(),
            ..Filled::default()
        };
        let (content, typed) = filled.content().unwrap();
        assert_eq!(typed.markup, Markup::Plain);
        let back = Filled::of(&content, 3);
        assert_eq!(back.issuing_organs, "县甲局、县乙局");
        assert_eq!(back.disclosure_explanation, "第三页");
        assert_eq!((back.keywords.as_str(), back.version()), ("稳岗、补贴", Some(3)));
    }

    #[test]
    fn every_wrong_day_is_told_at_once() {
        let filled = Filled {
            formed_on: "三月四日".to_owned(),
            valid_until: "2025-02-30".to_owned(),
            ..Filled::default()
        };
        let fields: Vec<_> = filled.content().unwrap_err().iter().map(|each| each.field).collect();
        assert_eq!(fields, ["formed_on", "valid_until"]);
        let none = Filled::default().content().unwrap_err();
        assert_eq!(none[0].field, "formed_on");
    }
}
