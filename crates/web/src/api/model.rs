//! What the API answers: plain values, the same in the open data.

use crate::page::minute;
use gongkai_app::App;
use gongkai_app::items::Line;
use gongkai_domain::item_kind::kind;
use gongkai_domain::organ::Organ;
use serde::Serialize;
use utoipa::ToSchema;

/// Why there is no answer.
#[derive(Serialize, ToSchema)]
pub struct Trouble {
    /// What is wrong and what to do.
    pub message: String,
}

/// One page of a list.
#[derive(Serialize, ToSchema)]
pub struct Paged<T> {
    /// How many there are in all.
    pub total: i64,
    /// Which page this is, from one.
    pub page: i64,
    /// How many stand on a page at most.
    pub per_page: i64,
    /// The entries.
    pub entries: Vec<T>,
}

/// How to reach the disclosure office of an organ.
#[derive(Serialize, ToSchema)]
pub struct ContactData {
    /// 工作机构名称.
    pub office: String,
    /// 办公地址.
    pub address: String,
    /// 办公时间.
    pub hours: String,
    /// 联系电话.
    pub telephone: String,
    /// 传真号码.
    pub fax: String,
    /// 互联网联系方式.
    pub internet: String,
}

/// An organ.
#[derive(Serialize, ToSchema)]
pub struct OrganData {
    /// Its name in addresses.
    pub id: String,
    /// 名称.
    pub name: String,
    /// 简称.
    pub short_name: String,
    /// The key of what it is.
    pub kind: &'static str,
    /// The same in words.
    pub kind_name: &'static str,
    /// The organ above.
    pub parent: Option<String>,
    /// 统一社会信用代码.
    pub code: String,
    /// The disclosure office.
    pub contact: ContactData,
    /// Earlier names, the latest first.
    pub former_names: Vec<String>,
    /// The organ it was merged into.
    pub merged_into: Option<String>,
}

/// An organ as the API shows it.
pub fn organ_data(organ: Organ) -> OrganData {
    let contact = organ.contact;
    OrganData {
        id: organ.id.to_string(),
        name: organ.name,
        short_name: organ.short_name,
        kind: organ.kind.key(),
        kind_name: organ.kind.name(),
        parent: organ.parent.map(String::from),
        code: organ.code,
        contact: ContactData {
            office: contact.office,
            address: contact.address,
            hours: contact.hours,
            telephone: contact.telephone,
            fax: contact.fax,
            internet: contact.internet,
        },
        former_names: organ.former_names.into_iter().map(|former| former.name).collect(),
        merged_into: organ.merged_into.map(|(into, _)| into.to_string()),
    }
}

/// A public item in a list.
#[derive(Serialize, ToSchema)]
pub struct ItemLine {
    /// Its name in addresses.
    pub id: String,
    /// The address of its page.
    pub address: String,
    /// 名称.
    pub title: String,
    /// The id of the organ.
    pub organ: String,
    /// The name of the organ.
    pub organ_name: String,
    /// The key of the kind.
    pub kind: String,
    /// The kind in words.
    pub kind_name: String,
    /// 索引号.
    pub index_number: Option<String>,
    /// 发文字号.
    pub document_number: Option<String>,
    /// The key of the subject class.
    pub subject: Option<String>,
    /// 成文日期, YYYY-MM-DD.
    pub formed_on: Option<String>,
    /// 发布日期, YYYY-MM-DD HH:MM in China's time.
    pub published_at: Option<String>,
    /// `public` or `archived`.
    pub standing: String,
}

/// A line as the API shows it.
pub fn item_line(app: &App, line: Line, organs: &[Organ]) -> ItemLine {
    let site = app.config.site.address.trim_end_matches('/');
    let organ = organs.iter().find(|organ| organ.id == line.organ);
    ItemLine {
        address: format!("{site}/items/{}", line.id),
        id: line.id.to_string(),
        title: line.title,
        organ: line.organ.to_string(),
        organ_name: organ.map(|organ| organ.name.clone()).unwrap_or_default(),
        kind_name: kind(&line.kind).map(|kind| kind.title.clone()).unwrap_or_default(),
        kind: line.kind,
        index_number: line.index_number,
        document_number: line.document_number,
        subject: line.subject,
        formed_on: line.formed_on.map(|day| day.to_string()),
        published_at: line.published_at.map(minute),
        standing: line.standing,
    }
}

/// A field of the metadata box.
#[derive(Serialize, ToSchema)]
pub struct Labelled {
    /// The label.
    pub label: &'static str,
    /// What stands in it.
    pub value: String,
}

/// A file beside the text.
#[derive(Serialize, ToSchema)]
pub struct FileData {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its size in bytes.
    pub n_bytes: u64,
    /// Where it can be had.
    pub address: String,
}

/// A public item whole.
#[derive(Serialize, ToSchema)]
pub struct ItemWhole {
    /// Its name in addresses.
    pub id: String,
    /// The address of its page.
    pub address: String,
    /// The id of the organ.
    pub organ: String,
    /// The key of the kind.
    pub kind: String,
    /// `public`, `archived` or `withdrawn`; a withdrawn one has no text.
    pub standing: String,
    /// Why it was withdrawn.
    pub withdrawn_because: Option<String>,
    /// The metadata box.
    pub metadata: Vec<Labelled>,
    /// The text as HTML.
    pub html: String,
    /// The text.
    pub text: String,
    /// The files.
    pub files: Vec<FileData>,
    /// The id of the policy it interprets.
    pub interprets: Option<String>,
    /// The ids of what interprets it.
    pub interpretations: Vec<String>,
}

/// A column of the platform, a kind, a legal item or a subject class.
#[derive(Serialize, ToSchema)]
pub struct TermData {
    /// Its key.
    pub key: String,
    /// Its words.
    pub title: String,
    /// The key of what it stands under: the column of a kind, the class of a subclass.
    pub under: Option<String>,
}

/// The vocabularies that items are filed by.
#[derive(Serialize, ToSchema)]
pub struct CatalogueData {
    /// The columns of the platform.
    pub columns: Vec<TermData>,
    /// The kinds of items.
    pub kinds: Vec<TermData>,
    /// The items of articles 20 and 21.
    pub legal_items: Vec<TermData>,
    /// The subject classes.
    pub subjects: Vec<TermData>,
    /// The words for validity.
    pub validities: Vec<TermData>,
}

/// A figure.
#[derive(Serialize, ToSchema)]
pub struct FigureData {
    /// The month, the organ, the kind or the channel.
    pub key: String,
    /// As people read it.
    pub title: String,
    /// How many items.
    pub n_items: i64,
}

/// The figures of a year.
#[derive(Serialize, ToSchema)]
pub struct FiguresData {
    /// Which year.
    pub year: i16,
    /// How many items were published.
    pub total: i64,
    /// By month.
    pub months: Vec<FigureData>,
    /// By organ.
    pub organs: Vec<FigureData>,
    /// By kind.
    pub kinds: Vec<FigureData>,
    /// By channel beside the site.
    pub channels: Vec<FigureData>,
}
