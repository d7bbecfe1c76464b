//! 正文: the texts of the six sections with live fields, and sentences offered from the figures.

use super::act::act;
use super::paper::for_text;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::figure::Figures;
use gongkai_domain::filing::{Filing, SECTIONS};
use gongkai_domain::form::section_titles;
use gongkai_domain::id::OrganId;
use gongkai_domain::report::field::{Context, render};
use gongkai_domain::report::sentence::{Suggestions, suggest};
use gongkai_store::reports::{earlier, find};

/// A section as it is written on.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its number, from 1.
    pub number: usize,
    /// Its official title.
    pub title: &'static str,
    /// As typed, with live fields.
    pub text: String,
    /// As people will read it; the faults of its fields where it cannot be.
    pub preview: Result<String, Vec<String>>,
    /// What last year's report says there; empty where it is not known.
    pub last_year: String,
}

/// What is needed to write.
#[derive(Clone, Debug)]
pub struct Writing {
    /// The report.
    pub filing: Filing,
    /// The six sections.
    pub sections: Vec<Section>,
    /// Sentences for section one, by head.
    pub suggestions: Vec<Suggestions>,
}

/// The texts of a report with what helps to write them.
///
/// # Errors
/// When the caller may not see it.
pub async fn writing(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    year: i16,
) -> Result<Writing, AppError> {
    let (filing, previous, _) = for_text(app, caller, organ, year).await?;
    let last = last_texts(app, organ, year - 1).await?;
    let context = Context { year, figures: &filing.figures, previous: previous.as_ref() };
    let sections = section_titles().iter().zip(&filing.texts).enumerate();
    let section =
        |(at, (title, text)): (usize, (&'static gongkai_domain::form::SectionTitle, &String))| {
            Section {
                number: at + 1,
                title: &title.title,
                text: text.clone(),
                preview: preview(text, &context),
                last_year: last.get(at).cloned().unwrap_or_default(),
            }
        };
    let sections = sections.map(section).collect();
    let suggestions = suggest(&context);
    Ok(Writing { sections, suggestions, filing })
}

fn preview(text: &str, context: &Context<'_>) -> Result<String, Vec<String>> {
    let rendered = render(text, context);
    rendered
        .map(|rendered| rendered.text)
        .map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

/// The texts of the year before: of its filing with the fields worked out, or as read from a file.
pub(super) async fn last_texts(
    app: &App,
    organ: &OrganId,
    year: i16,
) -> Result<Vec<String>, AppError> {
    let mut reader = app.store.reader().await?;
    if let Some(loaded) = find(&mut reader, organ, year).await? {
        let filing = loaded.filing;
        let context = Context { year, figures: &filing.figures, previous: None::<&Figures> };
        let said = |text: &String| preview(text, &context).unwrap_or_else(|_| text.clone());
        return Ok(filing.texts.iter().map(said).collect());
    }
    let report = earlier::find(&mut reader, organ, year).await?;
    let mut texts = vec![String::new(); SECTIONS];
    for (number, text) in report.map(|loaded| loaded.report.texts).unwrap_or_default() {
        if let Some(place) = texts.get_mut(usize::from(number).saturating_sub(1)) {
            *place = text;
        }
    }
    Ok(texts)
}

/// Keeps the texts.
///
/// # Errors
/// When the rules do not allow it.
pub async fn write(
    app: &App,
    caller: &Caller,
    (organ, year): (&OrganId, i16),
    texts: [String; SECTIONS],
) -> Result<Filing, AppError> {
    act(app, caller, organ, year, |filing, who| filing.write(texts, who)).await
}
