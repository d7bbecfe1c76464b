//! The page of an item in the workplace: the text, the review, and the acts that are possible now.

use super::files::FileRow;
use super::list::{DueView, Row, rows};
use crate::answer::{Answer, html};
use crate::current::Signed;
use crate::page::{Frame, day, minute};
use crate::public::item::id;
use askama::Template;
use axum::extract::{Path, State};
use gongkai_app::App;
use gongkai_app::items::possible::{Possible, possible};
use gongkai_app::items::screen::{Found, findings};
use gongkai_app::items::{content_digest, interpret, read};
use gongkai_domain::audit::Link;
use gongkai_domain::catalogue::Catalogue;
use gongkai_domain::item::{Act, EditionState, Item};
use gongkai_domain::item_kind;
use gongkai_domain::review::SecrecyResult;

/// One signature or waiting step as it is shown.
struct StepRow {
    title: String,
    role: &'static str,
    by: String,
    at: String,
    opinion: String,
    done: bool,
    waits: bool,
}

/// One event as it is shown.
struct EventRow {
    at: String,
    by: String,
    what: &'static str,
    reason: String,
}

#[derive(Template)]
#[template(path = "work/item.html")]
struct ItemPage {
    frame: Frame,
    item: Item,
    kind: String,
    organ: String,
    digest: String,
    title: String,
    text: String,
    box_rows: Vec<(&'static str, String)>,
    due: Option<DueView>,
    steps: Vec<StepRow>,
    events: Vec<EventRow>,
    faults: Vec<String>,
    findings: Vec<Found>,
    files: Vec<FileRow>,
    policy: Option<(String, String)>,
    interpretations: Vec<Row>,
    interpretation_due: Option<DueView>,
    explainable: bool,
    today: String,
    acts: Possible,
}

fn steps(item: &Item) -> Vec<StepRow> {
    let latest = item.working.as_ref().or(item.public.as_ref());
    let Some(review) = latest.and_then(|edition| edition.state.review()) else {
        return Vec::new();
    };
    let row = |(position, step): (usize, &gongkai_domain::review::Step)| {
        let signature = review.signatures.get(position);
        let secrecy = signature.and_then(|each| each.secrecy).map(|result| match result {
            SecrecyResult::Open => "可公开。",
            SecrecyResult::OpenAfterTreatment => "已处理，可公开。",
        });
        let opinion = signature.map(|each| each.opinion.as_str()).unwrap_or_default();
        StepRow {
            title: step.title.clone(),
            role: step.role.name(),
            by: signature.map(|each| each.name.clone()).unwrap_or_default(),
            at: signature.map(|each| minute(each.at)).unwrap_or_default(),
            opinion: format!("{}{opinion}", secrecy.unwrap_or_default()),
            done: signature.is_some(),
            waits: position == review.signatures.len(),
        }
    };
    review.chain.steps().iter().enumerate().map(row).collect()
}

/// The metadata box of the latest edition, the filled rows only.
pub fn box_rows(item: &Item, organ: &str) -> Vec<(&'static str, String)> {
    let catalogue = Catalogue::official();
    let Some(content) = item.latest().map(|edition| &edition.content) else { return Vec::new() };
    let path = |key: &String| catalogue.subject_path(key).unwrap_or_else(|| key.clone());
    let subjects: Vec<String> =
        content.subject.iter().chain(&content.other_subjects).map(path).collect();
    let term = |title: Option<&str>| title.unwrap_or_default().to_owned();
    let genre = content.genre.as_deref().and_then(|key| catalogue.genre(key));
    let legal = content.legal_item.as_deref().and_then(|key| catalogue.item(key));
    let field = content.field.as_deref().and_then(|key| catalogue.field(key));
    let on = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let disclosure = content.disclosure.as_ref().map(|each| each.kind().title());
    let rows = [
        ("索引号", item.index_number.clone().unwrap_or_else(|| "发布时生成".to_owned())),
        ("发布机构", organ.to_owned()),
        ("发文机关", content.issuing_organs.join("、")),
        ("发文字号", content.document_number.clone().unwrap_or_default()),
        ("主题分类", subjects.join("；")),
        ("体裁", term(genre.map(|genre| genre.title.as_str()))),
        ("成文日期", content.formed_on.to_string()),
        ("施行日期", on(content.effective_on)),
        ("有效期至", on(content.valid_until)),
        ("发布日期", item.standing.since().map(day).unwrap_or_default()),
        ("公开方式", term(disclosure)),
        ("法定内容", term(legal.map(|legal| legal.short.as_str()))),
        ("公开领域", term(field.map(|field| field.term.title.as_str()))),
        ("主题词", content.keywords.join("、")),
        ("服务对象", content.service_object.clone()),
        ("信息来源", content.source.clone().unwrap_or_default()),
    ];
    rows.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn event(link: Link) -> EventRow {
    EventRow {
        at: minute(link.event.at),
        by: link.event.actor_name,
        what: gongkai_app::items::act_name(&link.event.act),
        reason: link.event.reason,
    }
}

/// Shows the item.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path(text): Path<String>,
) -> Answer {
    let id = id(&text)?;
    let item = read::own(&app, &current.caller, &id).await?.item;
    let organs = app.organs().await?;
    let organ = organs.iter().find(|organ| organ.id == item.organ);
    let organ = organ.map(|organ| organ.name.clone()).unwrap_or_default();
    let events = read::history(&app, &current.caller, &id).await?;
    let links = interpret::links(&app, &item).await?;
    let due = read::due_on(&app, &item).await?;
    let latest = item.latest().map(|edition| edition.content.clone());
    let (title, body) = latest.map(|content| (content.title, content.html)).unwrap_or_default();
    let faults = item.faults(Catalogue::official());
    let today = app.clock.today();
    html(&ItemPage {
        frame: Frame::work(&app, &current),
        kind: item_kind::kind(&item.kind).map(|kind| kind.title.clone()).unwrap_or_default(),
        digest: item.working.as_ref().map(|each| content_digest(&each.content)).unwrap_or_default(),
        title,
        text: body,
        box_rows: box_rows(&item, &organ),
        organ,
        due: due.map(DueView::of),
        steps: steps(&item),
        events: events.into_iter().map(event).collect(),
        faults: faults.into_iter().map(|each| format!("{}{}", each.message, each.hint)).collect(),
        findings: item.working.as_ref().map(findings).unwrap_or_default(),
        files: FileRow::of(&item),
        policy: links.policy.map(|policy| {
            let title = policy.latest().map(|edition| edition.content.title.clone());
            (policy.id.to_string(), title.unwrap_or_default())
        }),
        interpretations: rows(links.interpretations, &organs, today),
        interpretation_due: links.due.map(DueView::of),
        explainable: links.explainable,
        today: today.to_string(),
        acts: possible(&app, &current.caller, &item),
        item,
    })
}

impl ItemPage {
    fn can(&self, act: Act) -> bool {
        self.acts.can(act)
    }

    fn n_open(&self) -> usize {
        self.findings.iter().filter(|found| found.answer.is_none()).count()
    }

    /// What was returned and why, where it was.
    fn returned(&self) -> Option<(&str, &str, &str)> {
        match self.item.working.as_ref().map(|working| &working.state) {
            Some(EditionState::Returned { step, by, comment, .. }) => Some((step, by, comment)),
            _ => None,
        }
    }

    fn publish_at(&self) -> Option<String> {
        match self.item.working.as_ref().map(|working| &working.state) {
            Some(EditionState::Scheduled { publish_at, .. }) => Some(minute(*publish_at)),
            _ => None,
        }
    }
}
