//! The texts of a report, with live fields and sentences that are true of the figures.

use super::{address, organ};
use crate::answer::{Answer, go, html};
use crate::current::{Checked, Signed};
use crate::page::Frame;
use askama::Template;
use axum::extract::{Path, State};
use gongkai_app::App;
use gongkai_app::reports::likeness::{self, Likeness};
use gongkai_app::reports::text::{Section, write, writing};
use gongkai_app::reports::view::cell_name;
use gongkai_domain::filing::FilingKey;
use gongkai_domain::report::field::Manner;
use gongkai_domain::report::sentence::Suggestions;
use serde::Deserialize;

/// The texts as they are sent.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Texts {
    section_1: String,
    section_2: String,
    section_3: String,
    section_4: String,
    section_5: String,
    section_6: String,
}

#[derive(Template)]
#[template(path = "work/reports/text.html")]
struct Page {
    frame: Frame,
    address: String,
    agency: String,
    year: i16,
    can_write: bool,
    sections: Vec<Section>,
    suggestions: Vec<Suggestions>,
    fields: Vec<(String, String)>,
    manners: Vec<&'static str>,
    like: Vec<Likeness>,
}

/// Shows the texts.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path((id, year)): Path<(String, i16)>,
) -> Answer {
    let organ = organ(&id)?;
    let found = writing(&app, &current.caller, &organ, year).await?;
    let open = [FilingKey::Draft, FilingKey::Returned, FilingKey::Restating];
    let figures = found.filing.figures.iter().map(|(cell, _)| cell);
    let like = likeness::of_report(&app, &current.caller, &organ, year).await?;
    html(&Page {
        frame: Frame::work(&app, &current),
        address: address(&id, year),
        can_write: open.contains(&found.filing.state.key())
            && current.caller.actor.writes_for(&organ),
        fields: figures.map(|cell| (format!("{{{cell}}}"), cell_name(year, cell))).collect(),
        manners: Manner::ALL.map(Manner::word).to_vec(),
        agency: found.filing.agency.clone(),
        sections: found.sections,
        suggestions: found.suggestions,
        like,
        year,
    })
}

/// 撰写.
pub async fn save(
    State(app): State<App>,
    Path((id, year)): Path<(String, i16)>,
    Checked { current, form }: Checked<Texts>,
) -> Answer {
    let texts = [
        form.section_1,
        form.section_2,
        form.section_3,
        form.section_4,
        form.section_5,
        form.section_6,
    ];
    write(&app, &current.caller, (&organ(&id)?, year), texts).await?;
    go(&format!("{}/text", address(&id, year)))
}
